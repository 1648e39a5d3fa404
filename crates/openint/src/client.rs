use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use ureq::http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, USER_AGENT};
use ureq::http::{HeaderMap, HeaderValue};

use crate::error::{CallOutcome, Error, ErrorKind, Result};
use crate::http::base_url::BaseUrl;
use crate::http::request::Request;
use crate::http::transport::{HttpTransport, TransportConfig};
use crate::http::{self, Clock, Limits, Prepared, Success, SystemClock};
use crate::json;
use crate::options::RequestOptions;
use crate::response::Response;
use crate::secret::Secret;
use crate::shape::{self, Shape};

const BASE_URL: &str = "https://api.openint.dev/v1";
const TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_RETRIES: u32 = 2;
/// Room for a page of 3,000 rows with generous metadata.
const MAX_RESPONSE_BYTES: u64 = 64 * 1024 * 1024;

/// What servers commonly take, and more than any query of this API needs.
const MOST_TARGET_BYTES: usize = 64 * 1024;

/// A client of the OpenInt API.
///
/// Cloning it is cheap, and clones share one pool of connections; it can be used from any number
/// of threads at once. Its calls block.
///
/// ```
/// use openint::{CreateConnection, ConnectorData, Openint};
/// use serde_json::json;
/// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
/// # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
/// # let _ = || {
/// let client = Openint::from_env()?; // reads OPENINT_API_KEY and OPENINT_BASE_URL
/// # Ok::<(), openint::Error>(())
/// # };
/// let connection = client.create_connection(&CreateConnection::new(
///     "ccfg_",
///     "customer_id",
///     ConnectorData::new("dummy-oauth2", json!({ "oauth": {} })),
/// ))?;
/// assert!(connection.id.starts_with("conn_dummy-oauth2_"));
/// # Ok::<(), openint::Error>(())
/// ```
#[derive(Clone)]
pub struct Openint {
    shared: Arc<Shared>,
    options: Arc<RequestOptions>,
}

struct Shared {
    transport: HttpTransport,
    clock: Box<dyn Clock>,
    base_url: BaseUrl,
    headers: HeaderMap,
}

/// Something that can be asked of the API: the parameters of one call, and what it answers.
///
/// Every method of [`Openint`] takes one; [`Openint::send`] takes any and gives raw access.
pub trait Operation {
    /// What a success is parsed into.
    type Output: DeserializeOwned;

    /// Checks the parameters and makes the request.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] with the field that cannot be sent.
    fn request(&self) -> Result<Request>;

    /// Carries it out: sends the request. Few operations have more to do.
    ///
    /// # Errors
    /// As the operation's method.
    fn send(&self, client: &Openint) -> Result<Response<Self::Output>> {
        client.request(&self.request()?)
    }
}

impl Openint {
    /// A client with the key in `OPENINT_API_KEY` and, where it is set, the base URL in
    /// `OPENINT_BASE_URL`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when the key is missing or one of the two cannot be used.
    pub fn from_env() -> Result<Self> {
        Self::builder().build()
    }

    /// Options for a client.
    pub fn builder() -> OpenintBuilder {
        OpenintBuilder::default()
    }

    /// A client with other options, in front of the same pool. It costs next to nothing, so it
    /// serves for a single call as well.
    ///
    /// ```
    /// # use openint::{Openint, RequestOptions, Request, Method};
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    /// use std::time::Duration;
    ///
    /// let options = RequestOptions::new().timeout(Duration::from_secs(5)).max_retries(0);
    /// let health = client
    ///     .with_options(options)
    ///     .request::<openint::Json>(&Request::new(Method::Get, "/health"))?;
    /// assert_eq!(health.value.as_str(), r#"{"ok":true}"#);
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn with_options(&self, options: RequestOptions) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            options: Arc::new(options.over(&self.options)),
        }
    }

    /// Where the API is, without a slash at its end.
    pub fn base_url(&self) -> &str {
        self.shared.base_url.as_str()
    }

    /// Carries out `operation`, and gives status, headers and body next to the parsed answer.
    ///
    /// # Errors
    /// As the operation's own method.
    pub fn send<O: Operation>(&self, operation: &O) -> Result<Response<O::Output>> {
        operation.send(self)
    }

    /// Sends a request of your own making, for a route that has no method yet, and parses the
    /// answer into any type that deserialises; [`Json`](crate::Json) takes everything, and an
    /// answer without content (204) reads as `null`. See [`Request`] for an example.
    ///
    /// # Errors
    /// Any [`ErrorKind`].
    pub fn request<T: DeserializeOwned>(&self, request: &Request) -> Result<Response<T>> {
        let success = self.exchange(request)?;
        // "No content" is a promise, not a defect: it reads as `null`.
        let body: &[u8] = if success.answer.status == 204 {
            b"null"
        } else {
            &success.answer.body
        };
        let decoded = json::decode(body);
        answered(request, success, decoded)
    }

    /// Sends a request and checks the answer, for who passes it on as it came.
    pub(crate) fn pass_on(&self, request: &Request, shape: &'static Shape) -> Result<Response<()>> {
        let success = self.exchange(request)?;
        let checked = shape::check(&success.answer.body, shape);
        answered(request, success, checked)
    }

    /// What a request of any kind has in common, so that it is compiled once.
    #[inline(never)]
    fn exchange(&self, request: &Request) -> Result<Success> {
        let prepared = self.prepare(request)?;
        http::run(&self.shared.transport, &*self.shared.clock, &prepared)
    }

    /// The same client for requests beside the one that its options were given for.
    pub(crate) fn without_extras(&self) -> Self {
        let options = RequestOptions {
            extra_query: Vec::new(),
            extra_body: Vec::new(),
            ..RequestOptions::clone(&self.options)
        };
        Self {
            shared: Arc::clone(&self.shared),
            options: Arc::new(options),
        }
    }

    pub(crate) fn max_retries(&self) -> u32 {
        self.options.max_retries.unwrap_or(MAX_RETRIES)
    }

    /// The fields that are sent in place of the operation's own.
    pub(crate) fn extra_fields(&self) -> impl Iterator<Item = &str> {
        self.options
            .extra_body
            .iter()
            .map(|(name, _)| name.as_str())
    }

    /// Waits before attempt number `attempt + 1`: as long as the server asked, or as the retry
    /// rule says. A token that fires ends the wait.
    pub(crate) fn back_off(&self, attempt: u32, asked: Option<Duration>) {
        let clock = &self.shared.clock;
        let wait = asked.unwrap_or_else(|| http::backoff(attempt, clock.chance()));
        clock.wait(wait, self.options.cancel.as_ref());
    }

    fn prepare<'a>(&self, request: &'a Request) -> Result<Prepared<'a>> {
        let options = &*self.options;
        let base_url = &self.shared.base_url;
        let target = request.target(&options.extra_query)?;
        if base_url.path().len() + target.len() > MOST_TARGET_BYTES {
            return Err(Error::invalid_input(
                "path",
                "a path and query of at most 64 KiB",
            ));
        }
        let body = request.body_text(&options.extra_body)?;
        let mut headers = Cow::Borrowed(&self.shared.headers);
        for (name, value) in request.headers() {
            http::headers::insert(headers.to_mut(), name, name, value)?;
        }
        for (name, value) in &options.extra_headers {
            http::headers::insert(headers.to_mut(), "extra_headers", name, value)?;
        }
        let timeout = positive("timeout", options.timeout, TIMEOUT)?;
        let connect_timeout =
            positive("connect_timeout", options.connect_timeout, CONNECT_TIMEOUT)?;
        let length = body.as_ref().map(|body| body.len());
        Ok(Prepared {
            request,
            head: http::head(request.method(), base_url, &target, &headers, length),
            body,
            max_retries: self.max_retries(),
            limits: Limits {
                timeout,
                connect_timeout,
                cancel: options.cancel.clone(),
            },
        })
    }
}

/// The answer with what was made of its body, or where and why nothing could be.
fn answered<T>(
    request: &Request,
    success: Success,
    decoded: std::result::Result<T, (String, String)>,
) -> Result<Response<T>> {
    let Success { answer, attempts } = success;
    match decoded {
        Ok(value) => Ok(Response::new(
            value,
            answer.status,
            attempts,
            answer.headers,
            answer.body,
        )),
        Err((path, reason)) => {
            let reason = if answer.body.is_empty() {
                "expected JSON, got an empty body".to_owned()
            } else {
                reason
            };
            Err(Error::of_call(
                ErrorKind::Decode { path, reason },
                CallOutcome {
                    operation: &request.operation(),
                    attempts,
                    may_have_been_applied: request.is_write(),
                    retryable: false,
                    source: None,
                },
            ))
        }
    }
}

/// A day is longer than any call, and short enough for all arithmetic on it.
fn positive(field: &str, value: Option<Duration>, default: Duration) -> Result<Duration> {
    const MOST: Duration = Duration::from_secs(24 * 60 * 60);
    match value.unwrap_or(default) {
        value if value.is_zero() || value > MOST => Err(Error::invalid_input(
            field,
            "more than 0 s and at most a day",
        )),
        value => Ok(value),
    }
}

impl fmt::Debug for Openint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Openint")
            .field("base_url", &self.shared.base_url.as_str())
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// Options for an [`Openint`], checked by [`OpenintBuilder::build`].
///
/// ```
/// use std::time::Duration;
/// use openint::Openint;
///
/// let client = Openint::builder()
///     .api_key("key_test_123")
///     .base_url("http://127.0.0.1:4010/v1")
///     .timeout(Duration::from_secs(10))
///     .max_retries(3)
///     .build()?;
/// # Ok::<(), openint::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct OpenintBuilder {
    api_key: Option<Secret>,
    base_url: Option<String>,
    allow_plain_http: bool,
    default_headers: Vec<(String, String)>,
    user_agent: Option<String>,
    proxy: Option<Secret>,
    ca_bundle: Option<PathBuf>,
    max_response_bytes: Option<u64>,
    options: RequestOptions,
}

impl OpenintBuilder {
    /// The organisation's API key, or a customer's token. Without it, `OPENINT_API_KEY`.
    pub fn api_key(mut self, key: impl Into<Secret>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// Where the API is. Without it, `OPENINT_BASE_URL`, and without that
    /// `https://api.openint.dev/v1`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Permits a base URL with plain `http` beyond loopback, which shows the key and every secret
    /// to whoever is on the way.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// The time that one attempt may take from connecting to the last byte of the answer: 60 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// The part of it that resolving the name, connecting and TLS may take: 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.options.connect_timeout = Some(timeout);
        self
    }

    /// How often a call is repeated at the most where repeating it is safe: 2.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.options.max_retries = Some(retries);
        self
    }

    /// A header that every call sends.
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.default_headers.push((name.into(), value.into()));
        self
    }

    /// Headers that every call sends.
    pub fn default_headers<N, V>(mut self, headers: impl IntoIterator<Item = (N, V)>) -> Self
    where
        N: Into<String>,
        V: Into<String>,
    {
        let headers = headers.into_iter();
        self.default_headers
            .extend(headers.map(|(name, value)| (name.into(), value.into())));
        self
    }

    /// The `User-Agent`, in place of `openint-rust/VERSION`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// An HTTP proxy, such as `http://user:password@proxy.internal:3128`. Without it those of the
    /// environment count (`ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, and `NO_PROXY`), but never for
    /// a base URL on loopback.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// A PEM file with the certificate authorities to trust in place of the system's. Without it
    /// the system's count, or on Linux those in the file named by `SSL_CERT_FILE`.
    pub fn ca_bundle(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_bundle = Some(path.into());
        self
    }

    /// The largest answer that is read, after decompression: 64 MiB.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_response_bytes = Some(bytes);
        self
    }

    /// Makes the client. Opens no connection.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] with the option that cannot be used.
    pub fn build(self) -> Result<Openint> {
        let api_key = self
            .api_key
            .or_else(|| env("OPENINT_API_KEY").map(Secret::from));
        let api_key = api_key.ok_or_else(|| {
            Error::invalid_input("api_key", "a key, given or in the variable OPENINT_API_KEY")
        })?;
        let base_url = self.base_url.or_else(|| env("OPENINT_BASE_URL"));
        let base_url = BaseUrl::parse(
            base_url.as_deref().unwrap_or(BASE_URL),
            self.allow_plain_http,
        )?;
        positive("timeout", self.options.timeout, TIMEOUT)?;
        positive(
            "connect_timeout",
            self.options.connect_timeout,
            CONNECT_TIMEOUT,
        )?;

        let user_agent = match &self.user_agent {
            Some(text) => HeaderValue::from_str(text).map_err(|_| {
                Error::invalid_input("user_agent", "visible ASCII without line breaks")
            })?,
            None => HeaderValue::from_static(concat!("openint-rust/", env!("CARGO_PKG_VERSION"))),
        };
        let mut headers = HeaderMap::new();
        headers.insert(
            AUTHORIZATION,
            http::headers::authorization(api_key.expose())?,
        );
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        headers.insert(USER_AGENT, user_agent);
        for (name, value) in &self.default_headers {
            http::headers::insert(&mut headers, "default_headers", name, value)?;
        }

        let proxy = match &self.proxy {
            Some(url) => Some(http::proxy::parse(url)?),
            None => http::proxy::from_env(&base_url)?,
        };
        let ca_bundle = self
            .ca_bundle
            .map(|path| {
                let pem = std::fs::read(&path).map_err(|error| {
                    let path = path.display();
                    Error::invalid_input("ca_bundle", format!("a PEM file, but {path}: {error}"))
                })?;
                http::parse_ca_bundle(&pem)
            })
            .transpose()?;
        let max_response_bytes = self.max_response_bytes.unwrap_or(MAX_RESPONSE_BYTES);
        Ok(Openint {
            shared: Arc::new(Shared {
                transport: HttpTransport::new(TransportConfig {
                    server: base_url.uri().clone(),
                    proxy,
                    ca_bundle,
                    max_response_bytes,
                }),
                clock: Box::new(SystemClock),
                base_url,
                headers,
            }),
            options: Arc::new(self.options),
        })
    }
}

fn env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl fmt::Debug for OpenintBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self
            .default_headers
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        f.debug_struct("OpenintBuilder")
            .field("api_key", &self.api_key)
            .field("base_url", &self.base_url)
            .field("default_headers", &names)
            .field("user_agent", &self.user_agent)
            .field("proxy", &self.proxy)
            .field("ca_bundle", &self.ca_bundle)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
