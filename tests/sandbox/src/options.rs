//! How to start a sandbox.

/// The app that is there from the start, unless another is asked for.
const APP_ID: &str = "1234567";
const APP_SECRET: &str = "0123456789abcdef0123456789abcdef01234567";
/// Where it may send people back to: the first is what Pinterest's quickstart registers.
const REDIRECT_URIS: [&str; 2] = ["http://localhost:8085/", "http://localhost:8085/callback"];

/// How to start a sandbox.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The port on loopback; 0 takes a free one.
    pub port: u16,
    /// How many requests to remember; 0 remembers none.
    pub log_limit: usize,
    /// Codes to issue for the first app. They do not expire.
    pub codes: Vec<String>,
    /// The id of the first app.
    pub app_id: String,
    /// Its secret.
    pub app_secret: String,
    /// Redirect URIs that are registered for it, the usual one first.
    pub redirect_uris: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            log_limit: 100_000,
            codes: Vec::new(),
            app_id: APP_ID.into(),
            app_secret: APP_SECRET.into(),
            redirect_uris: REDIRECT_URIS.map(String::from).to_vec(),
        }
    }
}
