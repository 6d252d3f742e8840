//! Everything that the sandbox remembers.

use std::collections::BTreeMap;

use crate::clock::Clock;
use crate::log::Log;
use crate::script::Script;
use crate::switches::Switches;
use crate::tokens::{Code, Tokens, random};

/// Apps made before this day get legacy refresh tokens unless they ask for continuous ones.
const CONTINUOUS_SINCE: &str = "2025-09-25";

/// What a code grants unless told otherwise.
const DEFAULT_SCOPE: &str = "user_accounts:read,pins:read,boards:read";

/// A registered app; field names are those of the control request.
#[allow(clippy::struct_field_names)]
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct App {
    pub(crate) app_id: String,
    pub(crate) app_secret: String,
    #[serde(default)]
    pub(crate) redirect_uris: Vec<String>,
    /// ISO 8601; today's kind of app unless given.
    #[serde(default = "today")]
    pub(crate) created_at: String,
    #[serde(default)]
    pub(crate) name: String,
    /// Every scope that the user has ever approved.
    #[serde(skip)]
    pub(crate) approved: Vec<String>,
}

fn today() -> String {
    "2026-01-01".into()
}

impl App {
    fn first() -> Self {
        Self {
            app_id: "app-id".into(),
            app_secret: "app-secret".into(),
            redirect_uris: vec!["http://localhost:8085/".into()],
            created_at: today(),
            name: "Sandbox app".into(),
            approved: Vec::new(),
        }
    }

    /// Whether its refresh tokens are of the legacy kind.
    pub(crate) fn is_legacy(&self) -> bool {
        self.created_at.as_str() < CONTINUOUS_SINCE
    }

    /// Adds approved scopes; gives all of them.
    pub(crate) fn approve(&mut self, scope: &[String]) -> Vec<String> {
        for name in scope {
            if !self.approved.contains(name) {
                self.approved.push(name.clone());
            }
        }
        self.approved.clone()
    }
}

/// The sandbox's state.
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) switches: Switches,
    pub(crate) apps: BTreeMap<String, App>,
    pub(crate) tokens: Tokens,
    pub(crate) script: Script,
    pub(crate) log: Log,
    requests: u64,
}

impl World {
    pub(crate) fn new(log_limit: usize) -> Self {
        let app = App::first();
        Self {
            clock: Clock::default(),
            switches: Switches::default(),
            apps: BTreeMap::from([(app.app_id.clone(), app)]),
            tokens: Tokens::default(),
            script: Script::default(),
            log: Log::new(log_limit),
            requests: 0,
        }
    }

    /// The next request's id: digits, as Pinterest's.
    pub(crate) fn request_id(&mut self) -> String {
        self.requests += 1;
        (4_000_000_000_000_000 + self.requests).to_string()
    }

    /// Issues a code, as if a person had pressed Allow. What is not given is the first app's.
    ///
    /// # Errors
    ///
    /// A sentence saying which app does not exist or has no redirect URI.
    pub(crate) fn issue_code(
        &mut self,
        app_id: Option<&str>,
        redirect_uri: Option<&str>,
        scope: Option<&str>,
        code: Option<&str>,
    ) -> Result<String, String> {
        let app_id = app_id.unwrap_or("app-id");
        let app = self
            .apps
            .get(app_id)
            .ok_or_else(|| format!("no app has the id {app_id}"))?;
        let redirect_uri = redirect_uri
            .or(app.redirect_uris.first().map(String::as_str))
            .ok_or_else(|| format!("the app {app_id} has no redirect URI"))?
            .to_owned();
        let code = code.map_or_else(|| random(30), str::to_owned);
        let issued = Code {
            app_id: app_id.to_owned(),
            redirect_uri,
            scope: split_scope(scope.unwrap_or(DEFAULT_SCOPE)),
            expires_at: self.clock.now() + self.switches.code_lifetime_seconds,
            challenge: None,
        };
        self.tokens.codes.insert(code.clone(), issued);
        Ok(code)
    }
}

/// Scopes are separated by commas or white space.
pub(crate) fn split_scope(text: &str) -> Vec<String> {
    text.split(|c: char| c == ',' || c.is_whitespace())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}
