//! Whatever happens in whatever order, by each way in which refresh tokens are replaced: the store has the newest
//! refresh token, or says that it is not known what came of the last asking. `PINTEREST_ROUNDS` sets how often.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/failing_store.rs"]
mod failing_store;
#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use std::time::Duration;

use failing_store::FailingStore;
use managed::{DAY, LIFE, World, account};
use pinterest_sdk::{
    ApiRequest, CallOptions, MemoryStore, Outcome, StoreKey, TokenManager, TokenState, TokenStore,
};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use text_store::TextStore;
use tokio::runtime::{Builder, Runtime};

/// What can happen. A number is one of two processes.
#[derive(Debug, Clone)]
enum Event {
    Access(usize),
    Refresh(usize),
    /// Both processes at once.
    Both,
    /// The API is called.
    Use(usize),
    IsStale,
    Expires,
    /// A process is ended so many milliseconds after it began to renew.
    Killed(usize, u64),
    /// So many answers of Pinterest are lost.
    Lost(usize),
    /// The store fails to write, after so many that it does, and may have written.
    Fails {
        after: usize,
        wrote: bool,
    },
    Login(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let who = || 0..2_usize;
    prop_oneof![
        who().prop_map(Event::Access),
        who().prop_map(Event::Refresh),
        Just(Event::Both),
        who().prop_map(Event::Use),
        Just(Event::IsStale),
        Just(Event::Expires),
        (who(), 0..12_u64).prop_map(|(who, after)| Event::Killed(who, after)),
        (1..3_usize).prop_map(Event::Lost),
        (0..3_usize, any::<bool>()).prop_map(|(after, wrote)| Event::Fails { after, wrote }),
        who().prop_map(Event::Login),
    ]
}

fn runtime() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
}

/// A process: its runtime, and what it knows.
struct Process {
    runtime: Runtime,
    tokens: TokenManager,
}

struct Case {
    world: World,
    store: FailingStore,
    processes: Vec<Process>,
    /// Somebody was told that new tokens could not be kept.
    was_told: bool,
}

impl Case {
    async fn start(rotation: &str, store: Box<dyn TokenStore>) -> Self {
        let world = World::new().await;
        let switches = json!({"rotation": rotation, "same_second_same_token": false});
        world
            .server
            .control("PATCH", "/_sandbox/switches", &switches)
            .await;
        let store = FailingStore::new(store);
        let mut case = Self {
            processes: Vec::new(),
            world,
            store,
            was_told: false,
        };
        case.processes = vec![case.process(), case.process()];
        case.login(0).await;
        case
    }

    fn process(&self) -> Process {
        Process {
            runtime: runtime(),
            tokens: self.world.manager(self.store.clone()),
        }
    }

    /// Runs something of a process on its own runtime.
    async fn on<F>(&self, who: usize, run: impl FnOnce(TokenManager) -> F) -> F::Output
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let process = &self.processes[who];
        let running = process.runtime.spawn(run(process.tokens.clone()));
        running.await.unwrap()
    }

    /// Uses up the answers that were to be lost.
    async fn answer_well(&self) {
        for _ in 0..100 {
            if self.overview().await["scripted"] == 0 {
                return;
            }
            self.call("pina_nobody").await;
        }
        panic!("there is no end of them");
    }

    async fn login(&mut self, who: usize) {
        self.answer_well().await;
        let answer = self.world.answer().await;
        let adopted = self
            .on(who, async move |tokens: TokenManager| tokens.adopt(answer).await)
            .await;
        if let Err(error) = adopted {
            assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
            self.was_told = true;
        }
    }

    async fn happens(&mut self, event: &Event) {
        match *event {
            Event::Access(who) => drop(
                self.on(who, async move |tokens: TokenManager| tokens.access_token().await)
                    .await,
            ),
            Event::Refresh(who) => drop(
                self.on(who, async move |tokens: TokenManager| tokens.refresh().await)
                    .await,
            ),
            Event::Both => {
                let access = async |tokens: TokenManager| tokens.access_token().await;
                let _ = tokio::join!(self.on(0, access), self.on(1, access));
            }
            Event::Use(who) => {
                let token = self
                    .on(who, async move |tokens: TokenManager| tokens.access_token().await)
                    .await;
                if let Ok(token) = token {
                    self.call(token.expose()).await;
                }
            }
            Event::IsStale => self.world.move_clock(LIFE - DAY / 2),
            Event::Expires => self.world.move_clock(LIFE + 1),
            Event::Killed(who, after) => {
                let slowly = json!([{"pass": true, "delay_ms": 4}]);
                self.world.server.respond(slowly).await;
                let tokens = self.processes[who].tokens.clone();
                let renewing = async move { tokens.refresh().await };
                drop(self.processes[who].runtime.spawn(renewing));
                tokio::time::sleep(Duration::from_millis(after)).await;
                let next = self.process();
                let killed = std::mem::replace(&mut self.processes[who], next);
                let end = move || killed.runtime.shutdown_timeout(Duration::from_secs(5));
                tokio::task::spawn_blocking(end).await.unwrap();
            }
            Event::Lost(answers) => {
                let lost = vec![json!({"pass": true, "fault": "close"}); answers];
                self.world.server.respond(Value::Array(lost)).await;
            }
            Event::Fails { after, wrote } => self.store.fail(after, wrote),
            Event::Login(who) => self.login(who).await,
        }
        // What goes on behind is over, but what the store does not take.
        for who in 0..2 {
            self.on(who, async move |tokens: TokenManager| {
                tokens.close(Duration::from_secs(5)).await
            })
            .await;
        }
    }

    /// Calls the API.
    async fn call(&self, token: &str) {
        let client = self.world.client();
        let configuration = client.configuration().clone().with_access_token(token);
        let client = client.reconfigured(configuration).unwrap();
        let request = ApiRequest::get("/user_account");
        let _ = client.request::<Value>(request, &CallOptions::default()).await;
    }

    async fn overview(&self) -> Value {
        let overview = "/_sandbox/overview";
        self.world.server.control("GET", overview, &Value::Null).await
    }

    async fn newest(&self) -> String {
        let overview = self.overview().await;
        let tokens = overview["tokens"].as_array().unwrap();
        let refresh = tokens.iter().find(|token| token["kind"] == "refresh token");
        refresh.unwrap()["text"].as_str().unwrap().to_owned()
    }

    async fn check(&mut self) {
        let host = self.world.client().configuration().host.clone();
        let key = StoreKey::new(host, "1234567", account("shop-1"));
        let kept = self.store.load(&key).await.unwrap();
        let newest = self.newest().await;
        let is_newest = kept.as_ref().is_some_and(|kept| {
            let refresh = kept.token.refresh_token.as_ref();
            refresh.is_some_and(|token| token.expose() == newest)
        });
        let mut unsaved = false;
        for process in &self.processes {
            unsaved |= process.tokens.status().await.unwrap().unsaved;
        }
        let is_asked = kept.as_ref().is_some_and(|kept| kept.asked);
        self.was_told &= !is_newest;
        assert!(
            is_newest || is_asked || unsaved || self.was_told,
            "the newest refresh token is lost"
        );
    }

    /// With nothing in the way, what can be renewed is.
    async fn ends(mut self) {
        self.store.mend();
        self.answer_well().await;
        for who in 0..2 {
            let closed = self
                .on(who, async move |tokens: TokenManager| {
                    tokens.close(Duration::from_secs(5)).await
                })
                .await;
            assert!(closed);
        }
        self.check().await;
        let status = self.processes[0].tokens.status().await.unwrap();
        if !status.asked && status.state == TokenState::Fresh {
            self.world.move_clock(LIFE + 1);
            self.on(1, async move |tokens: TokenManager| tokens.access_token().await)
                .await
                .unwrap();
            self.check().await;
        }
        let end = move || drop(self.processes);
        tokio::task::spawn_blocking(end).await.unwrap();
    }
}

fn try_all(rotation: &str) {
    let runtime = runtime();
    let rounds = std::env::var("PINTEREST_ROUNDS").map_or(48, |rounds| rounds.parse().unwrap());
    let config = Config {
        cases: rounds,
        failure_persistence: None,
        ..Config::default()
    };
    let sequence = (any::<bool>(), vec(event(), 1..14));
    TestRunner::new(config)
        .run(&sequence, |(in_texts, events)| {
            runtime.block_on(async {
                let store: Box<dyn TokenStore> = if in_texts {
                    Box::new(TextStore::default())
                } else {
                    Box::new(MemoryStore::new())
                };
                let mut case = Case::start(rotation, store).await;
                for event in &events {
                    case.happens(event).await;
                    case.check().await;
                }
                case.ends().await;
            });
            Ok(())
        })
        .unwrap();
}

#[test]
fn refresh_tokens_that_end_when_used_are_never_lost() {
    try_all("invalidate_on_use");
}

#[test]
fn refresh_tokens_that_stay_are_never_lost() {
    try_all("keep_until_expiry");
}

#[test]
fn refresh_tokens_that_end_when_the_new_one_is_used_are_never_lost() {
    try_all("invalidate_on_new_token_use");
}
