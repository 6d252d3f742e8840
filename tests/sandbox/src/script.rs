//! Scripted answers: what a test asks the sandbox to say instead of the truth.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde_json::Value;

use crate::http::Response;
use crate::odd::Odd;

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
    pub(crate) odd: Option<Odd>,
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
    queue: VecDeque<Arc<Scripted>>,
    standing: Option<Arc<Scripted>>,
}

impl Script {
    pub(crate) fn push(&mut self, answers: Vec<Scripted>) {
        self.queue.extend(answers.into_iter().map(Arc::new));
    }

    pub(crate) fn waiting(&self) -> usize {
        self.queue.len()
    }

    pub(crate) fn stand(&mut self, answer: Option<Scripted>) {
        self.standing = answer.map(Arc::new);
    }

    /// The answer for the next request, if it is not the real one.
    pub(crate) fn next(&mut self) -> Option<Arc<Scripted>> {
        self.queue.pop_front().or_else(|| self.standing.clone())
    }
}

impl Scripted {
    /// Says what is wrong with an answer that someone wants to script.
    pub(crate) fn check(&self) -> Result<(), String> {
        let raw = usize::from(self.raw.is_some()) + usize::from(self.raw_base64.is_some());
        let bodies = usize::from(self.json.is_some())
            + usize::from(self.body.is_some())
            + usize::from(self.body_base64.is_some());
        if raw + bodies > 1 || (raw > 0 && self.pass) {
            return Err("an answer has one body: json, body, body_base64, raw, raw_base64 or pass".into());
        }
        if self.odd.is_some() && !self.pass {
            return Err("what is odd is an answer that passes: pass is true".into());
        }
        let mut statuses = self.status.iter().chain(&self.informational);
        if let Some(status) = statuses.find(|status| !(100..=999).contains(*status)) {
            return Err(format!("a status has three digits, not {status}"));
        }
        for encoded in [&self.raw_base64, &self.body_base64].into_iter().flatten() {
            STANDARD
                .decode(encoded)
                .map_err(|error| format!("not Base64: {error}"))?;
        }
        Ok(())
    }

    /// The status that the log shows, if an answer of the sandbox's own goes out.
    pub(crate) fn status_to_log(&self) -> Option<u16> {
        let is_answer = self.fault.is_none() && self.raw.is_none() && self.raw_base64.is_none();
        is_answer.then(|| self.status.unwrap_or(200))
    }

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
        let mut headers: Vec<(Cow<'static, str>, Cow<'static, str>)> = defaults
            .into_iter()
            .filter(|(name, _)| !given.iter().any(|(header, _)| header.eq_ignore_ascii_case(name)))
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        headers.extend(
            given
                .into_iter()
                .filter_map(|(name, value)| Some((name.into(), value?.into()))),
        );
        Response {
            status: self.status.unwrap_or(200),
            reason: self.reason.clone(),
            headers,
            body,
        }
    }
}

/// A file of its own in gzip's format (RFC 1952).
fn compress(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_cannot_be_sent_is_refused_when_it_is_scripted() {
        for (answer, part) in [
            (json!({"json": {}, "body": ""}), "one body"),
            (json!({"raw": "x", "pass": true}), "one body"),
            (json!({"odd": "nulls"}), "passes"),
            (json!({"status": 20}), "three digits"),
            (json!({"informational": [1000]}), "three digits"),
            (json!({"body_base64": "?"}), "Base64"),
        ] {
            let scripted: Scripted = serde_json::from_value(answer.clone()).unwrap();
            let refusal = scripted.check().unwrap_err();
            assert!(refusal.contains(part), "{answer}: {refusal}");
        }
    }
}
