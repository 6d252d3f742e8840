//! The fields of a record's text, read into what they are and nothing else on the way.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::secret::Secret;

/// The layout that a text says it has.
pub(super) struct Version(pub(super) Option<u64>);

/// A record's fields as they stand in its text; a field of a wrong type is none of a record's.
#[derive(Default)]
pub(super) struct Found {
    pub(super) host: Option<String>,
    pub(super) app_id: Option<String>,
    pub(super) app_secret: Option<Secret>,
    pub(super) account: Option<String>,
    pub(super) scope: Option<String>,
    pub(super) access_token: Option<Secret>,
    pub(super) issued_at: Option<i64>,
    pub(super) expires_at: Option<i64>,
    pub(super) refresh_token: Option<Secret>,
    pub(super) refresh_token_issued_at: Option<i64>,
    pub(super) refresh_token_expires_at: Option<i64>,
    pub(super) sequence: Option<u64>,
    pub(super) replaces: Option<String>,
    pub(super) spent: Option<Vec<String>>,
    pub(super) logins: Option<Vec<String>>,
    pub(super) requested: Option<String>,
    pub(super) grant: Option<String>,
}

/// A text that is a secret from its first moment.
struct Hidden(Option<Secret>);

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(
            Option::<String>::deserialize(deserializer)?.map(Secret::new),
        ))
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Version;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Version, A::Error> {
                let mut version = None;
                while let Some(name) = map.next_key::<String>()? {
                    if name == "version" {
                        version = map.next_value()?;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Version(version))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

impl<'de> Deserialize<'de> for Found {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Found;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
                let mut found = Found::default();
                while let Some(name) = map.next_key::<String>()? {
                    match name.as_str() {
                        "host" => found.host = map.next_value()?,
                        "app_id" => found.app_id = map.next_value()?,
                        "app_secret" => found.app_secret = map.next_value::<Hidden>()?.0,
                        "account" => found.account = map.next_value()?,
                        "scope" => found.scope = map.next_value()?,
                        "access_token" => found.access_token = map.next_value::<Hidden>()?.0,
                        "issued_at" => found.issued_at = map.next_value()?,
                        "expires_at" => found.expires_at = map.next_value()?,
                        "refresh_token" => found.refresh_token = map.next_value::<Hidden>()?.0,
                        "refresh_token_issued_at" => found.refresh_token_issued_at = map.next_value()?,
                        "refresh_token_expires_at" => found.refresh_token_expires_at = map.next_value()?,
                        "sequence" => found.sequence = map.next_value()?,
                        "replaces" => found.replaces = map.next_value()?,
                        "spent" => found.spent = map.next_value()?,
                        "logins" => found.logins = map.next_value()?,
                        "requested" => found.requested = map.next_value()?,
                        "grant" => found.grant = map.next_value()?,
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(found)
            }
        }

        deserializer.deserialize_map(Fields)
    }
}
