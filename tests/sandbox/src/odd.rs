//! Answers that a client must bear: what Pinterest's description does not say, or says otherwise.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::facts::{self, Route};
use crate::http::Response;

/// What becomes of an answer of success; the README lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Odd {
    NewEnumValue,
    UnknownField,
    Nulls,
    MissingFields,
    OtherShape,
    SameBookmark,
    #[serde(rename = "204_with_body")]
    NoContentWithBody,
    NoBody,
}

/// What nobody has heard of yet.
const NEW: &str = "NEW_IN_2027";

impl Odd {
    /// A request's answer, made odd if it is one of success.
    pub(crate) fn of(self, mut response: Response, method: &str, path: &str) -> Response {
        if !(200..300).contains(&response.status) {
            return response;
        }
        if self == Self::NoBody {
            response.body.clear();
            return response;
        }
        if self == Self::NoContentWithBody {
            if response.body.is_empty() {
                response.body = b"{}".to_vec();
            }
            // What is not said in a length would be taken for the next answer.
            let length = response.body.len().to_string();
            response.status = 204;
            return response.with_header("Content-Length", length);
        }
        if let Ok(mut body) = serde_json::from_slice(&response.body) {
            let route = facts::find(path).and_then(|found| found.route(method));
            self.change(&mut body, route);
            response.body = body.to_string().into_bytes();
        }
        response
    }

    fn change(self, body: &mut Value, route: Option<&Route>) {
        match self {
            Self::OtherShape => {
                *body = match body.take() {
                    Value::Array(items) => json!({"items": items}),
                    other => json!([other]),
                };
            }
            Self::SameBookmark => {
                if let Some(bookmark) = body.get_mut("bookmark") {
                    *bookmark = json!("again");
                }
            }
            Self::Nulls => nulls(body),
            Self::UnknownField => each_object(body, &mut |fields| {
                fields.insert(NEW.to_lowercase(), json!({"a": [null, 1]}));
            }),
            Self::NewEnumValue | Self::MissingFields => {
                if let Some((kind, is_page)) = route.and_then(facts::answer) {
                    match body
                        .get_mut("items")
                        .and_then(Value::as_array_mut)
                        .filter(|_| is_page)
                    {
                        Some(items) => items.iter_mut().for_each(|item| self.by_kind(item, kind)),
                        None => self.by_kind(body, kind),
                    }
                }
            }
            Self::NoContentWithBody | Self::NoBody => {}
        }
    }

    fn by_kind(self, value: &mut Value, kind: &str) {
        facts::visit(value, kind, &mut |part, visited| match (self, visited, part) {
            (Self::NewEnumValue, facts::Visited::Enumeration, part) => *part = json!(NEW),
            (Self::MissingFields, facts::Visited::Object(required), Value::Object(fields)) => {
                let first = fields.keys().next().cloned();
                let gone = required.iter().map(|name| (*name).to_owned());
                let gone: Vec<String> = gone.chain(first.filter(|_| required.is_empty())).collect();
                fields.retain(|name, _| !gone.contains(name));
            }
            _ => {}
        });
    }
}

/// Each plain value becomes null.
fn nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(nulls),
        Value::Array(items) => items.iter_mut().for_each(nulls),
        plain => *plain = Value::Null,
    }
}

fn each_object(value: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(fields) => {
            for value in fields.values_mut() {
                each_object(value, change);
            }
            change(fields);
        }
        Value::Array(items) => {
            for item in items {
                each_object(item, change);
            }
        }
        _ => {}
    }
}
