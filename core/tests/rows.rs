//! Tokens of a program's own rows, as databases, files and variables give them: read by the one rule for credentials.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;

use std::fs;

use managed::{LIFE, World};
use pinterest_sdk::{
    ErrorKind, FileStore, MemoryStore, OauthAccessTokenResponse, Outcome, TokenState, TokenStore,
};
use serde_json::json;

#[tokio::test]
async fn what_nobody_sees_around_a_row_s_tokens_is_taken_off() {
    let world = World::new().await;
    let tokens = world.manager(MemoryStore::new());
    let answer = world.answer().await;
    let text = |secret: &str| format!("\u{feff} {secret}\u{200b}\r\n");
    let mut row = OauthAccessTokenResponse::new(text(answer.access_token.expose()));
    row.refresh_token = Some(text(answer.refresh_token.as_ref().unwrap().expose()).into());
    row.expires_in = Some(LIFE);
    let token = tokens.adopt(row).await.unwrap();
    assert_eq!(token.expose(), answer.access_token.expose());
    let header = tokens.authorization_header().await.unwrap();
    assert_eq!(
        header.expose(),
        format!("Bearer {}", answer.access_token.expose())
    );
    world.next_second().await;
    tokens.refresh().await.unwrap();
}

#[tokio::test]
async fn a_row_without_a_refresh_token_renews_nothing_however_it_says_so() {
    for none in [None, Some(""), Some(" \n")] {
        let world = World::new().await;
        let tokens = world.manager(MemoryStore::new());
        let mut row = OauthAccessTokenResponse::new("pina_row");
        row.refresh_token = none.map(Into::into);
        row.expires_in = Some(60);
        tokens.adopt(row).await.unwrap();
        world.move_clock(61);
        let status = tokens.status().await.unwrap();
        assert_eq!(status.state, TokenState::ReauthorizationRequired, "{none:?}");
        let error = tokens.access_token().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired, "{none:?}");
        assert_eq!(error.outcome(), Outcome::NotSent, "{none:?} {error}");
        assert_eq!(world.renewals().await, 0, "{none:?}");
    }
}

#[tokio::test]
async fn of_access_tokens_alone_the_one_that_is_given_last_is_given_out() {
    let world = World::new().await;
    let tokens = world.manager(MemoryStore::new());
    for access in [
        "pina_one",
        "pina_two",
        "pina_one",
        "pina_three",
        "pina_two",
        "pina_one",
    ] {
        let row = OauthAccessTokenResponse::new(access);
        assert_eq!(tokens.adopt(row).await.unwrap().expose(), access);
        assert_eq!(tokens.access_token().await.unwrap().expose(), access);
    }
    // What renews itself gives way to none of them.
    let answer = world.answer().await;
    tokens.adopt(answer.clone()).await.unwrap();
    let token = tokens
        .adopt(OauthAccessTokenResponse::new("pina_one"))
        .await
        .unwrap();
    assert_eq!(token.expose(), answer.access_token.expose());
}

#[tokio::test]
async fn a_row_with_a_character_that_no_token_has_is_refused_by_name() {
    let world = World::new().await;
    let tokens = world.manager(MemoryStore::new());
    for (access, refresh, says) in [
        ("pina_ca\u{200b}nary", None, "U+200B (zero width space)"),
        ("pina_canary\npina_other", None, "U+000A (a line feed"),
        ("pina_a", Some("pinr.ca nary"), "U+0020 (a space)"),
        ("\u{feff}\n", None, "there is no access token to adopt"),
    ] {
        let mut row = OauthAccessTokenResponse::new(access);
        row.refresh_token = refresh.map(Into::into);
        let error = tokens.adopt(row).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::InvalidInput, Outcome::NotSent)
        );
        assert!(error.message().contains(says), "{error}");
        assert!(!error.to_string().contains("nary"), "{error}");
    }
    assert!(!tokens.is_busy() && tokens.fresh().is_none());
}

/// A program may adopt the tokens of its settings at each start, also after one that was cut off.
#[tokio::test]
async fn a_row_that_is_given_again_hides_nothing_of_what_became_of_its_renewal() {
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-again-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let (memory, files) = (MemoryStore::new(), FileStore::new(&folder));
    let stores: [&dyn Fn() -> Box<dyn TokenStore>; 2] =
        [&|| Box::new(memory.clone()), &|| Box::new(files.clone())];
    for store in stores {
        let world = World::strict().await;
        let start = || world.manager(store());
        let mut row = world.answer().await;
        start().adopt(row.clone()).await.unwrap();
        world.next_second().await;
        let lost = json!([{"pass": true, "fault": "close"}, {"fault": "close"}]);
        world.server.respond(lost).await;
        assert_eq!(start().refresh().await.unwrap_err().kind(), ErrorKind::Network);
        // What else it tells of them counts.
        for end in [row.refresh_token_expires_at.unwrap(), i64::from(i32::MAX)] {
            row.refresh_token_expires_at = Some(end);
            let token = start().adopt(row.clone()).await.unwrap();
            assert_eq!(token.expose(), row.access_token.expose());
            let status = start().status().await.unwrap();
            assert!(status.asked && status.failure.is_some());
            assert_eq!(status.refresh_life.unwrap().expires_at, Some(end));
        }
        let error = start().refresh().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired);
        assert!(error.message().contains("cut off"), "{error}");
        // Nor is a refused one sent again.
        let asked = world.renewals().await;
        world.move_clock(LIFE + 1);
        start().adopt(row).await.unwrap();
        let error = start().access_token().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired);
        assert_eq!(world.renewals().await, asked);
    }
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_token_that_the_api_refused_is_not_given_out_because_it_is_given_again() {
    let world = World::strict().await;
    let tokens = world.manager(MemoryStore::new());
    let row = world.answer().await;
    tokens.adopt(row.clone()).await.unwrap();
    world.next_second().await;
    assert!(tokens.refused(row.access_token.expose(), 401, b""));
    tokens.adopt(row.clone()).await.unwrap();
    assert!(tokens.fresh().is_none());
    let next = tokens.access_token().await.unwrap();
    assert_ne!(next.expose(), row.access_token.expose());
}
