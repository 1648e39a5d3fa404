//! The client: what every call goes through.

mod builder;
mod flights;
mod key;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use ureq::http::HeaderMap;
use ureq::http::header::AUTHORIZATION;

pub use self::builder::OpenintBuilder;
use self::flights::{Flights, Shared as Flown};
use self::key::KeyProvider;
use crate::error::{CallOutcome, Error, ErrorKind, Result};
use crate::http::base_url::BaseUrl;
#[cfg(feature = "bulk")]
use crate::http::request::Method;
use crate::http::request::Request;
use crate::http::transport::HttpTransport;
use crate::http::{self, Clock, Limits, Prepared, Success};
use crate::json;
use crate::observer::Observers;
use crate::options::RequestOptions;
use crate::resources::connections::Connection;
use crate::response::Response;

const TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(5 * 60);
const MAX_RETRIES: u32 = 2;

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
    /// Source of keys, where the key is not among the headers.
    key_provider: Option<KeyProvider>,
    observers: Observers,
    /// Creations with an idempotency key that are under way.
    creations: Flights<Response<Connection>>,
}

/// Something that can be asked of the API: the parameters of one call, and what it answers.
///
/// Every method of [`Openint`] takes one; [`Openint::send`] takes any and gives raw access.
pub trait Operation {
    /// Type that a success is parsed into.
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
    /// use std::time::{Duration, Instant};
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

    /// Returns the URL of the API, without a slash at its end.
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
        match json::decode(body) {
            Ok(value) => Ok(Response::new(
                value,
                success.answer.status,
                success.attempts,
                success.answer.headers,
                success.answer.body,
            )),
            Err((path, reason)) => Err(unreadable(request, &success, path, reason)),
        }
    }

    /// Sends a request: all that calls of any kind have in common, so that it is compiled once.
    #[inline(never)]
    fn exchange(&self, request: &Request) -> Result<Success> {
        let mut prepared = self.prepare(request)?;
        let provider = match &self.shared.key_provider {
            // A key among the caller's own headers goes in place of the client's.
            Some(provider) if !prepared.headers.contains_key(AUTHORIZATION) => provider,
            _ => return self.run(&prepared),
        };
        let key = provider.header(&prepared.limits, None)?;
        prepared.headers.to_mut().insert(AUTHORIZATION, key.clone());
        let refusal = match self.run(&prepared) {
            Err(error) if error.status() == Some(401) => error,
            ended => return ended,
        };
        // The API refuses a key before it does anything, so a write can be sent again.
        let attempts = refusal.attempts();
        let all = |error: Error| {
            let attempts = attempts + error.attempts();
            let applied = error.may_have_been_applied() || refusal.may_have_been_applied();
            error.of_attempts(attempts, applied)
        };
        let fresh = provider.header(&prepared.limits, Some(&key)).map_err(all)?;
        if fresh == key {
            return Err(refusal);
        }
        prepared.headers.to_mut().insert(AUTHORIZATION, fresh);
        prepared.attempts_before = attempts;
        let mut success = self.run(&prepared).map_err(all)?;
        success.attempts += attempts;
        Ok(success)
    }

    fn run(&self, prepared: &Prepared<'_>) -> Result<Success> {
        http::run(&self.shared.transport, &*self.shared.clock, prepared)
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

    /// Makes a connection, or waits for a call on this client that makes the one with the same key.
    pub(crate) fn share_creation(
        &self,
        key: [&str; 3],
        create: impl FnOnce() -> Result<Response<Connection>>,
    ) -> Result<Response<Connection>> {
        // No part holds NUL. A call with a key or fields of its own shares with none but its like.
        let key = format!("{}\0{:?}", key.join("\0"), self.options.extras());
        let limits = self.limits()?;
        match self.shared.creations.share(&key, &limits, create)? {
            Flown::Made(response) => Ok(response),
            Flown::Joined(response) => Ok(response.after_attempts(0)),
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

    /// The same client for one call of several requests, which end together.
    pub(crate) fn for_one_call(&self) -> Result<Self> {
        let deadline = self.deadline()?;
        let options = RequestOptions {
            deadline: Some(deadline),
            ..RequestOptions::default()
        };
        Ok(self.with_options(options))
    }

    /// When a call that is under way or begins now is to be over.
    fn deadline(&self) -> Result<Instant> {
        let total_timeout = self.total_timeout()?;
        let deadline = self.options.deadline;
        Ok(deadline.unwrap_or_else(|| Instant::now() + total_timeout))
    }

    fn total_timeout(&self) -> Result<Duration> {
        positive("total_timeout", self.options.total_timeout, TOTAL_TIMEOUT)
    }

    /// Waits after attempt number `attempt`, which ended with `error`, as the retry policy says. A
    /// token that fires ends the wait. Where no attempt may follow, the error comes back.
    pub(crate) fn back_off(&self, attempt: u32, error: Error) -> Result<Error> {
        let clock = &self.shared.clock;
        let asked = error.api().and_then(|api| api.retry_after);
        let Some(wait) = http::wait(attempt, asked, clock.chance()) else {
            return Err(error);
        };
        if wait >= self.deadline()?.saturating_duration_since(Instant::now()) {
            return Err(error.of_unfit_wait(wait, self.total_timeout()?));
        }
        clock.wait(wait, self.options.cancel.as_ref());
        Ok(error)
    }

    fn limits(&self) -> Result<Limits> {
        let options = &*self.options;
        Ok(Limits {
            timeout: positive("timeout", options.timeout, TIMEOUT)?,
            connect_timeout: positive("connect_timeout", options.connect_timeout, CONNECT_TIMEOUT)?,
            total_timeout: self.total_timeout()?,
            deadline: self.deadline()?,
            cancel: options.cancel.clone(),
        })
    }

    /// Checks the options that every call has, so that a bad one does not fail each of many.
    #[cfg(feature = "bulk")]
    pub(crate) fn check_options(&self) -> Result<()> {
        let request = Request::new(Method::Get, "/health");
        self.prepare(&request).map(drop)
    }

    fn prepare<'a>(&'a self, request: &'a Request) -> Result<Prepared<'a>> {
        let options = &*self.options;
        let base_url = &self.shared.base_url;
        let uri = base_url.uri(&request.target(&options.extra_query)?)?;
        let body = request.body_text(&options.extra_body)?;
        let mut headers = Cow::Borrowed(&self.shared.headers);
        for (name, value) in request.headers() {
            http::headers::insert(headers.to_mut(), name, name, value)?;
        }
        for (name, value) in &options.extra_headers {
            http::headers::insert(headers.to_mut(), "extra_headers", name, value)?;
        }
        Ok(Prepared {
            request,
            base_url,
            uri,
            headers,
            body,
            max_retries: self.max_retries(),
            attempts_before: 0,
            limits: self.limits()?,
            observers: &self.shared.observers,
        })
    }
}

/// The error of a success that could not be read.
fn unreadable(request: &Request, success: &Success, path: String, reason: String) -> Error {
    let reason = match success.answer.body.is_empty() {
        true => "expected JSON, got an empty body".to_owned(),
        false => reason,
    };
    Error::of_call(
        ErrorKind::Decode { path, reason },
        CallOutcome {
            operation: &request.operation(),
            attempts: success.attempts,
            may_have_been_applied: request.is_write(),
            retryable: false,
            source: None,
        },
    )
}

/// A day is longer than any call, and short enough for all arithmetic on it.
fn positive(field: &str, value: Option<Duration>, default: Duration) -> Result<Duration> {
    const MAX: Duration = Duration::from_secs(24 * 60 * 60);
    match value.unwrap_or(default) {
        value if value.is_zero() || value > MAX => Err(Error::invalid_input(
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
