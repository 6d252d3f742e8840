//! Whether a refusal is the token's fault.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;

use managed::World;
use pinterest_sdk::{ErrorKind, MemoryStore, TokenState};
use serde_json::json;

const REFUSED: &[u8] = br#"{"code":2,"message":"Authentication failed."}"#;

#[tokio::test]
async fn a_401_is_the_tokens_fault_unless_pinterest_says_otherwise() {
    for (status, body, expected) in [
        (401, REFUSED, true),
        (401, b"".as_slice(), true),
        (401, b"<html>Unauthorized</html>", true),
        (401, br#"{"code":401,"message":"Unauthorized"}"#, true),
        (401, b"\xff\xfe", true),
        (401, br#"{"code":3,"message":"Missing scopes"}"#, false),
        (401, br#"{"code":"3","message":"Missing scopes"}"#, false),
        (401, br#"{"status":"failure","code":3}"#, false),
        (401, br#"{"code":29,"message":"This app may not"}"#, false),
        (403, REFUSED, false),
        (429, b"", false),
        (200, b"{}", false),
    ] {
        let world = World::new().await;
        let tokens = world.manager(MemoryStore::new());
        let token = tokens.adopt(world.answer().await).await.unwrap();
        let case = format!("{status} {}", String::from_utf8_lossy(body));
        assert_eq!(tokens.refused(token.expose(), status, body), expected, "{case}");
        assert_eq!(tokens.fresh().is_none(), expected, "{case}");
    }
}

#[tokio::test]
async fn what_took_the_place_of_a_refused_token_is_blamed_a_minute_later() {
    let world = World::strict().await;
    let tokens = world.manager(MemoryStore::new());
    let first = tokens.adopt(world.answer().await).await.unwrap();
    world.next_second().await;
    assert!(tokens.refused(first.expose(), 401, REFUSED));
    // Whoever was refused with it at the same time, before and after there is another one.
    assert!(tokens.refused(first.expose(), 401, REFUSED));
    let second = tokens.access_token().await.unwrap();
    assert_ne!(second.expose(), first.expose());
    assert!(tokens.refused(first.expose(), 401, REFUSED));
    assert_eq!(tokens.fresh().unwrap().expose(), second.expose());
    // The new one is refused as well: something else is wrong.
    for seconds in [0, 59, -118] {
        world.move_clock(seconds);
        assert!(!tokens.refused(second.expose(), 401, REFUSED), "{seconds}");
    }
    assert_eq!(tokens.fresh().unwrap().expose(), second.expose());
    world.move_clock(59 + 60);
    world.next_second().await;
    assert!(tokens.refused(second.expose(), 401, REFUSED));
    assert_ne!(tokens.access_token().await.unwrap().expose(), second.expose());
    assert_eq!(world.renewals().await, 2);
    // One that somebody asked for has taken no refused one's place.
    world.next_second().await;
    let asked = tokens.refresh().await.unwrap();
    assert!(tokens.refused(asked.expose(), 401, REFUSED));
}

#[tokio::test]
async fn a_process_that_has_not_looked_yet_is_told_of_a_refused_token() {
    let world = World::strict().await;
    let store = MemoryStore::new();
    let first = world
        .manager(store.clone())
        .adopt(world.answer().await)
        .await
        .unwrap();
    world.next_second().await;
    // As a forked child, or one that got the token in a message.
    let (child, other) = (world.manager(store.clone()), world.manager(store));
    child.invalidate(first.expose());
    let second = child.access_token().await.unwrap();
    assert_ne!(second.expose(), first.expose());
    // Another than the store's counts for nothing.
    other.invalidate(first.expose());
    assert_eq!(other.access_token().await.unwrap().expose(), second.expose());
    assert!(other.fresh().is_some());
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn a_gateway_with_words_of_oauth_ends_no_tokens() {
    for (status, word) in [
        (401, "login_required"),
        (403, "invalid_grant"),
        (400, "interaction_required"),
    ] {
        let world = World::strict().await;
        let tokens = world.expired(MemoryStore::new()).await;
        let gateway = json!({"status": status, "json": {"error": word}});
        // Where the answer may have been put in another's place, it is asked for once more.
        let answers = vec![gateway; if status == 403 { 2 } else { 1 }];
        world.server.respond(json!(answers)).await;
        let error = tokens.access_token().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Forbidden, "{error}");
        assert_eq!(tokens.status().await.unwrap().state, TokenState::Expired);
        world.move_clock(1);
        assert!(tokens.access_token().await.is_ok(), "{status} {word}");
    }
}
