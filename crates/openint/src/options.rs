use std::fmt;
use std::time::{Duration, Instant};

use crate::cancel::CancelToken;
use crate::json::Json;

/// Options of single calls, given through [`Openint::with_options`](crate::Openint::with_options).
///
/// Those that are not set are as the client was built. They are checked when a call is made: a
/// header that cannot be one is [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) before
/// a byte is sent.
///
/// ```
/// use std::time::{Duration, Instant};
/// use openint::RequestOptions;
///
/// let patient = RequestOptions::new()
///     .timeout(Duration::from_secs(120))
///     .max_retries(5)
///     .extra_header("x-tenant", "acme");
/// assert!(!format!("{patient:?}").contains("acme"));
/// ```
#[derive(Clone, Default)]
pub struct RequestOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    /// The end of the call that a request is part of, where that has begun.
    pub(crate) deadline: Option<Instant>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) extra_headers: Vec<(String, String)>,
    pub(crate) extra_query: Vec<(String, String)>,
    pub(crate) extra_body: Vec<(String, Json)>,
    pub(crate) cancel: Option<CancelToken>,
}

impl RequestOptions {
    /// No options.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the time that one attempt may take, from connecting to the last byte of the answer:
    /// more than 0 and at most a day. [`total_timeout`](Self::total_timeout) is that of all
    /// attempts together.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the part of it that resolving the name, connecting and TLS may take.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets the time that the whole call may take: all attempts, the waits between them, and the
    /// look-ups of an idempotency key; more than 0 and at most a day. Where an iterator reads a
    /// list, it is the time of each page. A wait that would not end in time is not begun: the call
    /// fails at once, with what the last attempt ended with.
    ///
    /// ```
    /// use std::time::{Duration, Instant};
    /// use openint::{Openint, RequestOptions};
    /// # use openint_sandbox::{Answer, Sandbox};
    /// # let sandbox = Sandbox::start().unwrap();
    /// # sandbox.script([Answer::status(429).header("retry-after", "30")]);
    /// # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// // The server asks to come back in 30 s, which is too late.
    /// let hasty = RequestOptions::new().total_timeout(Duration::from_secs(10));
    /// let started = Instant::now();
    /// let error = client.with_options(hasty).viewer().unwrap_err();
    /// assert_eq!(error.status(), Some(429));
    /// assert!(started.elapsed() < Duration::from_secs(5));
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// Sets how often a call is repeated at the most where repeating it is safe.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = Some(retries);
        self
    }

    /// Sends a header, in place of one of the same name that the client sends.
    pub fn extra_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra_headers.push((name.into(), value.into()));
        self
    }

    /// Sends a query parameter besides those of the method.
    pub fn extra_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra_query.push((name.into(), value.into()));
        self
    }

    /// Sends a top-level field of the JSON body, in place of one of the same name.
    pub fn extra_body(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.extra_body.push((name.into(), value.into()));
        self
    }

    /// Lets `token` end the call.
    pub fn cancel(mut self, token: CancelToken) -> Self {
        self.cancel = Some(token);
        self
    }

    /// Returns a view of what is sent beside the request itself, values included.
    pub(crate) fn extras(&self) -> impl fmt::Debug {
        let body = self.extra_body.iter();
        let body: Vec<_> = body.map(|(name, json)| (name, json.as_str())).collect();
        (&self.extra_headers, &self.extra_query, body)
    }

    /// These options, and under them those of `base`.
    pub(crate) fn over(self, base: &Self) -> Self {
        fn joined<T: Clone>(base: &[T], over: Vec<T>) -> Vec<T> {
            base.iter().cloned().chain(over).collect()
        }
        Self {
            timeout: self.timeout.or(base.timeout),
            connect_timeout: self.connect_timeout.or(base.connect_timeout),
            total_timeout: self.total_timeout.or(base.total_timeout),
            deadline: self.deadline.or(base.deadline),
            max_retries: self.max_retries.or(base.max_retries),
            extra_headers: joined(&base.extra_headers, self.extra_headers),
            extra_query: joined(&base.extra_query, self.extra_query),
            extra_body: joined(&base.extra_body, self.extra_body),
            cancel: self.cancel.or_else(|| base.cancel.clone()),
        }
    }
}

impl fmt::Debug for RequestOptions {
    /// Names without values: headers, parameters and fields can be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn names<T>(pairs: &[(String, T)]) -> Vec<&str> {
            pairs.iter().map(|(name, _)| name.as_str()).collect()
        }
        f.debug_struct("RequestOptions")
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("max_retries", &self.max_retries)
            .field("extra_headers", &names(&self.extra_headers))
            .field("extra_query", &names(&self.extra_query))
            .field("extra_body", &names(&self.extra_body))
            .field("cancel", &self.cancel.is_some())
            .finish()
    }
}
