//! Processes that are ended at any moment of a renewal: the store opens, and holds the newest refresh token
//! or says that one may be lost. `PINTEREST_ROUNDS` sets how often it is tried.

#![cfg(unix)]
// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;

use std::env;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use managed::{World, account};
use pinterest_sdk::{ApiClient, Configuration, ErrorKind, FileStore, TokenManager};
use rustix::process::{Pid, Signal, kill_process};

const WORKER: &str = "PINTEREST_SDK_TEST_WORKER";

/// What a worker does until it is ended: renews again and again.
#[tokio::test]
async fn worker() {
    let Some(place) = env::var_os(WORKER) else {
        return;
    };
    let place = place.into_string().unwrap();
    let (host, folder) = place.split_once(' ').unwrap();
    let configuration = Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567");
    let client = ApiClient::new(configuration.with_host(host)).unwrap();
    let tokens = TokenManager::new(client, FileStore::new(folder), account("shop-1")).unwrap();
    for _ in 0..1000 {
        match tokens.refresh().await {
            Err(error) if error.kind() == ErrorKind::ReauthorizationRequired => return,
            _ => {}
        }
    }
}

fn start(place: &str) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["worker", "--exact"])
        .env(WORKER, place)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_killed_leaves_the_newest_token_or_says_that_it_may_be_lost() {
    let rounds = env::var("PINTEREST_ROUNDS").map_or(200, |rounds| rounds.parse().unwrap());
    let world = World::strict().await;
    let folder = env::temp_dir().join(format!("pinterest-sdk-killed-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let host = world.client().configuration().host.clone();
    let place = format!("{host} {}", folder.display());
    let (mut lost, mut kept, mut before) = (0, 0, String::new());
    world
        .manager(FileStore::new(&folder))
        .adopt(world.answer().await)
        .await
        .unwrap();
    for round in 0..rounds {
        // Two at a time, so that one waits for the lock of another that dies.
        let mut workers = [start(&place), start(&place)];
        // A number from the round: every moment of starting, asking and keeping comes up.
        let moment = Duration::from_micros(4_000 + (round * 7_919) % 30_000);
        tokio::time::sleep(moment).await;
        let signal = if round % 4 == 3 {
            Signal::TERM
        } else {
            Signal::KILL
        };
        for worker in &mut workers {
            let id = Pid::from_raw(worker.id().try_into().unwrap()).unwrap();
            kill_process(id, signal).unwrap();
            worker.wait().unwrap();
        }
        // As the next process: it knows nothing but what is on the disk.
        let tokens = world.manager(FileStore::new(&folder));
        let status = tokens.status().await.unwrap();
        world.next_second().await;
        match tokens.refresh().await {
            Ok(token) => {
                assert_ne!(token.expose(), before);
                token.expose().clone_into(&mut before);
                kept += 1;
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired, "{error}");
                assert!(error.message().contains("cut off"), "{error} {status:?}");
                lost += 1;
                tokens.adopt(world.answer().await).await.unwrap();
            }
        }
    }
    println!("{rounds} rounds: {kept} kept, {lost} said to be lost");
    assert!(kept > rounds / 4, "{kept} of {rounds}");
    std::fs::remove_dir_all(folder).unwrap();
}
