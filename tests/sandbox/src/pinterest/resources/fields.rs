//! The fields of a JSON body.

use serde_json::{Map, Value};

use super::Refusal;
use crate::http::Request;

/// A body that is a JSON object.
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub(super) fn of(request: &Request) -> Result<Self, Refusal> {
        match serde_json::from_slice(&request.body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            _ => Err(Refusal::invalid("Invalid request body")),
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A text; `None` if it is left out or `null`. `max` is in characters.
    pub(super) fn text(&self, name: &str, max: usize) -> Result<Option<&str>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.chars().count() <= max => Ok(Some(text)),
            Some(Value::String(_)) => Err(Refusal::invalid(format!(
                "Invalid value for {name}: at most {max} characters"
            ))),
            Some(_) => Err(Refusal::invalid(format!(
                "Invalid value for {name}: not a string"
            ))),
        }
    }

    /// A text that must be there.
    pub(super) fn required(&self, name: &str, max: usize) -> Result<&str, Refusal> {
        self.text(name, max)?
            .filter(|text| !text.is_empty())
            .ok_or_else(|| Refusal::invalid(format!("Missing required field '{name}'")))
    }

    /// One of some words.
    pub(super) fn one_of(&self, name: &str, words: &[&str]) -> Result<Option<&str>, Refusal> {
        match self.text(name, usize::MAX)? {
            Some(word) if !words.contains(&word) => Err(Refusal::invalid(format!(
                "Invalid value for {name}: it is one of {}",
                words.join(", ")
            ))),
            given => Ok(given),
        }
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(value)) => Ok(*value),
            Some(_) => Err(Refusal::invalid(format!(
                "Invalid value for {name}: not a boolean"
            ))),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A list of texts that must be there and not be empty.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, Refusal> {
        let list = self.0.get(name).and_then(Value::as_array);
        let texts: Option<Vec<_>> =
            list.and_then(|list| list.iter().map(|one| one.as_str().map(str::to_owned)).collect());
        texts
            .filter(|texts| !texts.is_empty())
            .ok_or_else(|| Refusal::invalid(format!("Invalid value for {name}: not a list of strings")))
    }

    /// An object that must be there.
    pub(super) fn object(&self, name: &str) -> Result<Self, Refusal> {
        match self.0.get(name) {
            Some(Value::Object(fields)) => Ok(Self(fields.clone())),
            Some(_) => Err(Refusal::invalid(format!(
                "Invalid value for {name}: not an object"
            ))),
            None => Err(Refusal::invalid(format!("Missing required field '{name}'"))),
        }
    }

    /// A list of objects that must be there.
    pub(super) fn objects(&self, name: &str) -> Result<Vec<Self>, Refusal> {
        let list = self.0.get(name).and_then(Value::as_array);
        let objects = list.map(|list| {
            list.iter()
                .map(|one| one.as_object().cloned().map(Self))
                .collect()
        });
        objects
            .flatten()
            .ok_or_else(|| Refusal::invalid(format!("Invalid value for {name}: not a list of objects")))
    }
}
