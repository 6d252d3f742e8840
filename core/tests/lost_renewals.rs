//! Renewals whose answer, place or caller is lost.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;
#[path = "support/world.rs"]
mod world;

use std::fs;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use pinterest_sdk::session::Renewal;
use pinterest_sdk::{ApiClient, ErrorKind, Outcome};
use serde_json::{Value, json};
use world::{World, told};

#[tokio::test]
async fn a_lost_answer_is_asked_for_once_more_and_then_explained() {
    let world = World::new("lost").await;
    let first = world.log_in().await;
    world.next_second().await;
    world
        .server
        .respond(json!([{"pass": true, "fault": "close"}]))
        .await;
    let token = world.session().renew(&first).await.unwrap();
    assert_eq!(told(&token), "done");
    assert_eq!(world.renewals().await, 2);
    world.next_second().await;
    let lost = json!([{"fault": "close"}, {"fault": "close"}]);
    world.server.respond(lost).await;
    let error = world.session().renew(&token.stored).await.err().unwrap();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Network, Outcome::Unknown)
    );
    assert!(error.hint().unwrap().contains("may be sent again"), "{error}");
    assert_eq!(world.renewals().await, 4);
    assert_eq!(
        world.names(),
        [
            "default.json",
            "default.json.new",
            "default.json.pause",
            "default.lock"
        ]
    );
    let refused = json!([{"status": 401, "json": {"code": 283, "message": "no"}}]);
    world.server.respond(refused.clone()).await;
    let error = world.session().renew(&token.stored).await.err().unwrap();
    assert!(error.message().contains("cut off"), "{error}");
    assert_eq!(error.hint(), Some("run `pinterest login`"));
    // One that works takes the mark away.
    let token = world.session().renew(&token.stored).await.unwrap();
    assert_eq!(world.names(), ["default.json", "default.lock"]);
    world.server.respond(refused).await;
    let error = world.session().renew(&token.stored).await.err().unwrap();
    assert!(!error.message().contains("cut off"), "{error}");
}

#[tokio::test]
async fn only_an_answer_that_did_not_come_is_said_not_to_have_come() {
    let world = World::new("came").await;
    let first = world.log_in().await;
    let down = json!({"status": 503, "body": ""});
    world.server.control("POST", "/_sandbox/standing", &down).await;
    let error = world.session().renew(&first).await.err().unwrap();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Server, Outcome::Unknown)
    );
    assert!(!error.to_string().contains("did not answer"), "{error}");
    let nowhere = format!("http://{}/v5", world.server.address("refused"));
    let session = world.session_with(|configuration| configuration.with_host(nowhere));
    let error = session.renew(&first).await.err().unwrap();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Network, Outcome::NotSent)
    );
    assert!(!error.to_string().contains("did not answer"), "{error}");
}

#[tokio::test]
async fn a_renewal_without_time_for_another_attempt_says_what_became_of_the_first() {
    let world = World::new("no-time").await;
    let first = world.log_in().await;
    let late = json!({"pass": true, "delay_ms": 2000});
    world.server.control("POST", "/_sandbox/standing", &late).await;
    let session = world.session_with(|configuration| configuration.with_timeout(Duration::from_millis(300)));
    let error = session.renew(&first).await.err().unwrap();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Network, Outcome::Unknown)
    );
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn asking_once_more_is_within_the_time_of_asking_once() {
    let world = World::new("one-time").await;
    let first = world.log_in().await;
    let lost = json!([{"fault": "close", "delay_ms": 300}, {"pass": true, "delay_ms": 5000}]);
    world.server.respond(lost).await;
    let session = world.session_with(|configuration| configuration.with_timeout(Duration::from_millis(1400)));
    let started = Instant::now();
    assert!(session.renew(&first).await.is_err());
    assert!(
        started.elapsed() < Duration::from_millis(1750),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(world.renewals().await, 2);
}

#[tokio::test]
async fn a_renewal_that_is_dropped_midway_leaves_its_mark_and_frees_the_profile() {
    let world = World::new("dropped").await;
    let first = world.log_in().await;
    let rotation = json!({"rotation": "invalidate_on_use"});
    world
        .server
        .control("PATCH", "/_sandbox/switches", &rotation)
        .await;
    world
        .server
        .respond(json!([{"pass": true, "delay_ms": 5000}]))
        .await;
    let session = world.session();
    let cut = tokio::time::timeout(Duration::from_millis(500), session.renew(&first));
    let (cut, is_busy) = tokio::join!(cut, async {
        tokio::time::sleep(Duration::from_millis(250)).await;
        world.busy.load(Ordering::Relaxed)
    });
    assert!(cut.is_err() && is_busy);
    assert!(!world.busy.load(Ordering::Relaxed));
    for _ in 0..2 {
        let error = world.session().renew(&first).await.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired);
        assert!(error.message().contains("cut off"), "{error}");
    }
    assert_eq!(world.stored(), first);
}

#[tokio::test]
async fn a_token_that_cannot_be_kept_can_be_used_and_the_error_says_that_pinterest_answered() {
    let world = World::new("not-kept").await;
    let first = world.log_in().await;
    world.next_second().await;
    let late = json!([{"pass": true, "delay_ms": 500}]);
    world.server.respond(late).await;
    let session = world.session();
    let (token, ()) = tokio::join!(session.renew(&first), async {
        tokio::time::sleep(Duration::from_millis(250)).await;
        // What a renewal writes in is gone, and nothing can be made: a file is where the folder was.
        fs::rename(&world.folder, world.folder.with_extension("moved")).unwrap();
        fs::write(&world.folder, "").unwrap();
    });
    let token = token.unwrap();
    let _ = fs::remove_dir_all(world.folder.with_extension("moved"));
    let _ = fs::remove_file(&world.folder);
    assert_ne!(token.stored.access_token, first.access_token);
    let Renewal::NotKept(error) = token.renewal else {
        panic!("{}", told(&token));
    };
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Store, Outcome::Unknown)
    );
    assert!(
        error.message().starts_with("Pinterest gave new tokens, but"),
        "{error}"
    );
    assert_eq!(error.message().matches("new tokens").count(), 1, "{error}");
    let used = world
        .client()
        .configuration()
        .clone()
        .with_access_token(token.stored.access_token);
    let request = pinterest_sdk::ApiRequest::get("/user_account");
    let account = ApiClient::new(used).unwrap();
    assert!(
        account
            .request::<Value>(request, &pinterest_sdk::CallOptions::default())
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_renewal_with_odd_fields_is_kept_and_its_refresh_token_stays() {
    let world = World::new("odd").await;
    let first = world.log_in().await;
    for odd in [
        json!({"access_token": "pina_new1", "refresh_token": "", "expires_in": "", "scope": ["pins:read"]}),
        json!({"access_token": "pina_new2", "refresh_token": 7, "refresh_token_expires_at": "2027-01-01", "response_type": 1}),
        json!({"access_token": "pina_new3", "token_type": "mac", "expires_in": {"days": 30}}),
    ] {
        world.server.respond(json!([{"json": odd}])).await;
        let token = world.session().renew(&world.stored()).await.unwrap();
        assert_eq!(told(&token), "done");
        assert_eq!(world.stored(), token.stored);
        assert_eq!(token.stored.access_token.expose(), odd["access_token"]);
        assert_eq!(token.stored.refresh_token, first.refresh_token);
        assert_eq!(token.stored.access_life.expires_at, None);
    }
    assert_eq!(world.renewals().await, 3);
}

/// That the second one is refused, or reaches nobody, says nothing of the first.
#[tokio::test]
async fn of_a_lost_answer_nobody_knows_what_became_whatever_the_next_one_says() {
    let world = World::new("unclear").await;
    let first = world.log_in().await;
    let slowly = json!({"status": 429, "json": {"code": 8, "message": "slowly"}});
    let refused = json!({"status": 401, "json": {"code": 283, "message": "no"}});
    for (next, kind) in [
        (slowly, ErrorKind::RateLimited),
        (refused, ErrorKind::ReauthorizationRequired),
    ] {
        world.next_second().await;
        let lost = json!({"pass": true, "fault": "close"});
        world.server.respond(json!([lost, next])).await;
        let error = world.session().renew(&first).await.err().unwrap();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Unknown));
        assert!(!error.is_retryable(), "{error}");
    }
}
