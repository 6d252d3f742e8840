//! Reads what came back to the redirect URI.

use std::collections::HashMap;

use url::{Url, form_urlencoded};

use crate::error::{AuthorizationReason, Error};
use crate::redaction::Redactor;
use crate::secret::Secret;

/// The longest of Pinterest's texts that an error repeats, in characters.
const MAX_QUOTE: usize = 300;

/// A callback's parameters, each at most once.
pub(crate) struct Callback(HashMap<String, String>);

impl Callback {
    /// Reads a whole URL, a path with its query, or a query alone, exactly as it is.
    ///
    /// # Errors
    ///
    /// `Authorization` if one of the protocol's parameters occurs twice (RFC 6749 section 3.1).
    pub(crate) fn parse(callback: &str) -> Result<Self, Error> {
        let callback = callback.trim();
        let parsed = Url::parse(callback).ok();
        let query = match &parsed {
            Some(url) => url.query().unwrap_or_default(),
            None => query(callback.split('#').next().unwrap_or_default()),
        };
        let mut parameters = HashMap::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if parameters
                .insert(name.clone().into_owned(), value.into_owned())
                .is_some()
                && ["code", "state", "error", "error_description", "iss"].contains(&name.as_ref())
            {
                let what = format!("the callback holds `{name}` twice");
                return Err(Error::authorization(AuthorizationReason::Damaged, what)
                    .with_hint("it was not made by Pinterest alone; start the authorization again"));
            }
        }
        Ok(Self(parameters))
    }

    /// A parameter that is there and not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// Whether it has any of the named parameters, be they empty.
    pub(crate) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.0.contains_key(*name))
    }

    /// The code, or why there is none.
    ///
    /// # Errors
    ///
    /// `Authorization` with Pinterest's reason, or saying that there is neither a code nor a reason.
    pub(crate) fn code(&self) -> Result<Secret, Error> {
        if let Some(reason) = self.get("error") {
            let description = self
                .get("error_description")
                .map(|text| format!(": {}", quote(text)));
            let what = format!(
                "Pinterest gave no authorization ({}{})",
                quote(reason),
                description.unwrap_or_default().trim_end_matches('.')
            );
            return Err(match reason {
                "access_denied" => Error::authorization(AuthorizationReason::Denied, what)
                    .with_hint("ask again when they want to connect"),
                _ => Error::authorization(AuthorizationReason::Declined, what)
                    .with_hint("start the authorization again"),
            });
        }
        self.get("code").map(Secret::from).ok_or_else(|| {
            Error::authorization(AuthorizationReason::Damaged, "the callback holds no `code`").with_hint(
                "pass the whole URL that Pinterest redirected to, with everything after the question mark",
            )
        })
    }
}

/// What stands behind a path and its question mark. One in a value, where it may be (RFC 3986 section 3.4), ends
/// no path: a query alone has an equals sign before it.
fn query(text: &str) -> &str {
    match text.split_once('?') {
        Some((path, query)) if path.starts_with('/') || !path.contains('=') => query,
        _ => text,
    }
}

/// Foreign text made fit to show: whoever made the address wrote it.
fn quote(text: &str) -> String {
    Redactor::new().quote(text, MAX_QUOTE)
}

/// It is another's, or nobody's.
pub(super) fn not_ours(reason: AuthorizationReason, what: &str) -> Error {
    Error::authorization(reason, what)
        .with_hint("it may belong to another login, or be forged; nothing was sent")
}

#[cfg(test)]
mod tests {
    use super::Callback;

    #[test]
    fn who_says_no_is_asked_again_later_and_not_at_once() {
        let hint = |reason| {
            let callback = Callback::parse(&format!("?error={reason}")).unwrap();
            callback.code().unwrap_err().hint().map(str::to_owned)
        };
        assert_eq!(
            hint("access_denied").as_deref(),
            Some("ask again when they want to connect")
        );
        assert_eq!(
            hint("server_error").as_deref(),
            Some("start the authorization again")
        );
    }

    #[test]
    fn a_reason_is_shown_without_tokens_and_unseen_characters() {
        let callback = Callback::parse(
            "?error=a%E2%80%AEb&error_description=of%0Apina_canary-1%20refresh_token%3Dcanary-2%1B[31m",
        );
        assert_eq!(
            callback.unwrap().code().unwrap_err().message(),
            "Pinterest gave no authorization (ab: of [redacted] refresh_token=[redacted])"
        );
    }
}
