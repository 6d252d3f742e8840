//! The tools: those that find, describe and call any operation, or one for each operation that was asked for.

use std::fmt::Write as _;

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Map, Value, json};

use super::choice::{Choice, Leave, is_of};
use crate::failure::Failure;
use crate::schema::{self, BODY, PAGES};
use pinterest_sdk::OperationCall;
use pinterest_sdk::operations::{Credential, Operation};

const LIST: &str = "list_operations";
const DESCRIBE: &str = "describe_operation";
const CALL: &str = "call_operation";
const WRITE: &str = "write_operation";

/// The tools of a server.
pub(super) struct Toolbox {
    pub(super) choice: Choice,
    /// How many pages a call may ask for.
    pub(super) most_pages: u32,
}

/// What the use of a tool comes to.
pub(super) enum Use {
    /// What is known here.
    Told(String),
    /// A call that Pinterest is asked for, and how many pages of it.
    Call(Box<OperationCall>, u32),
}

impl Toolbox {
    /// Every tool.
    pub(super) fn list(&self) -> Vec<Tool> {
        let Some(names) = &self.choice.tools else {
            let mut tools = vec![
                listing(),
                describing(),
                calling(CALL, "Calls an operation that reads", true),
            ];
            if self.choice.writes() {
                tools.push(calling(WRITE, "Calls an operation that changes something", false));
            }
            return tools;
        };
        let chosen = Operation::all().filter(|one| names.contains(one.name));
        chosen.map(|one| self.tool(&one)).collect()
    }

    /// What a tool is used for; none if there is no such tool.
    pub(super) fn find(&self, tool: &str, arguments: JsonObject) -> Option<Result<Use, Failure>> {
        if let Some(names) = &self.choice.tools {
            let operation = Operation::find(tool).filter(|one| names.contains(one.name))?;
            return Some(self.call(operation, arguments, "the tool's schema says what it takes"));
        }
        match tool {
            LIST => Some(self.tell_list(arguments)),
            DESCRIBE => Some(self.tell_about(arguments)),
            CALL => Some(self.call_any(arguments, Leave::Reads)),
            WRITE if self.choice.writes() => Some(self.call_any(arguments, Leave::Writes)),
            _ => None,
        }
    }

    /// The tool of one operation.
    fn tool(&self, operation: &Operation) -> Tool {
        let schema = schema::arguments(operation, Some(self.most_pages));
        Tool::new(operation.method_name(), described(operation), schema)
            .with_title(format!("{} {}", operation.method, operation.path))
            .with_annotations(annotations(operation.is_safe()).idempotent(operation.method != "POST"))
    }

    fn tell_list(&self, arguments: JsonObject) -> Result<Use, Failure> {
        let [group, words] = texts(LIST, arguments, ["group", "words"])?;
        let words = words.unwrap_or_default().to_lowercase();
        let mut lines = String::new();
        for one in Operation::all() {
            let text = format!("{} {} {}", one.name, one.path, one.tag);
            let fits = words.split_whitespace().all(|word| text.contains(word));
            if !fits || group.as_ref().is_some_and(|group| !is_of(&one, group)) {
                continue;
            }
            let mark = match self.choice.leave(&one) {
                Leave::Reads => "",
                Leave::Writes => "  (changes)",
                Leave::Denied | Leave::Never => "  (not allowed)",
            };
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{}  {} {}{mark}", one.name, one.method, one.path);
        }
        if lines.is_empty() {
            return Err(Failure::usage(
                "no operation is so",
                "leave `group` and `words` out to see them all",
            ));
        }
        Ok(Use::Told(lines))
    }

    fn tell_about(&self, arguments: JsonObject) -> Result<Use, Failure> {
        let [name] = texts(DESCRIBE, arguments, ["operation"])?;
        let one = operation(name.as_deref())?;
        let leave = self.choice.leave(&one);
        let told = json!({
            "operation": one.name,
            "description": described(&one),
            "call_with": match leave {
                Leave::Reads => Value::from(CALL),
                Leave::Writes => Value::from(WRITE),
                Leave::Denied | Leave::Never => Value::Null,
            },
            "not_allowed": refused(&one, leave).err().map(|failure| failure.to_string()),
            "rate_category": one.rate,
            "arguments": schema::arguments(&one, Some(self.most_pages)),
        });
        Ok(Use::Told(told.to_string()))
    }

    fn call_any(&self, mut arguments: JsonObject, of: Leave) -> Result<Use, Failure> {
        let inner = match arguments.remove("arguments") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(inner)) => inner,
            Some(_) => {
                return Err(Failure::usage("`arguments` is no object", "nothing was sent"));
            }
        };
        let tool = if of == Leave::Reads { CALL } else { WRITE };
        let [name] = texts(tool, arguments, ["operation"])?;
        let operation = operation(name.as_deref())?;
        match refused(&operation, self.choice.leave(&operation))? {
            leave if leave == of => {}
            Leave::Writes => {
                return Err(Failure::usage(
                    format!("{} changes something", operation.name),
                    format!("call it with {WRITE}; nothing was sent"),
                ));
            }
            _ => {
                return Err(Failure::usage(
                    format!("{} only reads", operation.name),
                    format!("call it with {CALL}; nothing was sent"),
                ));
            }
        }
        self.call(operation, inner, "`describe_operation` says what it takes")
    }

    /// The call, if its arguments fit.
    fn call(&self, operation: Operation, arguments: JsonObject, advice: &str) -> Result<Use, Failure> {
        let (has_pages, has_body) = (operation.has_pages(), operation.body.is_some());
        let mut call = OperationCall::of(operation);
        let mut pages = 1;
        for (name, value) in arguments {
            match name.as_str() {
                PAGES if has_pages => pages = self.counted(&value)?,
                BODY if value.is_null() => {}
                BODY => call = call.with_body(&value)?,
                _ => call = call.with(name, value),
            }
        }
        match call.request() {
            Ok(_) => Ok(Use::Call(Box::new(call), pages)),
            Err(error) => {
                let body = if has_body {
                    "; what is sent is given in `body`"
                } else {
                    ""
                };
                let advice = format!("{advice}{body}");
                Err(Failure::Advised { error, advice })
            }
        }
    }

    fn counted(&self, value: &Value) -> Result<u32, Failure> {
        let count = match value {
            Value::Null => Some(1),
            // To JSON Schema 2.0 is as whole as 2.
            value => (1..=self.most_pages).find(|count| value.as_f64() == Some(f64::from(*count))),
        };
        count.ok_or_else(|| {
            let what = format!("`{PAGES}` is no whole number from 1 to {}", self.most_pages);
            Failure::usage(what, "nothing was sent; the last page's bookmark leads on")
        })
    }
}

/// The operation of a name that was given.
fn operation(name: Option<&str>) -> Result<Operation, Failure> {
    let Some(name) = name else {
        return Err(Failure::usage(
            "`operation` is missing",
            format!("{LIST} says which there are; nothing was sent"),
        ));
    };
    let call = OperationCall::new(name).map_err(|error| Failure::Advised {
        error,
        advice: format!("{LIST} says which there are"),
    })?;
    Ok(call.operation().clone())
}

/// Why an operation cannot be called, if it cannot.
fn refused(operation: &Operation, leave: Leave) -> Result<Leave, Failure> {
    let name = operation.name;
    match leave {
        Leave::Reads | Leave::Writes => Ok(leave),
        Leave::Denied => Err(Failure::usage(
            format!("{name} changes something, and this server may not"),
            format!("whoever starts it can allow it: pinterest mcp --write {name}; nothing was sent"),
        )),
        Leave::Never => Err(Failure::usage(
            format!("{name} is about tokens, which this server gives to nobody"),
            "`pinterest login`, `token`, `revoke` and `conversion-token` are for that; nothing was sent",
        )),
    }
}

/// The arguments of these names, which are texts and all that there are.
fn texts<const N: usize>(
    tool: &str,
    mut arguments: JsonObject,
    names: [&str; N],
) -> Result<[Option<String>; N], Failure> {
    let mut found = [const { None }; N];
    for (place, name) in found.iter_mut().zip(names) {
        *place = match arguments.remove(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(_) => return Err(Failure::usage(format!("`{name}` is no text"), "nothing was sent")),
        };
    }
    if arguments.is_empty() {
        return Ok(found);
    }
    let what = format!("{tool} takes {} and nothing else", names.join(", "));
    Err(Failure::usage(what, "its schema says so; nothing was sent"))
}

fn listing() -> Tool {
    let group = json!({"type": "string", "description": "Only those of this group, such as boards"});
    let words = json!({"type": "string", "description": "Only those whose name, path or group has all of these words"});
    let about = format!(
        "Lists the operations of Pinterest's API {}, a line each: name, method and path",
        Operation::version()
    );
    Tool::new(LIST, about, input([("group", group), ("words", words)], &[]))
        .with_annotations(annotations(true).open_world(false))
}

fn describing() -> Tool {
    let about = "Says what an operation does and takes: the JSON Schema of its arguments";
    Tool::new(DESCRIBE, about, input([("operation", named())], &["operation"]))
        .with_annotations(annotations(true).open_world(false))
}

fn calling(name: &'static str, about: &str, reads: bool) -> Tool {
    let arguments = json!({
        "type": "object",
        "description": format!("What {DESCRIBE} says that it takes; what is sent is in `{BODY}`"),
    });
    let about = format!(
        "{about} at Pinterest. The answer is JSON as it came; pages have the bookmark of the next one"
    );
    let properties = [("operation", named()), ("arguments", arguments)];
    Tool::new(name, about, input(properties, &["operation"])).with_annotations(annotations(reads))
}

fn named() -> Value {
    json!({"type": "string", "description": "Its name, such as boards/list"})
}

fn input<const N: usize>(properties: [(&str, Value); N], required: &[&str]) -> JsonObject {
    let properties = properties
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema));
    let mut schema = schema::object(properties.collect(), required);
    schema.insert("additionalProperties".to_owned(), false.into());
    schema
}

fn annotations(reads: bool) -> ToolAnnotations {
    let annotations = ToolAnnotations::new().read_only(reads).open_world(true);
    if reads {
        annotations
    } else {
        annotations.destructive(true)
    }
}

/// What the table says of an operation, in words.
fn described(operation: &Operation) -> String {
    let does = if operation.is_safe() { "Reads" } else { "Changes" };
    let mut text = format!(
        "{} {}. {does}; group {}.",
        operation.method, operation.path, operation.tag
    );
    let scopes = operation
        .credentials
        .iter()
        .find_map(|credential| match credential {
            Credential::User(scopes) | Credential::App(scopes) => Some(scopes.join(", ")),
            _ => None,
        });
    if let Some(scopes) = scopes.filter(|scopes| !scopes.is_empty()) {
        text = text + " Needs " + &scopes + ".";
    }
    if operation.has_pages() {
        text.push_str(" Answers in pages.");
    }
    if !operation.in_sandbox {
        text.push_str(" Not in Pinterest's sandbox.");
    }
    if operation.is_deprecated {
        text.push_str(" Pinterest advises against it.");
    }
    text
}
