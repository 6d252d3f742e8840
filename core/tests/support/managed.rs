//! A token manager against a sandbox, by a clock that the test sets.

#![allow(dead_code)] // Not every test program needs all of it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use pinterest_sdk::{
    Account, ApiClient, Clock, Configuration, Error, OauthAccessTokenRequest, OauthAccessTokenResponse,
    OauthApi, TokenEventKind, TokenManager, TokenOptions, TokenStore,
};
use serde_json::{Value, json};

use crate::support::Server;

pub const DAY: i64 = 86_400;
pub const LIFE: i64 = 30 * DAY;

/// A sandbox, a clock, and everything that managers said.
pub struct World {
    pub server: Server,
    time: Arc<AtomicI64>,
    pub clock: Clock,
    pub heard: Arc<Mutex<Vec<TokenEventKind>>>,
    not_kept: Arc<Mutex<Vec<Error>>>,
}

impl World {
    pub async fn new() -> Self {
        let time = Arc::new(AtomicI64::new(1_700_000_000));
        let told = Arc::clone(&time);
        Self {
            server: Server::start().await,
            clock: Clock::new(move || {
                UNIX_EPOCH + Duration::from_secs(told.load(Ordering::Relaxed).try_into().unwrap_or_default())
            }),
            time,
            heard: Arc::default(),
            not_kept: Arc::default(),
        }
    }

    /// A world whose sandbox ends a refresh token once it is used.
    pub async fn strict() -> Self {
        let world = Self::new().await;
        let rotation = json!({"rotation": "invalidate_on_use"});
        world
            .server
            .control("PATCH", "/_sandbox/switches", &rotation)
            .await;
        world
    }

    /// A world where every token can be revoked.
    pub async fn revocable() -> Self {
        let world = Self::new().await;
        let anybody = json!({"revoke_system_users_only": false});
        world
            .server
            .control("PATCH", "/_sandbox/switches", &anybody)
            .await;
        world
    }

    pub fn client(&self) -> ApiClient {
        let host = format!("{}/v5", self.server.address("http"));
        let configuration = Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567");
        ApiClient::new(configuration.with_host(host).with_clock(self.clock.clone())).unwrap()
    }

    pub fn options(&self) -> TokenOptions {
        let (heard, not_kept) = (Arc::clone(&self.heard), Arc::clone(&self.not_kept));
        TokenOptions::default().with_listener(move |event| {
            heard.lock().unwrap().push(event.kind);
            if event.kind == TokenEventKind::NotKept {
                not_kept.lock().unwrap().extend(event.error.clone());
            }
        })
    }

    pub fn manager(&self, store: impl TokenStore + 'static) -> TokenManager {
        TokenManager::with_options(self.client(), store, account("shop-1"), self.options()).unwrap()
    }

    /// A manager of an account whose access token has just ended.
    pub async fn expired(&self, store: impl TokenStore + 'static) -> TokenManager {
        let tokens = self.manager(store);
        tokens.adopt(self.answer().await).await.unwrap();
        self.move_clock(LIFE + 1);
        self.next_second().await;
        tokens
    }

    /// The answer to a code.
    pub async fn answer(&self) -> OauthAccessTokenResponse {
        let code = self.server.control("POST", "/_sandbox/codes", &json!({})).await;
        let code = code["code"].as_str().unwrap();
        let request = OauthAccessTokenRequest::authorization_code(code, "http://localhost:8085/");
        OauthApi::new(self.client()).oauth_token(request).await.unwrap()
    }

    pub fn move_clock(&self, seconds: i64) {
        self.time.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Lets the sandbox give another access token than in the second before.
    pub async fn next_second(&self) {
        let two = json!({"advance_seconds": 2});
        self.server.control("POST", "/_sandbox/clock", &two).await;
    }

    pub async fn renewals(&self) -> usize {
        let renewal = |request: &&Value| {
            let body = request["body"].as_str();
            body.is_some_and(|body| body.contains("grant_type=refresh"))
        };
        self.server.requests().await.iter().filter(renewal).count()
    }

    /// What was said to be ended, in order.
    pub async fn revocations(&self) -> Vec<String> {
        let requests = self.server.requests().await;
        let revocation = |request: &&Value| {
            let path = request["path"].as_str();
            path.is_some_and(|path| path.ends_with("/oauth/token/revoke"))
        };
        let body = |request: &Value| request["body"].as_str().unwrap_or_default().to_owned();
        requests.iter().filter(revocation).map(body).collect()
    }

    pub fn events(&self) -> Vec<TokenEventKind> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }

    /// What was said of tokens that the store did not take.
    pub fn not_kept(&self) -> Vec<Error> {
        std::mem::take(&mut self.not_kept.lock().unwrap())
    }
}

pub fn account(name: &str) -> Account {
    Account::new(name).unwrap()
}

/// Waits, up to ten seconds, until something is so.
pub async fn until(mut so: impl AsyncFnMut() -> bool) {
    for _ in 0..500 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it was not so after ten seconds");
}
