//! Pinterest's error object: `{"code": …, "message": …}`, with other fields as it likes.

use crate::models::{JsonObject, Text};

/// The largest body that is taken for one, in bytes; real ones take a few hundred.
pub(super) const MAX_OBJECT: usize = 64 * 1024;

/// What Pinterest says of a refusal.
pub(super) struct ErrorObject {
    /// Pinterest's own number, which says more than the HTTP status.
    pub(super) code: i64,
    /// In words, where there are any.
    pub(super) message: Option<String>,
    /// Whether it has `"status": "failure"`, as only Pinterest's have.
    pub(super) says_failure: bool,
}

impl ErrorObject {
    /// Reads a body; `None` if it is something else. A code may be a text or a float, as numbers in
    /// other answers have been; one without a message counts if it says `"status": "failure"`.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        if body.len() > MAX_OBJECT {
            return None;
        }
        let text = Text::of(body);
        let mut fields = JsonObject::parse(text.as_str()).ok()?;
        let code = fields.take_integer("code")?;
        let message = fields.take_text("message");
        let says_failure = fields
            .take_text("status")
            .is_some_and(|status| status == "failure");
        (message.is_some() || says_failure).then_some(Self {
            code,
            message,
            says_failure,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorObject;

    #[test]
    fn the_object_is_read_openly() {
        for (body, code, message) in [
            (r#"{"code":283,"message":"m"}"#, 283, Some("m")),
            (r#"{"code":"283","message":"m"}"#, 283, Some("m")),
            (r#"{"code":283.0,"message":"m"}"#, 283, Some("m")),
            ("\u{feff}{\"code\":283,\"message\":\"m\"}\0", 283, Some("m")),
            (
                r#"{"status":"failure","code":7,"message":"","data":{"a":[1]}}"#,
                7,
                Some(""),
            ),
            (r#"{"status":"failure","code":7,"message":null}"#, 7, None),
            (r#"{"code":1,"message":"m","x":NaN}"#, 1, Some("m")),
        ] {
            let object = ErrorObject::read(body.as_bytes()).expect(body);
            assert_eq!(
                (object.code, object.message.as_deref()),
                (code, message),
                "{body}"
            );
            assert_eq!(object.says_failure, body.contains("failure"), "{body}");
        }
        for body in [
            "",
            "<html>",
            "[]",
            r#"{"code":283}"#,
            r#"{"message":"m"}"#,
            r#"{"code":"no","message":"m"}"#,
            r#"{"code":null,"message":"m"}"#,
            r#"{"code":1,"message":["m"]}"#,
            r#"{"code":1,"message":"m"#,
            r#"{"error":"invalid_grant"}"#,
        ] {
            assert!(ErrorObject::read(body.as_bytes()).is_none(), "{body}");
        }
        let large = format!(r#"{{"code":1,"message":"{}"}}"#, "m".repeat(super::MAX_OBJECT));
        assert!(ErrorObject::read(large.as_bytes()).is_none());
    }
}
