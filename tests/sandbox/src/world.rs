//! Everything that the sandbox remembers.

use std::collections::BTreeMap;

use crate::apps::{self, App};
use crate::clock::Clock;
use crate::content::Content;
use crate::limits::Limits;
use crate::log::Log;
use crate::options::Options;
use crate::scopes;
use crate::script::Script;
use crate::switches::Switches;
use crate::tokens::{Code, Tokens, random};

/// The state of a sandbox; a reset makes a new one.
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) switches: Switches,
    pub(crate) apps: BTreeMap<String, App>,
    /// Whose a code or token is unless somebody says so.
    pub(crate) first_app: String,
    pub(crate) content: Content,
    pub(crate) tokens: Tokens,
    pub(crate) script: Script,
    pub(crate) log: Log,
    pub(crate) limits: Limits,
    requests: u64,
}

impl World {
    /// The state at the start.
    pub(crate) fn new(options: &Options) -> Self {
        let clock = Clock::default();
        let mut world = Self {
            content: Content::new(clock.now()),
            clock,
            switches: Switches::default(),
            apps: apps::first(options),
            first_app: options.app_id.clone(),
            tokens: Tokens::default(),
            script: Script::default(),
            log: Log::new(options.log_limit),
            limits: Limits::default(),
            requests: 0,
        };
        for code in &options.codes {
            // The first app is there, and has a redirect URI.
            let _ = world.issue_code(None, None, None, Some(code));
            if let Some(code) = world.tokens.codes.get_mut(code) {
                code.issued_at = None;
            }
        }
        world
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
        let app_id = app_id.unwrap_or(&self.first_app);
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
            scope: scopes::split(scope.unwrap_or(scopes::DEFAULT)),
            issued_at: Some(self.clock.now()),
            challenge: None,
            used: None,
        };
        self.tokens.codes.insert(&code, issued);
        Ok(code)
    }
}
