//! A Redis of a test's own, on loopback, with a folder of its own.

#![allow(dead_code)] // Not every test program needs all of it.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig, MultiplexedConnection};

static NUMBER: AtomicU32 = AtomicU32::new(0);

pub struct RedisServer {
    child: Child,
    folder: PathBuf,
    port: u16,
    options: Vec<String>,
}

impl RedisServer {
    /// What it is told is on its disk before it answers.
    pub async fn start(options: &[&str]) -> Self {
        let process = std::process::id();
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        for _ in 0..5 {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            // Below those that the system gives out by itself: nobody is given it while this server is down.
            let port = 10_000 + u16::try_from((process.wrapping_mul(64) + number) % 20_000).unwrap();
            // Anew each time: a server that did not start took its own away.
            let folder = std::env::temp_dir().join(format!("pinterest-sdk-redis-{process}-{number}"));
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).unwrap();
            let mut server = Self {
                child: spawn(&folder, port, &options),
                folder,
                port,
                options: options.clone(),
            };
            if server.listens().await {
                return server;
            }
        }
        panic!("redis-server did not start");
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    pub fn client(&self) -> redis::Client {
        redis::Client::open(self.url()).unwrap()
    }

    pub async fn connection(&self) -> MultiplexedConnection {
        self.client().get_multiplexed_async_connection().await.unwrap()
    }

    /// A connection that is made again by itself.
    pub async fn managed(&self) -> ConnectionManager {
        let fast = ConnectionManagerConfig::new()
            .set_number_of_retries(2)
            .set_max_delay(Duration::from_millis(100));
        let client = self.client();
        client.get_connection_manager_with_config(fast).await.unwrap()
    }

    /// What a command gives, over a connection of its own.
    pub async fn run<T: redis::FromRedisValue>(&self, command: &[&str]) -> T {
        let mut run = redis::cmd(command[0]);
        run.arg(&command[1..]);
        run.query_async(&mut self.connection().await).await.unwrap()
    }

    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again, on the same port and folder.
    pub async fn start_again(&mut self) {
        self.child = spawn(&self.folder, self.port, &self.options);
        assert!(self.listens().await, "see {}", self.folder.display());
    }

    async fn listens(&mut self) -> bool {
        for _ in 0..500 {
            if self.child.try_wait().unwrap().is_some() {
                return false;
            }
            if let Ok(mut connection) = self.client().get_multiplexed_async_connection().await
                && redis::cmd("PING")
                    .query_async::<String>(&mut connection)
                    .await
                    .is_ok()
            {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        false
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn spawn(folder: &PathBuf, port: u16, options: &[String]) -> Child {
    let always = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "yes"];
    let durable = ["--appendfsync", "always", "--logfile", "log", "--daemonize", "no"];
    Command::new("redis-server")
        .arg("--port")
        .arg(port.to_string())
        .arg("--dir")
        .arg(folder)
        .args(always)
        .args(durable)
        .args(options)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("redis-server is missing: `make redis-server` installs it")
}
