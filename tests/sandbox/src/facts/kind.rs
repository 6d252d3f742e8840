//! Types, as the files of facts spell them.

use super::block;

/// A type with its limits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind<'a> {
    pub(crate) base: Type<'a>,
    /// Of a text the least characters, of a list the least items, of a number the least.
    pub(super) low: Option<f64>,
    /// The most of the same.
    pub(super) high: Option<f64>,
    pub(super) is_nullable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type<'a> {
    Text,
    Digits,
    Integer,
    Number,
    Boolean,
    /// Whether the time is part of it.
    Date(bool),
    List(&'a str),
    Map(&'a str),
    Any,
    Named(&'a str),
}

impl<'a> Kind<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let (text, is_nullable) = match text.strip_suffix('?') {
            Some(text) => (text, true),
            None => (text, false),
        };
        let limits = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
        let (text, limits) = limits.unwrap_or((text, ".."));
        let (low, high) = limits.split_once("..").unwrap_or_default();
        let within = |open, close| text.strip_prefix(open)?.strip_suffix(close);
        let base = match text {
            "str" => Type::Text,
            "digits" => Type::Digits,
            "int" => Type::Integer,
            "float" => Type::Number,
            "bool" => Type::Boolean,
            "date" => Type::Date(false),
            "datetime" => Type::Date(true),
            "dict" => Type::Map("any"),
            "list" => Type::List("any"),
            "any" | "none" | "file" => Type::Any,
            _ => match (within('[', ']'), within('{', '}')) {
                (Some(inner), _) => Type::List(inner),
                (_, Some(inner)) => Type::Map(inner),
                _ => Type::Named(text),
            },
        };
        Self {
            base,
            low: low.parse().ok(),
            high: high.parse().ok(),
            is_nullable,
        }
    }
}

/// What is behind a name.
pub(super) enum Named {
    Alias(&'static str),
    /// Values, and whether there are others.
    Values(Vec<&'static str>, bool),
    Object(Object),
}

/// A type with properties.
#[derive(Debug, Default)]
pub(crate) struct Object {
    /// Name, whether it has to be there, type.
    pub(crate) properties: Vec<(&'static str, bool, &'static str)>,
    /// The property that tells which type it is, with its values and the types.
    pub(super) told_by: Option<(&'static str, Vec<(&'static str, &'static str)>)>,
    pub(super) one_of: Vec<&'static str>,
    /// The type of other properties.
    pub(super) others: Option<&'static str>,
}

impl Object {
    /// The type that a value of the telling property stands for, if it is another than `here`.
    pub(super) fn told(&self, value: &str, here: &str) -> Option<&'static str> {
        let (_, choices) = self.told_by.as_ref()?;
        let (_, kind) = choices.iter().find(|(one, _)| *one == value)?;
        (*kind != here).then_some(kind)
    }
}

/// What the files say of a name.
pub(super) fn named(name: &str) -> Named {
    let mut object = Object::default();
    for line in block(name) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "is" => return Named::Alias(rest),
            "=" => {
                let (values, is_open) = match rest.strip_suffix("|…") {
                    Some(values) => (values, true),
                    None => (rest, false),
                };
                return Named::Values(values.split('|').collect(), is_open);
            }
            "@" => {
                let mut words = rest.split(' ');
                let by = words.next().unwrap_or_default();
                let choices = words.filter_map(|choice| choice.split_once('=')).collect();
                object.told_by = Some((by, choices));
            }
            "|" => object.one_of = rest.split(' ').collect(),
            "*" => object.others = Some(rest),
            _ => {
                let name = word.trim_end_matches('!');
                object.properties.push((name, name != word, rest));
            }
        }
    }
    Named::Object(object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_from_outside_in() {
        let kind = Kind::of("[digits(..18)](1..100)?");
        assert_eq!(
            (kind.base, kind.low, kind.high, kind.is_nullable),
            (Type::List("digits(..18)"), Some(1.0), Some(100.0), true)
        );
        let inner = Kind::of("digits(..18)");
        assert_eq!(
            (inner.base, inner.low, inner.high),
            (Type::Digits, None, Some(18.0))
        );
        assert_eq!(Kind::of("{[str?]}").base, Type::Map("[str?]"));
        assert_eq!(Kind::of("Board.privacy").base, Type::Named("Board.privacy"));
    }

    #[test]
    fn a_name_has_values_or_properties() {
        let Named::Values(values, is_open) = named("BoardCreate.privacy") else {
            panic!("values")
        };
        assert_eq!((values, is_open), (vec!["PUBLIC", "PROTECTED", "SECRET"], false));
        let Named::Object(source) = named("PinMediaSource") else {
            panic!("an object")
        };
        assert_eq!(
            source.told("image_url", "PinMediaSource"),
            Some("PinMediaSourceImageURL")
        );
        let Named::Object(board) = named("BoardCreate") else {
            panic!("an object")
        };
        assert!(board.properties.contains(&("name", true, "str(..180)")));
    }
}
