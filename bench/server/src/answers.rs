//! Answers: they depend on the first line of a request and on nothing else.
//!
//! The first segment of the path chooses: `/v1/…` a connection, `/metadata-4096/v1/…` one with that
//! many bytes of metadata, `/rows-1000/v1/…` a page of so many connections, `/close/v1/…` a
//! connection, after which the server closes, `/slow-20/v1/…` a connection, or to GET an empty list,
//! after so many milliseconds, and `/limited-500/v1/…` one after 20 ms for so many requests a second, and 429 for
//! those beyond.

use std::fmt::Write as _;
use std::time::Duration;

/// The bytes of a whole answer.
pub(crate) struct Answer {
    pub(crate) bytes: Vec<u8>,
    /// True if the connection ends with it.
    pub(crate) closes: bool,
    pub(crate) delay: Duration,
    /// The most answers a second.
    pub(crate) limit: Option<u32>,
}

/// The answer to a request beyond the limit.
pub(crate) const BEYOND: &str = "HTTP/1.1 429 Too Many Requests\r\ncontent-type: application/json\r\n\
    content-length: 2\r\nretry-after: 1\r\nconnection: keep-alive\r\n\r\n{}";

/// The answer to a request with this first line.
pub(crate) fn to(line: &[u8]) -> Answer {
    let line = String::from_utf8_lossy(line);
    let target = line.split(' ').nth(1).unwrap_or("/");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let scenario = path.split('/').nth(1).unwrap_or_default();
    let body = match scenario.split_once('-') {
        Some(("metadata", size)) => connection(0, &metadata(number(size))),
        Some(("rows", total)) => page(number(total), query),
        _ if line.starts_with("GET ") => page(0, query),
        _ => connection(0, "null"),
    };
    let answer = answer(&body, scenario == "close");
    match scenario.split_once('-') {
        Some(("slow", millis)) => Answer {
            delay: Duration::from_millis(number(millis) as u64),
            ..answer
        },
        Some(("limited", rate)) => Answer {
            delay: Duration::from_millis(20),
            limit: u32::try_from(number(rate)).ok(),
            ..answer
        },
        _ => answer,
    }
}

fn answer(body: &str, closes: bool) -> Answer {
    let length = body.len();
    let fate = if closes { "close" } else { "keep-alive" };
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         date: Tue, 24 Nov 2026 02:12:35 GMT\r\nconnection: {fate}\r\n\r\n"
    );
    Answer {
        bytes: [head, body.to_owned()].concat().into_bytes(),
        closes,
        delay: Duration::ZERO,
        limit: None,
    }
}

/// A connection as the API writes it.
fn connection(index: usize, metadata: &str) -> String {
    format!(
        r#"{{"id":"conn_acme-oauth2_{index:026}","customer_id":"customer_id","connector_config_id":"ccfg_acme-oauth2_01KATDFKS0G3Q7V5M2N8P4R6T9","integration_id":null,"created_at":"2026-11-24 02:12:35.896474+00","updated_at":"2026-11-24 02:12:35.896474+00","display_name":null,"disabled":false,"metadata":{metadata},"connector_name":"acme-oauth2","settings":{{"oauth":{{"credentials":{{"access_token":"ya29.a0AfH6SMBx4h2kJ7","expires_in":3600,"expires_at":"2026-11-24T03:12:36.344Z","token_type":"Bearer"}}}},"access_token":"ya29.a0AfH6SMBx4h2kJ7"}},"status":null,"status_message":null}}"#
    )
}

fn metadata(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 64);
    text.push('{');
    for index in 0.. {
        if text.len() >= bytes {
            break;
        }
        let comma = if index == 0 { "" } else { "," };
        let _ = write!(text, r#"{comma}"key_{index:08}":"a value of some length {index:08}""#);
    }
    text.push('}');
    text
}

fn page(total: usize, query: &str) -> String {
    let parameter = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| number(value)).next()
    };
    let limit = parameter("limit").unwrap_or(50);
    let offset = parameter("offset").unwrap_or(0);
    let rows = offset.min(total)..(offset + limit).min(total);
    let items: Vec<String> = rows.map(|index| connection(index, r#"{"plan":"pro"}"#)).collect();
    let items = items.join(",");
    format!(r#"{{"items":[{items}],"total":{total},"limit":{limit},"offset":{offset},"has_next_page":false}}"#)
}

fn number(text: &str) -> usize {
    text.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(line: &str) -> serde_json::Value {
        let bytes = to(line.as_bytes()).bytes;
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())));
        serde_json::from_str(body).unwrap()
    }

    #[test]
    fn a_scenario_is_the_first_segment() {
        let plain = body("POST /v1/connection HTTP/1.1");
        assert_eq!(plain["connector_name"], "acme-oauth2");
        assert!(plain["metadata"].is_null());
        let large = body("POST /metadata-1000/v1/connection HTTP/1.1");
        let size = large["metadata"].to_string().len();
        assert!((1_000..1_100).contains(&size), "{size}");
        assert!(to(b"POST /close/v1/connection HTTP/1.1").closes);
        assert!(!to(b"POST /v1/connection HTTP/1.1").closes);
    }

    #[test]
    fn pages_end_where_the_rows_do() {
        let rows = |query: &str| {
            let page = body(&format!("GET /rows-120/v1/connection?{query} HTTP/1.1"));
            page["items"].as_array().unwrap().len()
        };
        assert_eq!(rows("limit=50"), 50);
        assert_eq!(rows("limit=50&offset=100"), 20);
        assert_eq!(rows("limit=50&offset=150"), 0);
        let empty = body("GET /slow-20/v1/connection?limit=50 HTTP/1.1");
        assert_eq!(empty["items"].as_array().map(Vec::len), Some(0));
    }
}
