use std::fmt;
use std::time::Duration;

use openint::{Openint, OpenintBuilder, RequestOptions};

use crate::error::NativeError;

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

/// How a client is made. What is absent is as the core has it.
#[derive(Clone, Default, uniffi::Record)]
pub struct ClientOptions {
    /// Without it, the variable `OPENINT_API_KEY`.
    pub api_key: Option<String>,
    /// Without it, the variable `OPENINT_BASE_URL`, and without that the API's own.
    pub base_url: Option<String>,
    /// Whether plain `http` beyond loopback is permitted.
    pub allow_plain_http: Option<bool>,
    /// Milliseconds for one attempt.
    pub timeout_ms: Option<i64>,
    /// Milliseconds of it for connecting.
    pub connect_timeout_ms: Option<i64>,
    /// The most repetitions.
    pub max_retries: Option<i32>,
    /// Headers that every call sends.
    pub default_headers: Vec<NameValue>,
    /// The `User-Agent`.
    pub user_agent: Option<String>,
    /// An HTTP proxy.
    pub proxy: Option<String>,
    /// A PEM file.
    pub ca_bundle: Option<String>,
    /// The largest answer that is read.
    pub max_response_bytes: Option<i64>,
}

impl fmt::Debug for ClientOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientOptions").finish_non_exhaustive()
    }
}

impl ClientOptions {
    pub(crate) fn build(self) -> Result<Openint, NativeError> {
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
        let retries = retries(self.max_retries)?;
        builder = set(builder, retries, OpenintBuilder::max_retries);
        builder = set(builder, self.user_agent, OpenintBuilder::user_agent);
        builder = set(builder, self.proxy, OpenintBuilder::proxy);
        builder = set(builder, self.ca_bundle, OpenintBuilder::ca_bundle);
        let most = match self.max_response_bytes {
            Some(bytes) if bytes < 0 => {
                return Err(NativeError::invalid_input(
                    "max_response_bytes",
                    "0 bytes or more",
                ));
            }
            bytes => bytes.map(i64::unsigned_abs),
        };
        builder = set(builder, most, OpenintBuilder::max_response_bytes);
        builder.build().map_err(NativeError::from)
    }
}

/// Options of one call, over those of its client.
#[derive(Clone, Default, uniffi::Record)]
pub struct CallOptions {
    /// Milliseconds for one attempt.
    pub timeout_ms: Option<i64>,
    /// Milliseconds of it for connecting.
    pub connect_timeout_ms: Option<i64>,
    /// The most repetitions.
    pub max_retries: Option<i32>,
    /// Headers in place of the client's.
    pub extra_headers: Vec<NameValue>,
    /// Query parameters beside the method's own.
    pub extra_query: Vec<NameValue>,
    /// Fields of the body, their values as JSON text.
    pub extra_body: Vec<NameValue>,
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions").finish_non_exhaustive()
    }
}

impl CallOptions {
    pub(crate) fn build(self) -> Result<RequestOptions, NativeError> {
        let mut options = RequestOptions::new();
        let timeout = milliseconds("timeout", self.timeout_ms)?;
        options = set(options, timeout, RequestOptions::timeout);
        let connect = milliseconds("connect_timeout", self.connect_timeout_ms)?;
        options = set(options, connect, RequestOptions::connect_timeout);
        let retries = retries(self.max_retries)?;
        options = set(options, retries, RequestOptions::max_retries);
        for NameValue { name, value } in self.extra_headers {
            options = options.extra_header(name, value);
        }
        for NameValue { name, value } in self.extra_query {
            options = options.extra_query(name, value);
        }
        for NameValue { name, value } in self.extra_body {
            let json = crate::request::json(&format!("extra_body.{name}"), value)?;
            options = options.extra_body(name, json);
        }
        Ok(options)
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
fn milliseconds(field: &str, value: Option<i64>) -> Result<Option<Duration>, NativeError> {
    match value {
        Some(ms) if ms < 0 => Err(NativeError::invalid_input(
            field,
            "more than 0 s and at most a day",
        )),
        ms => Ok(ms.map(|ms| Duration::from_millis(ms.unsigned_abs()))),
    }
}

fn retries(value: Option<i32>) -> Result<Option<u32>, NativeError> {
    match value {
        Some(retries) if retries < 0 => Err(NativeError::invalid_input("max_retries", "0 or more")),
        retries => Ok(retries.map(i32::unsigned_abs)),
    }
}
