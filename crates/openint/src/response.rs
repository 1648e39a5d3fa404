use std::fmt;

use ureq::http::HeaderMap;

/// A parsed answer with what it came in: the raw access to every call.
///
/// ```
/// use openint::{CreateConnection, ConnectorData, Openint};
/// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
/// # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
///
/// let response = client.send(&CreateConnection::new(
///     "ccfg_",
///     "customer_id",
///     ConnectorData::new("dummy-oauth2", serde_json::json!({ "oauth": {} })),
/// ))?;
/// assert_eq!(response.status, 200);
/// assert_eq!(response.header("content-type"), Some("application/json"));
/// assert!(response.body().starts_with(b"{\"id\":"));
/// println!("{}", response.value.id);
/// # Ok::<(), openint::Error>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The parsed body.
    pub value: T,
    /// The HTTP status.
    pub status: u16,
    /// The number of times the request was sent or tried to be sent; 0 when the connection of an
    /// idempotency key was there already.
    pub attempts: u32,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl<T> Response<T> {
    pub(crate) fn new(
        value: T,
        status: u16,
        attempts: u32,
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> Self {
        Self {
            value,
            status,
            attempts,
            headers,
            body,
        }
    }

    pub(crate) fn after_attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// The first header of that name, in any case, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// All headers that are text, with lower-case names. A body is unpacked, so an answer that came
    /// packed has neither `content-encoding` nor `content-length`.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.headers.iter();
        headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// The body as it came. It can hold secrets.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
