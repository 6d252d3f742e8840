//! A JSON object read field by field, so that an error can name the field and never its value.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value;

use super::additional_properties::AdditionalProperties;
use crate::secret::Secret;

/// The largest object that is read, in bytes; real ones take a few thousand. A larger one could hold
/// fields by the hundred thousand, and take seconds and tens of megabytes to read.
const MAX_OBJECT: usize = 64 * 1024;

/// A JSON object's fields in their order, each name once.
pub(crate) struct JsonObject(Vec<(String, Value)>);

/// Why an object could not be read. Names fields, never shows values.
#[derive(Debug, PartialEq)]
pub(crate) struct ObjectError(pub(crate) String);

impl JsonObject {
    pub(crate) fn parse(body: &[u8]) -> Result<Self, ObjectError> {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Err(ObjectError("is empty".into()));
        }
        if body.len() > MAX_OBJECT {
            return Err(ObjectError(format!("is larger than {MAX_OBJECT} bytes")));
        }
        serde_json::from_slice(body).map_err(|error| {
            // The library's text can quote what it read, which may be a token: keep the place only.
            let place = format!("line {}, column {}", error.line(), error.column());
            ObjectError(match error.classify() {
                serde_json::error::Category::Data => {
                    format!("is not a JSON object with each field once ({place})")
                }
                serde_json::error::Category::Eof => format!("is JSON that breaks off ({place})"),
                _ => format!("is not JSON ({place})"),
            })
        })
    }

    /// Takes a field out; `null` counts as absent.
    fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(field, _)| field == name)?;
        Some(self.0.remove(at).1).filter(|value| !value.is_null())
    }

    pub(crate) fn take_text(&mut self, name: &str) -> Result<Option<String>, ObjectError> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(ObjectError(format!("has a `{name}` that is not a string"))),
        }
    }

    /// A token: not empty, and of characters that a header can carry (RFC 6750 section 2.1).
    pub(crate) fn take_token(&mut self, name: &str) -> Result<Option<Secret>, ObjectError> {
        let Some(token) = self.take_text(name)?.map(Secret::new) else {
            return Ok(None);
        };
        if token.is_empty() {
            return Err(ObjectError(format!("has an empty `{name}`")));
        }
        if !token.expose().bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ObjectError(format!(
                "has a `{name}` with characters that no token has"
            )));
        }
        Ok(Some(token))
    }

    /// A whole number, also from a string or a float: Pinterest has sent `"2592000"`.
    pub(crate) fn take_integer(&mut self, name: &str) -> Result<Option<i64>, ObjectError> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let number = match &value {
            Value::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(whole)),
            Value::String(text) => text
                .trim()
                .parse()
                .ok()
                .or_else(|| text.trim().parse().ok().and_then(whole)),
            _ => None,
        };
        number
            .map(Some)
            .ok_or_else(|| ObjectError(format!("has a `{name}` that is not a whole number in range")))
    }

    /// What has not been taken.
    pub(crate) fn rest(self) -> serde_json::Map<String, Value> {
        self.0.into_iter().collect()
    }

    /// What has not been taken, in the order it came in.
    pub(crate) fn additional(self) -> AdditionalProperties {
        AdditionalProperties::new(self.0)
    }
}

/// The float's whole part, where an `i64` can hold it exactly.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
    #[allow(clippy::cast_possible_truncation)] // The range is checked.
    (number.abs() <= EXACT).then_some(number as i64)
}

impl<'de> Deserialize<'de> for JsonObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = JsonObject;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonObject, A::Error> {
                let mut fields: Vec<(String, Value)> = Vec::with_capacity(8);
                while let Some(entry) = map.next_entry::<String, Value>()? {
                    if fields.iter().any(|(name, _)| *name == entry.0) {
                        return Err(A::Error::custom("a field occurs twice"));
                    }
                    fields.push(entry);
                }
                Ok(JsonObject(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::{JsonObject, ObjectError};

    fn integer(json: &str) -> Result<Option<i64>, ObjectError> {
        JsonObject::parse(json.as_bytes()).unwrap().take_integer("n")
    }

    #[test]
    fn integers_are_read_from_every_spelling() {
        for (json, expected) in [
            (r#"{"n":2592000}"#, Some(2_592_000)),
            (r#"{"n":"2592000"}"#, Some(2_592_000)),
            (r#"{"n":2592000.0}"#, Some(2_592_000)),
            (r#"{"n":"2592000.0"}"#, Some(2_592_000)),
            (r#"{"n":0}"#, Some(0)),
            (r#"{"n":-1}"#, Some(-1)),
            (r#"{"n":9223372036854775807}"#, Some(i64::MAX)),
            (r#"{"n":null}"#, None),
            ("{}", None),
        ] {
            assert_eq!(integer(json), Ok(expected), "{json}");
        }
    }

    #[test]
    fn what_is_no_integer_is_refused_without_being_shown() {
        for json in [
            r#"{"n":"canary"}"#,
            r#"{"n":9223372036854775808}"#,
            r#"{"n":1e300}"#,
            r#"{"n":true}"#,
            r#"{"n":"NaN"}"#,
        ] {
            let error = integer(json).unwrap_err();
            assert_eq!(error.0, "has a `n` that is not a whole number in range", "{json}");
        }
    }

    #[test]
    fn broken_bodies_are_told_apart_and_never_quoted() {
        let deep = "[".repeat(50_000);
        let large = format!("{{{}}}", " ".repeat(super::MAX_OBJECT));
        for (body, expected) in [
            (&b""[..], "is empty"),
            (b" \r\n", "is empty"),
            (b"<html>canary", "is not JSON"),
            (b"{\"canary\":", "breaks off"),
            (b"[\"canary\"]", "is not a JSON object"),
            (b"\"canary\"", "is not a JSON object"),
            (b"{\"a\":1,\"a\":2}", "each field once"),
            (b"\xef\xbb\xbf{}", "is not JSON"),
            (b"{\"a\":NaN}", "is not JSON"),
            (b"{\"a\":\"\xff\"}", "is not JSON"),
            (b"{\"a\":1e999}", "is not JSON"),
            (deep.as_bytes(), "is not"),
            (large.as_bytes(), "larger than 65536"),
        ] {
            let error = JsonObject::parse(body).err().expect("refused").0;
            assert!(error.contains(expected), "{error}");
            assert!(!error.contains("canary"), "{error}");
        }
    }
}
