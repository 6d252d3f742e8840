//! What an answer has beside the fields that have names here.

use std::fmt;

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::Value;

/// Fields of an answer that this release has no name for, in the order they came in. `Debug` shows
/// their names only: an unknown field may be a token. Serde writes them as an object.
#[derive(Clone, Default)]
pub struct AdditionalProperties(Vec<(String, Value)>);

impl AdditionalProperties {
    /// Fields with names that differ.
    pub(crate) fn new(fields: Vec<(String, Value)>) -> Self {
        Self(fields)
    }

    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Every name and value, as they came in.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none, as is usual.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The order does not count, as with any JSON object.
impl PartialEq for AdditionalProperties {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl fmt::Debug for AdditionalProperties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

impl Serialize for AdditionalProperties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.len()))?;
        for (name, value) in self.iter() {
            object.serialize_entry(name, value)?;
        }
        object.end()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::AdditionalProperties;

    #[test]
    fn the_order_stays_and_does_not_count() {
        let fields = vec![("z".to_owned(), json!("canary")), ("a".to_owned(), json!([1]))];
        let properties = AdditionalProperties::new(fields.clone());
        assert_eq!(
            serde_json::to_string(&properties).unwrap(),
            r#"{"z":"canary","a":[1]}"#
        );
        assert_eq!(format!("{properties:?}"), r#"["z", "a"]"#);
        assert_eq!(properties.get("a"), Some(&json!([1])));
        assert_eq!(
            properties,
            AdditionalProperties::new(fields.into_iter().rev().collect())
        );
        assert_ne!(
            properties,
            AdditionalProperties::new(vec![("z".into(), json!("canary"))])
        );
        assert_ne!(
            properties,
            AdditionalProperties::new(vec![("z".into(), json!("canary")), ("b".into(), json!([1]))])
        );
        assert_ne!(properties, AdditionalProperties::default());
        assert!(!properties.is_empty() && AdditionalProperties::default().is_empty());
    }
}
