//! What a token manager costs: reading a token that is in memory, and what a renewal adds to the plain call.
//! Prints one JSON object for `tests/bench/report.py`.

// A benchmark may fail.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pinterest_sandbox::{Options, Sandbox};
use pinterest_sdk::{
    Account, ApiClient, Configuration, FileStore, MemoryStore, OauthAccessTokenRequest,
    OauthAccessTokenResponse, OauthApi, RedisStore, TokenManager, TokenStore,
};
use serde_json::{Value, json};

use crate::redis_server::RedisServer;

#[path = "../tests/support/redis_server.rs"]
mod redis_server;

const READS: u32 = 1_000_000;
const RENEWALS: usize = 300;

struct Bench {
    sandbox: Sandbox,
    client: ApiClient,
    /// The next code that nobody has used.
    codes: AtomicUsize,
}

impl Bench {
    async fn manager(&self, store: impl TokenStore + 'static) -> TokenManager {
        let tokens = TokenManager::new(self.client.clone(), store, Account::new("bench").unwrap()).unwrap();
        tokens.adopt(self.answer().await).await.unwrap();
        tokens
    }

    async fn answer(&self) -> OauthAccessTokenResponse {
        let code = self.codes.fetch_add(1, Ordering::Relaxed).to_string();
        let request = OauthAccessTokenRequest::authorization_code(code, "http://localhost:8085/");
        let api = OauthApi::new(self.client.clone());
        api.oauth_token(request).await.unwrap()
    }

    async fn refresh_token(&self) -> String {
        self.answer().await.refresh_token.unwrap().expose().to_owned()
    }

    /// The middle time of a renewal, in microseconds.
    async fn renewal(&self, store: impl TokenStore + 'static) -> f64 {
        let tokens = self.manager(store).await;
        let mut times = Vec::new();
        for _ in 0..RENEWALS {
            let started = Instant::now();
            tokens.refresh().await.unwrap();
            times.push(started.elapsed());
        }
        middle(times)
    }

    async fn plain(&self) -> f64 {
        let (api, token) = (OauthApi::new(self.client.clone()), self.refresh_token().await);
        let mut times = Vec::new();
        for _ in 0..RENEWALS {
            let started = Instant::now();
            let request = OauthAccessTokenRequest::refresh_token(token.clone());
            api.oauth_token(request).await.unwrap();
            times.push(started.elapsed());
        }
        middle(times)
    }
}

fn middle(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e6
}

fn row(name: &str, unit: &str, ours: f64, theirs: Option<f64>, target: &str) -> Value {
    json!({"name": name, "unit": unit, "ours": ours, "theirs": theirs, "ratio": null, "target": target})
}

#[tokio::main]
async fn main() {
    let mut options = Options::default();
    options.codes = (0..10).map(|number| number.to_string()).collect();
    let sandbox = Sandbox::start(options).await.unwrap();
    let configuration = Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567");
    let client = ApiClient::new(configuration.with_host(format!("{}/v5", sandbox.addresses().http))).unwrap();
    let bench = Bench {
        sandbox,
        client,
        codes: AtomicUsize::new(0),
    };

    let tokens = bench.manager(MemoryStore::new()).await;
    let started = Instant::now();
    for _ in 0..READS {
        black_box(tokens.access_token().await.unwrap());
    }
    let read = started.elapsed().as_secs_f64() * 1e9 / f64::from(READS);

    let plain = bench.plain().await;
    let memory = bench.renewal(MemoryStore::new()).await;
    let mut rows = vec![
        row("an access token from memory", "ns", read, None, "≤ 100 ns"),
        row(
            "what a renewal adds to the plain call, in memory",
            "µs",
            memory - plain,
            None,
            "–",
        ),
    ];
    for (name, place, target) in [
        ("on a disk that forgets", "/dev/shm", "≤ 2,000 µs"),
        ("on this disk, with its fsync", env!("CARGO_TARGET_TMPDIR"), "–"),
    ] {
        if Path::new(place).is_dir() {
            let folder = Path::new(place).join(format!("pinterest-bench-{}", std::process::id()));
            let time = bench.renewal(FileStore::new(&folder)).await;
            std::fs::remove_dir_all(folder).unwrap();
            let name = format!("what a renewal adds to the plain call, in a file {name}");
            rows.push(row(&name, "µs", time - plain, None, target));
        }
    }
    for (name, options, target) in [
        ("that forgets", ["--appendonly", "no"], "≤ 1,000 µs"),
        ("on this disk, with its fsync", ["--appendfsync", "always"], "–"),
    ] {
        let server = RedisServer::start(&options).await;
        let time = bench.renewal(RedisStore::new(server.connection().await)).await;
        let name = format!("what a renewal adds to the plain call, in a Redis on loopback {name}");
        rows.push(row(&name, "µs", time - plain, None, target));
    }
    println!("{}", json!({"rows": rows}));
    drop(bench.sandbox);
}
