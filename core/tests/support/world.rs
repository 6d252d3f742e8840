//! One app whose tokens are kept, by a clock that the test sets.

#![allow(dead_code)] // Not every test program needs all of it.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use pinterest_sdk::session::{App, Need, Renewal, Session, Token};
use pinterest_sdk::store::{Account, FileStore, StoredToken};
use pinterest_sdk::{ApiClient, Clock, Configuration, Error, OauthAccessTokenRequest, OauthApi, Secret};
use serde_json::{Value, json};

use crate::support::Server;

pub const DAY: i64 = 86_400;
pub const LIFE: i64 = 30 * DAY;

/// One app, and everything of it that a test changes.
pub struct World {
    pub server: Server,
    pub folder: PathBuf,
    pub store: FileStore,
    pub profile: Account,
    time: Arc<AtomicI64>,
    pub clock: Clock,
    pub busy: AtomicBool,
    /// Whether the app refuses what it finds.
    pub refuses: AtomicBool,
    /// What the app was told of as set aside.
    pub aside: Mutex<Vec<PathBuf>>,
    /// The kept secrets that the app was given, to make clients with.
    pub secrets: Mutex<Vec<Option<Secret>>>,
}

impl World {
    pub async fn new(name: &str) -> Self {
        let server = Server::start().await;
        let folder = std::env::temp_dir().join(format!("pinterest-sdk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let time = Arc::new(AtomicI64::new(1_700_000_000));
        let told = Arc::clone(&time);
        let clock = Clock::new(move || {
            UNIX_EPOCH + Duration::from_secs(told.load(Ordering::Relaxed).try_into().unwrap_or_default())
        });
        Self {
            server,
            store: FileStore::new(&folder),
            folder,
            profile: "default".parse().unwrap(),
            time,
            clock,
            busy: AtomicBool::new(false),
            refuses: AtomicBool::new(false),
            aside: Mutex::default(),
            secrets: Mutex::default(),
        }
    }

    pub fn client(&self) -> ApiClient {
        let host = format!("{}/v5", self.server.address("http"));
        ApiClient::new(
            Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567").with_host(host),
        )
        .unwrap()
    }

    pub fn session(&self) -> Session<'_, TestApp<'_>> {
        self.session_with(|configuration| configuration)
    }

    /// A session whose settings are changed.
    pub fn session_with(
        &self,
        change: impl FnOnce(Configuration) -> Configuration,
    ) -> Session<'_, TestApp<'_>> {
        let client = ApiClient::new(change(self.client().configuration().clone())).unwrap();
        Session::new(
            &self.store,
            &self.profile,
            &self.clock,
            TestApp(client, self),
            &self.busy,
        )
    }

    /// Keeps tokens as a login does.
    pub async fn log_in(&self) -> StoredToken {
        let code = self.server.control("POST", "/_sandbox/codes", &json!({})).await;
        let code = code["code"].as_str().unwrap();
        let request = OauthAccessTokenRequest::authorization_code(code, "http://localhost:8085/");
        let token = OauthApi::new(self.client()).oauth_token(request).await.unwrap();
        let host = self.client().configuration().host.clone();
        let stored = StoredToken::new(host, "1234567".into(), token, self.clock.now());
        let lock = self.store.lock(&self.profile, Duration::ZERO).await.unwrap();
        let stored = stored.following(lock.read().unwrap().as_ref());
        lock.save(self.store.reserve(&self.profile).unwrap(), &stored)
            .unwrap();
        stored
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
        let requests = self.server.requests().await;
        let renewal = |request: &&Value| {
            request["body"]
                .as_str()
                .is_some_and(|body| body.contains("grant_type=refresh"))
        };
        requests.iter().filter(renewal).count()
    }

    pub fn stored(&self) -> StoredToken {
        self.store.read(&self.profile).unwrap().unwrap()
    }

    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub struct TestApp<'a>(ApiClient, &'a World);

impl App for TestApp<'_> {
    type Error = Error;

    fn client(&self, stored: &StoredToken, _: Need) -> Result<ApiClient, Error> {
        self.1.secrets.lock().unwrap().push(stored.app_secret.clone());
        let configuration = self.0.configuration().clone();
        self.0
            .reconfigured(configuration.with_username(stored.app_id.clone()))
    }

    fn accept(&self, _: &StoredToken) -> Result<(), Error> {
        if self.1.refuses.load(Ordering::Relaxed) {
            return Err(Error::store("the app wants other tokens"));
        }
        Ok(())
    }

    fn set_aside(&self, copies: &[PathBuf]) {
        assert!(!copies.is_empty());
        self.1.aside.lock().unwrap().extend_from_slice(copies);
    }
}

pub fn told(token: &Token<Error>) -> &'static str {
    match token.renewal {
        Renewal::NotDue => "not due",
        Renewal::Done => "done",
        Renewal::ByAnother => "by another",
        Renewal::Paused(_) => "paused",
        Renewal::Failed(_) => "failed",
        Renewal::NotKept(_) => "not kept",
    }
}
