use std::time::Duration;

use openint::{AttemptHeaders, Method};

use crate::options::NameValue;
use crate::request::HttpMethod;

/// An attempt of a call, as observers see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, uniffi::Record)]
pub struct Attempt {
    /// The operation, such as `create_connection`; `request` for a request of your own.
    pub operation: String,
    /// The HTTP method.
    pub method: HttpMethod,
    /// The path with placeholders in place of ids, such as `/connection/{id}`.
    pub path_template: String,
    /// The host of the base URL.
    pub server_address: String,
    /// The port of the base URL, or that of its scheme.
    pub server_port: i32,
    /// Counts the attempts of the call from 1.
    pub number: i32,
    /// The length of the body that is sent, in bytes.
    pub request_bytes: i64,
}

/// The end of an attempt: an answer, or an error.
#[derive(Clone, Debug, PartialEq, Eq, Hash, uniffi::Record)]
pub struct AttemptEnd {
    /// The time that it took.
    pub duration: Duration,
    /// The HTTP status of the answer.
    pub status: Option<i32>,
    /// The id that the server gave the request, for its support.
    pub request_id: Option<String>,
    /// The length of the answer's body in bytes, after decompression.
    pub response_bytes: Option<i64>,
    /// The name of the error's kind, such as `timeout`; `api` for an answer that is no success.
    pub error_kind: Option<String>,
}

/// Watches every attempt of a client's calls.
#[uniffi::export(callback_interface)]
pub trait AttemptObserver: Send + Sync {
    /// Returns headers to add to an attempt that is about to be sent.
    fn before_attempt(&self, attempt: Attempt) -> Vec<NameValue>;

    /// Is told how an attempt ended.
    fn after_attempt(&self, attempt: Attempt, end: AttemptEnd);

    /// Is told of the wait before a repetition.
    fn before_wait(&self, attempt: Attempt, wait: Duration);
}

/// An observer above the native library, for the core.
pub(crate) struct Observer(pub(crate) Box<dyn AttemptObserver>);

impl openint::Observer for Observer {
    fn before_attempt(&self, attempt: &openint::Attempt<'_>, headers: &mut AttemptHeaders<'_>) {
        for header in self.0.before_attempt(attempt.into()) {
            headers.insert(&header.name, &header.value);
        }
    }

    fn after_attempt(&self, attempt: &openint::Attempt<'_>, end: &openint::AttemptEnd<'_>) {
        self.0.after_attempt(attempt.into(), end.into());
    }

    fn before_wait(&self, attempt: &openint::Attempt<'_>, wait: Duration) {
        self.0.before_wait(attempt.into(), wait);
    }
}

impl From<&openint::Attempt<'_>> for Attempt {
    fn from(attempt: &openint::Attempt<'_>) -> Self {
        Self {
            operation: attempt.operation.to_owned(),
            method: match attempt.method {
                Method::Get => HttpMethod::Get,
                Method::Put => HttpMethod::Put,
                Method::Patch => HttpMethod::Patch,
                Method::Delete => HttpMethod::Delete,
                _ => HttpMethod::Post,
            },
            path_template: attempt.path_template.to_owned(),
            server_address: attempt.server_address.to_owned(),
            server_port: attempt.server_port.into(),
            number: attempt.number.try_into().unwrap_or(i32::MAX),
            request_bytes: length(attempt.request_bytes),
        }
    }
}

impl From<&openint::AttemptEnd<'_>> for AttemptEnd {
    fn from(end: &openint::AttemptEnd<'_>) -> Self {
        Self {
            duration: end.duration,
            status: end.status.map(i32::from),
            request_id: end.request_id.map(str::to_owned),
            response_bytes: end.response_bytes.map(length),
            error_kind: end.error_kind.map(str::to_owned),
        }
    }
}

fn length(bytes: usize) -> i64 {
    bytes.try_into().unwrap_or(i64::MAX)
}
