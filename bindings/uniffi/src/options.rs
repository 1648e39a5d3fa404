use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use openint::{CancelToken, Openint, OpenintBuilder, RequestOptions, Response};

use crate::answer::NativeAnswer;
use crate::cancel::NativeCancelToken;
use crate::client::{ApiKeyAnswer, ApiKeyProvider, Interrupts};
use crate::error::OpenintError;
use crate::observer::{AttemptObserver, Observer};
use crate::values::JsonValue;

/// The core's own `timeout`.
const TIMEOUT: Duration = Duration::from_secs(60);
/// The core's own `total_timeout`.
const TOTAL_TIMEOUT: Duration = Duration::from_secs(5 * 60);

/// A name and its value, such as a header.
#[derive(Clone, uniffi::Record)]
pub struct NameValue {
    /// The name.
    pub name: String,
    /// The value; it may be a secret.
    pub value: String,
}

impl fmt::Debug for NameValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// A field of a JSON object.
#[derive(Clone, uniffi::Record)]
pub struct JsonField {
    /// The name.
    pub name: String,
    /// The value; it may be a secret.
    pub value: JsonValue,
}

/// Options of a client. Those that are absent are as the core has them.
#[derive(Clone, Default, uniffi::Record)]
pub struct ClientOptions {
    /// Without it, the variable `OPENINT_API_KEY`.
    #[uniffi(default)]
    pub api_key: Option<String>,
    /// Without it, the variable `OPENINT_BASE_URL`, and without that the API's own.
    #[uniffi(default)]
    pub base_url: Option<String>,
    /// True if plain `http` beyond loopback is permitted.
    #[uniffi(default)]
    pub allow_plain_http: Option<bool>,
    /// Milliseconds for one attempt.
    #[uniffi(default)]
    pub timeout_ms: Option<i64>,
    /// Milliseconds of it for connecting.
    #[uniffi(default)]
    pub connect_timeout_ms: Option<i64>,
    /// Milliseconds for all attempts and the waits between them.
    #[uniffi(default)]
    pub total_timeout_ms: Option<i64>,
    /// The most repetitions.
    #[uniffi(default)]
    pub max_retries: Option<i32>,
    /// Headers that every call sends.
    #[uniffi(default)]
    pub default_headers: Vec<NameValue>,
    /// The language in the `User-Agent` that a client has of itself, `openint-LANGUAGE/VERSION`.
    pub language: String,
    /// Another `User-Agent`.
    #[uniffi(default)]
    pub user_agent: Option<String>,
    /// An HTTP proxy.
    #[uniffi(default)]
    pub proxy: Option<String>,
    /// A PEM file.
    #[uniffi(default)]
    pub ca_bundle: Option<String>,
    /// The largest answer that is read.
    #[uniffi(default)]
    pub max_response_bytes: Option<i64>,
}

impl fmt::Debug for ClientOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientOptions").finish_non_exhaustive()
    }
}

impl ClientOptions {
    /// The time that one attempt may take.
    pub(crate) fn timeout(&self) -> Result<Duration, OpenintError> {
        Ok(milliseconds("timeout", self.timeout_ms)?.unwrap_or(TIMEOUT))
    }

    /// The time that all attempts of a call may take.
    pub(crate) fn total_timeout(&self) -> Result<Duration, OpenintError> {
        let given = milliseconds("total_timeout", self.total_timeout_ms)?;
        Ok(given.unwrap_or(TOTAL_TIMEOUT))
    }

    pub(crate) fn build(
        self,
        api_keys: Option<Box<dyn ApiKeyProvider>>,
        observer: Option<Box<dyn AttemptObserver>>,
    ) -> Result<Openint, OpenintError> {
        let mut builder = Openint::builder().default_headers(pairs(self.default_headers));
        builder = set(builder, self.api_key, OpenintBuilder::api_key);
        builder = set(builder, self.base_url, OpenintBuilder::base_url);
        builder = set(
            builder,
            self.allow_plain_http,
            OpenintBuilder::allow_plain_http,
        );
        let timeout = milliseconds("timeout", self.timeout_ms)?;
        builder = set(builder, timeout, OpenintBuilder::timeout);
        let connect = milliseconds("connect_timeout", self.connect_timeout_ms)?;
        builder = set(builder, connect, OpenintBuilder::connect_timeout);
        let total = milliseconds("total_timeout", self.total_timeout_ms)?;
        builder = set(builder, total, OpenintBuilder::total_timeout);
        let retries = retries(self.max_retries)?;
        builder = set(builder, retries, OpenintBuilder::max_retries);
        let language = self.language;
        builder = builder.user_agent(self.user_agent.unwrap_or_else(|| {
            concat!("openint-LANGUAGE/", env!("CARGO_PKG_VERSION")).replace("LANGUAGE", &language)
        }));
        builder = set(builder, self.proxy, OpenintBuilder::proxy);
        builder = set(builder, self.ca_bundle, OpenintBuilder::ca_bundle);
        let most = match self.max_response_bytes {
            Some(bytes) if bytes < 0 => {
                return Err(OpenintError::invalid_input(
                    "max_response_bytes",
                    "0 bytes or more",
                ));
            }
            bytes => bytes.map(i64::unsigned_abs),
        };
        builder = set(builder, most, OpenintBuilder::max_response_bytes);
        if let Some(provider) = api_keys {
            builder = builder.api_key_provider(move || match provider.api_key() {
                ApiKeyAnswer::Key { key } => Ok(key),
                ApiKeyAnswer::Failed { reason } => Err(reason),
            });
        }
        if let Some(observer) = observer {
            builder = builder.observer(Observer(observer));
        }
        builder.build().map_err(OpenintError::from)
    }
}

/// Options of one call, over those of its client.
#[derive(Clone, Default, uniffi::Record)]
pub struct CallOptions {
    /// Milliseconds for one attempt.
    #[uniffi(default)]
    pub timeout_ms: Option<i64>,
    /// Milliseconds of it for connecting.
    #[uniffi(default)]
    pub connect_timeout_ms: Option<i64>,
    /// Milliseconds for all attempts and the waits between them.
    #[uniffi(default)]
    pub total_timeout_ms: Option<i64>,
    /// The most repetitions.
    #[uniffi(default)]
    pub max_retries: Option<i32>,
    /// Headers in place of the client's.
    #[uniffi(default)]
    pub extra_headers: Vec<NameValue>,
    /// Query parameters beside the method's own.
    #[uniffi(default)]
    pub extra_query: Vec<NameValue>,
    /// Fields of the body.
    #[uniffi(default)]
    pub extra_body: Vec<JsonField>,
    /// Ends the call.
    #[uniffi(default)]
    pub cancel: Option<Arc<NativeCancelToken>>,
    /// Holder in which the answer is left as it came.
    #[uniffi(default)]
    pub answer: Option<Arc<NativeAnswer>>,
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions").finish_non_exhaustive()
    }
}

impl CallOptions {
    /// The call that they are for.
    pub(crate) fn build(self, defaults: &Defaults) -> Result<Call, OpenintError> {
        let mut options = RequestOptions::new();
        let own_timeout = milliseconds("timeout", self.timeout_ms)?;
        options = set(options, own_timeout, RequestOptions::timeout);
        let connect = milliseconds("connect_timeout", self.connect_timeout_ms)?;
        options = set(options, connect, RequestOptions::connect_timeout);
        let own_total = milliseconds("total_timeout", self.total_timeout_ms)?;
        options = set(options, own_total, RequestOptions::total_timeout);
        let retries = retries(self.max_retries)?;
        options = set(options, retries, RequestOptions::max_retries);
        for NameValue { name, value } in self.extra_headers {
            options = options.extra_header(name, value);
        }
        for NameValue { name, value } in self.extra_query {
            options = options.extra_query(name, value);
        }
        for JsonField { name, value } in self.extra_body {
            options = options.extra_body(name, value);
        }
        let token = self.cancel.map(|cancel| cancel.0.clone());
        options = set(
            options,
            defaults.token(token.clone()),
            RequestOptions::cancel,
        );
        Ok(Call {
            options,
            timeout: own_timeout.unwrap_or(defaults.timeout),
            total_timeout: own_total.unwrap_or(defaults.total_timeout),
            token,
            answer: self.answer,
        })
    }
}

/// Options of a client for all of its calls.
#[derive(Clone)]
pub(crate) struct Defaults {
    pub(crate) timeout: Duration,
    pub(crate) total_timeout: Duration,
    pub(crate) interrupts: Option<Arc<dyn Interrupts>>,
}

impl Defaults {
    /// The token that ends a call: the given one, and an interrupt of the call's thread.
    fn token(&self, given: Option<CancelToken>) -> Option<CancelToken> {
        let Some(interrupts) = self.interrupts.clone() else {
            return given;
        };
        Some(CancelToken::polling(move || {
            interrupts.is_interrupted() || given.as_ref().is_some_and(CancelToken::is_cancelled)
        }))
    }
}

/// A call before it begins.
pub(crate) struct Call {
    options: RequestOptions,
    timeout: Duration,
    total_timeout: Duration,
    token: Option<CancelToken>,
    answer: Option<Arc<NativeAnswer>>,
}

impl Call {
    pub(crate) fn options(&self) -> RequestOptions {
        self.options.clone()
    }

    /// The longest time that the call may wait for a thread.
    pub(crate) fn limit(&self) -> Duration {
        self.timeout.min(self.total_timeout)
    }

    pub(crate) fn token(&self) -> Option<CancelToken> {
        self.token.clone()
    }

    /// The same after waiting for a thread, which counts for its time.
    pub(crate) fn after(self, waited: Duration) -> Self {
        // Less is the time that a thread takes to begin.
        if waited < Duration::from_millis(10) {
            return self;
        }
        let left = |limit: Duration| limit.saturating_sub(waited).max(Duration::from_millis(1));
        let options = self.options.timeout(left(self.timeout));
        Self {
            options: options.total_timeout(left(self.total_timeout)),
            ..self
        }
    }

    /// Refuses a call whose token has fired, before anything is done.
    pub(crate) fn check(&self) -> Result<(), OpenintError> {
        match &self.token {
            Some(token) if token.is_cancelled() => Err(OpenintError::cancelled()),
            _ => Ok(()),
        }
    }

    /// Leaves the answer where it was asked for.
    pub(crate) fn keep<T>(&self, response: &Response<T>) {
        if let Some(answer) = &self.answer {
            answer.keep(response);
        }
    }
}

pub(crate) fn pairs(pairs: Vec<NameValue>) -> impl Iterator<Item = (String, String)> {
    pairs
        .into_iter()
        .map(|NameValue { name, value }| (name, value))
}

/// Applies a builder's method where there is a value.
fn set<B, T>(builder: B, value: Option<T>, method: impl FnOnce(B, T) -> B) -> B {
    match value {
        Some(value) => method(builder, value),
        None => builder,
    }
}

/// The core refuses zero and more than a day; a negative duration has no form there.
fn milliseconds(field: &str, value: Option<i64>) -> Result<Option<Duration>, OpenintError> {
    match value {
        Some(ms) if ms < 0 => Err(OpenintError::invalid_input(
            field,
            "more than 0 s and at most a day",
        )),
        ms => Ok(ms.map(|ms| Duration::from_millis(ms.unsigned_abs()))),
    }
}

fn retries(value: Option<i32>) -> Result<Option<u32>, OpenintError> {
    match value {
        Some(retries) if retries < 0 => {
            Err(OpenintError::invalid_input("max_retries", "0 or more"))
        }
        retries => Ok(retries.map(i32::unsigned_abs)),
    }
}
