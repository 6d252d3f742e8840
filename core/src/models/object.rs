//! A JSON object read field by field. What is odd about one field spoils no other: it is kept, and
//! reported beside them. An error names the field and never its value.

use std::collections::HashMap;

use serde_json::Value;
use zeroize::Zeroizing;

use super::additional_properties::AdditionalProperties;
use super::odd_field::OddField;
use super::scan::{Broken, Part, decoded, scan, without_surroundings};
use crate::credential::{Alphabet, trimmed_secret};
use crate::secret::Secret;

/// The longest token that a header can carry, in bytes: no server takes longer lines.
const MAX_TOKEN: usize = 16 * 1024;
/// How much of unknown fields is kept, in bytes. More could take tens of megabytes to hold.
const MAX_REST: usize = 64 * 1024;

/// A JSON object whose fields are taken out one by one, and what was odd so far.
pub(crate) struct JsonObject<'a> {
    text: &'a str,
    taken: Vec<&'static str>,
    odd: Vec<OddField>,
}

/// Why an object could not be read. Names fields, never shows values.
#[derive(Debug, PartialEq)]
pub(crate) struct ObjectError(pub(crate) String);

/// Why one of several equal names does not count: the last one does, as with every reader of JSON, but
/// none that cannot be used hides one that can.
const TWICE: &str = "there more than once; the last one that can be used counts";

impl<'a> JsonObject<'a> {
    /// Reads the object that a text begins with.
    ///
    /// # Errors
    ///
    /// If there is no object, or it breaks off.
    pub(crate) fn parse(text: &'a str) -> Result<Self, ObjectError> {
        let mut odd = Vec::new();
        scan(text, |part| match part {
            Part::Field(..) | Part::End("") => {}
            Part::End(rest) => odd.push(OddField::new("", "behind the object", rest)),
            Part::NotJson(rest) => odd.push(OddField::new("", "not JSON from here on", rest)),
        })
        .map_err(|broken| match broken {
            Broken::BreaksOff => ObjectError("is JSON that breaks off".into()),
            Broken::NotAnObject => not_an_object(text),
        })?;
        Ok(Self {
            text,
            taken: Vec::new(),
            odd,
        })
    }

    /// Calls `found` with each field.
    fn each_field(&self, mut found: impl FnMut(&str, &'a str)) {
        // `parse` has been through it without an error.
        let _ = scan(self.text, |part| {
            if let Part::Field(name, value) = part {
                found(&name, value);
            }
        });
    }

    /// Takes a field out: the last of its values that `read` can use, or else the last of all, with
    /// why it cannot. `null` counts as absent.
    fn take<T, E>(
        &mut self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Option<Result<T, (E, &'a str)>> {
        let (mut taken, mut passed_over) = (None, None);
        self.each_field(|field, value| {
            if field != name {
                return;
            }
            let read = (value != "null").then(|| read(value));
            let is_better = matches!(read, Some(Ok(_))) || !matches!(taken, Some((_, Some(Ok(_)))));
            passed_over = if is_better {
                let before = taken.replace((value, read));
                before.map(|(value, _)| value).or(passed_over)
            } else {
                Some(value)
            };
        });
        self.taken.push(name);
        if let Some(value) = passed_over {
            self.report(name, TWICE, value);
        }
        let (value, read) = taken?;
        Some(read?.map_err(|why| (why, value)))
    }

    /// Keeps what a field holds beside the fields.
    fn report(&mut self, name: &str, reason: &'static str, value: &str) {
        self.odd.push(OddField::new(name, reason, value));
    }

    /// A field as `read` gives it; what it cannot use is odd.
    fn take_or_report<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        self.take(name, read)?
            .map_err(|(reason, value)| self.report(name, reason, value))
            .ok()
    }

    /// A text.
    pub(crate) fn take_text(&mut self, name: &'static str) -> Option<String> {
        self.take_or_report(name, |value| {
            let text = decoded(value).map(|mut text| std::mem::take(&mut *text));
            text.ok_or("not a string")
        })
    }

    /// The last value of a field as it came, `null` too.
    pub(crate) fn last_value(&self, name: &str) -> Option<&'a str> {
        let mut last = None;
        self.each_field(|field, value| {
            if field == name {
                last = Some(value);
            }
        });
        last
    }

    /// A text that should be one of a kind; another is kept, and reported.
    pub(crate) fn take_text_like(
        &mut self,
        name: &'static str,
        reason: &'static str,
        is_usual: impl FnOnce(&str) -> bool,
    ) -> Option<String> {
        let text = self.take_text(name)?;
        if !is_usual(&text) {
            // As it was decoded: that is how it is kept.
            self.report(name, reason, &Value::from(text.as_str()).to_string());
        }
        Some(text)
    }

    /// The token that the answer is for: of characters that a header can carry (RFC 6750 section 2.1).
    ///
    /// # Errors
    ///
    /// If it is absent or cannot be used.
    pub(crate) fn take_access_token(&mut self) -> Result<Secret, ObjectError> {
        let read = |value: &str| {
            let token = secret(value).ok_or("an `access_token` that is not a string")?;
            if token.is_empty() {
                return Err("an empty `access_token`");
            }
            if token.expose().len() > MAX_TOKEN {
                return Err("an `access_token` that is too long for a header");
            }
            if !Alphabet::Token.has_all_of(token.expose()) {
                return Err("an `access_token` with characters that no token has");
            }
            Ok(token)
        };
        match self.take("access_token", read) {
            Some(Ok(token)) => Ok(token),
            Some(Err((what, _))) => Err(ObjectError(format!("has {what}"))),
            None => Err(ObjectError("has no `access_token`".into())),
        }
    }

    /// The token that a refresh sends, of the characters that it can be sent with: see
    /// `OauthAccessTokenRequest::check`. Without one the old one stays in use.
    pub(crate) fn take_refresh_token(&mut self) -> Option<Secret> {
        self.take_or_report("refresh_token", |value| {
            let token = secret(value).ok_or("not a string")?;
            if token.is_empty() || !Alphabet::Token.has_all_of(token.expose()) {
                return Err("empty, or has characters that no token has");
            }
            Ok(token)
        })
    }

    /// A whole number, also from a string or a float: Pinterest has sent `"2592000"`.
    pub(crate) fn take_integer(&mut self, name: &'static str) -> Option<i64> {
        self.take_or_report(name, |value| integer(value).ok_or("not a whole number in range"))
    }

    /// The fields that have not been taken, and what was odd.
    pub(crate) fn rest(mut self) -> (AdditionalProperties, Vec<OddField>) {
        let mut fields: Vec<(String, &str)> = Vec::new();
        let mut room = Some(MAX_REST);
        self.each_field(|name, value| {
            if self.taken.contains(&name) {
                return;
            }
            room = room.and_then(|room| room.checked_sub(name.len() + value.len()));
            if room.is_some() {
                fields.push((name.to_owned(), value));
            }
        });
        if room.is_none() {
            const REASON: &str =
                "left out: these are more than 64 KiB of unknown fields; the body has them all";
            self.report("", REASON, "null");
        }
        let read = |(name, value): (String, &'a str)| (name, value, serde_json::from_str::<Value>(value));
        let fields: Vec<_> = fields.into_iter().map(read).collect();
        let usable = fields.iter().enumerate().filter(|(_, (.., read))| read.is_ok());
        let last: HashMap<String, usize> = usable.map(|(at, (name, ..))| (name.clone(), at)).collect();
        let mut rest: Vec<(String, Value)> = Vec::new();
        for (at, (name, value, read)) in fields.into_iter().enumerate() {
            match read {
                Ok(read) if last.get(&name) == Some(&at) => rest.push((name, read)),
                Ok(_) => self.report(&name, TWICE, value),
                Err(_) => self.report(&name, "not JSON that can be read", value),
            }
        }
        (AdditionalProperties::new(rest), self.odd)
    }
}

/// A token, trimmed as every other credential.
fn secret(value: &str) -> Option<Secret> {
    decoded(value).map(|mut text| trimmed_secret(Secret::new(std::mem::take(&mut *text))))
}

/// What a text is that holds no object.
fn not_an_object(text: &str) -> ObjectError {
    let text = without_surroundings(text);
    if text.is_empty() {
        return ObjectError("is empty".into());
    }
    // The library's text can quote what it read, which may be a token: keep the place only.
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => ObjectError("is not a JSON object".into()),
        Err(error) => ObjectError(format!(
            "is not JSON (line {}, column {})",
            error.line(),
            error.column()
        )),
    }
}

fn integer(value: &str) -> Option<i64> {
    let text = match decoded(value) {
        Some(text) => Zeroizing::new(text.trim().to_owned()),
        // Only what JSON calls a number: not `NaN`.
        None => match serde_json::from_str::<Value>(value).ok()? {
            Value::Number(_) => Zeroizing::new(value.to_owned()),
            _ => return None,
        },
    };
    text.parse().ok().or_else(|| text.parse().ok().and_then(whole))
}

/// The float's whole part, where an `i64` can hold it exactly.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
    #[allow(clippy::cast_possible_truncation)] // The range is checked.
    (number.abs() <= EXACT).then_some(number as i64)
}

#[cfg(test)]
mod tests;
