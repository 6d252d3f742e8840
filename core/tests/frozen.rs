//! Processes that stand still while an answer comes, as a container that is frozen or a program that is stopped: what
//! has come counts, however late it is looked at.

#![cfg(unix)]
// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;

use std::env;
use std::process::{Command, Stdio};
use std::time::Duration;

use managed::{World, account, until};
use pinterest_sdk::{ApiClient, Configuration, FileStore, OauthAccessTokenRequest, OauthApi, TokenManager};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use tokio::runtime::Builder;

const WORKER: &str = "PINTEREST_SDK_TEST_FROZEN";
const TIMEOUT: Duration = Duration::from_secs(1);

/// What a process does that stands still for a while.
#[test]
fn worker() {
    let Some(told) = env::var_os(WORKER) else {
        return;
    };
    let told = told.into_string().unwrap();
    let [does, threads, host, folder] = told.splitn(4, ' ').collect::<Vec<_>>()[..] else {
        panic!("{told}");
    };
    let runtime = match threads {
        "one" => Builder::new_current_thread().enable_all().build().unwrap(),
        _ => Builder::new_multi_thread()
            .worker_threads(4)
            .enable_all()
            .build()
            .unwrap(),
    };
    let configuration = Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567")
        .with_host(host)
        .with_timeout(TIMEOUT);
    let client = ApiClient::new(configuration).unwrap();
    runtime.block_on(async {
        if does == "renew" {
            let tokens = TokenManager::new(client, FileStore::new(folder), account("shop-1")).unwrap();
            tokens.refresh().await.unwrap();
        } else {
            let request = OauthAccessTokenRequest::authorization_code(does, "http://localhost:8085/");
            OauthApi::new(client).oauth_token(request).await.unwrap();
        }
    });
}

/// Whether a process ends well that is stopped before the answer comes and until after its time is over.
async fn stands_still(does: &str, threads: &str, number: usize) -> bool {
    let world = World::strict().await;
    let folder = env::temp_dir().join(format!("pinterest-sdk-frozen-{}-{number}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    world
        .manager(FileStore::new(&folder))
        .adopt(world.answer().await)
        .await
        .unwrap();
    world.next_second().await;
    let code = world.server.control("POST", "/_sandbox/codes", &json!({})).await;
    let does = if does == "renew" {
        does
    } else {
        code["code"].as_str().unwrap()
    };
    let before = world.server.requests().await.len();
    let late = json!([{"pass": true, "delay_ms": 400}]);
    world.server.respond(late).await;
    let host = world.client().configuration().host.clone();
    let mut worker = Command::new(env::current_exe().unwrap())
        .args(["worker", "--exact", "--nocapture"])
        .env(WORKER, format!("{does} {threads} {host} {}", folder.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    until(async || world.server.requests().await.len() > before).await;
    let id = Pid::from_raw(worker.id().try_into().unwrap()).unwrap();
    kill_process(id, Signal::STOP).unwrap();
    tokio::time::sleep(TIMEOUT + Duration::from_secs(1)).await;
    kill_process(id, Signal::CONT).unwrap();
    let status = tokio::task::spawn_blocking(move || worker.wait().unwrap())
        .await
        .unwrap();
    let _ = std::fs::remove_dir_all(folder);
    status.success()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_while_a_process_stood_still_counts() {
    for does in ["renew", "exchange"] {
        for threads in ["one", "four"] {
            let trials = (0..3).map(|number| stands_still(does, threads, number));
            let done = futures_util::future::join_all(trials).await;
            assert_eq!(done, [true; 3], "{does} {threads}");
        }
    }
}
