//! A 2xx answer to many items at once says beside each what did not work.

use serde_json::Value;

use super::operation::Operation;
use crate::json::read_answer;

/// One item of an answer that failed although the call succeeded.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ItemFailure {
    /// Where the answer says so: `items[2].exceptions[0]`.
    pub place: String,
    /// The item's number in its list, from 0.
    pub item: Option<usize>,
    /// Pinterest's code for it.
    pub code: Option<i64>,
    /// What Pinterest says of it.
    pub message: Option<String>,
    /// All that Pinterest says of it.
    pub value: Value,
}

impl Operation {
    /// What failed, as an answer of this operation says; nothing if all went well.
    pub fn failures_in(&self, answer: &Value) -> Vec<ItemFailure> {
        let mut found = Vec::new();
        for path in &self.failures {
            collect(path, answer, String::new(), None, &mut found);
        }
        found
    }

    /// The same of an answer as the text that it came as; nothing if that is no JSON. Half of a surrogate pair in it
    /// is read as U+FFFD.
    pub fn failures_in_json(&self, answer: &str) -> Vec<ItemFailure> {
        // Most operations say nothing of the kind, however long their answers.
        if self.failures.is_empty() {
            return Vec::new();
        }
        let answer = read_answer(answer.as_bytes());
        answer.map_or_else(|_| Vec::new(), |answer| self.failures_in(&answer))
    }
}

fn collect(path: &str, value: &Value, place: String, item: Option<usize>, found: &mut Vec<ItemFailure>) {
    if let Some(rest) = path.strip_prefix("[]") {
        let rest = rest.trim_start_matches('.');
        for (number, inner) in value.as_array().into_iter().flatten().enumerate() {
            collect(rest, inner, format!("{place}[{number}]"), Some(number), found);
        }
        return;
    }
    if path.is_empty() {
        return failed(value, place, item, found);
    }
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (name, rest) = path.split_at(end);
    let dot = if place.is_empty() { "" } else { "." };
    if let Some(inner) = value.get(name) {
        collect(
            rest.trim_start_matches('.'),
            inner,
            format!("{place}{dot}{name}"),
            item,
            found,
        );
    }
}

/// One failure, or a list of them; empty ones are none.
fn failed(value: &Value, place: String, item: Option<usize>, found: &mut Vec<ItemFailure>) {
    match value {
        Value::Array(many) => {
            for (number, one) in many.iter().enumerate() {
                failed(one, format!("{place}[{number}]"), item.or(Some(number)), found);
            }
        }
        Value::Null => {}
        Value::Object(fields) if fields.is_empty() => {}
        Value::String(text) if text.is_empty() => {}
        value => found.push(ItemFailure {
            place,
            item,
            code: value.get("code").and_then(Value::as_i64),
            message: value
                .get("message")
                .and_then(Value::as_str)
                .or(value.as_str())
                .map(ToOwned::to_owned),
            value: value.clone(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn failures(operation: &str, answer: &Value) -> Vec<(String, Option<usize>, Option<i64>)> {
        let Some(operation) = Operation::find(operation) else {
            panic!("{operation}")
        };
        let found = operation.failures_in(answer);
        found
            .into_iter()
            .map(|one| (one.place, one.item, one.code))
            .collect()
    }

    #[test]
    fn items_that_failed_are_found_in_an_answer_of_success() {
        let answer = json!({"items": [
            {"data": {"id": "1"}, "exceptions": []},
            {"data": {}, "exceptions": [{"code": 2, "message": "Invalid"}]},
            {"data": {"id": "3"}},
        ]});
        assert_eq!(
            failures("campaigns/create", &answer),
            [("items[1].exceptions[0]".into(), Some(1), Some(2))]
        );
        let answer = json!({"items": [{"exception": null}, {"exception": {"code": 7}}]});
        assert_eq!(
            failures("cancel_invites_or_requests", &answer),
            [("items[1].exception".into(), Some(1), Some(7))]
        );
        let answer = json!({"exceptions": [{"code": 9}]});
        assert_eq!(
            failures("asset_group/delete", &answer),
            [("exceptions[0]".into(), Some(0), Some(9))]
        );
    }

    #[test]
    fn answers_of_any_other_shape_have_none() {
        for answer in [
            json!(null),
            json!([]),
            json!({"items": {}}),
            json!({"items": [null, 1]}),
            json!("x"),
        ] {
            assert_eq!(failures("campaigns/create", &answer), []);
        }
    }

    #[test]
    fn half_a_character_hides_no_failure() {
        let Some(operation) = Operation::find("campaigns/create") else {
            panic!("campaigns/create")
        };
        let answer = r#"{"items": [{"data": {"name": "a\ud83d"}, "exceptions": [{"code": 2, "message": "b\ud83d"}]}]}"#;
        let found = operation.failures_in_json(answer);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].code, found[0].message.as_deref()),
            (Some(2), Some("b\u{fffd}"))
        );
        assert_eq!(operation.failures_in_json(r#"{"items": "#), []);
    }
}
