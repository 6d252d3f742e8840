//! Whether a value fits its type, before it is sent. What the table does not know is let through: Pinterest adds values
//! and fields at any time.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use regex_lite::Regex;
use serde_json::Value;

use super::kind::{Kind, Limits};
use super::object::Definition;
use crate::error::Error;

/// What is a long text, in bytes.
const LONG: usize = 4096;

/// What is checked before a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Checks {
    /// Nothing but what the request could not be made without.
    Off,
    /// Types, limits and what has to be there.
    #[default]
    Usual,
    /// Also whether values are among those that are known.
    Strict,
}

impl Checks {
    /// Those of a name: `off`, `usual`, `strict`.
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "usual" => Some(Self::Usual),
            "strict" => Some(Self::Strict),
            _ => None,
        }
    }
}

/// What an error calls a value that does not fit.
pub(crate) struct Checked<'a> {
    operation: &'a str,
    checks: Checks,
    /// The forms of texts by how the table writes them; none for what looks ahead, which is left to the server.
    forms: RefCell<HashMap<String, Option<Regex>>>,
}

impl<'a> Checked<'a> {
    pub(crate) fn new(operation: &'a str, checks: Checks) -> Self {
        Self {
            operation,
            checks,
            forms: RefCell::default(),
        }
    }
}

impl Checked<'_> {
    /// `Ok` if the value fits the type; otherwise `InvalidInput` that names its place and not its text.
    pub(crate) fn value(&self, kind: &str, value: &Value, place: &str) -> Result<(), Error> {
        if self.checks == Checks::Off {
            return Ok(());
        }
        let (kind, nullable) = Kind::parse(kind);
        if value.is_null() && nullable {
            return Ok(());
        }
        match (kind, value) {
            (Kind::Any, _) | (Kind::Boolean, Value::Bool(_)) | (Kind::Object, Value::Object(_)) => Ok(()),
            (Kind::Text(limits), Value::String(text)) => self.text(&limits, text, place),
            (Kind::Date { .. }, Value::String(text)) => self.date(text, place),
            (Kind::Integer(limits), Value::Number(number)) if is_whole(number) => {
                self.number(&limits, number.as_f64(), place)
            }
            (Kind::Number(limits), Value::Number(number)) => self.number(&limits, number.as_f64(), place),
            (Kind::List(inner, limits), Value::Array(items)) => {
                self.count(&limits, items.len(), "items", place)?;
                let mut numbered = items.iter().enumerate();
                numbered.try_for_each(|(number, item)| self.value(inner, item, &format!("{place}[{number}]")))
            }
            (Kind::Map(inner, limits), Value::Object(fields)) => {
                self.count(&limits, fields.len(), "entries", place)?;
                fields
                    .iter()
                    .try_for_each(|(name, value)| self.value(inner, value, &format!("{place}.{name}")))
            }
            (Kind::Enumeration(name), value) => self.enumeration(name, value, place),
            (Kind::Named(name), value) => self.named(name, value, place),
            (kind, value) => Err(self.wrong(place, &format!("is {}, not {}", what(value), wanted(&kind)))),
        }
    }

    fn text(&self, limits: &Limits<'_>, text: &str, place: &str) -> Result<(), Error> {
        self.count(limits, text.chars().count(), "characters", place)?;
        let Some(pattern) = limits.pattern() else {
            return Ok(());
        };
        let mut forms = self.forms.borrow_mut();
        let form = forms.entry(pattern.to_owned()).or_insert_with(|| {
            let expression: String = serde_json::from_str(pattern).unwrap_or_default();
            Regex::new(&expression).ok()
        });
        match form {
            Some(form) if !form.is_match(&characters(pattern, text)) => {
                Err(self.wrong(place, &format!("is not of the form {form}")))
            }
            _ => Ok(()),
        }
    }

    fn date(&self, text: &str, place: &str) -> Result<(), Error> {
        let shape = |(at, byte): (usize, u8)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        if text.len() < 10 || !text.bytes().take(10).enumerate().all(shape) {
            return Err(self.wrong(place, "is not a date such as 2026-01-31"));
        }
        Ok(())
    }

    fn number(&self, limits: &Limits<'_>, number: Option<f64>, place: &str) -> Result<(), Error> {
        let number = number.unwrap_or(f64::NAN);
        if let Some((low, above)) = limits.low()
            && (number < low || (above && number <= low))
        {
            let bound = if above { "not above" } else { "below" };
            return Err(self.wrong(place, &format!("is {bound} {low}")));
        }
        match limits.high() {
            Some(high) if number > high => Err(self.wrong(place, &format!("is above {high}"))),
            _ => Ok(()),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "no text or list is that long")]
    fn count(&self, limits: &Limits<'_>, count: usize, of: &str, place: &str) -> Result<(), Error> {
        let count = count as f64;
        if let Some((low, _)) = limits.low()
            && count < low
        {
            return Err(self.wrong(place, &format!("has fewer than {low} {of}")));
        }
        match limits.high() {
            Some(high) if count > high => Err(self.wrong(place, &format!("has more than {high} {of}"))),
            _ => Ok(()),
        }
    }

    fn enumeration(&self, name: &str, value: &Value, place: &str) -> Result<(), Error> {
        if matches!(value, Value::Array(_) | Value::Object(_)) {
            return Err(self.wrong(place, &format!("is {}, not one value", what(value))));
        }
        if self.checks != Checks::Strict {
            return Ok(());
        }
        let known = Definition::values(name);
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), ToOwned::to_owned);
        if known.contains(&text.as_str()) {
            return Ok(());
        }
        let mut some = known.iter().take(8).copied().collect::<Vec<_>>().join(", ");
        if known.len() > 8 {
            some.push_str(", …");
        }
        Err(self.wrong(place, &format!("is none of the values that are known: {some}")))
    }

    fn named(&self, name: &str, value: &Value, place: &str) -> Result<(), Error> {
        let Some(definition) = Definition::find(name) else {
            return Ok(());
        };
        if let Some(alias) = definition.alias {
            return self.value(alias, value, place);
        }
        let Value::Object(fields) = value else {
            // A choice may have texts and lists beside objects.
            return if definition.choices.is_empty() {
                Err(self.wrong(place, &format!("is {}, not an object", what(value))))
            } else {
                Ok(())
            };
        };
        for base in &definition.bases {
            self.named(base, value, place)?;
        }
        for property in &definition.properties {
            let place = format!("{place}.{}", property.name);
            match fields.get(property.name) {
                Some(value) => self.value(property.kind, value, &place)?,
                None if property.is_required && !property.is_read_only => {
                    return Err(self.wrong(&place, "is missing"));
                }
                None => {}
            }
        }
        if let Some(missing) = definition
            .demands
            .iter()
            .find(|name| !fields.contains_key(**name))
        {
            return Err(self.wrong(&format!("{place}.{missing}"), "is missing"));
        }
        if let Some(name) = definition.discriminator
            && !definition.choices.is_empty()
            && !fields.contains_key(name)
        {
            return Err(self.wrong(&format!("{place}.{name}"), "is missing"));
        }
        let said = definition
            .discriminator
            .and_then(|name| fields.get(name)?.as_str());
        match definition
            .choices
            .iter()
            .find(|choice| said.is_some() && choice.value == said)
        {
            Some(choice) => self.value(choice.kind, value, place),
            None => Ok(()),
        }
    }

    pub(crate) fn wrong(&self, place: &str, what: &str) -> Error {
        Error::invalid_input(format!("`{place}` of {} {what}", self.operation)).with_hint("nothing was sent")
    }
}

fn is_whole(number: &serde_json::Number) -> bool {
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn what(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn wanted(kind: &Kind<'_>) -> &'static str {
    match kind {
        Kind::Text(_) => "a text",
        Kind::Date { .. } => "a date in text",
        Kind::Integer(_) => "a whole number",
        Kind::Number(_) => "a number",
        Kind::Boolean => "true or false",
        Kind::List(..) => "a list",
        _ => "an object",
    }
}

/// Each character of a long text once, where a pattern such as `^[a-z]+$` asks no more than which there are: images come
/// as texts of many megabytes.
fn characters<'a>(pattern: &str, text: &'a str) -> Cow<'a, str> {
    let asks_which = pattern.starts_with("\"^[") && pattern.find(']') == pattern.rfind("]+$\"");
    if text.len() <= LONG || !asks_which || !text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let there = text.bytes().fold(0_u128, |there, byte| there | 1 << byte);
    let found = (0..128_u8).filter(|byte| there >> byte & 1 == 1);
    Cow::Owned(found.map(char::from).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(checks: Checks, kind: &str, value: &Value) -> Option<String> {
        let checked = Checked::new("pins/create", checks);
        checked
            .value(kind, value, "x")
            .err()
            .map(|error| error.message().to_owned())
    }

    #[test]
    fn a_long_text_is_held_against_its_form_in_no_time() {
        let image = r#"string~"^[a-zA-Z0-9+/=]+$""#;
        let mut text = "Ab+/".repeat(5_000_000);
        let start = std::time::Instant::now();
        assert_eq!(said(Checks::Usual, image, &json!(text)), None);
        text.push('-');
        let refused = "`x` of pins/create is not of the form ^[a-zA-Z0-9+/=]+$";
        assert_eq!(said(Checks::Usual, image, &json!(text)).as_deref(), Some(refused));
        text.pop();
        text.push('é');
        assert!(characters("\"^[a-z]+$\"", &text).len() == text.len());
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
        // Where order counts, all of it is looked at.
        let digits = "1".repeat(LONG + 1);
        assert_eq!(characters(r#""^\\d+\\+?$""#, &digits), digits);
        assert_eq!(characters(r#""^[C]?\\d+$""#, &digits), digits);
        assert_eq!(characters(r#""^[0-9]+$""#, &digits), "1");
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_place() {
        let cases = [
            ("string", json!(1), "`x` of pins/create is a number, not a text"),
            (
                "string(..3)",
                json!("four"),
                "`x` of pins/create has more than 3 characters",
            ),
            (
                r#"string~"^\\d+$""#,
                json!("12a"),
                r"`x` of pins/create is not of the form ^\d+$",
            ),
            ("integer(1..250)", json!(251), "`x` of pins/create is above 250"),
            (
                "integer",
                json!(1.5),
                "`x` of pins/create is a number, not a whole number",
            ),
            ("double(>0..1)", json!(0), "`x` of pins/create is not above 0"),
            (
                "boolean",
                json!("true"),
                "`x` of pins/create is a text, not true or false",
            ),
            (
                "date",
                json!("31.1.2026"),
                "`x` of pins/create is not a date such as 2026-01-31",
            ),
            (
                "[string](1..2)",
                json!([]),
                "`x` of pins/create has fewer than 1 items",
            ),
            (
                "[string]",
                json!(["a", null]),
                "`x[1]` of pins/create is null, not a text",
            ),
            ("[string]", json!("a"), "`x` of pins/create is a text, not a list"),
            (
                "{integer}",
                json!({"a": "b"}),
                "`x.a` of pins/create is a text, not a whole number",
            ),
            (
                "Country",
                json!(["CH"]),
                "`x` of pins/create is a list, not one value",
            ),
            ("BoardSection", json!({}), "`x.name` of pins/create is missing"),
            (
                "PinMediaSource",
                json!({}),
                "`x.source_type` of pins/create is missing",
            ),
            (
                "PinCreate",
                json!([]),
                "`x` of pins/create is a list, not an object",
            ),
            (
                "PinCreate",
                json!({"media_source": {"source_type": "image_url", "url": 5}}),
                "`x.media_source.url` of pins/create is a number, not a text",
            ),
        ];
        for (kind, value, message) in cases {
            assert_eq!(said(Checks::Usual, kind, &value).as_deref(), Some(message));
            assert_eq!(said(Checks::Off, kind, &value), None);
        }
    }

    #[test]
    fn what_is_new_to_the_table_passes_unless_strictness_is_asked_for() {
        let cases = [
            ("Country", json!("XX")),
            ("BoardSection", json!({"name": "n", "added_in_2027": true})),
            ("PinMediaSource", json!({"source_type": "hologram", "data": 1})),
        ];
        for (kind, value) in &cases {
            assert_eq!(said(Checks::Usual, kind, value), None, "{kind}");
        }
        let message = said(Checks::Strict, "Country", &json!("XX"));
        assert!(
            message.is_some_and(|message| message.contains("none of the values that are known: AD, AE,"))
        );
        assert_eq!(said(Checks::Strict, "Country", &json!("CH")), None);
        assert_eq!(said(Checks::Strict, "string?", &json!(null)), None);
    }
}
