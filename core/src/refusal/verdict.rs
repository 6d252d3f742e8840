//! What an answer's status and Pinterest's code say: what went wrong, and whether anything was done.
//!
//! Between here and Pinterest stand gateways, load balancers and filters, and each of them makes
//! answers of its own. A status alone is therefore proof of nothing having been done only if nobody
//! sends it once a request has been passed on:
//!
//! | status, without Pinterest's object | outcome | because |
//! |---|---|---|
//! | 400, 405, 411, 413, 414, 415, 417, 426, 428, 431 | refused | the request's form is at fault; that is found out before it is passed on or read |
//! | 401, 407 | refused | no credentials that hold: nobody works for a stranger |
//! | 404, 410 | refused | there is nothing at the address: no route, so nobody to do anything |
//! | 409, 412, 422 | refused | the contents or the state forbid it; no gateway looks at either |
//! | 421, 425 | refused | the server will not process it: RFC 9110 section 15.5.20, RFC 8470 section 5.2 |
//! | 429 | refused | a limiter stands before what it protects: Envoy's local and global limits, CDNs, Pinterest's own (RFC 6585 section 4) |
//! | 403, 406, 451 | unknown | filters that read *answers* send them in the answer's place: firewalls' rules for responses (`ModSecurity`: 403, older rules 406), company proxies |
//! | 408, 499 | unknown | Envoy sends 408 when a stream idles, also while it waits for the answer; 499 says that somebody hung up |
//! | 500 to 599 | unknown | gateways send 502, 503 and 504 after passing a request on (Envoy: 503 for a connection that was reset, Fastly: 503 for any trouble with the origin); 500 may be a failure halfway |
//! | any other | unknown | nobody has said what it means |
//! | 2xx that cannot be read | unknown | it may have been done, and the answer replaced |
//! | 3xx | unknown | never followed; see `transport` |
//!
//! With Pinterest's object the refusal is Pinterest's, and nothing was done, but for what it says of its
//! own failures: code 12 and 5xx, where it may have failed halfway, and 408. Its 503 is a refusal: it
//! says in its own words that it does not serve now.
//!
//! Gateways have objects with a code and a message too (gRPC: 14 in a 503, an edge's firewall: 1020 in
//! a 403). A grant is over where Pinterest says so with a status that it says it with: 400, 401, or one of success.
//! An object is Pinterest's if its code is one that Pinterest is known to send, or if it says
//! `"status": "failure"`; another proves no more than its status, but for OAuth's own words: see
//! `foreign_object`.

use crate::error::{ErrorKind, Outcome};

/// Statuses that nobody sends once a request has been passed on.
const NOT_PASSED_ON: [u16; 20] = [
    400, 401, 404, 405, 407, 409, 410, 411, 412, 413, 414, 415, 417, 421, 422, 425, 426, 428, 429, 431,
];

/// Codes that Pinterest has been seen to send, or documents: API 5.28 and its clients' reports.
const OF_PINTEREST: [i64; 13] = [1, 2, 3, 4, 5, 7, 8, 12, 29, 30, 40, 50, 283];

/// Redirects are not followed: secrets would go where nobody meant them to. Pinterest's API sends none,
/// so whatever did may have passed the request on.
pub(super) fn is_redirect(status: u16) -> bool {
    (300..400).contains(&status)
}

/// Pinterest's code says more than the HTTP status, which it uses loosely.
pub(super) fn kind(status: u16, code: Option<i64>) -> ErrorKind {
    match (status, code) {
        _ if is_redirect(status) => ErrorKind::Protocol,
        (200..300 | 400 | 401, Some(283)) => ErrorKind::InvalidGrant,
        (429, _) | (_, Some(8)) => ErrorKind::RateLimited,
        (500.., _) | (_, Some(12)) => ErrorKind::Server,
        (_, Some(2)) | (401, None) => ErrorKind::Authentication,
        (_, Some(3)) => ErrorKind::Scope,
        (_, Some(29)) | (403, _) => ErrorKind::Forbidden,
        _ => ErrorKind::Api,
    }
}

/// Whether an object with this code is Pinterest's. Gateways give the status as the code of their own
/// objects; none of Pinterest's codes is one.
pub(super) fn is_pinterests(status: u16, code: i64, says_failure: bool) -> bool {
    OF_PINTEREST.contains(&code) || (says_failure && code != i64::from(status))
}

/// Whether anything may have been done; see the table above. `says_failure`: the object has
/// `"status": "failure"`.
pub(super) fn outcome(status: u16, code: Option<i64>, says_failure: bool) -> Outcome {
    let pinterests = code.filter(|code| is_pinterests(status, *code, says_failure));
    let refused = match (status, pinterests) {
        _ if is_redirect(status) => false,
        (_, Some(8)) | (503, Some(_)) => true,
        (408 | 499 | 500.., _) | (_, Some(12)) => false,
        (_, Some(_)) => true,
        (status, None) => NOT_PASSED_ON.contains(&status),
    };
    if refused {
        Outcome::Refused
    } else {
        Outcome::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::{kind, outcome};
    use crate::error::{ErrorKind, Outcome};

    #[test]
    fn every_code_has_its_kind_and_outcome() {
        use ErrorKind::{Api, Authentication, Forbidden, InvalidGrant, RateLimited, Scope, Server};
        use Outcome::{Refused, Unknown};
        for (status, code, expected) in [
            (400, 1, (Api, Refused)),
            (401, 2, (Authentication, Refused)),
            (401, 283, (InvalidGrant, Refused)),
            (400, 283, (InvalidGrant, Refused)),
            (200, 283, (InvalidGrant, Refused)),
            (403, 283, (Forbidden, Refused)),
            (500, 283, (Server, Unknown)),
            (502, 283, (Server, Unknown)),
            (408, 283, (Api, Unknown)),
            (401, 3, (Scope, Refused)),
            (401, 29, (Forbidden, Refused)),
            (403, 29, (Forbidden, Refused)),
            (403, 7, (Forbidden, Refused)),
            (401, 7, (Api, Refused)),
            (404, 50, (Api, Refused)),
            (406, 1, (Api, Refused)),
            (408, 1, (Api, Unknown)),
            (418, 4, (Api, Refused)),
            (429, 8, (RateLimited, Refused)),
            (429, 30, (RateLimited, Refused)),
            (451, 1, (Api, Refused)),
            (499, 1, (Api, Unknown)),
            (400, 12, (Server, Unknown)),
            (500, 12, (Server, Unknown)),
            (500, 2, (Server, Unknown)),
            (502, 0, (Server, Unknown)),
            (504, 12, (Server, Unknown)),
            (503, 12, (Server, Refused)),
            (503, 1, (Server, Refused)),
            (200, 2, (Authentication, Refused)),
            (200, 12, (Server, Unknown)),
            // A gateway's own object.
            (503, 503, (Server, Unknown)),
            (403, 403, (Forbidden, Unknown)),
            (400, 400, (Api, Refused)),
            (503, 14, (Server, Unknown)),
            (403, 1020, (Forbidden, Unknown)),
            (406, 1020, (Api, Unknown)),
            (451, 1020, (Api, Unknown)),
            (499, 1020, (Api, Unknown)),
            (418, 99, (Api, Unknown)),
            (200, 99, (Api, Unknown)),
            (409, 99, (Api, Refused)),
            (429, 1015, (RateLimited, Refused)),
        ] {
            let given = (kind(status, Some(code)), outcome(status, Some(code), false));
            assert_eq!(given, expected, "{status} {code}");
        }
    }

    #[test]
    fn a_code_nobody_knows_is_pinterests_if_it_says_failure() {
        for (status, code, expected) in [
            (503, 99, Outcome::Refused),
            (403, 99, Outcome::Refused),
            (451, 99, Outcome::Refused),
            (200, 99, Outcome::Refused),
            (499, 99, Outcome::Unknown),
            (502, 99, Outcome::Unknown),
            (503, 503, Outcome::Unknown),
        ] {
            assert_eq!(outcome(status, Some(code), true), expected, "{status} {code}");
        }
    }

    #[test]
    fn a_status_alone_proves_what_nobody_sends_later() {
        for (status, expected) in [
            (400, ErrorKind::Api),
            (401, ErrorKind::Authentication),
            (404, ErrorKind::Api),
            (405, ErrorKind::Api),
            (407, ErrorKind::Api),
            (409, ErrorKind::Api),
            (410, ErrorKind::Api),
            (411, ErrorKind::Api),
            (412, ErrorKind::Api),
            (413, ErrorKind::Api),
            (414, ErrorKind::Api),
            (415, ErrorKind::Api),
            (417, ErrorKind::Api),
            (421, ErrorKind::Api),
            (422, ErrorKind::Api),
            (425, ErrorKind::Api),
            (426, ErrorKind::Api),
            (428, ErrorKind::Api),
            (429, ErrorKind::RateLimited),
            (431, ErrorKind::Api),
        ] {
            let given = (kind(status, None), outcome(status, None, false));
            assert_eq!(given, (expected, Outcome::Refused), "{status}");
        }
        for status in [402, 403, 406, 408, 418, 423, 424, 444, 451, 494, 499] {
            assert_eq!(outcome(status, None, false), Outcome::Unknown, "{status}");
        }
        for status in 500..600 {
            assert_eq!(
                (kind(status, None), outcome(status, None, false)),
                (ErrorKind::Server, Outcome::Unknown)
            );
        }
    }
}
