//! Arguments of any operation, made of the table: no more than what has to be there.

use pinterest_sdk::OperationCall;
use pinterest_sdk::operations::{Definition, Kind, Limits, Operation};
use serde_json::{Map, Value, json};

/// What a name stands for that there must be: an ad account, a board, a day that is not long ago.
pub type Known = Map<String, Value>;

/// A call with every argument that has to be there, and no other.
pub fn required(operation: &Operation, known: &Known) -> OperationCall {
    let mut call = OperationCall::of(operation.clone());
    for parameter in operation.parameters.iter().filter(|one| one.is_required) {
        call = call.with(parameter.name, value(parameter.kind, parameter.name, known));
    }
    match operation.body.filter(|body| body.is_required) {
        Some(body) => call.with_body(&value(body.kind, "body", known)).unwrap(),
        None => call,
    }
}

/// A value of a type, of something that has this name.
pub fn value(kind: &str, name: &str, known: &Known) -> Value {
    match Kind::parse(kind).0 {
        Kind::Text(limits) => known.get(name).cloned().unwrap_or_else(|| text(limits)),
        Kind::Date { with_time: false } => known.get(name).cloned().unwrap_or(json!("2026-01-01")),
        Kind::Date { with_time: true } => json!("2026-01-01T00:00:00Z"),
        Kind::Integer(limits) => json!(limits.low().map_or(1.0, |(low, _)| low).round() as i64),
        Kind::Number(limits) => {
            json!(
                limits
                    .low()
                    .map_or(1.0, |(low, above)| if above { low + 0.5 } else { low })
            )
        }
        Kind::Boolean => json!(true),
        Kind::List(inner, limits) => {
            let least = limits.low().map_or(1.0, |(low, _)| low.max(1.0)).round() as usize;
            (0..least).map(|_| value(inner, name, known)).collect()
        }
        Kind::Map(inner, _) => json!({"key": value(inner, name, known)}),
        Kind::Enumeration(enumeration) => {
            let first = known.get(name).and_then(Value::as_str);
            let values = Definition::values(enumeration);
            let first = first.filter(|one| values.contains(one)).unwrap_or(values[0]);
            serde_json::from_str(first)
                .ok()
                .filter(Value::is_number)
                .unwrap_or(json!(first))
        }
        Kind::Named(type_name) => object(type_name, name, known),
        _ => json!({}),
    }
}

fn text(limits: Limits<'_>) -> Value {
    let pattern = limits.pattern().unwrap_or_default();
    let fitting = if pattern.contains(r"\\d{4}") {
        "2026-01-01"
    } else if pattern.contains("http") {
        "https://example.com/"
    } else if pattern.contains("[0-5]") {
        "10:00"
    } else if pattern.contains(r"?!") {
        "word"
    } else if pattern.contains("a-z") {
        "abcd"
    } else if pattern.contains(r"\\d") || pattern.contains("0-9") {
        "1"
    } else {
        "text"
    };
    let least = limits.low().map_or(1.0, |(low, _)| low).max(1.0).round() as usize;
    let most = limits.high().map_or(usize::MAX, |high| high.round() as usize);
    let long: String = fitting.chars().cycle().take(fitting.len().max(least)).collect();
    json!(long.chars().take(most).collect::<String>())
}

fn object(type_name: &str, name: &str, known: &Known) -> Value {
    let definition = Definition::find(type_name).unwrap();
    if let Some(alias) = definition.alias {
        return value(alias, name, known);
    }
    let chosen = definition.choices.first().map(|choice| {
        let mut chosen = value(choice.kind, name, known);
        if let (Some(by), Some(of)) = (definition.discriminator, choice.value) {
            chosen[by] = json!(of);
        }
        chosen
    });
    let mut fields = match chosen {
        Some(Value::Object(fields)) => fields,
        Some(plain) => return plain,
        None => Map::new(),
    };
    for (property, kind) in needed(type_name) {
        if !fields.contains_key(property) {
            fields.insert(property.to_owned(), value(kind, property, known));
        }
    }
    Value::Object(fields)
}

/// The properties that a type has to have, those of its bases included.
pub fn needed(type_name: &str) -> Vec<(&'static str, &'static str)> {
    let mut all = Vec::new();
    let mut names = Vec::new();
    collect(type_name, &mut all, &mut names);
    all.retain(|(name, _)| names.contains(name));
    all
}

fn collect(type_name: &str, all: &mut Vec<(&'static str, &'static str)>, names: &mut Vec<&'static str>) {
    let definition = Definition::find(type_name).unwrap_or_default();
    if let Some(Kind::Named(alias)) = definition.alias.map(|alias| Kind::parse(alias).0) {
        collect(alias, all, names);
    }
    for base in &definition.bases {
        collect(base, all, names);
    }
    names.extend(&definition.demands);
    for property in definition.properties {
        // What Pinterest alone sets is in no request.
        if property.is_read_only {
            continue;
        }
        all.push((property.name, property.kind));
        if property.is_required {
            names.push(property.name);
        }
    }
}
