//! Forms with files: `multipart/form-data` (RFC 7578).

use std::fmt;

use http::HeaderValue;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::random;
use crate::redaction::Redactor;

/// Bytes of a boundary's random part: no content has it by chance.
const BOUNDARY_BYTES: usize = 18;

/// A field of a form with files, or a file.
#[derive(Clone)]
pub struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    bytes: Zeroizing<Vec<u8>>,
}

impl Part {
    /// A field of that name, which holds a text or bytes.
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            file_name: None,
            content_type: None,
            bytes: Zeroizing::new(content.into()),
        }
    }

    /// A file, as which servers take only what has a name.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The content's type, such as `image/png`; it is sent only where one is set.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Hides the field, if its name says that it is secret.
    pub(crate) fn hide(&self, redactor: &mut Redactor) {
        if let (None, Ok(text)) = (&self.file_name, std::str::from_utf8(&self.bytes)) {
            redactor.hide_field(&self.name, text);
        }
    }

    fn write(&self, boundary: &str, form: &mut Vec<u8>) -> Result<(), Error> {
        let name = quoted(&self.name);
        let file_name = self.file_name.as_deref().map(quoted);
        let start = "\r\nContent-Disposition: form-data; name=\"";
        let mut head = vec!["--", boundary, start, &name, "\""];
        if let Some(file_name) = &file_name {
            head.extend(["; filename=\"", file_name, "\""]);
        }
        if let Some(content_type) = &self.content_type {
            if HeaderValue::from_str(content_type).is_err() {
                return Err(Error::invalid_input(format!(
                    "the content type of the part `{name}` holds a control character"
                )));
            }
            head.extend(["\r\nContent-Type: ", content_type]);
        }
        head.push("\r\n\r\n");
        for text in head {
            form.extend_from_slice(text.as_bytes());
        }
        form.extend_from_slice(&self.bytes);
        form.extend_from_slice(b"\r\n");
        Ok(())
    }
}

/// The content is left out.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("length", &self.bytes.len())
            .finish()
    }
}

/// The form's content type and its bytes.
///
/// # Errors
///
/// `InvalidInput` for a content type that could break out of its line.
pub(crate) fn encode(parts: &[Part]) -> Result<(String, Zeroizing<Vec<u8>>), Error> {
    const HEAD: usize = 256;
    let boundary = random::text::<BOUNDARY_BYTES>()?;
    // With room for all of it no copy is left by growing.
    let lengths = parts.iter().map(|part| {
        let names = part.name.len() + part.file_name.as_ref().map_or(0, String::len);
        let content_type = part.content_type.as_ref().map_or(0, String::len);
        HEAD + 3 * names + content_type + part.bytes.len()
    });
    let mut form = Zeroizing::new(Vec::with_capacity(lengths.sum::<usize>() + HEAD));
    for part in parts {
        part.write(&boundary, &mut form)?;
    }
    form.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok((format!("multipart/form-data; boundary={boundary}"), form))
}

/// A name that cannot break out of its quotes or its line, escaped as browsers do.
fn quoted(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '"' => quoted.push_str("%22"),
            '\r' => quoted.push_str("%0D"),
            '\n' => quoted.push_str("%0A"),
            c => quoted.push(c),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::{Part, encode};
    use crate::error::{ErrorKind, Outcome};
    use crate::redaction::Redactor;

    #[test]
    fn fields_and_files_stand_between_boundaries_and_no_name_breaks_out() {
        let parts = [
            Part::new("a\"\r\nX: y", "b\u{fc}"),
            Part::new("file", &b"\0\xff"[..])
                .with_file_name("p\"\n.png")
                .with_content_type("image/png"),
        ];
        let (content_type, form) = encode(&parts).unwrap();
        let boundary = content_type
            .strip_prefix("multipart/form-data; boundary=")
            .unwrap();
        let mut expected = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"a%22%0D%0AX: y\"\r\n\r\nb\u{fc}\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p%22%0A.png\"\r\n\
             Content-Type: image/png\r\n\r\n"
        )
        .into_bytes();
        expected.extend_from_slice(b"\0\xff\r\n");
        expected.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        assert_eq!(&*form, &expected);
        assert_ne!(encode(&parts).unwrap().0, content_type);
    }

    #[test]
    fn a_content_type_does_not_break_out_of_its_line() {
        let part = Part::new("a", "b").with_content_type("text/plain\r\nX: y");
        let error = encode(&[part]).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::InvalidInput, Outcome::NotSent)
        );
    }

    #[test]
    fn a_secret_field_is_hidden_and_no_content_shown() {
        let part = Part::new("refresh_token", "canary-token");
        assert_eq!(
            format!("{part:?}"),
            "Part { name: \"refresh_token\", file_name: None, content_type: None, length: 12 }"
        );
        let mut redactor = Redactor::new();
        part.hide(&mut redactor);
        assert_eq!(redactor.redact("<canary-token>", 99), "<[redacted]>");
    }
}
