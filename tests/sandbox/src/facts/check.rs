//! Holding requests against the facts.

use serde_json::Value;
use url::form_urlencoded;

use super::kind::{Kind, Named, Object, Type, named};
use super::{Route, block};
use crate::http::Request;

/// How deep types go; deeper ones are not looked at.
const DEPTH: u8 = 24;

/// What is wrong, in Pinterest's words as far as they are known.
type Wrong = String;

/// Holds the path and the query of a request against what an operation takes.
pub(crate) fn check_parameters(route: &Route, request: &Request, ids: &[&str]) -> Result<(), Wrong> {
    let lines = block(&route.name());
    for line in lines {
        let mut words = line.split(' ');
        match (words.next(), words.next(), words.next()) {
            (Some("path"), Some(name), Some(kind)) => {
                let place = route.names().position(|one| one == name);
                if let Some(id) = place.and_then(|place| ids.get(place)) {
                    check_text(kind, id, name)?;
                }
            }
            (Some("query"), Some(marked), Some(kind)) => {
                let name = marked.trim_end_matches('!');
                check_query(request, name, name != marked, kind)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_query(request: &Request, name: &str, is_required: bool, kind: &str) -> Result<(), Wrong> {
    let given: Vec<(String, String)> = form_urlencoded::parse(request.query.as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .filter(|(other, _)| other == name || is_part(other, name))
        .collect();
    if given.iter().all(|(_, value)| value.is_empty()) {
        return if is_required {
            Err(format!("Missing required parameter '{name}'"))
        } else {
            Ok(())
        };
    }
    if given.iter().any(|(other, _)| is_part(other, name)) {
        // `name[key]=value`: an object, whose values have lost their types.
        return Ok(());
    }
    let list = match Kind::of(kind).base {
        Type::List(inner) => Some(inner),
        Type::Named(name) => match named(name) {
            Named::Alias(alias) => match Kind::of(alias).base {
                Type::List(inner) => Some(inner),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    };
    let Some(inner) = list else {
        return given
            .iter()
            .try_for_each(|(_, value)| check_text(kind, value, name));
    };
    let values: Vec<&str> = given.iter().flat_map(|(_, value)| value.split(',')).collect();
    check_size(Kind::of(kind), values.len(), name, "items")?;
    values.iter().try_for_each(|value| check_text(inner, value, name))
}

/// Whether a parameter is `name[…]`.
fn is_part(parameter: &str, name: &str) -> bool {
    parameter
        .strip_prefix(name)
        .is_some_and(|rest| rest.starts_with('[') && rest.ends_with(']'))
}

/// Holds a text from a path or a query against a type.
fn check_text(kind: &str, text: &str, name: &str) -> Result<(), Wrong> {
    let value = match Kind::of(kind).base {
        Type::Integer => text.parse::<i64>().ok().map(Value::from),
        Type::Number => text.parse::<f64>().ok().map(Value::from),
        Type::Boolean => match text {
            "true" | "True" => Some(Value::Bool(true)),
            "false" | "False" => Some(Value::Bool(false)),
            _ => None,
        },
        _ => None,
    };
    check(kind, &value.unwrap_or_else(|| Value::from(text)), name)
}

/// Holds a body against what an operation takes. With `by_item` what a list holds is left to whoever
/// answers for each of its items.
pub(crate) fn check_body(route: &Route, request: &Request, by_item: bool) -> Result<(), Wrong> {
    let Some((is_required, kind)) = body(route) else {
        return Ok(());
    };
    if request.body.is_empty() && !is_required {
        return Ok(());
    }
    let invalid = || "Invalid request body".to_owned();
    let body: Value = serde_json::from_slice(&request.body).map_err(|_| invalid())?;
    if body.is_null() {
        return if is_required { Err(invalid()) } else { Ok(()) };
    }
    match Kind::of(kind).base {
        Type::List(_) if by_item => {
            let items = body.as_array().ok_or_else(invalid)?;
            check_size(Kind::of(kind), items.len(), "the body", "items")
        }
        _ => check(kind, &body, "the body"),
    }
}

/// Whether an operation has to have its body, and the body's type.
fn body(route: &Route) -> Option<(bool, &'static str)> {
    let mut lines = block(&route.name()).iter();
    lines.find_map(|line| match line.split_once(' ')? {
        ("body!", kind) => Some((true, kind)),
        ("body", kind) => Some((false, kind)),
        _ => None,
    })
}

/// The type of each item of an operation's body.
pub(crate) fn body_item(route: &Route) -> &'static str {
    match body(route).map(|(_, kind)| Kind::of(kind).base) {
        Some(Type::List(inner)) => inner,
        _ => "any",
    }
}

/// Holds a value against a type.
pub(crate) fn check(kind: &str, value: &Value, name: &str) -> Result<(), Wrong> {
    check_at(kind, value, name, DEPTH)
}

fn check_at(text: &str, value: &Value, name: &str, depth: u8) -> Result<(), Wrong> {
    let kind = Kind::of(text);
    if depth == 0 || (value.is_null() && kind.is_nullable) {
        return Ok(());
    }
    let not = |what: &str| Err(format!("Invalid value for {name}: not {what}"));
    match kind.base {
        Type::Any => Ok(()),
        Type::Text | Type::Digits | Type::Date(_) => {
            let Some(text) = value.as_str() else {
                return not("a string");
            };
            match kind.base {
                Type::Digits if !text.bytes().all(|byte| byte.is_ascii_digit()) => return not("of digits"),
                Type::Date(false) if !is_date(text) => return not("a date"),
                _ => {}
            }
            check_size(kind, text.chars().count(), name, "characters")
        }
        Type::Integer | Type::Number => {
            let is_whole =
                value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|one| one.fract() == 0.0);
            if kind.base == Type::Integer && !is_whole {
                return not("an integer");
            }
            let Some(number) = value.as_f64() else {
                return not("a number");
            };
            if kind.low.is_some_and(|low| number < low) || kind.high.is_some_and(|high| number > high) {
                return not("in its range");
            }
            Ok(())
        }
        Type::Boolean if value.is_boolean() => Ok(()),
        Type::Boolean => not("a boolean"),
        Type::List(inner) => {
            let Some(items) = value.as_array() else {
                return not("a list");
            };
            check_size(kind, items.len(), name, "items")?;
            items
                .iter()
                .try_for_each(|item| check_at(inner, item, name, depth - 1))
        }
        Type::Map(inner) => {
            let Some(fields) = value.as_object() else {
                return not("an object");
            };
            fields
                .iter()
                .try_for_each(|(field, value)| check_at(inner, value, field, depth - 1))
        }
        Type::Named(known) => match named(known) {
            Named::Alias(alias) => check_at(alias, value, name, depth - 1),
            Named::Values(values, is_open) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let is_plain = !value.is_object() && !value.is_array() && !value.is_null();
                if is_plain && (is_open || values.contains(&text.as_str())) {
                    return Ok(());
                }
                Err(format!("Invalid value for {name}: {text}"))
            }
            Named::Object(object) => check_object(&object, known, value, name, depth),
        },
    }
}

fn check_object(object: &Object, known: &str, value: &Value, name: &str, depth: u8) -> Result<(), Wrong> {
    if let [first, others @ ..] = &object.one_of[..]
        && object.told_by.is_none()
    {
        let is_other = || {
            others
                .iter()
                .any(|other| check_at(other, value, name, depth - 1).is_ok())
        };
        return check_at(first, value, name, depth - 1)
            .or_else(|wrong| if is_other() { Ok(()) } else { Err(wrong) });
    }
    let Some(fields) = value.as_object() else {
        return Err(format!("Invalid value for {name}: not an object"));
    };
    if let Some((by, choices)) = &object.told_by {
        let told = fields.get(*by).and_then(Value::as_str);
        let told = told.ok_or_else(|| format!("Missing required field '{by}'"))?;
        if !choices.iter().any(|(one, _)| *one == told) {
            return Err(format!("Invalid value for {by}: {told}"));
        }
        if let Some(kind) = object.told(told, known) {
            return check_told(kind, by, value, name, depth);
        }
    }
    check_properties(object, fields, depth)
}

/// The type that a property told: what it says of the same property is known already.
fn check_told(kind: &str, by: &str, value: &Value, name: &str, depth: u8) -> Result<(), Wrong> {
    match (named(kind), value.as_object()) {
        (Named::Object(object), Some(fields))
            if object.told_by.as_ref().is_some_and(|(again, _)| *again == by) =>
        {
            check_properties(&object, fields, depth)
        }
        _ => check_at(kind, value, name, depth - 1),
    }
}

fn check_properties(
    object: &Object,
    fields: &serde_json::Map<String, Value>,
    depth: u8,
) -> Result<(), Wrong> {
    for (property, is_required, kind) in &object.properties {
        match fields.get(*property) {
            Some(Value::Null) if !is_required || Kind::of(kind).is_nullable => {}
            None | Some(Value::Null) if *is_required => {
                return Err(format!("Missing required field '{property}'"));
            }
            None => {}
            Some(value) => check_at(kind, value, property, depth - 1)?,
        }
    }
    let Some(others) = object.others else {
        return Ok(());
    };
    let is_other = |field: &str| !object.properties.iter().any(|(name, ..)| *name == field);
    fields
        .iter()
        .filter(|(field, _)| is_other(field))
        .try_for_each(|(field, value)| check_at(others, value, field, depth - 1))
}

fn check_size(kind: Kind<'_>, size: usize, name: &str, of: &str) -> Result<(), Wrong> {
    let size = u32::try_from(size).map_or(f64::MAX, f64::from);
    if kind.low.is_some_and(|low| size < low) {
        return Err(format!("Invalid value for {name}: too few {of}"));
    }
    if kind.high.is_some_and(|high| size > high) {
        return Err(format!("Invalid value for {name}: too many {of}"));
    }
    Ok(())
}

/// `2026-01-31`, as far as it can be seen from here.
fn is_date(text: &str) -> bool {
    let is_like = |(byte, like): (u8, u8)| byte == like || like == b'0' && byte.is_ascii_digit();
    text.len() == 10 && text.bytes().zip(*b"0000-00-00").all(is_like)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn wrong(kind: &str, value: &Value) -> String {
        check(kind, value, "x").expect_err(kind)
    }

    #[test]
    fn a_value_is_held_against_its_type() {
        for (kind, right) in [
            ("digits(..3)", json!("123")),
            ("int(1..250)", json!(250)),
            ("int", json!(2.0)),
            ("[str](1..2)", json!(["a"])),
            ("{float}", json!({"new": 1})),
            ("str?", Value::Null),
            ("date", json!("2026-01-31")),
            (
                "BoardCreate",
                json!({"name": "x", "description": null, "new_in_2027": [1]}),
            ),
            ("PinMediaSource", json!({"source_type": "image_url", "url": "x"})),
            ("AdPreviewRequest", json!({"pin_id": "1"})),
            ("ConversionAttributionWindowDays", json!(30)),
        ] {
            assert_eq!(check(kind, &right, "x"), Ok(()), "{kind} {right}");
        }
        for (kind, value, words) in [
            ("digits(..3)", json!("1234"), "too many characters"),
            ("digits", json!("12a"), "not of digits"),
            ("digits", json!(12), "not a string"),
            ("int(1..250)", json!(0), "not in its range"),
            ("int", json!(1.5), "not an integer"),
            ("[str](1..2)", json!([]), "too few items"),
            ("[str](1..2)", json!(["a", 1]), "not a string"),
            ("date", json!("2026-1-31"), "not a date"),
            ("BoardCreate", json!({}), "Missing required field 'name'"),
            (
                "BoardCreate",
                json!({"name": null}),
                "Missing required field 'name'",
            ),
            ("BoardCreate", json!([]), "not an object"),
            (
                "BoardCreate",
                json!({"name": "x", "privacy": "NEW"}),
                "Invalid value for privacy: NEW",
            ),
            (
                "PinMediaSource",
                json!({"source_type": "image_url"}),
                "Missing required field 'url'",
            ),
            ("PinMediaSource", json!({"source_type": "hologram"}), "hologram"),
            (
                "PinMediaSource",
                json!({"url": "x"}),
                "Missing required field 'source_type'",
            ),
            ("ConversionAttributionWindowDays", json!(31), "31"),
        ] {
            let found = wrong(kind, &value);
            assert!(found.contains(words), "{kind} {value}: {found}");
        }
    }
}
