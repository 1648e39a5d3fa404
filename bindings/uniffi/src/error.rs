use std::fmt;

use openint::{Error, ErrorKind};

/// Why a call or the making of a client failed.
///
/// A type of its own above [`Failure`], so that each package can make errors of its language.
#[derive(Clone)]
pub struct OpenintError(Failure);

uniffi::custom_type!(OpenintError, Failure, {
    lower: |error| error.0,
    try_lift: |failure| Ok(OpenintError(failure)),
});

/// The reason why a call, or the making of a client, failed.
///
/// Its description is one line that says what happened and what to do next, without secrets.
#[derive(Clone, uniffi::Enum)]
pub enum Failure {
    /// An argument or option is unusable; nothing was sent.
    InvalidInput {
        /// The parameter or option, such as `connector_config_id`.
        field: String,
        /// Expectation that was not met.
        expected: String,
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// No connection to the server, or to the proxy on the way: name resolution, TCP or proxy.
    Connect {
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// The TLS handshake failed: most often a certificate that is not trusted.
    Tls {
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// A limit in time was reached.
    Timeout {
        /// Phase that the call was in.
        phase: CallPhase,
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// The connection broke, or what came was not HTTP, while a request was under way.
    Interrupted {
        /// Phase that the call was in.
        phase: CallPhase,
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// The call was cancelled.
    Cancelled {
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// The server answered with a status other than success.
    Api {
        /// The answer.
        error: ApiError,
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// The answer is not what the method promises.
    Decode {
        /// Path in the JSON, such as `settings.oauth`; empty for the answer as a whole.
        path: String,
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// A list changed so much while it was read that rows may be missing.
    Incomplete {
        /// The number of different rows that came.
        seen: i64,
        /// The number of rows that the API counts.
        total: i64,
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// The answer is larger than allowed; it was not read to its end.
    ResponseTooLarge {
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// The provider of API keys failed; nothing was sent with a new key.
    ApiKey {
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// The client was closed before the call; nothing was sent.
    Closed {
        /// Outcome of the call.
        outcome: CallOutcome,
    },
    /// A defect of the SDK itself, which the process survived.
    Internal {
        /// Outcome of the call.
        outcome: CallOutcome,
    },
}

/// Outcome of a call that failed: its attempts, and whether it may have been applied.
#[derive(Clone, Default, PartialEq, Eq, uniffi::Record)]
pub struct CallOutcome {
    /// One line that says what happened and what to do next, without secrets.
    pub message: String,
    /// The number of times that the request was sent or tried to be sent; 0 when input was refused.
    pub attempts: i32,
    /// True if the server may have carried the call out although it failed here. Always false for
    /// a call that changes nothing.
    pub may_have_been_applied: bool,
    /// True if the cause is transient, so that the same call may succeed later.
    pub is_retryable: bool,
}

/// Phase that a call was in when it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum CallPhase {
    /// Waiting for a thread, before anything was done.
    Queued,
    /// Resolving the name, connecting, or talking to the proxy.
    Connecting,
    /// Agreeing on TLS.
    Handshake,
    /// Sending the request.
    Sending,
    /// Waiting for the status and the headers.
    Waiting,
    /// Reading the body.
    Reading,
    /// Something else.
    Other,
}

/// An answer of the API that is not a success.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct ApiError {
    /// The HTTP status.
    pub status: i32,
    /// The API's code, such as `BAD_REQUEST` or `NOT_FOUND`.
    pub code: Option<String>,
    /// The server's message.
    pub message: Option<String>,
    /// Faults of the fields of a request that was not understood: the first hundred.
    pub issues: Vec<Issue>,
    /// The request id, where the server or a proxy before it sent one.
    pub request_id: Option<String>,
    /// The milliseconds that the server asks to wait, where it does.
    pub retry_after_ms: Option<i64>,
    /// The body as it came. It can hold what was sent: keep it out of logs.
    pub body: String,
}

/// One thing that the server found wrong with a request, or with its own answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, uniffi::Record)]
pub struct Issue {
    /// Where, such as `data.settings.oauth`.
    pub path: String,
    /// Description of the fault.
    pub message: String,
}

impl OpenintError {
    pub(crate) fn invalid_input(field: &str, expected: &str) -> Self {
        let outcome = CallOutcome {
            message: format!("invalid `{field}`: expected {expected}"),
            ..CallOutcome::default()
        };
        Self(Failure::InvalidInput {
            field: field.into(),
            expected: expected.into(),
            outcome,
        })
    }

    pub(crate) fn cancelled() -> Self {
        let outcome = CallOutcome {
            message: "cancelled".into(),
            ..CallOutcome::default()
        };
        Self(Failure::Cancelled { outcome })
    }

    pub(crate) fn timed_out_in_queue(seconds: f64) -> Self {
        let outcome = CallOutcome {
            message: format!("timed out after {seconds} s while waiting for a thread"),
            is_retryable: true,
            ..CallOutcome::default()
        };
        Self(Failure::Timeout {
            phase: CallPhase::Queued,
            outcome,
        })
    }

    pub(crate) fn closed() -> Self {
        let outcome = CallOutcome {
            message: "the client is closed; make a new one".into(),
            ..CallOutcome::default()
        };
        Self(Failure::Closed { outcome })
    }

    pub(crate) fn internal(message: &str, may_have_been_applied: bool) -> Self {
        let outcome = CallOutcome {
            message: message.into(),
            may_have_been_applied,
            ..CallOutcome::default()
        };
        Self(Failure::Internal { outcome })
    }

    /// The same where a list is read page by page: what the request calls `limit` is the page size.
    pub(crate) fn of_list(self) -> Self {
        match self.0 {
            Failure::InvalidInput {
                field, expected, ..
            } if field == "limit" => Self::invalid_input("page_size", &expected),
            failure => Self(failure),
        }
    }

    fn outcome(&self) -> &CallOutcome {
        match &self.0 {
            Failure::InvalidInput { outcome, .. }
            | Failure::Connect { outcome }
            | Failure::Tls { outcome }
            | Failure::Timeout { outcome, .. }
            | Failure::Interrupted { outcome, .. }
            | Failure::Cancelled { outcome }
            | Failure::Api { outcome, .. }
            | Failure::Decode { outcome, .. }
            | Failure::Incomplete { outcome, .. }
            | Failure::ResponseTooLarge { outcome }
            | Failure::ApiKey { outcome }
            | Failure::Closed { outcome }
            | Failure::Internal { outcome } => outcome,
        }
    }
}

impl From<Error> for OpenintError {
    fn from(error: Error) -> Self {
        let outcome = CallOutcome {
            message: error.to_string(),
            attempts: error.attempts().try_into().unwrap_or(i32::MAX),
            may_have_been_applied: error.may_have_been_applied(),
            is_retryable: error.is_retryable(),
        };
        Self(match error.kind() {
            ErrorKind::InvalidInput {
                field, expected, ..
            } => Failure::InvalidInput {
                field: field.clone(),
                expected: expected.clone(),
                outcome,
            },
            ErrorKind::ApiKey { .. } => Failure::ApiKey { outcome },
            ErrorKind::Connect { .. } => Failure::Connect { outcome },
            ErrorKind::Tls { .. } => Failure::Tls { outcome },
            ErrorKind::Timeout { phase, .. } => Failure::Timeout {
                phase: (*phase).into(),
                outcome,
            },
            ErrorKind::Interrupted { phase, .. } => Failure::Interrupted {
                phase: (*phase).into(),
                outcome,
            },
            ErrorKind::Cancelled => Failure::Cancelled { outcome },
            ErrorKind::Api(api) => Failure::Api {
                error: (&**api).into(),
                outcome,
            },
            ErrorKind::Decode { path, .. } => Failure::Decode {
                path: path.clone(),
                outcome,
            },
            ErrorKind::Incomplete { seen, total, .. } => Failure::Incomplete {
                seen: (*seen).try_into().unwrap_or(i64::MAX),
                total: (*total).try_into().unwrap_or(i64::MAX),
                outcome,
            },
            ErrorKind::ResponseTooLarge { .. } => Failure::ResponseTooLarge { outcome },
            _ => Failure::Internal { outcome },
        })
    }
}

impl From<openint::Phase> for CallPhase {
    fn from(phase: openint::Phase) -> Self {
        match phase {
            openint::Phase::Connecting => Self::Connecting,
            openint::Phase::Handshake => Self::Handshake,
            openint::Phase::Sending => Self::Sending,
            openint::Phase::Waiting => Self::Waiting,
            openint::Phase::Reading => Self::Reading,
            _ => Self::Other,
        }
    }
}

impl From<&openint::ApiError> for ApiError {
    fn from(error: &openint::ApiError) -> Self {
        Self {
            status: error.status.into(),
            code: error.code.clone(),
            message: error.message.clone(),
            issues: error
                .issues
                .iter()
                .map(|issue| Issue {
                    path: issue.path.clone(),
                    message: issue.message.clone(),
                })
                .collect(),
            request_id: error.request_id.clone(),
            retry_after_ms: error
                .retry_after
                .map(|wait| wait.as_millis().try_into().unwrap_or(i64::MAX)),
            body: String::from_utf8_lossy(error.body()).into_owned(),
        }
    }
}

impl fmt::Display for OpenintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.outcome().message)
    }
}

impl fmt::Debug for OpenintError {
    /// Without the body, which can hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for OpenintError {}
