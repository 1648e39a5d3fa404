//! Doors for the fuzz targets under `fuzz/` into what has no public name. No part of the API.

use std::time::{Duration, SystemTime};

use serde::de::DeserializeOwned;
use ureq::http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::error::{ApiError, Result};
use crate::http::base_url::BaseUrl;
use crate::http::headers;
use crate::http::request::Request;
use crate::json;

/// Reads an answer as every method does; the error is path and reason.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, (String, String)> {
    json::decode(bytes)
}

/// Returns what an answer of this status prints.
pub fn refusal(status: u16, request_id: &str, body: &[u8]) -> String {
    let id = (!request_id.is_empty()).then(|| request_id.to_owned());
    ApiError::new(status, id, None, body.to_vec()).to_string()
}

/// Returns the wait that a header asks for; `None` as well where it is no header.
pub fn retry_after(name: &'static str, value: &[u8], now: SystemTime) -> Option<Duration> {
    let value = HeaderValue::from_bytes(value).ok()?;
    let headers = HeaderMap::from_iter([(HeaderName::from_static(name), value)]);
    headers::retry_after(&headers, now)
}

/// The path and query that a request is sent with, under a base URL.
pub fn uri(request: &Request) -> Result<Uri> {
    let target = request.target(&[])?;
    let uri = format!("https://openint.test/v1{target}");
    Ok(uri.parse().expect("an escaped target is a part of a URI"))
}

/// A base URL as the client keeps it.
pub fn base_url(text: &str) -> Result<String> {
    BaseUrl::parse(text, false).map(|url| url.as_str().to_owned())
}

/// A header as a caller adds it.
pub fn header(name: &str, value: &str) -> Result<()> {
    headers::insert(&mut HeaderMap::new(), "extra_headers", name, value)
}
