//! What arrived, the newest so many.

use std::collections::VecDeque;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::http::Request;

/// What all entries together may hold, in bytes: a hundred thousand large bodies do not fit.
const MAX_BYTES: usize = 256 * 1024 * 1024;

/// Where a request came from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    /// Number of the TCP connection.
    pub(crate) connection: u64,
    pub(crate) tls: bool,
    /// What a proxy's `CONNECT` named.
    pub(crate) connect_target: Option<String>,
    pub(crate) proxy_authorization: Option<String>,
    /// The certificate that the client showed: DER in Base64.
    pub(crate) client_certificate: Option<String>,
}

/// What is kept beside a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Note {
    /// The grant, the app, and what a refusal said.
    pub(crate) summary: String,
    /// The answer's body, its beginning if it is long.
    pub(crate) answer: String,
}

/// Which requests are asked for, and how much of them.
pub(crate) struct Selection {
    /// Numbers above this one.
    pub(crate) after: u64,
    /// Numbers below this one.
    pub(crate) before: u64,
    /// The newest so many of them.
    pub(crate) limit: usize,
    /// Without headers, body and origin.
    pub(crate) is_brief: bool,
}

struct Entry {
    id: u64,
    /// Milliseconds since 1970.
    at: i64,
    origin: Arc<Origin>,
    request: Request,
    note: Note,
    /// `None` if there was no answer.
    status: Option<u16>,
}

/// A ring of requests.
pub(crate) struct Log {
    entries: VecDeque<Entry>,
    limit: usize,
    bytes: usize,
    next: u64,
}

impl Log {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            entries: VecDeque::new(),
            limit,
            bytes: 0,
            next: 1,
        }
    }

    /// Keeps a request that came at `at`, in milliseconds since 1970; the oldest makes room.
    pub(crate) fn add(
        &mut self,
        at: i64,
        origin: &Arc<Origin>,
        request: Request,
        note: Note,
        status: Option<u16>,
    ) {
        let entry = Entry {
            id: self.next,
            at,
            origin: Arc::clone(origin),
            request,
            note,
            status,
        };
        self.next += 1;
        self.bytes += entry.size();
        self.entries.push_back(entry);
        while self.entries.len() > self.limit || self.bytes > MAX_BYTES {
            match self.entries.pop_front() {
                Some(oldest) => self.bytes -= oldest.size(),
                None => break,
            }
        }
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.bytes = 0;
    }

    /// A log like this with nothing in it; numbers go on.
    pub(crate) fn emptied(&self) -> Self {
        Self {
            next: self.next,
            ..Self::new(self.limit)
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The lowest number that is kept, or the next one if none is.
    pub(crate) fn oldest(&self) -> u64 {
        self.entries.front().map_or(self.next, |entry| entry.id)
    }

    /// The entry with this number, if it is kept, and the request itself.
    pub(crate) fn one(&self, id: u64) -> Option<(Value, &Request)> {
        let index = self.entries.binary_search_by_key(&id, |entry| entry.id).ok()?;
        let entry = self.entries.get(index)?;
        Some((entry.to_json(), &entry.request))
    }

    /// The selected entries, oldest first.
    pub(crate) fn to_json(&self, selection: &Selection) -> Value {
        let newest_first = self.entries.iter().rev();
        let selected = newest_first
            .skip_while(|entry| entry.id >= selection.before)
            .take_while(|entry| entry.id > selection.after);
        let describe = if selection.is_brief {
            Entry::to_brief_json
        } else {
            Entry::to_json
        };
        let mut chosen: Vec<Value> = selected.take(selection.limit).map(describe).collect();
        chosen.reverse();
        Value::Array(chosen)
    }
}

impl Entry {
    /// Roughly what it takes in memory, in bytes.
    fn size(&self) -> usize {
        let headers: usize = self
            .request
            .headers
            .iter()
            .map(|(name, value)| name.len() + value.len() + 48)
            .sum();
        size_of::<Self>()
            + headers
            + self.note.summary.len()
            + self.note.answer.len()
            + self.request.body.len()
            + self.request.path.len()
            + self.request.query.len()
    }

    fn to_brief_json(&self) -> Value {
        Value::Object(self.brief())
    }

    fn brief(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut set = |name: &str, value: Value| fields.insert(name.into(), value);
        set("id", json!(self.id));
        // A float counts milliseconds exactly for longer than calendars last.
        #[allow(clippy::cast_precision_loss)]
        set("at", json!(self.at as f64 / 1000.0));
        set("method", json!(self.request.method));
        set("path", json!(self.request.path));
        set("query", json!(self.request.query));
        set("status", json!(self.status));
        set("note", json!(self.note.summary));
        fields
    }

    fn to_json(&self) -> Value {
        let mut fields = self.brief();
        let mut set = |name: &str, value: Value| fields.insert(name.into(), value);
        set("headers", json!(self.request.headers));
        match std::str::from_utf8(&self.request.body) {
            Ok(text) => set("body", json!(text)),
            Err(_) => set("body_base64", json!(STANDARD.encode(&self.request.body))),
        };
        set("answer", json!(self.note.answer));
        set("connection", json!(self.origin.connection));
        set("tls", json!(self.origin.tls));
        set("connect_target", json!(self.origin.connect_target));
        set("proxy_authorization", json!(self.origin.proxy_authorization));
        set("client_certificate", json!(self.origin.client_certificate));
        Value::Object(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(body: usize) -> Request {
        Request {
            method: "POST".into(),
            path: "/".into(),
            query: String::new(),
            headers: Vec::new(),
            body: vec![0; body],
            target_host: None,
            is_old: false,
        }
    }

    #[test]
    fn large_bodies_make_room_as_well() {
        let origin = Arc::new(Origin::default());
        let mut log = Log::new(1000);
        for _ in 0..5 {
            log.add(0, &origin, request(MAX_BYTES / 4), Note::default(), None);
        }
        assert_eq!(log.entries.len(), 3);
        log.clear();
        assert_eq!(log.bytes, 0);
    }

    #[test]
    fn a_limit_of_nothing_keeps_nothing() {
        let mut log = Log::new(0);
        log.add(
            0,
            &Arc::new(Origin::default()),
            request(1),
            Note::default(),
            Some(200),
        );
        assert_eq!((log.entries.len(), log.bytes, log.next), (0, 0, 2));
    }
}
