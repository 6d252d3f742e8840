//! What to ask a person for, and the URL that asks.

use std::time::Duration;

use url::Url;

use super::pending::PendingAuthorization;
use super::proof;
use crate::client::ApiClient;
use crate::credential::{self, Alphabet};
use crate::error::Error;
use crate::scope::Scope;
use crate::transport::Endpoint;
use crate::words::{Setting, words};

/// How long a person may take, from the URL to the callback.
const LIFETIME: Duration = Duration::from_secs(600);

/// What an [`AuthorizationRequest`] asks for, for a program that has it apart.
#[derive(Debug, Clone, Default)]
pub struct AuthorizationFields {
    /// See [`AuthorizationRequest::new`].
    pub redirect_uri: String,
    /// Each is a scope or a list of them.
    pub scopes: Vec<String>,
    /// See [`AuthorizationRequest::with_pkce`].
    pub pkce: bool,
    /// See [`AuthorizationRequest::with_continuous_refresh`].
    pub continuous_refresh: bool,
    /// See [`AuthorizationRequest::with_comma_separated_scopes`].
    pub comma_separated_scopes: bool,
    /// See [`AuthorizationRequest::with_lifetime`]; ten minutes if absent.
    pub lifetime: Option<Duration>,
}

impl From<AuthorizationFields> for AuthorizationRequest {
    fn from(fields: AuthorizationFields) -> Self {
        Self {
            pkce: fields.pkce,
            continuous_refresh: fields.continuous_refresh,
            comma_separated_scopes: fields.comma_separated_scopes,
            lifetime: fields.lifetime.unwrap_or(LIFETIME),
            ..Self::new(fields.redirect_uri, fields.scopes.into_iter().map(Scope::from))
        }
    }
}

/// What to ask a person for.
#[derive(Debug, Clone)]
pub struct AuthorizationRequest {
    redirect_uri: String,
    scopes: Vec<Scope>,
    pkce: bool,
    continuous_refresh: bool,
    comma_separated_scopes: bool,
    lifetime: Duration,
}

impl AuthorizationRequest {
    /// Asks for `scopes`; the answer goes to `redirect_uri`, which must be registered for the app,
    /// byte for byte. One of `scopes` may be a list of them, as [`Scope::parse_list`] reads it; one
    /// that is blank is none.
    pub fn new(redirect_uri: impl Into<String>, scopes: impl IntoIterator<Item = Scope>) -> Self {
        let listed = scopes
            .into_iter()
            .flat_map(|scope| Scope::parse_list(scope.as_str()));
        Self {
            redirect_uri: redirect_uri.into(),
            scopes: listed.collect(),
            pkce: false,
            continuous_refresh: false,
            comma_separated_scopes: false,
            lifetime: LIFETIME,
        }
    }

    /// Adds a PKCE challenge (RFC 7636, S256). Pinterest does not document it; off by default.
    #[must_use]
    pub fn with_pkce(mut self) -> Self {
        self.pkce = true;
        self
    }

    /// Asks for a continuous refresh token at the exchange; apps made before 25 September 2025 must.
    #[must_use]
    pub fn with_continuous_refresh(mut self) -> Self {
        self.continuous_refresh = true;
        self
    }

    /// Writes the scopes as Pinterest's own examples do, with commas between them. Pinterest takes both;
    /// spaces are what other servers want (RFC 6749 section 3.3), and the default.
    #[must_use]
    pub fn with_comma_separated_scopes(mut self) -> Self {
        self.comma_separated_scopes = true;
        self
    }

    /// Gives a person more or less time than ten minutes.
    #[must_use]
    pub fn with_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Makes the URL to send the person to, and what is needed when they come back.
    ///
    /// # Errors
    ///
    /// `InvalidInput` without an app id, without scopes, with a redirect URI that is none, or with
    /// PKCE and no app secret.
    pub fn start(&self, client: &ApiClient) -> Result<PendingAuthorization, Error> {
        let configuration = client.configuration();
        let client_id = client.app_id()?;
        if self.scopes.is_empty() {
            return Err(Error::invalid_input(words![
                Setting::Scopes,
                " is empty: an authorization asks for at least one scope"
            ]));
        }
        check_redirect_uri(&self.redirect_uri)?;
        for scope in &self.scopes {
            credential::check(Setting::Scopes, scope.as_str(), Alphabet::Unspaced)?;
        }
        let scopes = if self.comma_separated_scopes {
            Scope::join_with_commas(&self.scopes)
        } else {
            Scope::join(&self.scopes)
        };
        let state = proof::new_state()?;
        let mut url = client.authorization_url()?;
        url.query_pairs_mut()
            .append_pair("client_id", client_id)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("response_type", "code")
            .append_pair("scope", &scopes)
            .append_pair("state", &state);
        if self.pkce {
            // The verifier is derived from the secret: the one that the exchange will carry.
            let challenge = proof::code_challenge(&proof::code_verifier(client.app_secret()?, &state));
            url.query_pairs_mut()
                .append_pair("code_challenge", &challenge)
                .append_pair("code_challenge_method", "S256");
        }
        // Not every reader of a query takes a plus sign for the space between two scopes.
        if let Some(query) = url.query().map(|query| query.replace('+', "%20")) {
            url.set_query(Some(&query));
        }
        Ok(PendingAuthorization {
            url: url.into(),
            state,
            client_id: client_id.to_owned(),
            host: configuration.host.clone(),
            redirect_uri: self.redirect_uri.clone(),
            expires_at: configuration
                .clock
                .now()
                .saturating_add(i64::try_from(self.lifetime.as_secs()).unwrap_or(i64::MAX)),
            pkce: self.pkce,
            continuous_refresh: self.continuous_refresh,
        })
    }
}

impl ApiClient {
    /// Refuses an authorization page and an API of which one is Pinterest's and the other on this machine, as a sandbox
    /// is: neither knows the codes of the other. A program that sends a person to the page may ask this first. Nothing else
    /// does, so that tests can have an API of their own and answer in the person's place.
    ///
    /// # Errors
    ///
    /// `InvalidInput`, naming both settings.
    pub fn check_authorization_url(&self) -> Result<(), Error> {
        let configuration = self.configuration();
        let api = Endpoint::parse(&configuration.host)?;
        let page = Endpoint::parse_as(Setting::AuthorizationUrl, &configuration.authorization_url)?;
        let differ = |one: &Endpoint, other: &Endpoint| one.is_pinterests() && other.is_loopback();
        if differ(&api, &page) || differ(&page, &api) {
            return Err(Error::invalid_input(words![
                Setting::AuthorizationUrl,
                " and ",
                Setting::Host,
                format!(
                    " do not belong together: {} asks the person, and {} would be given the answer",
                    page.party(),
                    api.party()
                )
            ])
            .with_hint("set both, or neither; nothing was opened or sent"));
        }
        Ok(())
    }
}

fn check_redirect_uri(uri: &str) -> Result<(), Error> {
    // Sent byte for byte as it is registered, so nothing is taken off it.
    credential::check(Setting::RedirectUri, uri, Alphabet::Unspaced)?;
    let url = Url::parse(uri).map_err(|error| {
        Error::invalid_input(words![Setting::RedirectUri, format!(" is not a URL ({error})")])
    })?;
    if url.fragment().is_some() {
        return Err(Error::invalid_input(words![
            Setting::RedirectUri,
            " has a fragment, which it must not (RFC 6749 section 3.1.2)"
        ]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{AuthorizationFields, AuthorizationRequest, LIFETIME};
    use crate::scope::Scope;

    #[test]
    fn fields_make_the_request_that_the_setters_make() {
        let asked = |request: AuthorizationRequest| format!("{request:?}");
        let lifetime = Duration::from_secs(7);
        let fields = AuthorizationFields {
            redirect_uri: "http://localhost:8085/".into(),
            scopes: vec!["pins:read,boards:read".into(), " ".into()],
            pkce: true,
            continuous_refresh: true,
            lifetime: Some(lifetime),
            comma_separated_scopes: true,
        };
        let scopes = [Scope::PINS_READ, Scope::BOARDS_READ];
        let made = AuthorizationRequest::new("http://localhost:8085/", scopes)
            .with_pkce()
            .with_continuous_refresh()
            .with_lifetime(lifetime)
            .with_comma_separated_scopes();
        assert_eq!(asked(fields.into()), asked(made));
        let bare = AuthorizationRequest::from(AuthorizationFields::default());
        assert_eq!(bare.lifetime, LIFETIME);
        assert!(!bare.pkce && !bare.continuous_refresh);
    }
}
