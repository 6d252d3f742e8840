use std::time::Duration;

use super::{ApiClient, ApiResponse, Auth, CallOptions};
use crate::body::Body;
use crate::configuration::Configuration;
use crate::error::RateLimit;

#[test]
fn every_option_of_a_call_is_its_own() {
    let options = CallOptions::default()
        .with_timeout(Duration::from_secs(1))
        .with_connect_timeout(Duration::from_secs(2))
        .with_header("one", "1")
        .with_header("two", "2");
    let times = [options.timeout, options.connect_timeout];
    assert_eq!(times, [1, 2].map(|seconds| Some(Duration::from_secs(seconds))));
    let headers = [("one", "1"), ("two", "2")].map(|(name, value)| (name.to_owned(), value.into()));
    assert_eq!(options.headers, headers);
}

#[test]
fn a_client_and_an_answer_are_shown_without_what_is_secret() {
    let client = ApiClient::new(Configuration::new("id", "canary")).unwrap();
    let shown = format!("{client:?}");
    assert!(shown.contains("https://api.pinterest.com/v5"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
    let answer = ApiResponse {
        data: "seen",
        status: 299,
        headers: vec![("x".to_owned(), "canary".to_owned())],
        rate_limit: RateLimit::default(),
        body: Body::new(zeroize::Zeroizing::new("canary".into())),
    };
    let shown = format!("{answer:?}");
    assert!(shown.contains("seen") && shown.contains("299"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn nobody_else_says_how_long_a_body_is() {
    let client = ApiClient::new(Configuration::default()).unwrap();
    let options = CallOptions::default()
        .with_header("Content-Length", "5")
        .with_header("transfer-encoding", "chunked")
        .with_header("x", "1");
    let headers = client.headers(Auth::None, &options).unwrap();
    let names: Vec<&str> = headers.keys().map(http::HeaderName::as_str).collect();
    assert_eq!(names, ["x", "accept", "user-agent"]);
}

#[test]
fn a_refresh_token_is_no_access_token() {
    let bearer = |token: &str| {
        let configuration = Configuration::default().with_access_token(token);
        let client = ApiClient::new(configuration).unwrap();
        client.headers(Auth::Bearer, &CallOptions::default())
    };
    for token in [
        "pinr.canary",
        "pinr_canary",
        " pinr.eyJhbGciOiJSUzI1NiJ9.canary\n",
    ] {
        let error = bearer(token).unwrap_err();
        assert_eq!(error.message(), "`access_token` is a refresh token");
        assert!(error.hint().unwrap().contains("begins with pina"), "{error}");
        assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    }
    for token in [
        "pina_canary",
        "pina.canary",
        "pinc_canary",
        "pinrose",
        "canary.pinr_",
    ] {
        bearer(token).unwrap();
    }
}

#[test]
fn a_token_is_no_app_s_id_or_secret() {
    let basic = |id: &str, secret: &str| {
        let client = ApiClient::new(Configuration::new(id, secret)).unwrap();
        client.headers(Auth::Basic, &CallOptions::default())
    };
    for token in ["pina_canary", "pinr.canary", " pinr_canary\n", "pinc_canary"] {
        for (error, message) in [
            (basic(token, "secret"), "`username` (the app id) is a token"),
            (basic("1234567", token), "`password` (the app secret) is a token"),
        ] {
            let error = error.unwrap_err();
            assert_eq!(error.message(), message);
            assert!(error.hint().unwrap().contains("the app's page"), "{error}");
            assert!(!format!("{error:?}").contains("canary"), "{error:?}");
        }
    }
    for other in ["0123456789abcdef", "pinacolada", "pine_canary", "a pina_canary"] {
        basic(other, other).unwrap();
    }
}
