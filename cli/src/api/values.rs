//! Texts of the command line as the values that they stand for.

use serde_json::Value;

use super::flags::is_plain;
use crate::failure::Failure;
use crate::input;
use pinterest_sdk::operations::{Definition, Kind};

/// The value of a flag.
pub(super) fn value(flag: &str, kind: &str, text: &str) -> Result<Value, Failure> {
    let unlike = |what: &str| {
        let hint = format!("`pinterest api … --help` says what --{flag} takes; nothing was sent");
        Failure::usage(format!("--{flag} is not {what}"), hint)
    };
    match Kind::parse(kind).0 {
        Kind::Text(_) | Kind::Date { .. } => Ok(text.into()),
        Kind::Enumeration(name) => Ok(member(name, text)),
        Kind::Integer(_) | Kind::Number(_) => match serde_json::from_str(text.trim()) {
            Ok(Value::Number(number)) => Ok(Value::Number(number)),
            _ => Err(unlike("a number")),
        },
        Kind::Boolean => match text {
            "true" => Ok(true.into()),
            "false" => Ok(false.into()),
            _ => Err(unlike("true or false")),
        },
        Kind::List(inner, _) if is_plain(inner) && !text.starts_with(['[', '@']) && text != "-" => text
            .split(',')
            .map(|part| value(flag, inner, part.trim()))
            .collect(),
        Kind::Named(name) => match Definition::find(name).and_then(|one| one.alias) {
            Some(alias) => value(flag, alias, text),
            // A choice of enumerations.
            None if is_plain(name) => Ok(text.into()),
            None => input::json(&format!("--{flag}"), text),
        },
        _ => input::json(&format!("--{flag}"), text),
    }
}

/// A value of an enumeration, which are numbers in some, and `false` or `null` in others.
fn member(enumeration: &str, text: &str) -> Value {
    let known = Definition::json_values(enumeration);
    let read = serde_json::from_str::<Value>(text).ok();
    let is_one =
        |value: &Value| known.contains(value) || (value.is_number() && known.iter().all(Value::is_number));
    read.filter(is_one).unwrap_or_else(|| text.into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_stand_for_values_of_their_types() {
        let cases = [
            ("string", "12", json!("12")),
            ("string", "@name", json!("@name")),
            ("integer(1..250)", "25", json!(25)),
            ("number", "-1.5", json!(-1.5)),
            ("boolean", "true", json!(true)),
            ("date", "2026-01-31", json!("2026-01-31")),
            ("[string]", "a, b", json!(["a", "b"])),
            ("[integer]", "[1,2]", json!([1, 2])),
            ("Country", "CH", json!("CH")),
            ("ConversionAttributionWindowDays", "30", json!(30)),
            ("ConversionAttributionWindowDays", "31", json!(31)),
            ("ConversionAttributionWindowDays", "null", json!("null")),
            ("LabelStatus", "null", json!(null)),
            ("LabelStatus", "ACTIVE", json!("ACTIVE")),
            (
                "CatalogsProductGroupCurrencyCriteria:negated",
                "false",
                json!(false),
            ),
            ("PinMediaSource", r#"{"a":1}"#, json!({"a": 1})),
            ("CampaignIsFlexibleDailyBudgets", "false", json!(false)),
        ];
        for (kind, text, expected) in cases {
            assert_eq!(value("x", kind, text).ok(), Some(expected), "{kind} {text}");
        }
        for (kind, text) in [
            ("integer", "a"),
            ("boolean", "yes"),
            ("PinMediaSource", "{"),
            ("[integer]", "1,b"),
        ] {
            assert!(value("x", kind, text).is_err(), "{kind} {text}");
        }
    }
}
