//! Tokens in Redis, over a connection of the program's own.

mod advice;
#[cfg(feature = "redis")]
mod client;
mod connection;
mod lease;
mod scripts;

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::key::StoreKey;
use super::record::Record;
use super::token_store::{Later, StoreLock, TokenStore};
use crate::error::Error;
use crate::random;
use crate::runtime;
pub use connection::{RedisConnection, RedisReply, RedisScript};
use lease::Lease;
use scripts::Scripts;

/// The first pause before a lease is asked for again; each further one is half as long again, up to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(200));

/// Tokens in Redis, shared by processes of many machines. Clones share the connection.
///
/// An account's tokens are the field `record` of the hash `pinterest:{base URL, app id, account}`. Whoever renews them has
/// the lease beside it, a key that lasts ten seconds and is renewed every three; one who lost it, because
/// it was stopped for longer, changes nothing any more. What Redis evicts is lost: the policy `noeviction`
/// or a `volatile-` one keeps the tokens, which have no time to live. A failover may lose what the replica
/// had not got yet, as all of Redis: `min-replicas-to-write` makes that rare.
///
#[cfg_attr(feature = "redis", doc = "```no_run")]
#[cfg_attr(not(feature = "redis"), doc = "```ignore")]
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use pinterest_sdk::{Account, ApiClient, Configuration, RedisStore, TokenManager};
///
/// let connection = redis::Client::open("redis://127.0.0.1/")?.get_multiplexed_async_connection().await?;
/// let client = ApiClient::new(Configuration::new("app id", "app secret"))?;
/// let tokens = TokenManager::new(client, RedisStore::new(connection), Account::new("shop-1")?)?;
/// println!("{:?}", tokens.access_token().await?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisStore(Arc<Shared>);

struct Shared {
    connection: Box<dyn RedisConnection>,
    scripts: Scripts,
}

/// Where an account's tokens and lease are: in one hash slot.
#[derive(Debug, Clone)]
struct Place {
    account: String,
    lease: String,
}

impl RedisStore {
    /// The store behind a connection. Nothing is asked yet.
    pub fn new(connection: impl RedisConnection + 'static) -> Self {
        Self(Arc::new(Shared {
            connection: Box::new(connection),
            scripts: Scripts::default(),
        }))
    }
}

impl Place {
    fn new(key: &StoreKey) -> Self {
        let account = format!("pinterest:{{{key}}}");
        Self {
            lease: format!("{account}:lease"),
            account,
        }
    }
}

impl TokenStore for RedisStore {
    fn describe(&self) -> String {
        self.0.connection.describe()
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        Box::pin(async {
            runtime::equipped()?;
            self.0.load(&Place::new(key)).await
        })
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        Box::pin(async move {
            runtime::equipped()?;
            let place = Place::new(key);
            let owner = random::text::<16>()?;
            let (started, mut pause) = (Instant::now(), PAUSES.0);
            loop {
                if let Some(fence) = self.0.take(&place, &owner).await? {
                    return Ok(
                        Box::new(Lease::new(self.0.clone(), place, owner, fence)) as Box<dyn StoreLock>
                    );
                }
                let left = patience.saturating_sub(started.elapsed());
                if left.is_zero() {
                    return Err(Error::store(format!(
                        "the tokens of `{}` are being changed by another process",
                        key.account()
                    ))
                    .with_hint("try again in a while"));
                }
                sleep(pause.mul_f64(random::jitter()).min(left)).await;
                pause = pause.mul_f64(1.5).min(PAUSES.1);
            }
        })
    }
}
