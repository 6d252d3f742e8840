//! What arrived, the newest so many.

use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::http::Request;

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

struct Entry {
    id: u64,
    at: i64,
    origin: Origin,
    request: Request,
    status: u16,
}

/// A ring of requests.
pub(crate) struct Log {
    entries: VecDeque<Entry>,
    limit: usize,
    next: u64,
}

impl Log {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            entries: VecDeque::new(),
            limit: limit.max(1),
            next: 1,
        }
    }

    /// Keeps a request; the oldest makes room. Gives the entry's number, for [`Log::answered`].
    pub(crate) fn add(&mut self, at: i64, origin: &Origin, request: Request) -> u64 {
        if self.entries.len() == self.limit {
            self.entries.pop_front();
        }
        let id = self.next;
        self.next += 1;
        self.entries.push_back(Entry {
            id,
            at,
            origin: origin.clone(),
            request,
            status: 0,
        });
        id
    }

    /// Notes what a request was answered with.
    pub(crate) fn answered(&mut self, id: u64, status: u16) {
        // The newest are at the back, and it is mostly the last.
        if let Some(entry) = self.entries.iter_mut().rev().find(|entry| entry.id == id) {
            entry.status = status;
        }
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The entries with a number above `after`, the newest `limit` of them, oldest first.
    pub(crate) fn to_json(&self, after: u64, limit: usize) -> Value {
        let newer = self.entries.iter().rev().take_while(|entry| entry.id > after);
        let mut chosen: Vec<Value> = newer.take(limit).map(Entry::to_json).collect();
        chosen.reverse();
        Value::Array(chosen)
    }
}

impl Entry {
    fn to_json(&self) -> Value {
        let mut fields = Map::new();
        let mut set = |name: &str, value: Value| fields.insert(name.into(), value);
        set("id", json!(self.id));
        set("at", json!(self.at));
        set("method", json!(self.request.method));
        set("path", json!(self.request.path));
        set("query", json!(self.request.query));
        set("headers", json!(self.request.headers));
        match std::str::from_utf8(&self.request.body) {
            Ok(text) => set("body", json!(text)),
            Err(_) => set("body_base64", json!(STANDARD.encode(&self.request.body))),
        };
        set("connection", json!(self.origin.connection));
        set("tls", json!(self.origin.tls));
        set("connect_target", json!(self.origin.connect_target));
        set("proxy_authorization", json!(self.origin.proxy_authorization));
        set("client_certificate", json!(self.origin.client_certificate));
        set("status", json!(self.status));
        Value::Object(fields)
    }
}
