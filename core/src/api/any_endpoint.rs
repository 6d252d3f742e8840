//! Any endpoint of the API, for what has no operation of its own here.

use std::fmt;

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::form_urlencoded;
use zeroize::Zeroizing;

use crate::api::hint;
use crate::client::{ApiClient, ApiResponse, Auth, Call, CallOptions};
use crate::error::Error;
use crate::multipart::{self, Part};
use crate::operations::Operation;
use crate::redaction::Redactor;
use crate::refusal::Reader;
use crate::request_body::RequestBody;
use crate::secret::Secret;
use crate::transport::Answer;

/// What stays as it is in a path and in a query (RFC 3986 section 2.3). A space is `%20` in both; `+` is one in forms only.
pub(super) const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The type of a form.
const FORM: &str = "application/x-www-form-urlencoded";
/// The type of JSON.
pub(super) const JSON: &str = "application/json";

/// A request to any path under the configured host.
#[derive(Clone)]
pub struct ApiRequest {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    content: Content,
    auth: Auth,
    freely: bool,
    operation: Option<&'static str>,
    category: Option<&'static str>,
}

#[derive(Clone)]
enum Content {
    Empty,
    Form(Vec<(String, Secret)>),
    Multipart(Vec<Part>),
    Other { content_type: String, bytes: Vec<u8> },
}

impl ApiRequest {
    /// A request with the configuration's access token. `path` starts with a slash and is added to
    /// the configured host: `/user_account`.
    pub fn new(method: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            path: path.into(),
            query: Vec::new(),
            content: Content::Empty,
            auth: Auth::Bearer,
            freely: false,
            operation: None,
            category: None,
        }
    }

    /// The operation that it calls, if Pinterest has one there.
    fn as_operation(&self) -> Option<Operation> {
        match self.operation {
            Some(name) => Operation::find(name),
            None => Operation::of_request(&self.method, &self.path),
        }
    }

    /// Calls an operation of the table, and is counted in a category of Pinterest's limits.
    pub(crate) fn calling(mut self, operation: &'static str, category: &'static str) -> Self {
        self.operation = Some(operation);
        self.category = Some(category);
        self
    }

    /// May be made again whatever became of it, as often as the configuration allows.
    pub(crate) fn repeated_freely(mut self, freely: bool) -> Self {
        self.freely = freely;
        self
    }

    /// The credential that it carries.
    #[cfg(feature = "store")]
    pub(crate) fn auth(&self) -> Auth {
        self.auth
    }

    /// `GET`s a path.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new("GET", path)
    }

    /// Adds a query parameter; it is percent-encoded.
    #[must_use]
    pub fn with_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Sends JSON: a [`serde_json::Value`] or anything else that serde can write.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for what JSON cannot hold, such as a map whose keys are no texts.
    pub fn with_json(self, json: &(impl Serialize + ?Sized)) -> Result<Self, Error> {
        let bytes = serde_json::to_vec(json)
            .map_err(|_| Error::invalid_input("the request's body cannot be written as JSON"))?;
        Ok(self.with_content(JSON, bytes))
    }

    /// Sends a form, by name and value.
    #[must_use]
    pub fn with_form(mut self, fields: Vec<(String, String)>) -> Self {
        let fields = fields.into_iter().map(|(name, value)| (name, value.into()));
        self.content = Content::Form(fields.collect());
        self
    }

    /// Sends a form with files, in `multipart/form-data`.
    #[must_use]
    pub fn with_multipart(mut self, parts: Vec<Part>) -> Self {
        self.content = Content::Multipart(parts);
        self
    }

    /// Sends bytes of any type.
    #[must_use]
    pub fn with_content(mut self, content_type: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.content = Content::Other {
            content_type: content_type.into(),
            bytes: bytes.into(),
        };
        self
    }

    /// Carries another credential than the access token.
    #[must_use]
    pub fn with_auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// The HTTP method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Whether its method only reads (RFC 9110 section 9.2.1).
    pub fn is_safe(&self) -> bool {
        Method::from_bytes(self.method.as_bytes()).is_ok_and(|method| method.is_safe())
    }

    /// The path below the host, with its query: what may hold a secret if one was put there.
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let encoded = |text| utf8_percent_encode(text, UNRESERVED);
        let pairs = self.query.iter();
        let pairs = pairs.map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        let query = pairs.collect::<Vec<String>>().join("&");
        let separator = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{separator}{query}", self.path)
    }

    /// The first value that its query has under a name.
    pub fn query_value(&self, name: &str) -> Option<String> {
        let target = self.target();
        let (_, query) = target.split_once('?')?;
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The JSON that it carries.
    pub(super) fn json(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Other { content_type, bytes } if content_type == JSON => Some(bytes),
            _ => None,
        }
    }

    /// What it carries under a name that says that it is secret. In content of another type than a form
    /// or JSON nothing has a name.
    fn hide_secrets(&self, redactor: &mut Redactor) {
        let target = self.target();
        if let Some((_, query)) = target.split_once('?') {
            hide_form(query.as_bytes(), redactor);
        }
        match &self.content {
            Content::Empty => {}
            Content::Form(fields) => {
                for (name, value) in fields {
                    redactor.hide_field(name, value.expose());
                }
            }
            Content::Multipart(parts) => parts.iter().for_each(|part| part.hide(redactor)),
            Content::Other { content_type, bytes } if content_type.starts_with(FORM) => {
                hide_form(bytes, redactor);
            }
            Content::Other { bytes, .. } => {
                if let Ok(json) = serde_json::from_slice(bytes) {
                    hide_json("", &json, redactor);
                }
            }
        }
    }
}

fn hide_form(encoded: &[u8], redactor: &mut Redactor) {
    for (name, value) in form_urlencoded::parse(encoded) {
        redactor.hide_field(&name, &value);
    }
}

/// An item of a list has the list's name.
fn hide_json(name: &str, value: &Value, redactor: &mut Redactor) {
    match value {
        Value::String(text) => redactor.hide_field(name, text),
        Value::Array(items) => items.iter().for_each(|item| hide_json(name, item, redactor)),
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, value)| hide_json(name, value, redactor)),
        _ => {}
    }
}

/// Shows where it goes and what kind of thing it carries; a value may be a code or a token.
impl fmt::Debug for ApiRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A path may be given with a query.
        let path = self.path.split(['?', '#']).next().unwrap_or_default();
        f.debug_struct("ApiRequest")
            .field("method", &self.method)
            .field("path", &path)
            .field("query", &Names(&self.query))
            .field("content", &self.content)
            .field("auth", &self.auth)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Form(fields) => f.debug_tuple("Form").field(&Names(fields)).finish(),
            Self::Multipart(parts) => f.debug_tuple("Multipart").field(parts).finish(),
            Self::Other { content_type, bytes } => f
                .debug_struct("Other")
                .field("content_type", content_type)
                .field("length", &bytes.len())
                .finish(),
        }
    }
}

/// The names of values that are not shown.
struct Names<'a, T>(&'a [(String, T)]);

impl<T> fmt::Debug for Names<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

impl ApiClient {
    /// Makes a request to any endpoint and reads its JSON as any type that serde can read: one of
    /// the caller's own, or [`serde_json::Value`]. An empty answer reads as `null`.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind); any status but 2xx is one. `Protocol` for an answer that
    /// is no JSON or does not fit the type.
    pub async fn request<T: DeserializeOwned>(
        &self,
        request: ApiRequest,
        options: &CallOptions,
    ) -> Result<ApiResponse<T>, Error> {
        let answer = self.ask(&request, options).await?;
        let data = self
            .any_reader(&request, options)
            .read_any(&answer)
            .map_err(|error| {
                hint::for_request(error, || request.as_operation(), request.auth, self.party())
            })?;
        Ok(ApiResponse::new(answer, data))
    }

    /// Makes a request to any endpoint whose answer may be of any type; its bytes are in the
    /// answer's `body`.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind); any status but 2xx is one.
    pub async fn request_any(
        &self,
        request: ApiRequest,
        options: &CallOptions,
    ) -> Result<ApiResponse<()>, Error> {
        let answer = self.ask(&request, options).await?;
        self.any_reader(&request, options)
            .refuse_by_status(&answer)
            .map_err(|error| {
                hint::for_request(error, || request.as_operation(), request.auth, self.party())
            })?;
        Ok(ApiResponse::new(answer, ()))
    }

    async fn ask(&self, request: &ApiRequest, options: &CallOptions) -> Result<Answer, Error> {
        let method = Method::from_bytes(request.method.as_bytes())
            .map_err(|_| Error::invalid_input("`method` is not an HTTP method"))?;
        let fields: Vec<(&str, &str)>;
        let form: (String, Zeroizing<Vec<u8>>);
        let body = match &request.content {
            Content::Empty => RequestBody::Empty,
            Content::Form(form) => {
                fields = form
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.expose()))
                    .collect();
                RequestBody::Form(&fields)
            }
            Content::Multipart(parts) => {
                form = multipart::encode(parts)?;
                RequestBody::Content {
                    content_type: &form.0,
                    bytes: &form.1,
                }
            }
            Content::Other { content_type, bytes } => RequestBody::Content { content_type, bytes },
        };
        let redactor = || self.request_redactor(request, options);
        let call = Call {
            method,
            path: &request.target(),
            auth: request.auth,
            body,
            options,
            freely: request.freely,
            category: request.category,
            max_answer: None,
        };
        self.exchange(call, redactor).await
    }

    fn any_reader<'a>(
        &'a self,
        request: &'a ApiRequest,
        options: &'a CallOptions,
    ) -> Reader<'a, impl Fn() -> Redactor + 'a> {
        Reader {
            origin: self.origin(),
            redactor: || self.request_redactor(request, options),
        }
    }

    fn request_redactor(&self, request: &ApiRequest, options: &CallOptions) -> Redactor {
        let mut redactor = self.redactor(options);
        request.hide_secrets(&mut redactor);
        redactor
    }
}

#[cfg(test)]
mod tests {
    use super::ApiRequest;

    #[test]
    fn a_query_is_written_as_a_path_is() {
        let request = ApiRequest::get("/boards")
            .with_query("a b", "c+d~é&")
            .with_query("e[f]", "g,h");
        assert_eq!(request.target(), "/boards?a%20b=c%2Bd~%C3%A9%26&e%5Bf%5D=g%2Ch");
        assert_eq!(request.query_value("a b").as_deref(), Some("c+d~é&"));
        assert_eq!(ApiRequest::get("/boards").query_value("a"), None);
        assert_eq!(
            ApiRequest::get("/x?y=1").with_query("z", "").target(),
            "/x?y=1&z="
        );
    }
}
