use std::fmt;

use openint::{Error, ErrorKind, Phase};

/// Why something failed.
#[derive(Clone, uniffi::Error)]
pub enum NativeError {
    /// The only kind of error that crosses; the packages make their own of it.
    Failed {
        /// All that is known.
        failure: NativeFailure,
    },
}

/// All that is known of a failure.
#[derive(Clone, Default, uniffi::Record)]
pub struct NativeFailure {
    /// The core's name of the kind, or `closed`, or `internal` for a defect of the SDK itself.
    pub kind: String,
    /// One line that says what happened, without secrets.
    pub text: String,
    /// Of invalid input: the parameter or option.
    pub field: Option<String>,
    /// Of invalid input: what it has to be.
    pub expected: Option<String>,
    /// Of an answer that could not be read: where in the JSON.
    pub path: Option<String>,
    /// Of a timeout or an interruption: what the call was doing.
    pub phase: Option<String>,
    /// Of an answer that is not a success: the HTTP status.
    pub status: Option<i32>,
    /// The API's code.
    pub code: Option<String>,
    /// The server's message.
    pub server_message: Option<String>,
    /// What the server found wrong.
    pub issues: Vec<NativeIssue>,
    /// The request id.
    pub request_id: Option<String>,
    /// How long the server asks to wait, in milliseconds.
    pub retry_after_ms: Option<i64>,
    /// The body as it came; it can hold secrets.
    pub body: Option<String>,
    /// How often the request was sent or tried to be sent.
    pub attempts: i32,
    /// Whether the server may have carried the call out.
    pub may_have_been_applied: bool,
    /// Whether the cause is transient.
    pub retryable: bool,
}

/// One thing that the server found wrong.
#[derive(Clone, Debug, uniffi::Record)]
pub struct NativeIssue {
    /// Where.
    pub path: String,
    /// What.
    pub text: String,
}

impl NativeError {
    pub(crate) fn invalid_input(field: &str, expected: &str) -> Self {
        NativeFailure {
            kind: "invalid_input".into(),
            text: format!("invalid `{field}`: expected {expected}"),
            field: Some(field.into()),
            expected: Some(expected.into()),
            ..NativeFailure::default()
        }
        .into()
    }

    pub(crate) fn closed() -> Self {
        NativeFailure {
            kind: "closed".into(),
            text: "the client is closed".into(),
            ..NativeFailure::default()
        }
        .into()
    }

    pub(crate) fn internal(may_have_been_applied: bool) -> Self {
        NativeFailure {
            kind: "internal".into(),
            text: "the SDK failed within itself (a panic); please report it".into(),
            may_have_been_applied,
            ..NativeFailure::default()
        }
        .into()
    }
}

impl From<NativeFailure> for NativeError {
    fn from(failure: NativeFailure) -> Self {
        Self::Failed { failure }
    }
}

impl From<Error> for NativeError {
    fn from(error: Error) -> Self {
        let mut failure = NativeFailure {
            kind: error.kind().name().into(),
            text: error.to_string(),
            attempts: error.attempts().try_into().unwrap_or(i32::MAX),
            may_have_been_applied: error.may_have_been_applied(),
            retryable: error.is_retryable(),
            ..NativeFailure::default()
        };
        match error.kind() {
            ErrorKind::InvalidInput {
                field, expected, ..
            } => {
                failure.field = Some(field.clone());
                failure.expected = Some(expected.clone());
            }
            ErrorKind::Decode { path, .. } => failure.path = Some(path.clone()),
            ErrorKind::Timeout { phase, .. } | ErrorKind::Interrupted { phase, .. } => {
                failure.phase = Some(phase_name(*phase).into());
            }
            _ => {}
        }
        if let Some(api) = error.api() {
            failure.status = Some(api.status.into());
            failure.code.clone_from(&api.code);
            failure.server_message.clone_from(&api.message);
            failure.request_id.clone_from(&api.request_id);
            failure.retry_after_ms = api
                .retry_after
                .map(|wait| wait.as_millis().try_into().unwrap_or(i64::MAX));
            failure.body = Some(String::from_utf8_lossy(api.body()).into_owned());
            failure.issues = api
                .issues
                .iter()
                .map(|issue| NativeIssue {
                    path: issue.path.clone(),
                    text: issue.message.clone(),
                })
                .collect();
        }
        failure.into()
    }
}

fn phase_name(phase: Phase) -> &'static str {
    match phase {
        Phase::Connecting => "connecting",
        Phase::Handshake => "handshake",
        Phase::Sending => "sending",
        Phase::Waiting => "waiting",
        Phase::Reading => "reading",
        _ => "other",
    }
}

impl fmt::Display for NativeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Failed { failure } = self;
        f.write_str(&failure.text)
    }
}

impl fmt::Debug for NativeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Failed { failure } = self;
        failure.fmt(f)
    }
}

impl fmt::Debug for NativeFailure {
    /// Without the body, which can hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.text)
    }
}

impl std::error::Error for NativeError {}
