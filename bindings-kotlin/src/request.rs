//! A request to any endpoint, and what one call does differently, in the shapes that cross the border.

use std::fmt;
use std::time::Duration;

use pinterest_sdk::{ApiRequest, Auth, CallOptions, Part, Secret};

use crate::models::NativeField;

/// A request to any endpoint, with JSON or a form or neither.
#[derive(Debug, uniffi::Record)]
pub struct NativeRequest {
    pub method: String,
    pub path: Secret,
    pub query: Vec<NativeField>,
    pub json: Option<Secret>,
    pub form: Option<Vec<NativeField>>,
    /// Bytes of any type, and the parts of a form with files.
    pub content: Option<NativeContent>,
    pub parts: Option<Vec<NativePart>>,
    pub auth: NativeAuth,
    /// Whether anything but JSON is an answer too.
    pub of_any_type: bool,
}

/// Bytes and their type.
#[derive(uniffi::Record)]
pub struct NativeContent {
    pub content_type: String,
    pub bytes: Vec<u8>,
}

/// The bytes are left out.
impl fmt::Debug for NativeContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeContent")
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

/// A field of a form with files, or a file, which has a name.
#[derive(uniffi::Record)]
pub struct NativePart {
    pub name: String,
    pub file_name: Option<String>,
    pub content_type: Option<String>,
    pub bytes: Vec<u8>,
}

/// The bytes are left out.
impl fmt::Debug for NativePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativePart")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl From<NativePart> for Part {
    fn from(given: NativePart) -> Self {
        let part = Self::new(given.name, given.bytes);
        let part = given.file_name.into_iter().fold(part, Self::with_file_name);
        given.content_type.into_iter().fold(part, Self::with_content_type)
    }
}

/// What one call does differently.
#[derive(Debug, uniffi::Record)]
pub struct NativeOptions {
    /// Nanoseconds.
    pub timeout: Option<u64>,
    /// Nanoseconds.
    pub connect_timeout: Option<u64>,
    pub headers: Vec<NativeField>,
}

impl From<NativeOptions> for CallOptions {
    fn from(given: NativeOptions) -> Self {
        let mut options = Self::default();
        options.timeout = given.timeout.map(Duration::from_nanos);
        options.connect_timeout = given.connect_timeout.map(Duration::from_nanos);
        let pair = |field: NativeField| (field.name, field.value);
        options.headers = given.headers.into_iter().map(pair).collect();
        options
    }
}

/// Which credential a request carries.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum NativeAuth {
    None,
    Basic,
    Bearer,
}

impl From<NativeRequest> for ApiRequest {
    fn from(fields: NativeRequest) -> Self {
        let mut request = Self::new(fields.method, fields.path.expose()).with_auth(match fields.auth {
            NativeAuth::None => Auth::None,
            NativeAuth::Basic => Auth::Basic,
            NativeAuth::Bearer => Auth::Bearer,
        });
        for NativeField { name, value } in fields.query {
            request = request.with_query(name, value.expose());
        }
        if let Some(json) = fields.json {
            request = request.with_content("application/json", json.expose());
        }
        if let Some(content) = fields.content {
            request = request.with_content(content.content_type, content.bytes);
        }
        if let Some(parts) = fields.parts {
            request = request.with_multipart(parts.into_iter().map(Part::from).collect());
        }
        if let Some(form) = fields.form {
            let pair = |field: NativeField| (field.name, field.value.expose().to_owned());
            request = request.with_form(form.into_iter().map(pair).collect());
        }
        request
    }
}
