//! Scripted answers: what a test asks the sandbox to say instead of the truth.

use std::collections::VecDeque;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde_json::Value;

use crate::http::Response;

/// One scripted answer; the README describes each field.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Scripted {
    pub(crate) status: Option<u16>,
    pub(crate) reason: Option<String>,
    pub(crate) headers: Headers,
    pub(crate) body: Option<String>,
    pub(crate) body_base64: Option<String>,
    pub(crate) json: Option<Value>,
    pub(crate) pass: bool,
    pub(crate) delay_ms: u64,
    pub(crate) informational: Vec<u16>,
    pub(crate) gzip: bool,
    pub(crate) drip_ms: u64,
    pub(crate) drip: Drip,
    pub(crate) raw: Option<String>,
    pub(crate) raw_base64: Option<String>,
    pub(crate) endless: Option<Endless>,
    pub(crate) then: Then,
    pub(crate) fault: Option<Fault>,
}

/// Headers as an object or as a list of pairs; `null` leaves a default one out.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Headers {
    Object(std::collections::BTreeMap<String, Option<String>>),
    Pairs(Vec<(String, Option<String>)>),
}

impl Default for Headers {
    fn default() -> Self {
        Self::Pairs(Vec::new())
    }
}

/// Which part of an answer is written byte by byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Drip {
    #[default]
    Body,
    Head,
}

/// Answers without an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Endless {
    Headers,
    Body,
    Chunks,
    Gzip,
}

/// What happens to the connection after the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Then {
    #[default]
    Keep,
    Close,
    Reset,
    Hang,
}

/// What happens to it instead of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fault {
    Close,
    Reset,
    Hang,
}

/// The answers that wait.
#[derive(Default)]
pub(crate) struct Script {
    queue: VecDeque<Scripted>,
    standing: Option<Scripted>,
}

impl Script {
    pub(crate) fn push(&mut self, answers: Vec<Scripted>) {
        self.queue.extend(answers);
    }

    pub(crate) fn waiting(&self) -> usize {
        self.queue.len()
    }

    pub(crate) fn stand(&mut self, answer: Option<Scripted>) {
        self.standing = answer;
    }

    /// The answer for the next request, if it is not the real one.
    pub(crate) fn next(&mut self) -> Option<Scripted> {
        self.queue.pop_front().or_else(|| self.standing.clone())
    }
}

impl Scripted {
    /// Exactly these bytes, if the script gives bytes.
    pub(crate) fn raw_bytes(&self) -> Option<Vec<u8>> {
        match (&self.raw, &self.raw_base64) {
            (Some(text), _) => Some(text.clone().into_bytes()),
            (None, Some(encoded)) => Some(STANDARD.decode(encoded).unwrap_or_default()),
            (None, None) => None,
        }
    }

    /// The answer as a response, with the headers that are filled in unless given.
    pub(crate) fn response(&self) -> Response {
        let mut body = match (&self.json, &self.body, &self.body_base64) {
            (Some(json), _, _) => json.to_string().into_bytes(),
            (None, Some(text), _) => text.clone().into_bytes(),
            (None, None, Some(encoded)) => STANDARD.decode(encoded).unwrap_or_default(),
            (None, None, None) => Vec::new(),
        };
        let mut defaults = vec![("Content-Type", "application/json".to_owned())];
        if self.gzip {
            body = compress(&body);
            defaults.push(("Content-Encoding", "gzip".into()));
        }
        defaults.push(("Content-Length", body.len().to_string()));

        let given: Vec<(String, Option<String>)> = match &self.headers {
            Headers::Object(headers) => headers.clone().into_iter().collect(),
            Headers::Pairs(headers) => headers.clone(),
        };
        let mut headers: Vec<(String, String)> = defaults
            .into_iter()
            .filter(|(name, _)| !given.iter().any(|(header, _)| header.eq_ignore_ascii_case(name)))
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        headers.extend(given.into_iter().filter_map(|(name, value)| Some((name, value?))));
        Response {
            status: self.status.unwrap_or(200),
            reason: self.reason.clone(),
            headers,
            body,
        }
    }
}

pub(crate) fn compress(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
