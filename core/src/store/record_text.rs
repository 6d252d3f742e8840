//! A record's text, written and read.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use zeroize::Zeroizing;

use super::failure::Failure;
use super::life::Life;
use super::record_fields::{Found, Version};
use super::stored_token::{StoredToken, Unreadable};
use crate::body::Body;
use crate::json;
use crate::secret::Secret;

/// The layout of the file; a later one is not read by this release.
const VERSION: u64 = 1;
/// The grant of tokens that are the app's own.
const CLIENT_CREDENTIALS: &str = "client_credentials";

/// Bytes that a record seldom exceeds.
const ROOM: usize = 16 * 1024;

impl StoredToken {
    /// The file's text. It holds the secrets; it is wiped when dropped, and no other copy is made.
    pub fn to_json(&self) -> Body {
        self.to_json_with((false, None, None))
    }

    /// The same, with how the renewal of the tokens stands, and the key that they are kept for.
    pub(super) fn to_json_with(&self, standing: Standing<'_>) -> Body {
        // With room for all of it nothing is copied by growing.
        let mut text = Zeroizing::new(Vec::with_capacity(ROOM));
        // Memory takes everything that is written.
        let _ = serde_json::to_writer(&mut *text, &Fields(self, standing));
        text.push(b'\n');
        Body::new(text)
    }

    /// Reads what [`to_json`](Self::to_json) wrote. No copy of a secret is left behind.
    pub(super) fn from_json(text: &[u8]) -> Result<Self, Unreadable> {
        let wrong = |what: &str| Unreadable::Broken(what.to_owned());
        // Editors put a byte order mark before it.
        let text = json::without_mark(text);
        // As a disk that was full, or lost its power, leaves it.
        if text.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
            return Err(wrong("it is empty"));
        }
        // A later release may have changed every other field.
        let Version(version) = serde_json::from_slice(text).map_err(|error| not_one(&error))?;
        match version {
            None | Some(0) => return Err(wrong("it is not a file of tokens: it has no `version`")),
            Some(VERSION) => {}
            Some(_) => return Err(Unreadable::Newer),
        }
        let found: Found = serde_json::from_slice(text).map_err(|error| not_one(&error))?;
        let secret = |secret: Option<Secret>| secret.filter(|secret| !secret.is_empty());
        Ok(Self {
            host: found.host.ok_or_else(|| wrong("it has no `host`"))?,
            app_id: found.app_id.ok_or_else(|| wrong("it has no `app_id`"))?,
            app_secret: secret(found.app_secret),
            account: found.account,
            scope: found.scope,
            access_token: secret(found.access_token).ok_or_else(|| wrong("it has no `access_token`"))?,
            access_life: Life {
                issued_at: found.issued_at.unwrap_or_default(),
                expires_at: found.expires_at,
            },
            refresh_token: secret(found.refresh_token),
            refresh_life: Life {
                issued_at: found.refresh_token_issued_at.unwrap_or_default(),
                expires_at: found.refresh_token_expires_at,
            },
            sequence: found.sequence.unwrap_or_default(),
            replaces: found.replaces,
            spent: found.spent.unwrap_or_default(),
            logins: found.logins.unwrap_or_default(),
            requested: found.requested,
            client_credentials: found.grant.as_deref() == Some(CLIENT_CREDENTIALS),
        })
    }
}

fn not_one(error: &serde_json::Error) -> Unreadable {
    Unreadable::Broken(format!(
        "it is not a file of tokens: line {}, column {} is not as it should be",
        error.line(),
        error.column()
    ))
}

/// The record as the file's fields.
struct Fields<'a>(&'a StoredToken, Standing<'a>);

/// Whether new tokens were asked for, the last failure, and the key that the record is kept for.
pub(super) type Standing<'a> = (bool, Option<&'a Failure>, Option<&'a str>);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Fields(token, (asked, failure, kept_for)) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("version", &VERSION)?;
        map.serialize_entry("host", &token.host)?;
        map.serialize_entry("app_id", &token.app_id)?;
        map.serialize_entry("app_secret", &token.app_secret.as_ref().map(Secret::expose))?;
        map.serialize_entry("account", &token.account)?;
        map.serialize_entry("scope", &token.scope)?;
        map.serialize_entry("access_token", token.access_token.expose())?;
        map.serialize_entry("issued_at", &token.access_life.issued_at)?;
        map.serialize_entry("expires_at", &token.access_life.expires_at)?;
        map.serialize_entry("refresh_token", &token.refresh_token.as_ref().map(Secret::expose))?;
        map.serialize_entry("refresh_token_issued_at", &token.refresh_life.issued_at)?;
        map.serialize_entry("refresh_token_expires_at", &token.refresh_life.expires_at)?;
        map.serialize_entry("sequence", &token.sequence)?;
        map.serialize_entry("replaces", &token.replaces)?;
        map.serialize_entry("spent", &token.spent)?;
        if !token.logins.is_empty() {
            map.serialize_entry("logins", &token.logins)?;
        }
        if token.requested.is_some() {
            map.serialize_entry("requested", &token.requested)?;
        }
        if token.client_credentials {
            map.serialize_entry("grant", CLIENT_CREDENTIALS)?;
        }
        if *asked {
            map.serialize_entry("asked", &true)?;
        }
        if let Some(failure) = failure {
            map.serialize_entry("failure", &failure.to_json())?;
        }
        if let Some(key) = kept_for {
            map.serialize_entry("kept_for", key)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::stored_token::record;
    use super::{Life, StoredToken, Unreadable};

    #[test]
    fn a_field_of_a_wrong_type_or_without_a_token_is_not_guessed_at() {
        let mut record = record("a", Some("r"));
        record.access_life = Life {
            issued_at: 50,
            expires_at: Some(150),
        };
        record.sequence = 1;
        let whole = String::from_utf8(record.to_json().as_bytes().to_vec()).unwrap();
        assert!(StoredToken::from_json(whole.as_bytes()).is_ok());
        let as_an_editor_saves_it = format!("\u{feff}{whole}");
        assert!(StoredToken::from_json(as_an_editor_saves_it.as_bytes()).is_ok());
        for (from, to) in [
            ("\"expires_at\":150", "\"expires_at\":\"2027-01-01\""),
            ("\"access_token\":\"a\"", "\"access_token\":\"\""),
            ("\"access_token\":\"a\"", "\"access_token\":7"),
            ("\"refresh_token\":\"r\"", "\"refresh_token\":[\"r\"]"),
            ("\"version\":1", "\"version\":0"),
            ("\"version\":1", "\"version\":\"1\""),
            ("\"sequence\":1", "\"sequence\":-1"),
        ] {
            assert!(whole.contains(from), "{from} in {whole}");
            let error = StoredToken::from_json(whole.replace(from, to).as_bytes()).unwrap_err();
            assert!(matches!(error, Unreadable::Broken(_)), "{to}: {error:?}");
        }
        let without = whole.replace("\"refresh_token\":\"r\"", "\"refresh_token\":\"\"");
        assert_eq!(
            StoredToken::from_json(without.as_bytes()).unwrap().refresh_token,
            None
        );
        let more = whole.replace("\"version\":1", "\"version\":1,\"new\":{\"a\":[1]}");
        assert!(StoredToken::from_json(more.as_bytes()).is_ok());
    }

    #[test]
    fn what_a_full_disk_or_a_power_cut_leaves_is_called_empty() {
        for text in ["", " \n", "\0\0\0\0", "\0\0 \n"] {
            let error = StoredToken::from_json(text.as_bytes()).unwrap_err();
            assert_eq!(error.what(), "it is empty", "{text:?}");
        }
        let error = StoredToken::from_json(b"\0\0{").unwrap_err();
        assert_ne!(error.what(), "it is empty");
    }

    #[test]
    fn an_error_repeats_nothing_of_the_file() {
        for text in [
            "pina_canary",
            "{\"access_token\": \"pina_canary\"",
            "{\"version\": 1, \"pina_canary\": 1}",
            "{\"version\": 2}",
            "[]",
            "",
        ] {
            let error = StoredToken::from_json(text.as_bytes()).unwrap_err();
            assert!(
                !format!("{} {error:?}", error.what()).contains("canary"),
                "{error:?}"
            );
        }
    }
}
