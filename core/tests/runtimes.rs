//! On which runtimes a call can be made, and what it says where it cannot.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

use pinterest_sdk::{
    ApiClient, ApiRequest, AuthorizationRequest, CallOptions, Configuration, Error, ErrorKind, LoopbackLogin,
    OauthAccessTokenRequest, OauthApi, Outcome, Scope,
};
use support::Server;
use tokio::runtime::{Builder, Runtime};

fn client(host: &str) -> ApiClient {
    let configuration = Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567")
        .with_access_token("pina_x")
        .with_retries(3)
        .with_timeout(Duration::from_secs(20))
        .with_host(format!("{host}/v5"));
    ApiClient::new(configuration).unwrap()
}

async fn token(client: &ApiClient) -> Result<(), Error> {
    let request = OauthAccessTokenRequest::client_credentials("user_accounts:read");
    OauthApi::new(client.clone()).oauth_token(request).await.map(drop)
}

fn refused(error: &Error, says: &str) {
    let facts = (error.kind(), error.outcome());
    assert_eq!(facts, (ErrorKind::InvalidInput, Outcome::NotSent), "{error}");
    assert!(error.hint().unwrap().contains(says), "{error}");
}

/// tokio says what a runtime lacks by a panic alone: a hook sees one of them and no more, whatever is
/// lacking, and a runtime that lacks nothing shows it none.
#[test]
fn a_panic_hook_sees_one_panic_at_most() {
    const BARE: &str = "RUNTIME_OF_A_PROCESS";
    if let Ok(has) = std::env::var(BARE) {
        let mut builder = Builder::new_current_thread();
        let builder = if has == "all" {
            builder.enable_all()
        } else {
            &mut builder
        };
        let error = builder
            .build()
            .unwrap()
            .block_on(token(&client("http://127.0.0.1:1")));
        println!("{:?}", error.unwrap_err().kind());
        return;
    }
    for (has, kind, panics) in [("nothing", "InvalidInput", 1), ("all", "Network", 0)] {
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "a_panic_hook_sees_one_panic_at_most", "--nocapture"])
            .env(BARE, has)
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(printed.contains(kind), "{printed}");
        let seen = String::from_utf8_lossy(&output.stderr);
        assert_eq!(seen.matches("panicked at").count(), panics, "{seen}");
    }
}

/// One client, as in a `static`, from runtimes of both kinds that come, work at once, and go.
#[test]
fn one_client_serves_every_runtime() {
    const THREADS: usize = 6;
    const RUNTIMES: usize = 20;
    const CALLS: usize = 5;
    let server_runtime = Runtime::new().unwrap();
    let server = server_runtime.block_on(Server::start());
    let client = client(server.address("http"));
    thread::scope(|scope| {
        for number in 0..THREADS {
            let client = &client;
            scope.spawn(move || {
                for _ in 0..RUNTIMES {
                    let runtime = match number % 2 {
                        0 => Builder::new_current_thread().enable_all().build(),
                        _ => Builder::new_multi_thread().worker_threads(1).enable_all().build(),
                    }
                    .unwrap();
                    for _ in 0..CALLS {
                        runtime.block_on(token(client)).unwrap();
                    }
                }
            });
        }
    });
    let requests = server_runtime.block_on(server.requests());
    assert_eq!(requests.len(), THREADS * RUNTIMES * CALLS);
    let mut connections: Vec<_> = requests
        .iter()
        .map(|request| request["connection"].to_string())
        .collect();
    connections.sort();
    connections.dedup();
    assert!(
        connections.len() < THREADS * RUNTIMES * 2,
        "a runtime keeps its connection: {}",
        connections.len()
    );
}

/// A runtime that nobody drives keeps its connections to itself.
#[test]
fn a_runtime_that_stands_still_holds_nobody_up() {
    let server_runtime = Runtime::new().unwrap();
    let server = server_runtime.block_on(Server::start());
    let client = client(server.address("http"));
    let [still, other] = [(); 2].map(|()| Builder::new_current_thread().enable_all().build().unwrap());
    still.block_on(token(&client)).unwrap();
    other.block_on(token(&client)).unwrap();
    still.block_on(token(&client)).unwrap();
}

#[test]
fn without_a_runtime_a_call_is_refused_before_it_is_sent() {
    let client = client("http://127.0.0.1:9");
    refused(&on_another_executor(token(&client)).unwrap_err(), "tokio runtime");
    let request = ApiRequest::get("/user_account");
    let options = CallOptions::default();
    refused(
        &on_another_executor(client.request::<serde_json::Value>(request.clone(), &options)).unwrap_err(),
        "tokio runtime",
    );
    refused(
        &on_another_executor(client.request_any(request, &options)).unwrap_err(),
        "tokio runtime",
    );
    refused(
        &on_another_executor(login(&client).finish()).unwrap_err(),
        "tokio runtime",
    );
}

#[test]
fn what_a_runtime_lacks_is_named() {
    let client = client("http://127.0.0.1:9");
    for (builder, says) in [
        (&mut Builder::new_current_thread(), "enable_time"),
        (Builder::new_current_thread().enable_time(), "enable_io"),
        (Builder::new_current_thread().enable_io(), "enable_time"),
    ] {
        let runtime = builder.build().unwrap();
        refused(&runtime.block_on(token(&client)).unwrap_err(), says);
        refused(&runtime.block_on(login(&client).finish()).unwrap_err(), says);
    }
}

#[test]
fn another_executor_can_lend_itself_a_runtime() {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::start());
    let client = client(server.address("http"));
    let _inside = runtime.enter();
    on_another_executor(token(&client)).unwrap();
}

fn login(client: &ApiClient) -> LoopbackLogin {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let request = AuthorizationRequest::new(
        format!("http://127.0.0.1:{}/", free.port()),
        [Scope::USER_ACCOUNTS_READ],
    );
    LoopbackLogin::start(client, &request).unwrap()
}

/// What other executors have in common: they poll, and know nothing of tokio.
fn on_another_executor<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park_timeout(Duration::from_secs(20)),
        }
    }
}
