//! What is asked for: one of Pinterest's OAuth operations with its fields, or any other request.

use pinterest_sdk::operations::Checks;
use pinterest_sdk::{
    ApiClient, ApiRequest, Auth, CallOptions, Error, OauthAccessTokenRequest as Request, OauthApi,
    OperationCall, Part, PendingAuthorization, Secret, TokenRequestFields, TokenRevocationRequest,
    TokenTypeHint,
};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::answer::{Answer, failed};
use crate::authorize::Pending;
use crate::headers::secret_values;

/// A call that has not been made yet.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct Call(Operation);

#[derive(Clone)]
enum Operation {
    Token(Request),
    Revocation(TokenRevocationRequest),
    ConversionToken,
    Completion(PendingAuthorization, Secret),
    /// With headers in the place of the client's, where it has some.
    Any(ApiRequest, Option<Vec<(String, Secret)>>),
}

/// A part of a form: its name, that of its file, its type and its bytes.
type PartFields = (String, Option<String>, Option<String>, Vec<u8>);

#[pymethods]
impl Call {
    /// `POST /oauth/token`. Only the fields that are given are sent.
    #[staticmethod]
    fn oauth_token(
        grant_type: String,
        code: Option<String>,
        redirect_uri: Option<String>,
        refresh_token: Option<String>,
        scope: Option<String>,
        continuous_refresh: bool,
        refresh_on: bool,
    ) -> Self {
        let fields = TokenRequestFields {
            grant_type,
            code: code.map(Secret::from),
            redirect_uri,
            refresh_token: refresh_token.map(Secret::from),
            scope,
            continuous_refresh,
            refresh_on,
        };
        Self(Operation::Token(fields.into()))
    }

    /// `POST /oauth/token/revoke`. `ValueError` for a hint that Pinterest does not know.
    #[staticmethod]
    fn revoke_token(token: String, token_type_hint: Option<&str>) -> PyResult<Self> {
        let mut request = TokenRevocationRequest::new(token);
        if let Some(name) = token_type_hint {
            let hint = TokenTypeHint::of_name(name);
            let hint = hint.ok_or_else(|| PyValueError::new_err("no such token_type_hint"))?;
            request = request.with_token_type_hint(hint);
        }
        Ok(Self(Operation::Revocation(request)))
    }

    /// `POST /oauth/conversion_token`.
    #[staticmethod]
    fn conversion_token() -> Self {
        Self(Operation::ConversionToken)
    }

    /// The check of an authorization's callback, then `POST /oauth/token` with its code.
    #[staticmethod]
    fn completion(pending: &Pending, callback: String) -> Self {
        Self(Operation::Completion(pending.0.clone(), callback.into()))
    }

    /// The form that an operation sends, a secret among its values; empty where there is none.
    fn form(&self) -> Vec<(&'static str, String)> {
        let fields = match &self.0 {
            Operation::Token(request) => request.fields(),
            Operation::Revocation(request) => request.fields(),
            Operation::ConversionToken | Operation::Completion(..) | Operation::Any(..) => Vec::new(),
        };
        let owned = |(name, value): (_, &str)| (name, value.to_owned());
        fields.into_iter().map(owned).collect()
    }

    /// One of Pinterest's operations by its name, checked as far as the core knows what it takes: more with the
    /// checks `strict`, not at all with `off`. The arguments and the body are JSON.
    #[staticmethod]
    fn operation(name: &str, arguments: &str, body: Option<&str>, checks: Option<&str>) -> PyResult<Self> {
        let checks = checks.and_then(Checks::of_name).unwrap_or_default();
        let call = OperationCall::new(name).and_then(|call| call.with_json_arguments(arguments));
        let call = match body {
            Some(body) => call.and_then(|call| call.with_json_body(body.to_owned())),
            None => call,
        };
        let request = call.and_then(|call| call.with_checks(checks).request());
        Ok(Self(Operation::Any(request.map_err(failed)?, None)))
    }

    /// The path of a request, with its query; empty for the others.
    fn target(&self) -> String {
        match &self.0 {
            Operation::Any(request, _) => request.target(),
            _ => String::new(),
        }
    }

    /// Any request, with headers in the place of the client's. `auth` is `basic`, `bearer` or
    /// `None`; `path` may have a query. `parts` is a form with files: of each its name, that of its
    /// file, its type and its bytes.
    #[staticmethod]
    fn request(
        method: String,
        path: String,
        headers: Vec<(String, String)>,
        content: Option<(String, Vec<u8>)>,
        auth: Option<&str>,
        parts: Option<Vec<PartFields>>,
    ) -> Self {
        let request = ApiRequest::new(method, path).with_auth(match auth {
            Some("basic") => Auth::Basic,
            Some(_) => Auth::Bearer,
            None => Auth::None,
        });
        let with_content = |request: ApiRequest, (kind, bytes)| request.with_content(kind, bytes);
        let request = content.into_iter().fold(request, with_content);
        let with_parts = |request: ApiRequest, parts: Vec<_>| {
            request.with_multipart(parts.into_iter().map(part).collect())
        };
        let request = parts.into_iter().fold(request, with_parts);
        Self(Operation::Any(request, Some(secret_values(headers))))
    }
}

fn part((name, file_name, content_type, bytes): PartFields) -> Part {
    let part = Part::new(name, bytes);
    let part = file_name.into_iter().fold(part, Part::with_file_name);
    content_type.into_iter().fold(part, Part::with_content_type)
}

impl From<Request> for Call {
    fn from(request: Request) -> Self {
        Self(Operation::Token(request))
    }
}

impl Call {
    /// Makes the call; the future owns all that it needs.
    pub(crate) fn make(
        &self,
        client: ApiClient,
        mut options: CallOptions,
    ) -> impl Future<Output = Result<Answer, Error>> + Send + use<> {
        let operation = self.0.clone();
        async move {
            let api = OauthApi::new(client.clone());
            Ok(match operation {
                Operation::Token(request) => {
                    Answer::token(api.oauth_token_with_http_info(request, &options).await?)
                }
                Operation::Revocation(request) => {
                    Answer::empty(api.revoke_token_with_http_info(request, &options).await?)
                }
                Operation::ConversionToken => {
                    Answer::conversion_token(api.conversion_token_with_http_info(&options).await?)
                }
                Operation::Completion(pending, callback) => {
                    let callback = callback.expose();
                    Answer::token(
                        pending
                            .complete_with_http_info(&client, callback, &options)
                            .await?,
                    )
                }
                Operation::Any(request, headers) => {
                    options.headers = headers.unwrap_or(options.headers);
                    Answer::empty(client.request_any(request, &options).await?)
                }
            })
        }
    }
}
