//! What to do about a refusal of an OAuth call, in one sentence. It names the `party` that was asked.

use crate::client::Auth;
use crate::error::{Error, ErrorKind, Outcome};
use crate::models::OauthAccessTokenRequest;
use crate::operations::Operation;
use crate::words::{Setting, Word, Words, words};

/// A refused token request: names the fields that were missing, if that is what was wrong.
pub(crate) fn for_token_request(error: Error, request: &OauthAccessTokenRequest, party: &str) -> Error {
    if error.outcome() == Outcome::Refused
        && matches!(
            error.kind(),
            ErrorKind::Api | ErrorKind::Authentication | ErrorKind::InvalidGrant
        )
    {
        let grant = request.grant_type();
        match request.missing_fields().as_deref() {
            None => {
                return error.with_hint(words![
                    Setting::GrantType,
                    " is not one that Pinterest knows: authorization_code, refresh_token, client_credentials"
                ]);
            }
            Some([]) => {}
            Some(missing) => {
                let mut hint = words![format!("{grant} also needs ")];
                for (position, field) in missing.iter().enumerate() {
                    hint = if position == 0 { hint } else { hint.then(" and ") }.then(*field);
                }
                return error.with_hint(hint);
            }
        }
    }
    // An app's own grant has no token to be wrong.
    if error.kind() == ErrorKind::InvalidGrant && request.grant_type() != "client_credentials" {
        return error.with_hint(match request.grant_type() {
            "authorization_code" => words![
                "the code is wrong, used, expired, or was issued for another ",
                Setting::RedirectUri,
                " (compare them byte for byte); start the authorization again"
            ],
            _ => "the refresh token is wrong, expired or replaced by a newer one; if no newer one is stored, the user must authorize again".into(),
        });
    }
    if error.kind() == ErrorKind::Scope && error.code().is_none() {
        return error.with_hint(words![
            format!("{party} does not grant these scopes to this app: compare "),
            Setting::Scope,
            " with what it may ask for"
        ]);
    }
    for_call(error, Auth::Basic, party)
}

/// A refusal of any request. Of an operation, which is looked for only then, it is known which scopes it needs.
pub(crate) fn for_request(
    error: Error,
    operation: impl FnOnce() -> Option<Operation>,
    auth: Auth,
    party: &str,
) -> Error {
    let is_of_scopes = match error.kind() {
        ErrorKind::Scope => true,
        ErrorKind::Forbidden => error.code().is_some(),
        _ => false,
    };
    let is_of_scopes = is_of_scopes && error.hint().is_none() && !is_suspended(&error);
    let Some(operation) = is_of_scopes.then(operation).flatten() else {
        return for_call(error, auth, party);
    };
    let scopes = operation.user_scopes();
    match error.kind() {
        ErrorKind::Scope if !scopes.is_empty() => error.with_hint(format!(
            "{} needs a token with the scopes {}: authorize again and ask for them",
            operation.name,
            scopes.join(", ")
        )),
        // Boards and Pins that others cannot see are behind scopes of their own.
        ErrorKind::Forbidden if scopes.iter().any(|scope| may_be_secret(scope)) => {
            let hidden = scopes.iter().filter(|scope| may_be_secret(scope));
            let hidden: Vec<String> = hidden.map(|scope| format!("{scope}_secret")).collect();
            error.with_hint(format!(
                "{party} does not allow this to the app or the account: see what the app's page says of its access; for \
                 secret boards and their Pins the token needs {} as well",
                hidden.join(", ")
            ))
        }
        _ => for_call(error, auth, party),
    }
}

/// Whether it is the app that was suspended: without a code it is another server's word, or only its name.
fn is_suspended(error: &Error) -> bool {
    error.code().is_some() && error.message().to_lowercase().contains("suspend")
}

fn may_be_secret(scope: &str) -> bool {
    scope.starts_with("boards:") || scope.starts_with("pins:")
}

/// A refusal of any OAuth call.
pub(crate) fn for_call(error: Error, auth: Auth, party: &str) -> Error {
    if error.hint().is_some() {
        return error;
    }
    let hint: Words = match (error.kind(), auth) {
        _ if is_suspended(&error) => {
            "the app's page at https://developers.pinterest.com/apps/ says what happened to it, and whom to ask".into()
        }
        (ErrorKind::Authentication, Auth::Basic) => words![
            format!("{party} does not accept this app id and secret: compare "),
            Word::Explained(Setting::Username),
            " and ",
            Word::Explained(Setting::Password),
            " with the app's page; neither is Base64, has a line break, or is an access token"
        ],
        (ErrorKind::Authentication, Auth::Bearer) => {
            "the access token is expired, revoked, or of the other environment (sandbox, production)".into()
        }
        (ErrorKind::Forbidden, _) if error.code().is_some() => format!(
            "{party} does not allow this to the app or the account: see what the app's page says of its access"
        )
        .into(),
        (ErrorKind::Forbidden, _) => "a firewall or gateway on the way may have refused it".into(),
        (ErrorKind::Scope, _) => "the token lacks a scope: authorize again and ask for it".into(),
        (ErrorKind::RateLimited, _) => "wait before the next request".into(),
        // What is not there at a path that is right has a code of its own: 30, 40, 50.
        (ErrorKind::Api, _) if error.status() == Some(404) && error.code().unwrap_or(0) == 0 => {
            words![
                "check the path and ",
                Setting::Host,
                ", which at Pinterest ends in /v5"
            ]
        }
        (ErrorKind::Server, _) => format!("{party} failed; try again later").into(),
        _ => return error,
    };
    error.with_hint(hint)
}

/// A refused revocation.
pub(crate) fn for_revocation(error: Error, party: &str) -> Error {
    if error.kind() == ErrorKind::Forbidden && error.code().is_some() {
        return error.with_hint(
            "Pinterest revokes tokens of system users only; an ordinary token ends when it expires",
        );
    }
    for_call(error, Auth::Basic, party)
}

#[cfg(test)]
mod tests {
    use super::{for_call, for_request, for_revocation, for_token_request};
    use crate::client::Auth;
    use crate::error::{Error, ErrorKind, Outcome};
    use crate::models::OauthAccessTokenRequest;
    use crate::operations::Operation;

    #[test]
    fn a_refused_request_is_told_what_it_lacked() {
        let lacking = OauthAccessTokenRequest::raw("authorization_code");
        let hint = |kind, outcome| {
            let error = for_token_request(Error::new(kind, outcome, "x"), &lacking, "Pinterest");
            error.hint().map(str::to_owned)
        };
        for kind in [ErrorKind::Api, ErrorKind::Authentication, ErrorKind::InvalidGrant] {
            assert_eq!(
                hint(kind, Outcome::Refused).unwrap(),
                "authorization_code also needs `code` and `redirect_uri`"
            );
        }
        let own = OauthAccessTokenRequest::client_credentials("pins:read");
        let error = Error::new(ErrorKind::InvalidGrant, Outcome::Refused, "x");
        assert_eq!(for_token_request(error, &own, "Pinterest").hint(), None);
        // Nobody refused it, or for another reason.
        assert_eq!(hint(ErrorKind::Api, Outcome::Unknown), None);
        let waits = hint(ErrorKind::RateLimited, Outcome::Refused).unwrap();
        assert_eq!(waits, "wait before the next request");
    }

    #[test]
    fn a_refused_call_is_told_what_to_do() {
        for (kind, status, code, expected) in [
            (ErrorKind::RateLimited, 429, Some(8), Some("wait before")),
            (ErrorKind::Server, 503, None, Some("try again later")),
            (ErrorKind::Scope, 401, Some(3), Some("lacks a scope")),
            (
                ErrorKind::Forbidden,
                403,
                Some(29),
                Some("see what the app's page says"),
            ),
            (
                ErrorKind::Forbidden,
                403,
                None,
                Some("a firewall or gateway on the way"),
            ),
            (ErrorKind::Api, 404, None, Some("check the path and `host`")),
            (ErrorKind::Api, 404, Some(0), Some("check the path and `host`")),
            (ErrorKind::Api, 404, Some(50), None),
            (ErrorKind::Api, 400, None, None),
        ] {
            let refused = Error::new(kind, Outcome::Refused, "x");
            let error = for_call(
                refused.with_status(status).with_code(code),
                Auth::Bearer,
                "Pinterest",
            );
            match expected {
                Some(part) => assert!(error.hint().unwrap().contains(part), "{error}"),
                None => assert_eq!(error.hint(), None, "{status} {code:?}"),
            }
        }
    }

    #[test]
    fn whoever_was_suspended_is_sent_to_the_apps_page() {
        for (code, message, expected) in [
            (Some(2), "App is Suspended", "developers.pinterest.com/apps/"),
            (
                None,
                "https://suspend.example answered with HTTP 401",
                "accept this app id",
            ),
        ] {
            let refused = Error::new(ErrorKind::Authentication, Outcome::Refused, message);
            let error = for_call(refused.with_code(code), Auth::Basic, "Pinterest");
            assert!(error.hint().unwrap().contains(expected), "{error}");
        }
    }

    #[test]
    fn of_an_operation_it_is_said_which_scopes_it_needs() {
        for (operation, kind, code, message, expected) in [
            (
                "boards/create",
                ErrorKind::Scope,
                3,
                "x",
                "boards/create needs a token with the scopes boards:read, boards:write",
            ),
            (
                "boards/create",
                ErrorKind::Forbidden,
                29,
                "x",
                "boards:read_secret, boards:write_secret as well",
            ),
            (
                "ads/list",
                ErrorKind::Forbidden,
                29,
                "x",
                "see what the app's page says of its access",
            ),
            (
                "boards/create",
                ErrorKind::Forbidden,
                29,
                "App is suspended",
                "developers.pinterest.com/apps/",
            ),
            ("boards/create", ErrorKind::RateLimited, 8, "x", "wait before"),
            ("nothing", ErrorKind::Scope, 3, "x", "lacks a scope"),
        ] {
            let refused = Error::new(kind, Outcome::Refused, message).with_code(Some(code));
            let error = for_request(refused, || Operation::find(operation), Auth::Bearer, "Pinterest");
            assert!(error.hint().unwrap().contains(expected), "{error}");
        }
    }

    #[test]
    fn only_pinterest_forbids_a_revocation() {
        for (kind, code, expected) in [
            (ErrorKind::Forbidden, Some(29), "tokens of system users only"),
            (ErrorKind::Forbidden, None, "a firewall or gateway"),
            (ErrorKind::RateLimited, Some(8), "wait before"),
        ] {
            let refused = Error::new(kind, Outcome::Refused, "x").with_code(code);
            let error = for_revocation(refused, "Pinterest");
            assert!(error.hint().unwrap().contains(expected), "{error}");
        }
    }
}
