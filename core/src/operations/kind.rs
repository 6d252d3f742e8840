//! Types as the table writes them: `[string(..18)~"^\\d+$"](1..100)?`.

use super::blocks::enumerations;

/// A type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind<'a> {
    /// Text; its length is in characters.
    Text(Limits<'a>),
    /// A date (RFC 3339 section 5.6, `full-date`), or with its time.
    Date {
        /// Whether the time is part of it.
        with_time: bool,
    },
    /// A number without a fraction.
    Integer(Limits<'a>),
    /// Any number.
    Number(Limits<'a>),
    /// `true` or `false`.
    Boolean,
    /// Items of one type.
    List(&'a str, Limits<'a>),
    /// An object with names of the caller's own, and values of one type.
    Map(&'a str, Limits<'a>),
    /// One of the values of an enumeration, by its name. Pinterest adds values to them at any time.
    Enumeration(&'a str),
    /// A type that has a name: an object, a choice, or another name.
    Named(&'a str),
    /// Any object.
    Object,
    /// Anything.
    Any,
}

/// What a value has to keep to. Of texts the length, of lists and maps the number of items, of numbers the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits<'a> {
    low: &'a str,
    high: &'a str,
    /// Whether `low` itself is too little.
    above: bool,
    pattern: Option<&'a str>,
}

impl<'a> Limits<'a> {
    /// The least, and whether it is itself too little.
    pub fn low(&self) -> Option<(f64, bool)> {
        self.low.parse().ok().map(|low| (low, self.above))
    }

    /// The most.
    pub fn high(&self) -> Option<f64> {
        self.high.parse().ok()
    }

    /// The regular expression of a text, as JSON writes it, in quotes.
    pub fn pattern(&self) -> Option<&'a str> {
        self.pattern
    }
}

impl<'a> Kind<'a> {
    /// Reads a type, and whether `null` is one of its values.
    pub fn parse(text: &'a str) -> (Self, bool) {
        let (text, nullable) = match text.strip_suffix('?') {
            Some(text) => (text, true),
            None => (text, false),
        };
        let (text, pattern) = match text.split_once('~') {
            Some((text, pattern)) if !text.starts_with(['[', '{']) => (text, Some(pattern)),
            _ => (text, None),
        };
        let (text, limits) = limits(text, pattern);
        let kind = match text {
            "string" | "password" => Self::Text(limits),
            "date" => Self::Date { with_time: false },
            "date-time" => Self::Date { with_time: true },
            "integer" | "int32" | "int64" => Self::Integer(limits),
            "number" | "float" | "double" => Self::Number(limits),
            "boolean" => Self::Boolean,
            "object" => Self::Object,
            "any" => Self::Any,
            name => match (name.strip_prefix('['), name.strip_prefix('{')) {
                (Some(rest), _) => Self::List(rest.strip_suffix(']').unwrap_or(rest), limits),
                (_, Some(rest)) => Self::Map(rest.strip_suffix('}').unwrap_or(rest), limits),
                _ if enumerations().find(name).is_some() => Self::Enumeration(name),
                _ => Self::Named(name),
            },
        };
        (kind, nullable)
    }
}

fn limits<'a>(text: &'a str, pattern: Option<&'a str>) -> (&'a str, Limits<'a>) {
    let none = Limits {
        pattern,
        ..Limits::default()
    };
    let Some((kind, range)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) else {
        return (text, none);
    };
    let Some((low, high)) = range.split_once("..") else {
        return (text, none);
    };
    let above = low.starts_with('>');
    let low = low.trim_start_matches('>');
    let limits = Limits {
        low,
        high,
        above,
        pattern,
    };
    (kind, limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_from_outside_in() {
        let (kind, nullable) = Kind::parse(r#"[string(..18)~"^\\d+$"](1..100)?"#);
        assert!(nullable);
        let Kind::List(item, limits) = kind else {
            panic!("{kind:?}")
        };
        assert_eq!((limits.low(), limits.high()), (Some((1.0, false)), Some(100.0)));
        let (Kind::Text(limits), false) = Kind::parse(item) else {
            panic!("{item}")
        };
        assert_eq!(
            (limits.low(), limits.high(), limits.pattern()),
            (None, Some(18.0), Some(r#""^\\d+$""#))
        );
        assert_eq!(
            Kind::parse("{[string?]}").0,
            Kind::Map("[string?]", Limits::default())
        );
        assert_eq!(Kind::parse("Country"), (Kind::Enumeration("Country"), false));
        assert_eq!(Kind::parse("Pin?"), (Kind::Named("Pin"), true));
    }

    #[test]
    fn a_low_that_is_too_little() {
        let (Kind::Number(limits), _) = Kind::parse("double(>0..1)") else {
            panic!()
        };
        assert_eq!(limits.low(), Some((0.0, true)));
    }
}
