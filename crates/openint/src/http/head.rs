//! The head of a request: request line and headers, as they are sent.

use std::io::Write;

use ureq::http::HeaderMap;
use ureq::http::header::CONTENT_TYPE;
use zeroize::Zeroizing;

use super::base_url::BaseUrl;
use super::request::Method;

/// Writes the head for a path and query under `base` and a body of that many bytes, into memory
/// that is wiped, for it holds the key. All parts were checked where they were given.
pub(crate) fn head(
    method: Method,
    base: &BaseUrl,
    target: &str,
    headers: &HeaderMap,
    body: Option<usize>,
) -> Zeroizing<Vec<u8>> {
    let given: usize = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    let url = base.path().len() + target.len() + base.authority().len();
    // Growing would leave copies behind.
    let mut head = Zeroizing::new(Vec::with_capacity(given + url + 128));
    let mut push = |parts: &[&[u8]]| parts.iter().for_each(|part| head.extend_from_slice(part));
    push(&[
        method.as_str().as_bytes(),
        b" ",
        base.path().as_bytes(),
        target.as_bytes(),
        b" HTTP/1.1\r\nhost: ",
        base.authority().as_bytes(),
        b"\r\n",
    ]);
    for (name, value) in headers {
        push(&[name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"]);
    }
    if let Some(length) = body {
        if !headers.contains_key(CONTENT_TYPE) {
            push(&[b"content-type: application/json\r\n"]);
        }
        write!(head, "content-length: {length}\r\n").expect("memory takes everything");
    }
    head.extend_from_slice(b"\r\n");
    head
}
