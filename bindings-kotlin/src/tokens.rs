//! A token manager, and what is asked of it.

use std::sync::Arc;
use std::time::Duration;

use pinterest_sdk::store::RedisStore;
use pinterest_sdk::{
    AccessToken, Account, MemoryStore, OauthAccessTokenResponse, Secret, TokenEvent, TokenManager,
    TokenOptions, TokenStore,
};

use crate::client::{CLIENTS, NativeClient};
use crate::error::NativeError;
use crate::files::NativeFiles;
use crate::messages::{NativeMessage, Peer, tell};
use crate::models::NativeToken;
use crate::numbered::Numbered;
use crate::outcome::NativeOutcome;
use crate::own_parts::OwnRedis;
use crate::own_store::OwnStore;
use crate::token_models::{NativeTokenEvent, NativeTokenStatus};

/// Those that can be asked.
pub(crate) static MANAGERS: Numbered<TokenManager> = Numbered::new();

/// Tokens in memory that managers can be made on.
static MEMORIES: Numbered<MemoryStore> = Numbered::new();

/// Tokens that live as long as the process.
#[derive(Debug, uniffi::Object)]
pub struct NativeMemory {
    number: u64,
}

#[uniffi::export]
impl NativeMemory {
    /// An empty store.
    #[uniffi::constructor]
    #[allow(clippy::new_without_default)] // Nobody in Rust makes one.
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            number: MEMORIES.keep(MemoryStore::new()),
        })
    }

    /// What a manager names it by.
    pub fn number(&self) -> u64 {
        self.number
    }
}

impl Drop for NativeMemory {
    fn drop(&mut self) {
        MEMORIES.take(self.number);
    }
}

/// Where tokens rest.
#[derive(Debug, uniffi::Enum)]
pub enum NativeStore {
    Memory {
        store: u64,
    },
    File {
        files: NativeFiles,
    },
    /// Over the program's own connection, which Kotlin keeps for the manager.
    Redis,
    /// The program's own, which Kotlin keeps for the manager.
    Own {
        name: String,
    },
}

impl NativeStore {
    #[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
    fn open(self, peer: &Arc<Peer>) -> Result<Box<dyn TokenStore>, NativeError> {
        Ok(match self {
            Self::Memory { store } => {
                let store = MEMORIES.get(store);
                Box::new(store.ok_or_else(|| NativeError::unexpected("this MemoryStore is gone"))?)
            }
            Self::File { files } => Box::new(files.open(peer)?),
            Self::Redis => Box::new(RedisStore::new(OwnRedis(Arc::clone(peer)))),
            Self::Own { name } => Box::new(OwnStore::new(Arc::clone(peer), name)),
        })
    }
}

/// How a manager behaves.
#[derive(Debug, uniffi::Record)]
pub struct NativeTokenOptions {
    /// Nanoseconds; the core's own without.
    pub wait: Option<u64>,
    pub client_credentials: Option<String>,
    /// The number of what Kotlin keeps for the manager, which hears of events.
    pub peer: u64,
}

impl NativeTokenOptions {
    fn into_core(self, peer: Arc<Peer>) -> TokenOptions {
        let mut options = TokenOptions::default();
        if let Some(wait) = self.wait {
            options = options.with_wait(Duration::from_nanos(wait));
        }
        if let Some(scope) = self.client_credentials {
            options = options.with_client_credentials(scope);
        }
        let told = Arc::clone(&peer);
        options = options.with_refusals(move |account| {
            tell(NativeMessage::Refused {
                peer: told.number(),
                account: account.to_string(),
            });
        });
        options.with_listener(move |event: &TokenEvent| {
            tell(NativeMessage::Event {
                peer: peer.number(),
                event: NativeTokenEvent::from(event.clone()),
            });
        })
    }
}

/// A manager; nothing can be asked of it once it is dropped. What it has begun goes on.
#[derive(Debug, uniffi::Object)]
pub struct NativeTokens {
    manager: TokenManager,
    number: u64,
    /// Its own hold of the client, which others may drop.
    client: u64,
}

#[uniffi::export]
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
impl NativeTokens {
    /// Reads nothing yet.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the client has no app id or the account no name, `Store` if there is no data folder.
    #[uniffi::constructor]
    pub fn new(
        client: &NativeClient,
        store: NativeStore,
        account: &str,
        options: NativeTokenOptions,
    ) -> Result<Arc<Self>, NativeError> {
        let peer = Arc::new(Peer::new(options.peer));
        let store = store.open(&peer)?;
        let account = Account::new(account)?;
        let client = client.client.clone();
        let manager = TokenManager::with_options(client.clone(), store, account, options.into_core(peer))?;
        Ok(Arc::new(Self {
            number: MANAGERS.keep(manager.clone()),
            manager,
            client: CLIENTS.keep(client),
        }))
    }

    /// What a call names it by.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What a call names its client by.
    pub fn client_number(&self) -> u64 {
        self.client
    }

    /// Refuses an address that is not to have a token.
    ///
    /// # Errors
    ///
    /// `InvalidInput`, with what to do.
    pub fn check_address(&self, url: &str) -> Result<(), NativeError> {
        Ok(self.manager.check_address(url)?)
    }

    /// Says that the API refused an account's token.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if that is no account.
    #[allow(clippy::needless_pass_by_value)] // It crosses the border whole.
    pub fn invalidate(&self, account: &str, token: Secret) -> Result<(), NativeError> {
        self.manager
            .account(Account::new(account)?)
            .invalidate(token.expose());
        Ok(())
    }

    /// Says how the API answered a request with an account's token: whether another token may help. It was
    /// invalidated then.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if that is no account.
    #[allow(clippy::needless_pass_by_value)] // It crosses the border whole.
    pub fn refused(
        &self,
        account: &str,
        token: Secret,
        status: i32,
        body: &str,
    ) -> Result<bool, NativeError> {
        let tokens = self.manager.account(Account::new(account)?);
        Ok(tokens.refused(token.expose(), status, body.as_bytes()))
    }
}

impl Drop for NativeTokens {
    fn drop(&mut self) {
        MANAGERS.take(self.number);
        CLIENTS.take(self.client);
    }
}

/// Refuses what cannot be an account's name.
///
/// # Errors
///
/// `InvalidInput`.
#[uniffi::export]
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
pub fn check_account(name: &str) -> Result<(), NativeError> {
    Account::new(name)?;
    Ok(())
}

/// What a manager is asked to do for an account.
#[derive(Debug, uniffi::Enum)]
#[allow(clippy::large_enum_variant)] // It crosses the border field by field; a box would not.
pub enum NativeTokenAct {
    AccessToken,
    Refresh,
    Adopt {
        token: NativeToken,
    },
    Status,
    Revoke,
    Forget,
    /// For all accounts, up to so many nanoseconds, or as long as the core does.
    Drain {
        limit: Option<u64>,
    },
}

impl NativeTokenAct {
    /// Does it. Dropping the future ends the wait, and no renewal.
    #[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
    pub(crate) async fn perform(self, manager: u64, account: &str) -> Result<NativeOutcome, NativeError> {
        let manager = MANAGERS
            .get(manager)
            .ok_or_else(|| NativeError::unexpected("this TokenManager is closed"))?;
        let tokens = manager.account(Account::new(account)?);
        Ok(match self {
            Self::AccessToken => given(tokens.access_token().await?),
            Self::Refresh => given(tokens.refresh().await?),
            Self::Adopt { token } => given(tokens.adopt(OauthAccessTokenResponse::from(token)).await?),
            Self::Status => NativeOutcome::TokenStatus {
                status: NativeTokenStatus::from(tokens.status().await?),
            },
            Self::Revoke => {
                tokens.revoke().await?;
                NativeOutcome::Done { done: true }
            }
            Self::Forget => NativeOutcome::Done {
                done: tokens.forget().await?,
            },
            Self::Drain { limit } => NativeOutcome::Done {
                done: tokens
                    .close(limit.map_or(TokenManager::CLOSING, Duration::from_nanos))
                    .await,
            },
        })
    }
}

fn given(token: AccessToken) -> NativeOutcome {
    NativeOutcome::AccessToken { token: token.into() }
}
