//! A callback as people paste it; `tests/vectors/pasted_callbacks.json` holds the rest.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use serde_json::json;
use support::Server;
use support::authorization::{REDIRECT, client, request};

#[tokio::test]
async fn no_error_tells_how_much_of_a_short_state_was_right() {
    let server = Server::start().await;
    let client = client(&server);
    let pending = request().start(&client).unwrap();
    let state = pending.state();
    let says = |state: &str| {
        let error = pending
            .check(&client, &format!("?code=x&state={state}"))
            .unwrap_err();
        assert!(!format!("{error} {error:?}").contains(pending.state()));
        error.message().to_owned()
    };
    for length in 1..state.len() {
        let (right, wrong) = (&state[..length], "0".repeat(length));
        let (right, wrong) = (says(right), says(&wrong));
        if length < 22 {
            // A guess of so few characters learns nothing from the answer.
            assert_eq!(right, wrong, "{length}");
            assert!(right.contains("cut") && right.contains("not the one"), "{right}");
        } else {
            assert!(right.contains("was cut"), "{length}: {right}");
            assert!(!wrong.contains("cut"), "{length}: {wrong}");
        }
    }
    let other = request().start(&client).unwrap();
    for foreign in [
        other.state().to_owned(),
        state.to_ascii_uppercase(),
        format!("{}{}", &state[1..], &state[..1]),
        format!("{}é", &state[..state.len() - 2]),
        format!("{}{}", other.state(), other.state()),
        format!("{}&x={state}", other.state()),
    ] {
        let said = says(&foreign);
        assert_eq!(
            said, "the callback's `state` is not the one of this authorization",
            "{foreign}"
        );
    }
    for added in [
        format!("{state}x"),
        format!("x{state}"),
        format!("x{state}y"),
        format!("%22{state}"),
        format!("{state}{state}"),
        format!("ab&{state}"),
    ] {
        assert!(says(&added).contains("damaged"), "{added}");
    }
    pending.check(&client, &format!("?code=x&state={state}")).unwrap();
    pending
        .check(&client, &format!("\"?state={state}&code=x\"."))
        .unwrap();
}

#[tokio::test]
async fn what_a_mail_encodes_has_two_digits_and_no_sign() {
    let server = Server::start().await;
    let client = client(&server);
    let pending = request().start(&client).unwrap();
    let mailed = |code: &str| format!("{REDIRECT}?code=3D{code}&state=3D{}", pending.state());
    pending.check(&client, &mailed("x=79")).unwrap();
    for damaged in ["x=+9", "x=7", "x=zz"] {
        pending.check(&client, &mailed(damaged)).unwrap_err();
    }
}

#[tokio::test]
async fn an_exact_address_is_taken_as_it_is() {
    let server = Server::start().await;
    let client = client(&server);
    // Every character that a code may have and an address shows as it is; none of them is peeled off.
    let code = "a.b-c_d~!$'()*,;:@.";
    let pending = request().start(&client).unwrap();
    let issue = json!({"redirect_uri": REDIRECT, "code": code});
    server.control("POST", "/_sandbox/codes", &issue).await;
    let callback = format!("{REDIRECT}?state={}&code={code}", pending.state());
    pending.complete(&client, &callback).await.unwrap();
    // As a server gets it: no host before it.
    for beginning in ["?", "/?"] {
        let pending = request().start(&client).unwrap();
        let callback = format!("{beginning}state={}&code={code}", pending.state());
        let redeemed = pending.redeem(&client, &callback).unwrap();
        assert!(redeemed.fields().contains(&("code", code)), "{beginning}");
    }
    // What is longer than any paste is read exactly or not at all.
    let pending = request().start(&client).unwrap();
    let long = format!("?x={}&code=x&state={}", "a".repeat(20_000), pending.state());
    pending.check(&client, &long).unwrap();
    pending.check(&client, &format!("\"{long}\"")).unwrap_err();
    let of_length = |length: usize| {
        let rest = format!("&code=x&state={}\"", pending.state());
        format!("\"?x={}{rest}", "a".repeat(length - 4 - rest.len()))
    };
    pending.check(&client, &of_length(16 * 1024)).unwrap();
    pending.check(&client, &of_length(16 * 1024 + 1)).unwrap_err();
}

#[tokio::test]
async fn a_paste_on_the_way_to_the_callback_says_where_it_is_from() {
    let server = Server::start().await;
    let client = client(&server);
    let pending = request().start(&client).unwrap();
    for address in [
        pending.url().to_owned(),
        format!("<{}>", pending.url()),
        "https://www.pinterest.com/login/?next=%2Foauth%2F".to_owned(),
    ] {
        let error = pending.check(&client, &address).unwrap_err();
        assert!(error.message().contains("Pinterest's page"), "{error}");
    }
    let error = pending.check(&client, "https://www.example.com/").unwrap_err();
    assert_eq!(error.message(), "the callback holds no `state`");
}
