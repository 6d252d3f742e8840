//! Messages that the protocol's library passes over without a word, while somebody waits for an answer.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;
use serde_json::{Value, json};

/// The method of a message that stands for one that cannot be read.
pub(super) const UNREADABLE: &str = "unreadable";

/// What an answer says to one.
pub(super) const WHY: &str = "the message cannot be read: it holds half a character (a lone surrogate such as \\ud800), \
                              a number that is too large, or is nested too deeply; nothing was sent";

/// The method of a message that stands for one that is no request of the protocol's.
pub(super) const MISSHAPEN: &str = "misshapen";

/// What an answer says to one.
pub(super) const WHY_MISSHAPEN: &str = "the message is no request of JSON-RPC 2.0: `jsonrpc` is \"2.0\", `method` a text, and `params`, \
                                        where there are some, an object; nothing was sent";

/// The longest line that is taken: there is room for the largest body in it, each of its characters escaped. To a longer one
/// there is no answer.
pub(super) const LONGEST: usize = 160 << 20;

/// Parts of a stream as lines.
#[derive(Default)]
pub(super) struct Lines {
    /// The beginning of a line.
    begun: Vec<u8>,
    /// Whether the line is too long to be looked at.
    passes: bool,
}

impl Lines {
    /// The next part of the stream as far as it ends lines, with what stands for those that cannot be read.
    pub(super) fn take(&mut self, mut part: &[u8]) -> Vec<u8> {
        let mut whole = Vec::new();
        while let Some(end) = part.iter().position(|byte| *byte == b'\n') {
            let (line, rest) = part.split_at(end + 1);
            self.begun.extend_from_slice(line);
            if self.passes {
                whole.append(&mut self.begun);
            } else {
                whole.extend_from_slice(&readable(&self.begun));
                self.begun.clear();
            }
            (self.passes, part) = (false, rest);
        }
        self.begun.extend_from_slice(part);
        self.passes |= self.begun.len() > LONGEST;
        if self.passes {
            whole.append(&mut self.begun);
        }
        whole
    }

    /// What the stream ended with.
    pub(super) fn rest(self) -> Vec<u8> {
        self.begun
    }
}

/// A line, or what stands for a request that is none to whoever reads all of it, with the same number.
fn readable(line: &[u8]) -> Cow<'_, [u8]> {
    if let Ok(message) = serde_json::from_slice::<Value>(line) {
        return match message.get("id") {
            Some(id @ (Value::String(_) | Value::Number(_))) if is_misshapen(&message) => {
                stand_in(id, MISSHAPEN)
            }
            _ => line.into(),
        };
    }
    let Ok(fields) = serde_json::from_slice::<HashMap<String, &RawValue>>(line) else {
        return line.into();
    };
    let id = fields
        .get("id")
        .and_then(|id| serde_json::from_str::<Value>(id.get()).ok());
    match id {
        Some(id @ (Value::String(_) | Value::Number(_))) if fields.contains_key("method") => {
            stand_in(&id, UNREADABLE)
        }
        _ => line.into(),
    }
}

fn stand_in(id: &Value, method: &str) -> Cow<'static, [u8]> {
    let stands_for_it = json!({"jsonrpc": "2.0", "id": id, "method": method});
    format!("{stands_for_it}\n").into_bytes().into()
}

/// Whether a message with a number is neither an answer nor a request as JSON-RPC has them.
fn is_misshapen(message: &Value) -> bool {
    let is_answer = message.get("result").is_some() || message.get("error").is_some();
    let has_method = message.get("method").is_some_and(Value::is_string);
    let fits = |params: &Value| params.is_object() || params.is_null();
    let is_request = message["jsonrpc"] == "2.0" && has_method && message.get("params").is_none_or(fits);
    !is_answer && !is_request
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn what_cannot_be_read_keeps_its_number() {
        let deep = format!(
            r#"{{"method":"x","params":{}1{},"id":"a"}}"#,
            "[".repeat(500),
            "]".repeat(500)
        );
        for (line, expected) in [
            (r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, None),
            (r#"{"id":1,"method":"x","params":{"a":"\ud800"}}"#, Some("1")),
            (r#"{"id":"b","method":"x","params":[1e400]}"#, Some("\"b\"")),
            (deep.as_str(), Some("\"a\"")),
            // Nobody waits for an answer to these.
            (r#"{"method":"x","params":{"a":"\ud800"}}"#, None),
            (r#"{"id":1,"result":{"a":"\ud800"}}"#, None),
            ("{", None),
            ("", None),
        ] {
            let line = format!("{line}\n");
            let expected = match expected {
                Some(id) => format!("{{\"id\":{id},\"jsonrpc\":\"2.0\",\"method\":\"unreadable\"}}\n"),
                None => line.clone(),
            };
            for size in [1, 7, line.len()] {
                let mut lines = Lines::default();
                let parts = line.as_bytes().chunks(size);
                let taken: Vec<u8> = parts.flat_map(|part| lines.take(part)).collect();
                let taken = String::from_utf8_lossy(&taken).into_owned();
                let same = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
                assert!(
                    taken == expected || same(&taken).is_some_and(|it| Some(it) == same(&expected)),
                    "{taken}"
                );
            }
        }
    }

    #[test]
    fn what_is_no_request_keeps_its_number() {
        for wrong in [
            r#"{"id":7,"method":"ping"}"#,
            r#"{"jsonrpc":"1.0","id":7,"method":"ping"}"#,
            r#"{"jsonrpc":"2.0","id":7}"#,
            r#"{"jsonrpc":"2.0","id":7,"method":5}"#,
            r#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":[1]}"#,
        ] {
            let taken = Lines::default().take(format!("{wrong}\n").as_bytes());
            let expected = "{\"id\":7,\"jsonrpc\":\"2.0\",\"method\":\"misshapen\"}\n";
            assert_eq!(String::from_utf8_lossy(&taken), expected, "{wrong}");
        }
        for left in [
            r#"{"jsonrpc":"2.0","id":7,"method":"ping","params":null}"#,
            r#"{"jsonrpc":"2.0","id":7,"result":{}}"#,
            r#"{"jsonrpc":"2.0","id":7,"error":{}}"#,
            r#"{"jsonrpc":"2.0","method":5}"#,
            r#"{"jsonrpc":"2.0","id":null,"method":5}"#,
            "[]",
        ] {
            let line = format!("{left}\n");
            assert_eq!(Lines::default().take(line.as_bytes()), line.as_bytes());
        }
    }

    #[test]
    fn what_has_no_end_is_kept_no_longer_than_it_is_looked_at() {
        let mut lines = Lines::default();
        let part = vec![b'x'; 1 << 20];
        let taken: usize = (0..200).map(|_| lines.take(&part).len()).sum();
        assert!(taken > 180 << 20);
        assert_eq!(lines.take(b"y\nz").last(), Some(&b'\n'));
        assert_eq!(lines.rest(), b"z");
    }
}
