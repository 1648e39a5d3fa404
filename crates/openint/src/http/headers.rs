//! Headers: those that every request carries, those a caller adds, and those of an answer.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use ureq::http::header::CONTENT_ENCODING;
use ureq::http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use crate::error::{Error, Result, one_line};

/// More than any server takes.
const MAX_VALUE_BYTES: usize = 64 * 1024;

/// The connection's own; another value would garble the exchange.
const OURS: [&str; 6] = [
    "connection",
    "content-length",
    "expect",
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
            format!(
                "a value of visible ASCII without line breaks, of at most 64 KiB, for `{parsed}`"
            ),
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
            "a key that is not empty, of visible ASCII without spaces or line breaks",
        )
    })
}

/// A value that prints as nothing, and whose memory is wiped with its last clone.
fn secret_value(parts: &[&str]) -> Option<HeaderValue> {
    let length = parts.iter().map(|part| part.len()).sum();
    if length > MAX_VALUE_BYTES {
        return None;
    }
    // Growing would leave copies behind.
    let mut bytes = Vec::with_capacity(length);
    parts
        .iter()
        .for_each(|part| bytes.extend_from_slice(part.as_bytes()));
    let shared = Bytes::from_owner(Zeroizing::new(bytes));
    let mut value = HeaderValue::from_maybe_shared(shared).ok()?;
    value.to_str().ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Returns the wait that the server asks for: `retry-after-ms`, or `retry-after` in seconds or as a
/// date.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let millis = text(headers, "retry-after-ms");
    if let Some(wait) = millis.and_then(|millis| decimal(millis, 0.001)) {
        return Some(wait);
    }
    let asked = text(headers, "retry-after")?;
    decimal(asked, 1.0).or_else(|| {
        let date = httpdate::parse_http_date(asked).ok()?;
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
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    text(headers, "x-request-id").or_else(|| text(headers, "request-id"))
}

/// Returns the time for which the server says that it keeps the connection.
pub(crate) fn keep_alive(headers: &HeaderMap) -> Option<Duration> {
    let mut parameters = text(headers, "keep-alive")?.split(',');
    let seconds = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_timeout = name.trim().eq_ignore_ascii_case("timeout");
        is_timeout.then(|| value.trim().parse().ok())?
    });
    seconds.map(Duration::from_secs)
}

/// Encoding of a body that has to be undone before it can be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    None,
    Gzip,
    Unknown(String),
}

/// The encoding that the headers name; `identity` is none.
pub(crate) fn encoding(headers: &HeaderMap) -> Encoding {
    let values = headers.get_all(CONTENT_ENCODING).iter();
    let named: Vec<String> = values
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .map(|name| String::from_utf8_lossy(name.trim_ascii()).to_ascii_lowercase())
        .filter(|name| !matches!(name.as_str(), "" | "identity"))
        .collect();
    match named.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Encoding::None,
        ["gzip" | "x-gzip"] => Encoding::Gzip,
        _ => Encoding::Unknown(one_line(&named.join(", "))),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(headers: &[(&'static str, &str)]) -> HeaderMap {
        let headers = headers.iter();
        headers
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .fold(HeaderMap::new(), |mut all, (name, value)| {
                all.append(name, value);
                all
            })
    }

    #[test]
    fn every_form_of_keep_alive() {
        for (value, expected) in [
            ("timeout=5", Some(5)),
            ("timeout=5, max=100", Some(5)),
            ("max=100,  Timeout = 2 ", Some(2)),
            ("max=100", None),
            ("timeout=", None),
            ("timeout=-1", None),
            ("timeout=soon", None),
            ("5", None),
        ] {
            let kept = keep_alive(&answered(&[("keep-alive", value)]));
            assert_eq!(kept.map(|kept| kept.as_secs()), expected, "{value}");
        }
    }

    #[test]
    fn encodings_in_every_spelling() {
        use Encoding::{Gzip, None, Unknown};

        for (values, expected) in [
            (&[] as &[&str], None),
            (&["identity"], None),
            (&[""], None),
            (&["gzip"], Gzip),
            (&["GZip"], Gzip),
            (&["x-gzip"], Gzip),
            (&["gzip, identity"], Gzip),
            (&["identity", "gzip"], Gzip),
            (&["br"], Unknown("br".into())),
            (&["gzip, gzip"], Unknown("gzip, gzip".into())),
            (&["gzip", "zstd"], Unknown("gzip, zstd".into())),
        ] {
            let headers: Vec<_> = values.iter().map(|v| ("content-encoding", *v)).collect();
            assert_eq!(encoding(&answered(&headers)), expected, "{values:?}");
        }
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
            ("Expect", "canary"),
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
        assert!(authorization(&"k".repeat(MAX_VALUE_BYTES)).is_err());
        assert!(authorization("key_test_123").unwrap().is_sensitive());
    }
}
