//! Rows of a program's own database that a token manager is given.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use std::sync::atomic::Ordering;
use std::time::Duration;

use managed::{DAY, World};
use pinterest_sdk::{ErrorKind, MemoryStore, OauthAccessTokenResponse, Outcome, TokenState};
use serde_json::json;
use text_store::TextStore;

/// What the world's clock says first.
const NOW: i64 = 1_700_000_000;

#[tokio::test]
async fn ends_in_milliseconds_are_ends() {
    let world = World::new().await;
    // As seconds they would lie after the year 9999, and so count as not told: such a token would never be renewed.
    let (access, refresh) = (NOW + 3_600, NOW + DAY);
    for life in [None, Some(2_592_000)] {
        let tokens = world.manager(MemoryStore::new());
        let mut row = OauthAccessTokenResponse::new("pina_row");
        row.refresh_token = Some("pinr.row".into());
        row.expires_in = life;
        row.expires_at = Some(access * 1_000 + 7);
        row.refresh_token_expires_at = Some(refresh * 1_000 + 7);
        tokens.adopt(row).await.unwrap();
        let status = tokens.status().await.unwrap();
        let ends = (
            status.access_life.unwrap().expires_at,
            status.refresh_life.unwrap().expires_at,
        );
        assert_eq!(ends, (Some(access), Some(refresh)));
    }
}

#[tokio::test]
async fn one_that_ended_long_ago_has_ended_also_in_milliseconds() {
    let world = World::new().await;
    let tokens = world.manager(MemoryStore::new());
    let mut row = OauthAccessTokenResponse::new("pina_row");
    row.refresh_token = Some("pinr.row".into());
    row.expires_at = Some((NOW - DAY) * 1_000);
    tokens.adopt(row).await.unwrap();
    assert_eq!(tokens.status().await.unwrap().state, TokenState::Expired);
}

#[tokio::test]
async fn a_life_of_an_answer_that_cannot_be_believed_changes_no_other_end() {
    let world = World::new().await;
    let tokens = world.manager(MemoryStore::new());
    let life = 2_592_000_000_000;
    let mut answer = OauthAccessTokenResponse::new("pina_row");
    (answer.expires_in, answer.expires_at) = (Some(life), Some(NOW + life));
    answer.refresh_token = Some("pinr.row".into());
    answer.refresh_token_expires_in = Some(365 * DAY);
    tokens.adopt(answer).await.unwrap();
    let status = tokens.status().await.unwrap();
    let (access, refresh) = (status.access_life.unwrap(), status.refresh_life.unwrap());
    assert_eq!((access.issued_at, access.expires_at), (NOW, None));
    assert_eq!(refresh.expires_at, Some(NOW + 365 * DAY));
}

#[tokio::test]
async fn a_refresh_token_in_the_place_of_an_access_token_is_not_adopted() {
    let world = World::new().await;
    let tokens = world.manager(MemoryStore::new());
    let mut row = OauthAccessTokenResponse::new("\u{feff}pinr.canary ");
    row.refresh_token = Some("pina_canary".into());
    let error = tokens.adopt(row).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::InvalidInput, Outcome::NotSent)
    );
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("is a refresh token"), "{shown}");
    assert!(!shown.contains("canary"), "{shown}");
    let failed = tokens.access_token().await.unwrap_err();
    assert_eq!(failed.kind(), ErrorKind::ReauthorizationRequired);
}

/// A program may give its row with every request, while a person's new login waits for the store to take it.
#[tokio::test]
async fn one_that_is_given_again_does_not_cost_the_login_that_came_after_it() {
    for is_renewed in [false, true] {
        let (world, store) = (World::strict().await, TextStore::default());
        let tokens = world.manager(store.clone());
        let row = world.answer().await;
        tokens.adopt(row.clone()).await.unwrap();
        world.next_second().await;
        let fails = |fails| store.is_down.store(fails, Ordering::Relaxed);
        if is_renewed {
            let late = json!([{"pass": true, "delay_ms": 400}]);
            world.server.respond(late).await;
            let (renewed, ()) = tokio::join!(tokens.refresh(), async {
                tokio::time::sleep(Duration::from_millis(200)).await;
                fails(true);
            });
            renewed.unwrap();
            world.next_second().await;
        }
        fails(true);
        let login = world.answer().await;
        tokens.adopt(login.clone()).await.unwrap_err();
        for _ in 0..2 {
            let given = tokens.adopt(row.clone()).await.unwrap();
            assert_eq!(given.expose(), login.access_token.expose());
        }
        fails(false);
        assert!(tokens.close(Duration::from_secs(5)).await);
        let kept = world.manager(store.clone()).access_token().await.unwrap();
        assert_eq!(kept.expose(), login.access_token.expose());
        // From then on the store knows as well which came after which.
        let given = tokens.adopt(row).await.unwrap();
        assert_eq!(given.expose(), login.access_token.expose());
        world.next_second().await;
        tokens.refresh().await.unwrap();
        assert_eq!(world.renewals().await, 1 + usize::from(is_renewed));
    }
}
