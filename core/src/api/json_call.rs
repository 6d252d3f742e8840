//! A call whose arguments are JSON text, as faces in other languages have them.

use serde_json::Value;

use super::any_operation::OperationCall;
use crate::error::Error;
use crate::operations::read_given;

impl OperationCall {
    /// With the arguments for path and query that an object in JSON holds.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for what is no object in JSON.
    pub fn with_json_arguments(self, json: &str) -> Result<Self, Error> {
        let Value::Object(arguments) = read_given("the arguments of the call", json)? else {
            let why = "the arguments of the call are not an object in JSON";
            return Err(Error::invalid_input(why).with_hint("nothing was sent"));
        };
        let with = |call: Self, (name, value): (String, Value)| call.with(name, value);
        Ok(arguments.into_iter().fold(self, with))
    }

    /// With a body in JSON, which is sent as it is given.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for what is no JSON, or is nested more than 127 levels deep.
    pub fn with_json_body(self, json: String) -> Result<Self, Error> {
        let body = read_given("the body of the call", &json)?;
        Ok(self.with_written_body(body, json))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(name: &str) -> OperationCall {
        let Ok(call) = OperationCall::new(name) else {
            panic!("{name}")
        };
        call
    }

    #[test]
    fn arguments_and_bodies_are_read_and_bodies_kept_as_they_are() {
        let listed = call("boards/list").with_json_arguments(r#"{"page_size": 5, "bookmark": null}"#);
        let target = listed.and_then(|call| Ok(call.request()?.target()));
        assert_eq!(target.ok().as_deref(), Some("/boards?page_size=5"));
        // As a language writes it that has one kind of numbers, or another.
        let whole = call("boards/list").with_json_arguments(r#"{"page_size": 5.0}"#);
        let target = whole.and_then(|call| Ok(call.request()?.target()));
        assert_eq!(target.ok().as_deref(), Some("/boards?page_size=5"));
        let long = |number: &str| {
            let call = call("boards/list").with_json_arguments(&format!(r#"{{"privacy": {number}}}"#));
            let target = call.and_then(|call| Ok(call.request()?.target()));
            target.map_err(|error| error.message().to_owned())
        };
        assert_eq!(
            long("18446744073709551615"),
            Ok("/boards?privacy=18446744073709551615".into())
        );
        assert_eq!(long("1e3"), Ok("/boards?privacy=1000".into()));
        for lost in ["18446744073709551616", "-9223372036854775809", "1e16"] {
            let said = "`privacy` of boards/list has more digits than a number keeps: give a text";
            assert_eq!(long(lost), Err(said.into()));
        }
        let text = r#"{ "name": "b", "description": 1.0, "a": 1 }"#.to_owned();
        let made = call("boards/create")
            .with_checks(crate::operations::Checks::Off)
            .with_json_body(text.clone());
        let sent = made.and_then(|call| call.request());
        assert!(sent.is_ok_and(|request| request.json() == Some(text.as_bytes())));
    }

    #[test]
    fn what_is_no_json_is_refused_in_words_without_it() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        for (body, said) in [
            ("{canary", "the body of the call is not JSON (line 1, column 2)"),
            (
                "\"\\ud800\"",
                "the body of the call holds half of a character (a lone surrogate), which cannot be sent",
            ),
            (
                "\"\\ud800x\"",
                "the body of the call holds half of a character (a lone surrogate), which cannot be sent",
            ),
            (
                "[1e400]",
                "the body of the call holds a number that is too large, which cannot be sent",
            ),
            (
                &deep,
                "the body of the call is nested more than 127 levels deep, which cannot be sent",
            ),
        ] {
            let error = call("boards/create").with_json_body(body.to_owned()).err();
            assert_eq!(
                error.map(|error| error.message().to_owned()).as_deref(),
                Some(said)
            );
        }
        let error = call("boards/list").with_json_arguments("[]").err();
        let said = error.map(|error| error.message().to_owned());
        assert_eq!(
            said.as_deref(),
            Some("the arguments of the call are not an object in JSON")
        );
    }
}
