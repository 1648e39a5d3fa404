//! The requests that were received, the oldest forgotten first.

use std::collections::VecDeque;

use axum::body::Bytes;
use serde::{Deserialize, Serialize};

const MAX_REQUESTS: usize = 10_000;
const MAX_BODY_BYTES: usize = 64 << 20;

/// A request as the sandbox received it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method, in upper case.
    pub method: String,
    /// The path and query as they were sent.
    pub target: String,
    /// The path alone, not decoded.
    pub path: String,
    /// The query without its question mark, not decoded; empty if there was none.
    pub query: String,
    /// Names in lower case and values, in the order they came in. Repeated names stand together.
    pub headers: Vec<(String, String)>,
    /// The body as text; what is not UTF-8 is replaced.
    pub body: String,
    /// Which TCP connection it came on, counted from 1.
    pub connection: u64,
    /// Milliseconds since the sandbox was started.
    pub at_ms: u64,
}

impl RecordedRequest {
    /// The first value of a header; the name's case does not matter.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.as_str())
    }
}

/// Record of a request: its body stays as it was, so that recording copies nothing.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) head: RecordedRequest,
    pub(crate) body: Bytes,
}

#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: VecDeque<Entry>,
    body_bytes: usize,
    dropped: u64,
}

impl Journal {
    pub(crate) fn record(&mut self, entry: Entry) {
        self.body_bytes += entry.body.len();
        self.entries.push_back(entry);
        while self.entries.len() > MAX_REQUESTS || self.body_bytes > MAX_BODY_BYTES {
            let Some(oldest) = self.entries.pop_front() else {
                break;
            };
            self.body_bytes -= oldest.body.len();
            self.dropped += 1;
        }
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.entries
            .iter()
            .map(|entry| RecordedRequest {
                body: String::from_utf8_lossy(&entry.body).into_owned(),
                ..entry.head.clone()
            })
            .collect()
    }

    pub(crate) fn dropped(&self) -> u64 {
        self.dropped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(body: Bytes) -> Entry {
        let head = RecordedRequest {
            method: "GET".into(),
            target: "/v1/health".into(),
            path: "/v1/health".into(),
            query: String::new(),
            headers: vec![("accept".into(), "*/*".into())],
            body: String::new(),
            connection: 1,
            at_ms: 0,
        };
        Entry { head, body }
    }

    #[test]
    fn the_oldest_requests_are_forgotten() {
        let mut journal = Journal::default();
        for n in 0..MAX_REQUESTS + 5 {
            journal.record(entry(n.to_string().into()));
        }
        let requests = journal.requests();
        assert_eq!((requests.len(), journal.dropped()), (MAX_REQUESTS, 5));
        assert_eq!(requests[0].body, "5");
        assert_eq!(requests[0].header("Accept"), Some("*/*"));
    }

    #[test]
    fn large_bodies_are_bounded_by_their_bytes() {
        let mut journal = Journal::default();
        let body = Bytes::from(vec![b'x'; 20 << 20]);
        for _ in 0..5 {
            journal.record(entry(body.clone()));
        }
        assert_eq!((journal.entries.len(), journal.dropped()), (3, 2));
    }
}
