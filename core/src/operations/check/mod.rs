//! Whether a value fits its type, before it is sent. What the table does not know is let through: Pinterest adds values
//! and fields at any time.

mod date;
mod form;
#[cfg(test)]
mod tests;

use serde_json::Value;

use self::date::is_date;
use self::form::Forms;
use super::kind::{Kind, Limits};
use super::object::Definition;
use crate::error::Error;

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
    forms: Forms,
}

impl<'a> Checked<'a> {
    pub(crate) fn new(operation: &'a str, checks: Checks) -> Self {
        Self {
            operation,
            checks,
            forms: Forms::default(),
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
        match limits.pattern().and_then(|form| self.forms.missed(form, text)) {
            Some(form) => Err(self.wrong(place, &format!("is not of the form {form}"))),
            None => Ok(()),
        }
    }

    fn date(&self, text: &str, place: &str) -> Result<(), Error> {
        if is_date(text) {
            return Ok(());
        }
        Err(self.wrong(place, "is not a date such as 2026-01-31"))
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
        // In a path or a query a number's text is as good.
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
        if !admitted(&definition, value) {
            return Err(self.wrong(place, &format!("is {}, not {}", what(value), among(&definition))));
        }
        // A choice may have texts and lists beside objects.
        let Value::Object(fields) = value else {
            return Ok(());
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
        let mut said = None;
        if let Some(name) = definition.discriminator
            && !definition.choices.is_empty()
        {
            said = match fields.get(name) {
                Some(Value::String(said)) => Some(said.as_str()),
                Some(value) => {
                    let what = format!("is {}, not a text", what(value));
                    return Err(self.wrong(&format!("{place}.{name}"), &what));
                }
                None => return Err(self.wrong(&format!("{place}.{name}"), "is missing")),
            };
        }
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

/// Whether values of the type have the shape of this one.
fn admits(kind: &str, value: &Value) -> bool {
    let (kind, nullable) = Kind::parse(kind);
    if value.is_null() {
        return nullable || matches!(kind, Kind::Any | Kind::Enumeration(_));
    }
    match kind {
        Kind::Any => true,
        Kind::Text(_) | Kind::Date { .. } => value.is_string(),
        Kind::Integer(_) | Kind::Number(_) => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::List(..) => value.is_array(),
        Kind::Map(..) | Kind::Object => value.is_object(),
        Kind::Enumeration(_) => !value.is_array() && !value.is_object(),
        Kind::Named(name) => Definition::find(name).is_none_or(|one| match one.alias {
            Some(alias) => admits(alias, value),
            None => admitted(&one, value),
        }),
    }
}

fn admitted(definition: &Definition, value: &Value) -> bool {
    let is_choice_alone = !definition.choices.is_empty() && definition.properties.is_empty();
    let by_itself = value.is_object() && !is_choice_alone;
    by_itself || definition.choices.iter().any(|choice| admits(choice.kind, value))
}

/// What a choice may be.
fn among(definition: &Definition) -> &'static str {
    let has_others = |value: &Value| definition.choices.iter().any(|choice| admits(choice.kind, value));
    let others = [
        Value::from(""),
        Value::from(0),
        Value::from(true),
        Value::Array(Vec::new()),
    ];
    if others.iter().any(has_others) {
        "one of what it may be"
    } else {
        "an object"
    }
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
