//! Options as they come from Python.

use std::time::Duration;

use openint::{Json, RequestOptions, Result};
use pyo3::prelude::*;

use crate::call::CancelToken;

type Pairs = Vec<(String, String)>;

/// The options of one call: a tuple that the package builds.
#[derive(FromPyObject)]
pub(crate) struct CallOptions(
    /// `timeout` in seconds.
    Option<f64>,
    /// `connect_timeout` in seconds.
    Option<f64>,
    /// `max_retries`.
    Option<u32>,
    /// `extra_headers`.
    Pairs,
    /// `extra_query`.
    Pairs,
    /// `extra_body`: names and JSON texts.
    Pairs,
    /// `cancel`.
    Option<Py<CancelToken>>,
);

impl CallOptions {
    pub(crate) fn cancel(&self) -> Option<openint::CancelToken> {
        self.6.as_ref().map(|token| token.get().core())
    }

    /// All of them but the token, which a call has of its own.
    pub(crate) fn build(self) -> Result<RequestOptions> {
        let Self(timeout, connect_timeout, max_retries, headers, query, body, _) = self;
        let mut options = RequestOptions::new();
        if let Some(timeout) = timeout {
            options = options.timeout(seconds(timeout));
        }
        if let Some(timeout) = connect_timeout {
            options = options.connect_timeout(seconds(timeout));
        }
        if let Some(retries) = max_retries {
            options = options.max_retries(retries);
        }
        for (name, value) in headers {
            options = options.extra_header(name, value);
        }
        for (name, value) in query {
            options = options.extra_query(name, value);
        }
        for (name, json) in body {
            options = options.extra_body(name, Json::parse(json)?);
        }
        Ok(options)
    }
}

/// What is no duration becomes one that the core refuses, with its own message.
pub(crate) fn seconds(seconds: f64) -> Duration {
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) => duration,
        Err(_) if seconds > 0.0 => Duration::MAX,
        Err(_) => Duration::ZERO,
    }
}
