use std::time::Duration;

use http::HeaderMap;
use zeroize::Zeroizing;

use super::Reader;
use crate::error::{Error, ErrorKind, Outcome};
use crate::models::{JsonObject, OauthAccessTokenResponse, ObjectError};
use crate::redaction::Redactor;
use crate::transport::Answer;

fn token_of(object: JsonObject<'_>) -> Result<OauthAccessTokenResponse, ObjectError> {
    OauthAccessTokenResponse::parse(object, 0)
}

fn answer(status: u16, headers: &[(&'static str, &str)], body: impl AsRef<[u8]>) -> Answer {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().unwrap());
    }
    Answer {
        status,
        headers: map,
        body: Zeroizing::new(body.as_ref().to_vec()),
        arrived: std::time::UNIX_EPOCH,
    }
}

fn reader() -> Reader<'static, impl Fn() -> Redactor> {
    Reader {
        origin: "https://api",
        redactor: || {
            let mut redactor = Redactor::new();
            redactor.hide("canary-secret");
            redactor
        },
    }
}

fn refusal(status: u16, headers: &[(&'static str, &str)], body: impl AsRef<[u8]>) -> Error {
    reader().refuse(&answer(status, headers, body)).unwrap_err()
}

fn body(error: &Error) -> &str {
    error.answer().unwrap().body.as_deref().unwrap()
}

#[test]
fn only_what_may_pass_says_how_long_to_wait() {
    for (status, expected) in [(429, Some(7)), (503, Some(7)), (400, None)] {
        let error = refusal(status, &[("retry-after", "7")], "");
        assert_eq!(error.retry_after(), expected.map(Duration::from_secs), "{status}");
    }
}

#[test]
fn what_does_not_fit_is_told_from_what_is_no_json() {
    let read = |body: &str| reader().read_any::<u64>(&answer(200, &[], body));
    assert_eq!(read("\u{feff}7").unwrap(), 7);
    let half = answer(200, &[], r#"{"title": "x\ud83d"}"#);
    let half: serde_json::Value = reader().read_any(&half).unwrap();
    assert_eq!(half["title"], "x\u{fffd}");
    for (body, says) in [
        (" \n", " is empty, which does not fit the type"),
        ("\"canary\"", " does not fit the type"),
        ("<canary>", " is not JSON"),
    ] {
        let error = read(body).unwrap_err();
        assert!(error.message().contains(&format!("api{says}")), "{error}");
        assert!(!error.message().contains("canary"), "{error}");
        // What came is whole in the error, and shown by nothing.
        let answer = error.answer().unwrap();
        assert_eq!((answer.body.as_deref(), error.status()), (Some(body), Some(200)));
        assert!(!format!("{error:?} {answer:?}").contains("canary"), "{error:?}");
    }
}

#[test]
fn an_echoed_secret_is_not_repeated() {
    let error = refusal(
        401,
        &[
            ("x-pinterest-rid", "canary-secret"),
            ("set-cookie", "s=1"),
            ("x-echo", "canary-secret"),
        ],
        "{\"code\":283, \"message\":\"bad canary-\\u0007secret\\u0007\",\"data\":[\"canary-secret\"],\n\"access_token\":\"other\"}\n",
    );
    let answer = error.answer().unwrap();
    assert_eq!(
        body(&error),
        "{\"code\":283, \"message\":\"bad [redacted]\\u0007\",\"data\":[\"[redacted]\"],\n\"access_token\":\"[redacted]\"}\n"
    );
    assert_eq!(error.message(), "https://api refused: bad [redacted]");
    assert_eq!(error.request_id(), Some("[redacted]"));
    let shown = format!("{error} {error:?} {answer:?} {:?}", answer.headers);
    assert!(
        !shown.contains("canary") && !shown.contains("other") && !shown.contains("s=1"),
        "{shown}"
    );
}

#[test]
fn a_redirect_is_told_with_all_that_came() {
    let body_of_it = r#"{"code":2,"message":"m"}"#;
    let error = refusal(
        302,
        &[
            ("location", "https://other/?t=canary-secret"),
            ("x-pinterest-rid", "7"),
        ],
        body_of_it,
    );
    assert_eq!(
        (error.kind(), error.outcome(), error.status()),
        (ErrorKind::Protocol, Outcome::Unknown, Some(302))
    );
    assert!(error.message().contains("redirect"), "{error}");
    assert!(error.hint().unwrap().contains("does not redirect"), "{error}");
    assert_eq!((body(&error), error.request_id()), (body_of_it, Some("7")));
    let location = ("location".to_owned(), "https://other/?t=[redacted]".to_owned());
    assert!(error.answer().unwrap().headers.contains(&location));
}

#[test]
fn a_body_is_kept_as_it_came_and_not_shown() {
    for (bytes, expected) in [
        (&b""[..], ""),
        (
            b"<html>\r\n words-of-the-body\0</html>\n",
            "<html>\r\n words-of-the-body\0</html>\n",
        ),
        (
            b"\xef\xbb\xbf{ \"data\" : \"words-of-the-body\" }",
            "{ \"data\" : \"words-of-the-body\" }",
        ),
        (
            b"{ \"data\" : \"words-of-the-body\" }",
            "{ \"data\" : \"words-of-the-body\" }",
        ),
        (b"\xff<html>", "\u{fffd}<html>"),
        (b"\xff\xfe<\0h\0t\0m\0l\0>\0", "<html>"),
    ] {
        let error = refusal(400, &[], bytes);
        assert_eq!(body(&error), expected);
        let shown = format!("{error} {error:?} {error:#?} {:?}", error.answer());
        assert!(!shown.contains("words-of-the-body"), "{shown}");
    }
    let long = refusal(400, &[], "x".repeat(super::MAX_BODY + 7));
    assert_eq!(body(&long).len(), super::MAX_BODY);
}

#[test]
fn a_token_in_an_answer_of_success_is_kept() {
    let read = |status, body: &str| reader().read(&answer(status, &[], body), token_of);
    for status in [200, 201, 202, 299] {
        for body in [
            r#"{"access_token":"pina_good"}"#,
            r#"{"access_token":"pina_good","code":283,"message":"m"}"#,
            r#"{"access_token":"pina_good","token_type":"pinterest","scope":["a"],"expires_in":""}"#,
        ] {
            let token = read(status, body).expect(body);
            assert_eq!(token.access_token.expose(), "pina_good");
        }
    }
    let error = read(200, r#"{"access_token":null,"code":283,"message":"m"}"#).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::InvalidGrant, Outcome::Refused)
    );
    let error = read(200, r#"{"access_token":"a b","expires_in":7}"#).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Protocol, Outcome::Unknown)
    );
    assert!(error.answer().is_none());
    let error = read(401, r#"{"access_token":"pina_good","code":2,"message":"m"}"#).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
}

#[test]
fn what_was_odd_is_reported_beside_the_token() {
    let body = concat!(
        r#"{"access_token":"pina_good","token_type":7,"expires_in":"","scope":["a"],"response_type":1,"#,
        r#""refresh_token":"","refresh_token_expires_in":true,"refresh_token_expires_at":"2027-01-01","x":NaN}"#
    );
    let token = reader().read(&answer(200, &[], body), token_of).unwrap();
    assert_eq!(
        (token.token_type.as_str(), token.expires_in, &token.scope),
        ("bearer", None, &None)
    );
    assert_eq!((&token.response_type, &token.refresh_token), (&None, &None));
    assert_eq!(token.refresh_token_expires_at, None);
    assert!(token.additional_properties.is_empty());
    let odd: Vec<(&str, &str)> = token
        .odd_fields
        .iter()
        .map(|odd| (odd.name.as_str(), odd.received.expose()))
        .collect();
    assert_eq!(
        odd,
        [
            ("token_type", "7"),
            ("expires_in", r#""""#),
            ("scope", r#"["a"]"#),
            ("response_type", "1"),
            ("refresh_token", r#""""#),
            ("refresh_token_expires_in", "true"),
            ("refresh_token_expires_at", r#""2027-01-01""#),
            ("x", r#""NaN""#),
        ]
    );
    let shown = format!("{token:?}");
    assert!(
        shown.contains("expires_in") && !shown.contains("2027-01-01"),
        "{shown}"
    );
}
