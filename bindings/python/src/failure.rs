//! Failures as the package's exceptions.

use std::error::Error as _;
use std::io;

use openint::{Error, ErrorKind, Phase};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString};

use crate::json::{from_package, read};

/// Makes the exception of an error of the core.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    with_message(py, error, error.to_string())
}

/// Makes the exception of an error of the core that has more to say.
pub(crate) fn with_message(py: Python<'_>, error: &Error, message: String) -> PyErr {
    let made = fields(py, error).and_then(|fields| error_of(py, message, &fields));
    let made = made.unwrap_or_else(|error| error);
    // A provider of keys is a function of the caller's.
    if let Some(raised) = error
        .source()
        .and_then(|source| source.downcast_ref::<PyErr>())
    {
        if !raised.is_instance_of::<PyException>(py) {
            // Such as KeyboardInterrupt, which is no failure of a call.
            return raised.clone_ref(py);
        }
        made.set_cause(py, Some(raised.clone_ref(py)));
    }
    made
}

fn error_of(py: Python<'_>, message: String, fields: &Bound<'_, PyDict>) -> PyResult<PyErr> {
    static ERROR_OF: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let error_of = from_package(py, &ERROR_OF, "_errors", "error_of")?;
    Ok(PyErr::from_value(error_of.call((message,), Some(fields))?))
}

/// An import that cannot go on, for a reason of its own: `kind` is `journal` or `import`.
pub(crate) fn of_import(py: Python<'_>, kind: &str, message: String) -> PyErr {
    let made = || {
        let fields = PyDict::new(py);
        fields.set_item("kind", kind)?;
        error_of(py, message, &fields)
    };
    made().unwrap_or_else(|error| error)
}

/// An answer that is not what was promised: an `APIResponseValidationError`.
pub(crate) fn unreadable(
    py: Python<'_>,
    place: &str,
    reason: &str,
    attempts: u32,
    is_write: bool,
) -> PyErr {
    let made = || {
        let fields = PyDict::new(py);
        fields.set_item("kind", "decode")?;
        fields.set_item("path", place)?;
        fields.set_item("attempts", attempts)?;
        fields.set_item("may_have_been_applied", is_write)?;
        let message = format!("the answer could not be read: {reason}");
        error_of(py, message, &fields)
    };
    made().unwrap_or_else(|error| error)
}

/// Bad input of a good type: an `InvalidInputError`.
pub(crate) fn invalid(py: Python<'_>, field: &str, expected: &str) -> PyErr {
    static INVALID: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    of(py, &INVALID, "InvalidInputError", field, expected)
}

/// A value that cannot be sent: an `InputTypeError`.
pub(crate) fn wrong_type(py: Python<'_>, field: &str, expected: &str) -> PyErr {
    static WRONG_TYPE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    of(py, &WRONG_TYPE, "InputTypeError", field, expected)
}

fn of(
    py: Python<'_>,
    class: &PyOnceLock<Py<PyAny>>,
    name: &str,
    field: &str,
    expected: &str,
) -> PyErr {
    let made = from_package(py, class, "_errors", name)
        .and_then(|class| class.call_method1("of", (field, expected)));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// The object that stands for an argument that was left out.
pub(crate) fn not_given(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static NOT_GIVEN: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    from_package(py, &NOT_GIVEN, "_types", "NOT_GIVEN")
}

/// The attributes of the exception that differ from those of its class.
fn fields<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyDict>> {
    let fields = PyDict::new(py);
    fields.set_item("kind", error.kind().name())?;
    fields.set_item("retryable", error.is_retryable())?;
    fields.set_item("may_have_been_applied", error.may_have_been_applied())?;
    fields.set_item("attempts", error.attempts())?;
    match error.kind() {
        ErrorKind::InvalidInput { field, .. } => fields.set_item("field", field)?,
        ErrorKind::Decode { path, .. } => fields.set_item("path", path)?,
        ErrorKind::Timeout { phase, .. } | ErrorKind::Interrupted { phase, .. } => {
            fields.set_item("phase", phase_name(*phase))?;
        }
        ErrorKind::Incomplete { seen, total, .. } => {
            fields.set_item("seen", seen)?;
            fields.set_item("total", total)?;
        }
        _ => {}
    }
    if let Some(api) = error.api() {
        fields.set_item("status_code", api.status)?;
        fields.set_item("code", &api.code)?;
        fields.set_item("server_message", &api.message)?;
        let issues = api.issues.iter();
        let issues: Vec<_> = issues.map(|issue| (&issue.path, &issue.message)).collect();
        fields.set_item("issues", issues)?;
        fields.set_item("request_id", &api.request_id)?;
        fields.set_item(
            "retry_after",
            api.retry_after.map(|wait| wait.as_secs_f64()),
        )?;
        let body = read(py, api.body()).or_else(|_| {
            let text = String::from_utf8_lossy(api.body());
            Ok::<_, PyErr>(PyString::new(py, &text).into_any())
        })?;
        fields.set_item("body", body)?;
    }
    if let Some(source) = error
        .source()
        .and_then(|source| source.downcast_ref::<io::Error>())
    {
        fields.set_item("cause", (source.raw_os_error(), source.to_string()))?;
    }
    Ok(fields)
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
