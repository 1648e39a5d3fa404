//! Headers: those that every request carries, those a caller adds, and those of an answer.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use ureq::http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// The connection's own; another value would garble the exchange.
const OURS: [&str; 5] = [
    "connection",
    "content-length",
    "host",
    "te",
    "transfer-encoding",
];

/// Sets a caller's header. `field` names the option in the error, which never repeats the value.
pub(crate) fn insert(headers: &mut HeaderMap, field: &str, name: &str, value: &str) -> Result<()> {
    let parsed: HeaderName = name.parse().map_err(|_| {
        Error::invalid_input(field, format!("a header name, which {name:?} is not"))
    })?;
    if OURS.contains(&parsed.as_str()) {
        return Err(Error::invalid_input(
            field,
            format!("no `{parsed}` header: the client sets it itself"),
        ));
    }
    let value = secret_value(&[value]).ok_or_else(|| {
        Error::invalid_input(
            field,
            format!("a value of visible ASCII without line breaks for `{parsed}`"),
        )
    })?;
    headers.insert(parsed, value);
    Ok(())
}

/// The value of `Authorization`.
pub(crate) fn authorization(api_key: &str) -> Result<HeaderValue> {
    let usable = !api_key.is_empty() && api_key.bytes().all(|byte| byte.is_ascii_graphic());
    let value = usable.then(|| secret_value(&["Bearer ", api_key]));
    value.flatten().ok_or_else(|| {
        Error::invalid_input(
            "api_key",
            "a key of visible ASCII without spaces or line breaks",
        )
    })
}

/// A value that prints as nothing, and whose memory is wiped with its last clone.
fn secret_value(parts: &[&str]) -> Option<HeaderValue> {
    // Growing would leave copies behind.
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len()).sum());
    parts
        .iter()
        .for_each(|part| bytes.extend_from_slice(part.as_bytes()));
    let shared = Bytes::from_owner(Zeroizing::new(bytes));
    let mut value = HeaderValue::from_maybe_shared(shared).ok()?;
    value.to_str().ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// How long the server asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date.
pub(crate) fn retry_after(headers: &AnswerHeaders, now: SystemTime) -> Option<Duration> {
    let millis = headers.get("retry-after-ms");
    if let Some(wait) = millis.and_then(|millis| decimal(millis, 0.001)) {
        return Some(wait);
    }
    let text = headers.get("retry-after")?;
    decimal(text, 1.0).or_else(|| {
        let date = httpdate::parse_http_date(text).ok()?;
        Some(date.duration_since(now).unwrap_or(Duration::ZERO))
    })
}

fn decimal(text: &str, unit: f64) -> Option<Duration> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let seconds = text.parse::<f64>().ok()? * unit;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

/// The id under which the server, or a proxy before it, knows the request.
pub(crate) fn request_id(headers: &AnswerHeaders) -> Option<String> {
    let id = headers
        .get("x-request-id")
        .or_else(|| headers.get("request-id"));
    id.map(str::to_owned)
}

/// The headers of an answer that are text: one piece of memory, as few are ever looked at.
#[derive(Clone, Default)]
pub(crate) struct AnswerHeaders {
    /// Names in lower case and values, each with a line break behind it, which neither can have.
    lines: String,
}

impl AnswerHeaders {
    /// The first of that name, in any case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut lines = self.lines.split_terminator('\n');
        std::iter::from_fn(move || Some((lines.next()?, lines.next()?)))
    }
}

impl<'a> FromIterator<(&'a str, &'a [u8])> for AnswerHeaders {
    /// Of headers as httparse gives them, without control characters.
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a [u8])>>(headers: I) -> Self {
        let mut lines = String::with_capacity(512);
        for (name, value) in headers {
            let text = std::str::from_utf8(value.trim_ascii());
            if let Some(value) = text.ok().filter(|text| text.is_ascii()) {
                let start = lines.len();
                lines.push_str(name);
                lines[start..].make_ascii_lowercase();
                lines.push('\n');
                lines.push_str(value);
                lines.push('\n');
            }
        }
        Self { lines }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(headers: &[(&str, &str)]) -> AnswerHeaders {
        let headers = headers.iter();
        headers
            .map(|(name, value)| (*name, value.as_bytes()))
            .collect()
    }

    #[test]
    fn headers_of_an_answer_keep_order_and_texts() {
        let all: AnswerHeaders = [
            ("X-Request-Id", b"req_1" as &[u8]),
            ("x-empty", b""),
            ("X-Twice", b" a b "),
            ("x-binary", b"\xff"),
            ("x-twice", b"c"),
        ]
        .into_iter()
        .collect();
        let listed: Vec<_> = all.iter().collect();
        assert_eq!(
            listed,
            [
                ("x-request-id", "req_1"),
                ("x-empty", ""),
                ("x-twice", "a b"),
                ("x-twice", "c")
            ]
        );
        assert_eq!(all.get("X-TWICE"), Some("a b"));
        assert_eq!(all.get("x-binary"), None);
        assert_eq!(request_id(&all).as_deref(), Some("req_1"));
    }

    #[test]
    fn every_form_of_retry_after() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_486_355);
        for (name, value, expected) in [
            ("retry-after", "7", Some(7_000)),
            ("retry-after", " 7 ", Some(7_000)),
            ("retry-after", "1.5", Some(1_500)),
            ("retry-after", "0", Some(0)),
            ("retry-after", "Tue, 24 Nov 2026 02:12:40 GMT", Some(5_000)),
            ("retry-after", "Tue, 24 Nov 2026 02:12:00 GMT", Some(0)),
            ("retry-after", "-1", None),
            ("retry-after", "soon", None),
            ("retry-after", "", None),
            ("retry-after", "NaN", None),
            ("retry-after-ms", "250", Some(250)),
            ("retry-after-ms", "x", None),
        ] {
            let wait = retry_after(&answered(&[(name, value)]), now);
            let wait = wait.map(|wait| wait.as_millis());
            assert_eq!(wait, expected, "{name}: {value}");
        }
    }

    #[test]
    fn a_wait_beyond_all_bounds_is_no_panic() {
        let headers = answered(&[("retry-after", "1e300")]);
        let wait = retry_after(&headers, SystemTime::now());
        assert_eq!(wait, Some(Duration::MAX));
    }

    #[test]
    fn milliseconds_win() {
        let headers = answered(&[("retry-after", "9"), ("retry-after-ms", "10")]);
        let wait = retry_after(&headers, SystemTime::now());
        assert_eq!(wait, Some(Duration::from_millis(10)));
    }

    #[test]
    fn headers_that_cannot_be_are_refused_without_their_value() {
        for (name, value) in [
            ("x-ok", "canary\r\nx-evil: 1"),
            ("x ok", "canary"),
            ("", "canary"),
            ("Content-Length", "canary"),
            ("x-ok", "canary\u{e9}"),
            ("x-ok", "canary\0"),
        ] {
            let error = insert(&mut HeaderMap::new(), "extra_headers", name, value).unwrap_err();
            assert!(error.to_string().contains("extra_headers"), "{error}");
            assert!(!error.to_string().contains("canary"), "{error}");
        }
    }

    #[test]
    fn keys_that_cannot_be_are_refused_without_the_key() {
        for key in ["", " canary", "canary\n", "can ary", "canary\u{e9}"] {
            let error = authorization(key).unwrap_err();
            assert!(!error.to_string().contains("canary"), "{error}");
        }
        assert!(authorization("key_test_123").unwrap().is_sensitive());
    }
}
