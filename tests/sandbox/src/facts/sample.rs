//! Answers made of the facts: each property that a type has, with a value that fits it.

use serde_json::{Map, Value, json};

use super::kind::{Kind, Named, Object, Type, named};
use super::{Route, answer, check};

/// How deep an answer goes; deeper objects and lists are empty or left out.
const DEPTH: u8 = 3;
/// What every id is, plus its number among its like.
const ID: u64 = 1_000_000_000_001;

/// What is known of what is answered.
pub(crate) struct Sample<'a> {
    /// What stands in the path, by name.
    pub(crate) ids: Vec<(&'static str, &'a str)>,
    /// The body that came, whose fields come back where an answer has such ones.
    pub(crate) body: Option<&'a Map<String, Value>>,
    /// Which one of a list it is.
    pub(crate) number: u64,
}

/// The type of each item, if an operation answers in pages.
pub(crate) fn of_page(route: &Route) -> Option<&'static str> {
    answer(route).and_then(|(item, is_page)| is_page.then_some(item))
}

impl<'a> Sample<'a> {
    /// Of an answer to a request with these ids and this body.
    pub(crate) fn new(route: &Route, ids: &[&'a str], body: Option<&'a Map<String, Value>>) -> Self {
        Self {
            ids: route.names().zip(ids.iter().copied()).collect(),
            body,
            number: 0,
        }
    }

    /// What an operation answers that has no pages; nothing if it answers nothing.
    pub(crate) fn answer(&self, route: &Route) -> Option<Value> {
        let ends_in_id = route.path.ends_with('}');
        answer(route).map(|(kind, _)| self.whole(kind, ends_in_id))
    }

    /// A whole object, of which `is_named` says whether the path ends in its id.
    pub(crate) fn whole(&self, kind: &str, is_named: bool) -> Value {
        let mut value = self.of(kind, "value", DEPTH);
        if let Value::Object(fields) = &mut value {
            for (name, field) in fields.iter_mut() {
                let id = self.ids.iter().rev().find(|(one, _)| one == name);
                let last = self.ids.last().filter(|_| is_named && name == "id");
                if let Some((_, id)) = id.or(last).filter(|_| field.is_string()) {
                    *field = json!(id);
                }
            }
            self.echo(kind, fields);
        }
        value
    }

    /// Fields of the body that came, where they fit.
    fn echo(&self, kind: &str, fields: &mut Map<String, Value>) {
        let (Some(body), Type::Named(name)) = (self.body, Kind::of(kind).base) else {
            return;
        };
        let Named::Object(object) = named(name) else {
            return;
        };
        for (property, _, kind) in &object.properties {
            let given = body.get(*property).filter(|_| *property != "id");
            if let Some(given) = given.filter(|given| check(kind, given, property).is_ok()) {
                fields.insert((*property).to_owned(), made_of(given, kind, property));
            }
        }
    }

    fn of(&self, text: &str, name: &str, depth: u8) -> Value {
        let kind = Kind::of(text);
        let below = depth.saturating_sub(1);
        match kind.base {
            Type::Text if name.contains("url") || name.contains("link") => json!("https://sandbox.invalid/"),
            Type::Text if name != "id" && !name.ends_with("_id") => json!(name),
            Type::Text | Type::Digits => json!((ID + self.number).to_string()),
            Type::Integer => json!(kind.low.map_or(1, whole)),
            Type::Number => json!(kind.low.unwrap_or(1.0)),
            Type::Boolean => json!(true),
            Type::Date(false) => json!("2026-01-01"),
            Type::Date(true) => json!("2026-01-01T00:00:00"),
            Type::List(inner) => {
                // Nothing went wrong.
                let is_shown = depth > 1 && !matches!(name, "errors" | "exceptions");
                let least = kind.low.map_or(i64::from(is_shown), whole);
                (0..least)
                    .map(|_| self.of(inner, name.trim_end_matches('s'), below))
                    .collect()
            }
            Type::Map(inner) if depth > 1 => json!({"key": self.of(inner, name, below)}),
            Type::Map(_) | Type::Any => json!({}),
            Type::Named(known) => match named(known) {
                Named::Alias(alias) => self.of(alias, name, depth),
                Named::Values(values, _) => first(&values),
                Named::Object(object) => self.object(&object, known, name, depth),
            },
        }
    }

    fn object(&self, object: &Object, known: &str, name: &str, depth: u8) -> Value {
        if let Some((by, choices)) = &object.told_by
            && let Some((value, kind)) = choices.first()
        {
            let mut answer = match named(kind) {
                Named::Object(told) if *kind != known => self.properties(&told, depth),
                _ => self.properties(object, depth),
            };
            answer.insert((*by).to_owned(), json!(value));
            return Value::Object(answer);
        }
        match object.one_of.first() {
            Some(first) => self.of(first, name, depth.saturating_sub(1)),
            None => Value::Object(self.properties(object, depth)),
        }
    }

    /// What has to be there, what is plain, and the rest where it is not deep.
    fn properties(&self, object: &Object, depth: u8) -> Map<String, Value> {
        let is_plain = |kind: &str| match Kind::of(kind).base {
            Type::Named(name) => matches!(named(name), Named::Values(..)),
            Type::List(_) | Type::Map(_) | Type::Any => false,
            _ => true,
        };
        let shown = object
            .properties
            .iter()
            .filter(|(_, is_required, kind)| *is_required || depth > 1 || depth > 0 && is_plain(kind));
        shown
            .map(|(name, _, kind)| ((*name).to_owned(), self.of(kind, name, depth.saturating_sub(1))))
            .collect()
    }
}

/// What comes back of a field that came: of a list of objects each, with what else its type has, its id above all.
fn made_of(given: &Value, kind: &str, name: &str) -> Value {
    let (Value::Array(items), Type::List(inner)) = (given, Kind::of(kind).base) else {
        return given.clone();
    };
    let made = items.iter().zip(0..).map(|(item, number)| {
        let sample = Sample {
            ids: Vec::new(),
            body: None,
            number,
        };
        let mut made = sample.of(inner, name.trim_end_matches('s'), 1);
        match (&mut made, item) {
            (Value::Object(made), Value::Object(item)) => made.extend(item.clone()),
            _ => made = item.clone(),
        }
        made
    });
    made.collect()
}

/// A limit as a whole number.
fn whole(limit: f64) -> i64 {
    // Limits are small and whole.
    #[allow(clippy::cast_possible_truncation)]
    let whole = limit as i64;
    whole
}

/// The first value of an enumeration; of numbers, as a number.
fn first(values: &[&str]) -> Value {
    let first = values.first().copied().unwrap_or_default();
    first
        .parse::<i64>()
        .map_or_else(|_| json!(first), |number| json!(number))
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::*;

    fn route(method: &str, path: &str) -> &'static Route {
        find(path).and_then(|found| found.route(method)).expect(path)
    }

    /// What the facts answer is what the facts take, for every operation.
    #[test]
    fn every_answer_fits_its_own_type() {
        let mut answers = 0;
        for line in include_str!("operations.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let mut words = line.split(' ');
            let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let route = route(method, &path.replace(['{', '}'], ""));
            let sample = Sample::new(route, &[], None);
            let (kind, value) = match (of_page(route), sample.answer(route)) {
                (Some(item), _) => (item, sample.whole(item, false)),
                (None, Some(value)) => (answer(route).map_or("", |(kind, _)| kind), value),
                (None, None) => continue,
            };
            answers += 1;
            assert_eq!(check(kind, &value, "the answer"), Ok(()), "{line}: {value}");
        }
        assert!(answers > 180, "{answers}");
    }

    #[test]
    fn an_answer_names_what_was_asked_for() {
        let one = route("GET", "/ad_accounts/5/audiences/7");
        let answer = Sample::new(one, &["5", "7"], None)
            .answer(one)
            .expect("an answer");
        assert_eq!(
            (&answer["ad_account_id"], &answer["id"]),
            (&json!("5"), &json!("7"))
        );
        let create = route("POST", "/ad_accounts/5/audiences");
        let body = json!({"name": "Walkers", "audience_type": 5, "id": "9"});
        let answer = Sample::new(create, &["5"], body.as_object())
            .answer(create)
            .expect("an answer");
        assert_eq!(
            (&answer["name"], &answer["ad_account_id"]),
            (&json!("Walkers"), &json!("5"))
        );
        assert!(answer["audience_type"].is_string() && answer["id"] != "9");
    }

    #[test]
    fn each_of_many_that_came_has_an_id() {
        let create = route("POST", "/ad_accounts/5/keywords");
        let body = json!({"parent_id": "8", "keywords": [
            {"match_type": "BROAD", "value": "shoes", "bid": 7},
            {"match_type": "EXACT", "value": "hats"},
        ]});
        let answer = Sample::new(create, &["5"], body.as_object())
            .answer(create)
            .expect("an answer");
        let keywords = &answer["keywords"];
        assert_eq!(
            (
                &keywords[0]["value"],
                &keywords[0]["bid"],
                &keywords[1]["match_type"]
            ),
            (&json!("shoes"), &json!(7), &json!("EXACT"))
        );
        assert!(keywords[0]["id"].is_string() && keywords[0]["id"] != keywords[1]["id"]);
        assert_eq!(answer["errors"], json!([]));
    }
}
