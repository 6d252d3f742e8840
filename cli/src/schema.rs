//! The types of the table as JSON Schema.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use pinterest_sdk::operations::{Choice, Definition, Kind, Limits, Operation};

/// The argument that is the body.
pub(crate) const BODY: &str = "body";
/// The argument that says how many pages to ask for.
pub(crate) const PAGES: &str = "pages";
/// More known values than these are not listed: a few of them are named.
const MOST_VALUES: usize = 64;
const NAMED_VALUES: usize = 8;
/// Where a schema has the types that it names.
const SHARED: &str = "$defs";

/// What an operation takes: its parameters, its body and, where a caller may ask for more than one, how many pages.
pub(crate) fn arguments(operation: &Operation, most_pages: Option<u32>) -> Map<String, Value> {
    let mut types = Types::default();
    let parameters = operation.parameters.iter().map(|one| one.kind);
    parameters
        .chain(operation.body.map(|body| body.kind))
        .for_each(|kind| types.count(kind));
    let mut properties = Map::new();
    let mut required = Vec::new();
    for parameter in &operation.parameters {
        let mut schema = types.schema(parameter.kind);
        put_default(&mut schema, parameter.default);
        properties.insert(parameter.name.to_owned(), schema);
        if parameter.is_required {
            required.push(parameter.name);
        }
    }
    if let Some(body) = &operation.body {
        properties.insert(BODY.to_owned(), types.schema(body.kind));
        if body.is_required {
            required.push(BODY);
        }
    }
    if let Some(most) = most_pages.filter(|_| operation.has_pages()) {
        let schema = json!({
            "type": "integer", "minimum": 1, "maximum": most, "default": 1,
            "description": "How many pages to ask for, each a block of the result; the last one's bookmark leads on",
        });
        properties.insert(PAGES.to_owned(), schema);
    }
    let mut schema = object(properties, &required);
    schema.insert("additionalProperties".to_owned(), false.into());
    if !types.shared.is_empty() {
        schema.insert(SHARED.to_owned(), types.shared.into());
    }
    schema
}

pub(crate) fn object(properties: Map<String, Value>, required: &[&str]) -> Map<String, Value> {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), properties.into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    schema
}

/// The types of one schema: those that come more than once are written once, and named elsewhere.
#[derive(Default)]
struct Types {
    uses: HashMap<&'static str, usize>,
    shared: Map<String, Value>,
}

impl Types {
    /// Counts what a type is made of.
    fn count(&mut self, kind: &'static str) {
        match Kind::parse(kind).0 {
            Kind::List(inner, _) | Kind::Map(inner, _) => self.count(inner),
            Kind::Named(name) => {
                let uses = self.uses.entry(name).or_default();
                *uses += 1;
                if *uses > 1 {
                    return;
                }
                let definition = Definition::find(name).unwrap_or_default();
                let properties = definition.properties.iter().filter(|one| !one.is_read_only);
                let inner = properties.map(|one| one.kind);
                let choices = definition.choices.iter().map(|choice| choice.kind);
                let inner = inner
                    .chain(choices)
                    .chain(definition.bases)
                    .chain(definition.alias);
                inner.chain(definition.more).for_each(|kind| self.count(kind));
            }
            _ => {}
        }
    }

    fn schema(&mut self, kind: &'static str) -> Value {
        let (kind, nullable) = Kind::parse(kind);
        let mut schema = match kind {
            Kind::Text(limits) => text(&limits),
            Kind::Date { with_time: true } => json!({"type": "string", "format": "date-time"}),
            Kind::Date { .. } => json!({"type": "string", "format": "date"}),
            Kind::Integer(limits) => limited("integer", &limits, "minimum", "maximum"),
            Kind::Number(limits) => limited("number", &limits, "minimum", "maximum"),
            Kind::Boolean => json!({"type": "boolean"}),
            Kind::List(inner, limits) => {
                let mut list = limited("array", &limits, "minItems", "maxItems");
                list["items"] = self.schema(inner);
                list
            }
            Kind::Map(inner, limits) => {
                let mut map = limited("object", &limits, "minProperties", "maxProperties");
                map["additionalProperties"] = self.schema(inner);
                map
            }
            Kind::Enumeration(name) => enumeration(name),
            Kind::Named(name) => self.named(name),
            Kind::Object => json!({"type": "object"}),
            // Anything, and what the library adds later.
            _ => json!({}),
        };
        if nullable {
            allow_null(&mut schema);
        }
        schema
    }

    fn named(&mut self, name: &'static str) -> Value {
        let definition = Definition::find(name).unwrap_or_default();
        if let Some(alias) = definition.alias {
            return self.schema(alias);
        }
        if self.uses.get(name).is_none_or(|uses| *uses < 2) {
            return self.whole(&definition);
        }
        let key: String = name
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    '_'
                }
            })
            .collect();
        if !self.shared.contains_key(&key) {
            // There already for what is a part of itself.
            self.shared.insert(key.clone(), Value::Null);
            let schema = self.whole(&definition);
            self.shared.insert(key.clone(), schema);
        }
        json!({"$ref": format!("#/{SHARED}/{key}")})
    }

    /// An object with what it inherits, or a choice, or both.
    fn whole(&mut self, definition: &Definition) -> Value {
        let (mut properties, mut required) = (Map::new(), Vec::new());
        self.gather(definition, &mut properties, &mut required);
        required.sort_unstable();
        required.dedup();
        let choices: Vec<Value> = definition
            .choices
            .iter()
            .map(|choice| self.chosen(choice, definition.discriminator))
            .collect();
        let is_object = choices.is_empty() || !properties.is_empty();
        let mut schema = if is_object {
            Value::Object(object(properties, &required))
        } else {
            json!({})
        };
        if !choices.is_empty() {
            schema["anyOf"] = choices.into();
        }
        if let Some(more) = definition.more.filter(|more| *more != "-") {
            schema["additionalProperties"] = self.schema(more);
        }
        schema
    }

    /// The properties of an object and of its bases.
    fn gather(
        &mut self,
        definition: &Definition,
        properties: &mut Map<String, Value>,
        required: &mut Vec<&'static str>,
    ) {
        for base in &definition.bases {
            let mut base = Definition::find(base).unwrap_or_default();
            while let Some(alias) = base.alias {
                base = Definition::find(alias).unwrap_or_default();
            }
            self.gather(&base, properties, required);
        }
        required.extend(&definition.demands);
        for property in definition.properties.iter().filter(|one| !one.is_read_only) {
            let mut schema = self.schema(property.kind);
            put_default(&mut schema, property.default);
            if property.is_deprecated {
                schema["deprecated"] = true.into();
            }
            properties.insert(property.name.to_owned(), schema);
            if property.is_required {
                required.push(property.name);
            }
        }
    }

    /// One of the choices, with the value that tells it apart.
    fn chosen(&mut self, choice: &Choice, discriminator: Option<&str>) -> Value {
        let mut schema = self.schema(choice.kind);
        if let (Some(name), Some(value)) = (discriminator, choice.value) {
            schema["properties"][name] = json!({"const": value});
            let mut required = schema["required"].as_array().cloned().unwrap_or_default();
            if !required.iter().any(|known| known == name) {
                required.push(name.into());
            }
            schema["required"] = required.into();
        }
        schema
    }
}

fn text(limits: &Limits<'_>) -> Value {
    let mut schema = limited("string", limits, "minLength", "maxLength");
    let pattern = limits
        .pattern()
        .and_then(|pattern| serde_json::from_str::<String>(pattern).ok());
    if let Some(pattern) = pattern {
        schema["pattern"] = pattern.into();
    }
    schema
}

fn limited(kind: &str, limits: &Limits<'_>, least: &str, most: &str) -> Value {
    let mut schema = json!({"type": kind});
    if let Some((low, above)) = limits.low() {
        schema[if above { "exclusiveMinimum" } else { least }] = number(low);
    }
    if let Some(high) = limits.high() {
        schema[most] = number(high);
    }
    schema
}

/// Whole numbers without a fraction, as the lengths of JSON Schema have to be.
fn number(number: f64) -> Value {
    let text = number.to_string();
    serde_json::from_str(&text).unwrap_or_else(|_| number.into())
}

fn enumeration(name: &str) -> Value {
    let (values, whole) = (Definition::values(name), Definition::json_values(name));
    if values.len() > MOST_VALUES {
        let some = values[..NAMED_VALUES].join(", ");
        let kind = if whole.contains(&Value::Null) {
            json!(["string", "null"])
        } else {
            json!("string")
        };
        return json!({"type": kind, "description": format!("one of {} values, such as {some}", values.len())});
    }
    json!({ "enum": whole })
}

fn put_default(schema: &mut Value, default: Option<&str>) {
    if let Some(default) = default.and_then(|default| serde_json::from_str::<Value>(default).ok()) {
        schema["default"] = default;
    }
}

fn allow_null(schema: &mut Value) {
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        if !values.contains(&Value::Null) {
            values.push(Value::Null);
        }
    } else if schema.get("anyOf").is_some() || schema.get("$ref").is_some() {
        *schema = json!({"anyOf": [schema.take(), {"type": "null"}]});
    } else if let Some(kind) = schema.get("type").and_then(Value::as_str) {
        schema["type"] = json!([kind, "null"]);
    }
}

#[cfg(test)]
mod tests;
