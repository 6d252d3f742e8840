//! How a record's text is sealed: encrypted, and bound to the account that it is of.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::account::Account;
use super::key_ring::KeyRing;
use super::record_fields::Version;
use super::token_key::TokenKey;
use crate::body::Body;
use crate::error::Error;
use crate::json;

/// The layout of a sealed text: releases before it say that a newer one wrote it.
const VERSION: u64 = 2;
/// How it is sealed (RFC 8439).
const ALGORITHM: &str = "ChaCha20-Poly1305";

/// Seals what is written for an account and opens what is read, if its store has keys.
#[derive(Debug, Clone)]
pub(super) struct Seal {
    account: Account,
    keys: Option<Arc<KeyRing>>,
}

/// What a text is, told by its own words.
pub(super) enum Opened {
    /// It is not sealed.
    Plain,
    /// What was sealed, and whether with the key that is used now.
    Whole {
        text: Zeroizing<Vec<u8>>,
        is_current: bool,
    },
    /// It is sealed, and is not what was sealed for this account; the id of the key, as it says.
    Damaged(String),
    /// It is sealed with a key of this id, which the store does not have.
    Foreign(String),
}

impl Seal {
    pub(super) fn new(account: Account, keys: Option<Arc<KeyRing>>) -> Self {
        Self { account, keys }
    }

    /// Whether plain texts are refused.
    pub(super) fn is_on(&self) -> bool {
        self.keys.is_some()
    }

    /// The ids of the store's keys, the current one first.
    pub(super) fn ids(&self) -> Result<Vec<String>, Error> {
        match &self.keys {
            Some(keys) => keys.ids(),
            None => Ok(Vec::new()),
        }
    }

    /// The text as it is to be written.
    ///
    /// # Errors
    ///
    /// `Store` if there is no key: nothing is written then.
    pub(super) fn seal(&self, text: Body) -> Result<Body, Error> {
        let Some(keys) = &self.keys else {
            return Ok(text);
        };
        let keys = keys.keys()?;
        let Some(key) = keys.first() else {
            return Err(failed());
        };
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| failed())?;
        let bytes = text.as_bytes();
        // With room for the tag no copy is left behind by growing.
        let mut data = Zeroizing::new(Vec::with_capacity(bytes.len() + CHACHA20_POLY1305.tag_len()));
        data.extend_from_slice(bytes);
        let id = key.id();
        let bound = Aad::from(self.bound(&id));
        sealing(key)
            .and_then(|key| {
                key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), bound, &mut *data)
                    .ok()
            })
            .ok_or_else(failed)?;
        let sealed = json!({
            "version": VERSION,
            "sealed": ALGORITHM,
            "key": id,
            "nonce": STANDARD.encode(nonce),
            "data": STANDARD.encode(&*data),
        });
        Ok(Body::from(format!("{sealed}\n").as_str()))
    }

    /// What a text is.
    ///
    /// # Errors
    ///
    /// `Store` if it is sealed, and no keys come from the key source.
    pub(super) fn open(&self, text: &[u8]) -> Result<Opened, Error> {
        let Some(envelope) = envelope(text) else {
            return Ok(Opened::Plain);
        };
        let id = envelope["key"].as_str().unwrap_or_default();
        let Some(keys) = &self.keys else {
            return Ok(Opened::Foreign(id.to_owned()));
        };
        let damaged = || Opened::Damaged(id.to_owned());
        let bytes = |name: &str| STANDARD.decode(envelope[name].as_str().unwrap_or_default()).ok();
        let (Some(nonce), Some(data)) = (bytes("nonce"), bytes("data")) else {
            return Ok(damaged());
        };
        let (mut data, Ok(nonce)) = (Zeroizing::new(data), Nonce::try_assume_unique_for_key(&nonce)) else {
            return Ok(damaged());
        };
        if id.is_empty() {
            return Ok(damaged());
        }
        let Some(key) = keys.find(id)? else {
            return Ok(Opened::Foreign(id.to_owned()));
        };
        let bound = Aad::from(self.bound(id));
        let opened =
            sealing(&key).and_then(|key| Some(key.open_in_place(nonce, bound, &mut data).ok()?.len()));
        let Some(length) = opened else {
            return Ok(damaged());
        };
        data.truncate(length);
        let is_current = keys.keys()?.first().map(TokenKey::id).as_deref() == Some(id);
        Ok(Opened::Whole {
            text: data,
            is_current,
        })
    }

    /// What a sealed text is bound to: no other account's opens in its place, nor one of another layout.
    fn bound(&self, id: &str) -> String {
        format!("pinterest-sdk {VERSION} {ALGORITHM} {id} {}", self.account)
    }
}

/// The fields of a sealed text, if it is one. They hold no secret.
fn envelope(text: &[u8]) -> Option<Value> {
    let text = json::without_mark(text);
    let Ok(Version(Some(VERSION))) = serde_json::from_slice(text) else {
        return None;
    };
    let fields: Value = serde_json::from_slice(text).ok()?;
    (fields["sealed"] == ALGORITHM).then_some(fields)
}

fn sealing(key: &TokenKey) -> Option<LessSafeKey> {
    UnboundKey::new(&CHACHA20_POLY1305, key.bytes())
        .ok()
        .map(LessSafeKey::new)
}

fn failed() -> Error {
    Error::store("the tokens cannot be sealed: the system gives no random numbers")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use serde_json::Value;

    use super::{Opened, Seal};
    use crate::body::Body;
    use crate::store::key_ring::KeyRing;
    use crate::store::token_key::TokenKey;

    #[test]
    fn one_text_is_sealed_in_another_way_each_time_and_opened_by_the_name_of_its_key_alone() {
        let key = TokenKey::generate().unwrap();
        let ring = KeyRing::new(move || Ok(vec![key.clone()]));
        let seal = Seal::new("a".parse().unwrap(), Some(Arc::new(ring)));
        let sealed = || seal.seal(Body::from("canary")).unwrap();
        let texts: Vec<Value> = (0..10)
            .map(|_| serde_json::from_slice(sealed().as_bytes()).unwrap())
            .collect();
        for field in ["nonce", "data"] {
            let different: HashSet<&str> = texts.iter().map(|text| text[field].as_str().unwrap()).collect();
            assert_eq!(different.len(), texts.len(), "{field}");
        }
        for text in texts {
            let open = |text: &Value| seal.open(text.to_string().as_bytes()).unwrap();
            let Opened::Whole {
                text: plain,
                is_current,
            } = open(&text)
            else {
                panic!("{text}");
            };
            assert_eq!((&**plain, is_current), (&b"canary"[..], true));
            for nobody in [Value::Null, "".into()] {
                let mut nameless = text.clone();
                nameless["key"] = nobody;
                assert!(matches!(open(&nameless), Opened::Damaged(_)));
            }
            let mut other = text;
            other["key"] = "other".into();
            assert!(matches!(open(&other), Opened::Foreign(id) if id == "other"));
        }
    }
}
