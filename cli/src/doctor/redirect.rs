//! Could a login on this machine listen for its answer?

use super::super::phrases::phrase;
use super::Finding;
use pinterest_sdk::{ApiClient, AuthorizationRequest, Configuration, LoopbackLogin, Scope};

/// Listens for a moment.
pub(super) fn check(redirect_uri: &str) -> Finding {
    let request = AuthorizationRequest::new(redirect_uri, [Scope::USER_ACCOUNTS_READ]);
    // Nobody is asked; to a host on this machine there is no proxy whose address could be wrong.
    let configuration = Configuration::new("app", "").with_host("http://localhost/v5");
    let listened =
        ApiClient::new(configuration).and_then(|client| LoopbackLogin::start(&client, &request).map(drop));
    match listened {
        Ok(()) => Finding::good(
            "redirect URI",
            format!("{redirect_uri}: its port is free; it must be registered for the app, byte for byte"),
        ),
        Err(error) if !redirect_uri.starts_with("http://") => Finding::odd(
            "redirect URI",
            format!("{redirect_uri}: {}", error.message_in(phrase)),
            "for `pinterest login` on this machine, register http://localhost:8085/ as well, or use --no-browser",
        ),
        Err(error) => Finding::wrong(
            "redirect URI",
            format!("{redirect_uri}: {}", error.message_in(phrase)),
            error
                .hint_in(phrase)
                .unwrap_or_else(|| "choose another port".to_owned())
                + "; --no-browser needs no port",
        ),
    }
}
