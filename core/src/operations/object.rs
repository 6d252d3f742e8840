//! Types that have a name: objects, choices, and other names for types.

use serde_json::Value;

use super::blocks::{enumerations, types};

/// What is known of a type that has a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Definition {
    /// The type that it is another name for; [`Kind::parse`](super::Kind::parse) reads it.
    pub alias: Option<&'static str>,
    /// Types whose properties it has too.
    pub bases: Vec<&'static str>,
    /// Properties of its bases that have to be there.
    pub demands: Vec<&'static str>,
    /// The property whose value says which choice it is.
    pub discriminator: Option<&'static str>,
    /// What it may be one of.
    pub choices: Vec<Choice>,
    /// Its own properties, by name.
    pub properties: Vec<Property>,
    /// The type of properties with names of the caller's own, where one is said.
    pub more: Option<&'static str>,
}

/// A type that another may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// The type.
    pub kind: &'static str,
    /// The discriminator's value that stands for it.
    pub value: Option<&'static str>,
}

/// A property of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Its type; [`Kind::parse`](super::Kind::parse) reads it.
    pub kind: &'static str,
    /// Whether it has to be there.
    pub is_required: bool,
    /// Whether Pinterest alone sets it.
    pub is_read_only: bool,
    /// Whether Pinterest advises against it.
    pub is_deprecated: bool,
    /// What Pinterest takes for it if it is not there, in JSON.
    pub default: Option<&'static str>,
}

impl Definition {
    /// The type of a name.
    pub fn find(name: &str) -> Option<Self> {
        types().find(name).map(Self::read)
    }

    /// The known values of an enumeration: texts as they are, numbers and the like in JSON.
    pub fn values(enumeration: &str) -> Vec<&'static str> {
        let lines = enumerations().find(enumeration).into_iter().flatten();
        lines.filter(|line| !line.starts_with("= ")).collect()
    }

    /// The known values of an enumeration as JSON has them: texts, numbers, `false`, `null`.
    pub fn json_values(enumeration: &str) -> Vec<Value> {
        let values = Self::values(enumeration);
        let numbers: Option<Vec<Value>> = values.iter().map(|value| number(value)).collect();
        numbers.unwrap_or_else(|| values.into_iter().map(text_or_word).collect())
    }

    fn read(lines: impl Iterator<Item = &'static str>) -> Self {
        let mut one = Self::default();
        for line in lines {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "=" => one.alias = Some(rest.split_once(" = ").map_or(rest, |(kind, _)| kind)),
                "<" => one.bases.push(rest),
                "!" => one.demands.push(rest),
                "@" => one.discriminator = Some(rest),
                "*" => one.more = Some(rest),
                "|" | "/" | "\\" => {
                    let (kind, value) = match rest.split_once(' ') {
                        Some((kind, value)) => (kind, Some(value)),
                        None => (rest, None),
                    };
                    one.choices.push(Choice { kind, value });
                }
                name => one.properties.extend(Property::read(name, rest)),
            }
        }
        one
    }
}

fn number(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().filter(Value::is_number)
}

/// Pinterest has no texts that are such words.
fn text_or_word(text: &str) -> Value {
    match text {
        "null" => Value::Null,
        "true" | "false" => (text == "true").into(),
        text => text.into(),
    }
}

impl Property {
    fn read(name: &'static str, rest: &'static str) -> Option<Self> {
        let (marks, kind) = rest.split_once(": ")?;
        let (kind, default) = match kind.split_once(" = ") {
            Some((kind, default)) => (kind, Some(default)),
            None => (kind, None),
        };
        Some(Self {
            name,
            kind,
            is_required: marks.contains('!'),
            is_read_only: marks.contains('-'),
            is_deprecated: marks.contains('~'),
            default,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Kind;
    use super::*;

    /// Every type that is named somewhere is there.
    #[test]
    fn no_name_leads_nowhere() {
        fn follow(kind: &str, place: &str) {
            match Kind::parse(kind).0 {
                Kind::List(inner, _) | Kind::Map(inner, _) => follow(inner, place),
                Kind::Named(name) => assert!(types().find(name).is_some(), "{name} of {place}"),
                _ => {}
            }
        }
        for name in types().names() {
            let Some(one) = Definition::find(name) else {
                panic!("{name}")
            };
            let choices = one.choices.iter().map(|choice| choice.kind);
            let properties = one.properties.iter().map(|property| property.kind);
            let more = one.more.filter(|more| *more != "-");
            for kind in choices
                .chain(properties)
                .chain(one.bases.iter().copied())
                .chain(one.alias)
                .chain(more)
            {
                follow(kind, name);
            }
        }
        for one in super::super::Operation::all() {
            let kinds = one.parameters.iter().map(|each| each.kind);
            for kind in kinds.chain(one.answer).chain(one.body.map(|body| body.kind)) {
                follow(kind, one.name);
            }
        }
    }

    #[test]
    fn a_choice_is_known_by_its_discriminator() {
        let media = Definition::find("PinMediaSource").unwrap_or_default();
        assert_eq!(media.discriminator, Some("source_type"));
        assert!(media.choices.iter().any(|one| one.value == Some("image_url")));
        assert!(Definition::values("Country").contains(&"CH"));
    }

    #[test]
    fn values_are_what_json_has() {
        for (name, expected) in [
            ("ConversionAttributionWindowDays", json!([0, 1, 7, 14, 30, 60])),
            ("CatalogsProductGroupCurrencyCriteria:negated", json!([false])),
            ("LabelStatus", json!(["ACTIVE", "ARCHIVED", null])),
        ] {
            assert_eq!(Value::from(Definition::json_values(name)), expected);
        }
        // A text that looks like a number is told from one by the others of its list.
        for name in enumerations().names() {
            let values = Definition::json_values(name);
            assert!(
                values.iter().all(Value::is_number) || !values.iter().any(Value::is_number),
                "{name}"
            );
        }
    }
}
