//! How a failure crosses to Python: as a value, of which the package makes its exceptions.

use std::error::Error as _;
use std::io;

use openint::{Error, ErrorKind, Phase};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// Why a call failed, field by field.
#[pyclass(frozen, get_all, module = "openint_sdk._native")]
pub(crate) struct Failure {
    kind: &'static str,
    message: String,
    retryable: bool,
    may_have_been_applied: bool,
    attempts: u32,
    /// The parameter or option of bad input.
    field: Option<String>,
    /// The place in an answer that could not be read.
    path: Option<String>,
    phase: Option<&'static str>,
    status: Option<u16>,
    code: Option<String>,
    server_message: Option<String>,
    issues: Vec<(String, String)>,
    request_id: Option<String>,
    retry_after: Option<f64>,
    body: Option<Py<PyBytes>>,
    /// The system's own error: its number, where it has one, and its text.
    cause: Option<(Option<i32>, String)>,
}

impl Failure {
    pub(crate) fn new(py: Python<'_>, error: &Error) -> Self {
        let mut failure = Self {
            kind: error.kind().name(),
            message: error.to_string(),
            retryable: error.is_retryable(),
            may_have_been_applied: error.may_have_been_applied(),
            attempts: error.attempts(),
            field: None,
            path: None,
            phase: None,
            status: None,
            code: None,
            server_message: None,
            issues: Vec::new(),
            request_id: None,
            retry_after: None,
            body: None,
            cause: error.source().map(|source| {
                let number = source
                    .downcast_ref::<io::Error>()
                    .and_then(io::Error::raw_os_error);
                (number, source.to_string())
            }),
        };
        match error.kind() {
            ErrorKind::InvalidInput { field, .. } => failure.field = Some(field.clone()),
            ErrorKind::Decode { path, .. } => failure.path = Some(path.clone()),
            ErrorKind::Timeout { phase, .. } | ErrorKind::Interrupted { phase, .. } => {
                failure.phase = phase_name(*phase);
            }
            _ => {}
        }
        if let Some(api) = error.api() {
            failure.status = Some(api.status);
            failure.code.clone_from(&api.code);
            failure.server_message.clone_from(&api.message);
            failure.issues = api
                .issues
                .iter()
                .map(|issue| (issue.path.clone(), issue.message.clone()))
                .collect();
            failure.request_id.clone_from(&api.request_id);
            failure.retry_after = api.retry_after.map(|wait| wait.as_secs_f64());
            failure.body = Some(PyBytes::new(py, api.body()).unbind());
        }
        failure
    }
}

fn phase_name(phase: Phase) -> Option<&'static str> {
    match phase {
        Phase::Connecting => Some("connecting"),
        Phase::Handshake => Some("handshake"),
        Phase::Sending => Some("sending"),
        Phase::Waiting => Some("waiting"),
        Phase::Reading => Some("reading"),
        _ => None,
    }
}
