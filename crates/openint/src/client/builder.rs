//! The options of a client, and what is made of them.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ureq::http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, USER_AGENT};
use ureq::http::{HeaderMap, HeaderValue};
use ureq::tls::RootCerts;

use super::key::Ask;
use super::{
    CONNECT_TIMEOUT, Flights, KeyProvider, Openint, Shared, TIMEOUT, TOTAL_TIMEOUT, positive,
};
use crate::error::{Error, Result};
use crate::http::base_url::BaseUrl;
use crate::http::transport::{HttpTransport, TransportConfig};
use crate::http::{self, SystemClock};
use crate::observer::{Observer, Observers};
use crate::options::RequestOptions;
use crate::secret::Secret;

const USER_AGENT_VALUE: &str = concat!("openint-rust/", env!("CARGO_PKG_VERSION"));
const BASE_URL: &str = "https://api.openint.dev/v1";
/// Room for a page of 3,000 rows with generous metadata.
const MAX_RESPONSE_BYTES: u64 = 64 * 1024 * 1024;

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
    api_key_provider: Option<Ask>,
    base_url: Option<String>,
    allow_plain_http: bool,
    default_headers: Vec<(String, String)>,
    user_agent: Option<String>,
    proxy: Option<Secret>,
    ca_bundle: Option<PathBuf>,
    max_response_bytes: Option<u64>,
    observers: Observers,
    options: RequestOptions,
}

impl OpenintBuilder {
    /// The organisation's API key, or a customer's token. Without it, `OPENINT_API_KEY`.
    pub fn api_key(mut self, key: impl Into<Secret>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// A function that gives the key, in place of [`api_key`](Self::api_key): for keys that run out,
    /// such as a customer's token inside an app.
    ///
    /// It is asked when the client has no key yet, and once more by a call that the API refuses with
    /// 401, which is then sent again with the new key. Calls that need one at the same time share one
    /// question. Its failure is the error of these calls, of the kind
    /// [`ApiKey`](crate::ErrorKind::ApiKey). It runs on the thread of a call, and the limits of the
    /// call do not end it. It can make no call with this same client.
    ///
    /// ```
    /// use openint::{Openint, Secret};
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let key = sandbox.api_key().to_owned();
    /// # let fetch_token = move || Ok::<_, std::io::Error>(Secret::new(key.as_str()));
    ///
    /// let client = Openint::builder()
    ///     .api_key_provider(fetch_token) // asks your own server
    /// #   .base_url(sandbox.base_url())
    ///     .build()?;
    /// assert!(client.health()?.ok);
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn api_key_provider<F, E>(mut self, provider: F) -> Self
    where
        F: Fn() -> Result<Secret, E> + Send + Sync + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        self.api_key_provider = Some(Arc::new(move || provider().map_err(Into::into)));
        self
    }

    /// Sets the URL of the API. Without it, `OPENINT_BASE_URL`, and without that
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

    /// Sets the time that a whole call may take, with all its attempts, the waits between them and
    /// the look-ups of an idempotency key: 5 minutes. It can be more than 0 and at most a day. See
    /// [`RequestOptions::total_timeout`].
    ///
    /// ```
    /// use std::time::Duration;
    /// use openint::Openint;
    ///
    /// let client = Openint::builder()
    ///     .api_key("key_test_123")
    ///     .total_timeout(Duration::from_secs(30))
    ///     .build()?;
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.options.total_timeout = Some(timeout);
        self
    }

    /// Sets the most repetitions of a call where repeating it is safe. Preset: 2.
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
    /// environment count, but never for a base URL on loopback: `https_proxy` or `HTTPS_PROXY`
    /// (`http_proxy` or `HTTP_PROXY` for plain `http`, the latter not in a CGI program), then
    /// `all_proxy` or `ALL_PROXY`, and `no_proxy` or `NO_PROXY` for hosts without one.
    pub fn proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// A PEM file with the certificate authorities to trust in place of the system's. Without it
    /// those count that `SSL_CERT_FILE` and `SSL_CERT_DIR` name, or else the system's; on Android
    /// Mozilla's.
    pub fn ca_bundle(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_bundle = Some(path.into());
        self
    }

    /// The largest answer that is read, after decompression: 64 MiB.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_response_bytes = Some(bytes);
        self
    }

    /// Adds an observer of every attempt of the client's calls, see [`Observer`].
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.observers.push(Arc::new(observer));
        self
    }

    /// Makes the client. Opens no connection.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with the option that cannot be used.
    pub fn build(self) -> Result<Openint> {
        if self.api_key.is_some() && self.api_key_provider.is_some() {
            return Err(Error::invalid_input(
                "api_key",
                "a key or a provider of keys, not both",
            ));
        }
        let api_key = match &self.api_key_provider {
            Some(_) => None,
            None => Some(
                self.api_key
                    .or_else(|| env("OPENINT_API_KEY").map(Secret::from))
                    .ok_or_else(|| {
                        Error::invalid_input(
                            "api_key",
                            "a key, given or in the variable OPENINT_API_KEY",
                        )
                    })?,
            ),
        };
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
        positive("total_timeout", self.options.total_timeout, TOTAL_TIMEOUT)?;

        let user_agent = self.user_agent.as_deref().unwrap_or(USER_AGENT_VALUE);
        let user_agent_header = HeaderValue::from_str(user_agent)
            .map_err(|_| Error::invalid_input("user_agent", "visible ASCII without line breaks"))?;
        let mut headers = HeaderMap::new();
        if let Some(key) = &api_key {
            headers.insert(AUTHORIZATION, http::headers::authorization(key.expose())?);
        }
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        headers.insert(USER_AGENT, user_agent_header);
        for (name, value) in &self.default_headers {
            http::headers::insert(&mut headers, "default_headers", name, value)?;
        }

        let proxy = match &self.proxy {
            Some(url) => Some(http::proxy::parse(url)?),
            None => http::proxy::from_env(&base_url)?,
        };
        let roots = match &self.ca_bundle {
            Some(path) => http::roots::in_bundle(path)?,
            None if base_url.is_https() || proxy.as_ref().is_some_and(http::proxy::is_https) => {
                http::roots::of_system()?
            }
            None => RootCerts::PlatformVerifier,
        };
        let max_response_bytes = self.max_response_bytes.unwrap_or(MAX_RESPONSE_BYTES);
        Ok(Openint {
            shared: Arc::new(Shared {
                transport: HttpTransport::new(TransportConfig {
                    proxy,
                    roots,
                    user_agent: user_agent.to_owned(),
                    max_response_bytes,
                }),
                clock: Box::new(SystemClock),
                base_url,
                headers,
                key_provider: self.api_key_provider.map(KeyProvider::new),
                observers: self.observers,
                creations: Flights::new(|| {
                    Error::invalid_input(
                        "idempotency_key",
                        "a key other than that of the creation inside which this call is made",
                    )
                }),
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
            .field("api_key_provider", &self.api_key_provider.is_some())
            .field("base_url", &self.base_url)
            .field("default_headers", &names)
            .field("user_agent", &self.user_agent)
            .field("proxy", &self.proxy)
            .field("ca_bundle", &self.ca_bundle)
            .field("max_response_bytes", &self.max_response_bytes)
            .field("observers", &self.observers.len())
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
