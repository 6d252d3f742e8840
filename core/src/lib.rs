//! Pinterest's OAuth, working: one core for Rust, Python, Node and Kotlin.
//!
//! ```no_run
//! # async fn example() -> Result<(), pinterest_sdk::Error> {
//! use pinterest_sdk::{ApiClient, Configuration, OauthAccessTokenRequest, OauthApi};
//!
//! let client = ApiClient::new(Configuration::new("app id", "app secret"))?;
//! let request = OauthAccessTokenRequest::authorization_code("code", "http://localhost:8085/");
//! let token = OauthApi::new(client).oauth_token(request).await?;
//! println!("expires in {:?} seconds", token.expires_in);
//! # Ok(())
//! # }
//! ```
//!
//! # The map
//!
//! From top to bottom; a module uses only those below it.
//!
//! | module | what lives there |
//! |---|---|
//! | `authorize` | the authorization URL, the callback, the exchange, login on this machine |
//! | `session` | renewing what is stored (feature `store`) |
//! | `api` | Pinterest's operations, and hints for their refusals |
//! | `client` | requests with credentials, over one pool |
//! | `refusal` | reading an answer: what was asked for, or why Pinterest refused |
//! | `transport` | bytes: HTTP, TLS, limits, deadlines |
//! | `store` | where tokens rest (feature `store`) |
//! | `operations` | what Pinterest's operations are called, take and give |
//! | `models`, `configuration`, `headers`, `request_body`, `multipart`, `credential`, `runtime` | what goes in, what comes out |
//! | `redaction` | foreign text made fit to show |
//! | `authorities`, `random` | certificate authorities that clients share; what nobody can guess |
//! | `error` | the one error |
//! | `words`, `secret`, `body`, `scope`, `clock`, `stop` | the ground floor |

#![forbid(unsafe_code)]

mod api;
mod authorities;
mod authorize;
mod body;
mod client;
mod clock;
mod configuration;
mod credential;
mod error;
mod headers;
mod json;
mod models;
mod multipart;
pub mod operations;
mod random;
mod redaction;
mod refusal;
mod request_body;
mod runtime;
mod scope;
mod secret;
#[cfg(feature = "store")]
pub mod session;
mod stop;
#[cfg(feature = "store")]
pub mod store;
mod transport;
mod unseen;
mod words;

pub use api::{ApiRequest, ItemStream, OauthApi, OperationCall, PageStream, Pages};
pub use authorities::Authorities;
#[cfg(all(feature = "browser", not(target_os = "android")))]
pub use authorize::open_browser;
pub use authorize::{
    AuthorizationFields, AuthorizationRequest, LoopbackCallback, LoopbackLogin, PendingAuthorization,
    WaitingBrowser, login,
};
pub use body::Body;
pub use client::{ApiClient, ApiResponse, Auth, CallOptions};
pub use clock::{Clock, ManualClock};
pub use configuration::{Configuration, ConnectionSettings, Environment};
pub use credential::trimmed as trimmed_credential;
pub use error::{AuthorizationReason, Error, ErrorKind, Outcome, RateLimit, Refusal};
pub use models::{
    AdditionalProperties, ConversionToken, OauthAccessTokenRequest, OauthAccessTokenResponse, OddField,
    ResponseType, TokenRequestFields, TokenRevocationRequest, TokenTypeHint,
};
pub use multipart::Part;
pub use scope::Scope;
pub use secret::Secret;
#[cfg(feature = "store")]
pub use session::{
    AccessToken, TokenEvent, TokenEventKind, TokenManager, TokenOptions, TokenState, TokenStatus,
};
pub use stop::{NetworkFault, Phase};
#[cfg(feature = "store")]
pub use store::{
    Account, FileStore, KeyFile, KeySource, KeyVariable, MemoryStore, RedisConnection, RedisReply,
    RedisScript, RedisStore, StoreKey, StoreLock, TokenKey, TokenStore,
};
pub use transport::variables;
pub use unseen::is_ignorable;
pub use words::Setting;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../docs/operations.md")]
struct PageOfOperations;

const _: () = {
    const fn crosses_threads<T: Send + Sync>() {}
    crosses_threads::<ApiClient>();
    crosses_threads::<OauthApi>();
    crosses_threads::<Error>();
    crosses_threads::<ApiResponse<OauthAccessTokenResponse>>();
};
