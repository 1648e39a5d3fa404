//! Observers of calls that are written in Python.

use std::time::Duration;

use openint::{Attempt, AttemptEnd, AttemptHeaders, OpenintBuilder};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyList;

use crate::call::raise;
use crate::failure::wrong_type;
use crate::json::from_package;

/// An observer of the caller's, an `openint_sdk.Observer`.
struct Observer(Py<PyAny>);

/// Gives `builder` the observer of a client, and those that every client has.
pub(crate) fn add(
    py: Python<'_>,
    mut builder: OpenintBuilder,
    given: Option<&Bound<'_, PyAny>>,
) -> PyResult<OpenintBuilder> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static INSTALLED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if let Some(observer) = given {
        let class = from_package(py, &CLASS, "_observer", "Observer")?;
        if !observer.is_instance(class)? {
            return Err(wrong_type(py, "observer", "an `Observer` of this package"));
        }
        builder = builder.observer(Observer(observer.clone().unbind()));
    }
    let installed = from_package(py, &INSTALLED, "_observer", "installed")?;
    for observer in installed.cast::<PyList>()? {
        builder = builder.observer(Observer(observer.unbind()));
    }
    Ok(builder)
}

type Fields<'a> = (&'a str, &'a str, &'a str, &'a str, u16, u32, usize);

fn fields<'a>(attempt: &Attempt<'a>) -> Fields<'a> {
    (
        attempt.operation,
        attempt.method.as_str(),
        attempt.path_template,
        attempt.server_address,
        attempt.server_port,
        attempt.number,
        attempt.request_bytes,
    )
}

impl openint::Observer for Observer {
    fn before_attempt(&self, attempt: &Attempt<'_>, headers: &mut AttemptHeaders<'_>) {
        static CALL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let added = call(|py| {
            let call = from_package(py, &CALL, "_observer", "before_attempt")?;
            call.call1((&self.0, fields(attempt)))?
                .extract::<Vec<(String, String)>>()
        });
        for (name, value) in added.unwrap_or_default() {
            headers.insert(&name, &value);
        }
    }

    fn after_attempt(&self, attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
        static CALL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let end = (
            end.duration.as_secs_f64(),
            end.status,
            end.request_id,
            end.response_bytes,
            end.error_kind,
        );
        call(|py| {
            let call = from_package(py, &CALL, "_observer", "after_attempt")?;
            call.call1((&self.0, fields(attempt), end))
                .map(Bound::unbind)
        });
    }

    fn before_wait(&self, attempt: &Attempt<'_>, wait: Duration) {
        static CALL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        call(|py| {
            let call = from_package(py, &CALL, "_observer", "before_wait")?;
            call.call1((&self.0, fields(attempt), wait.as_secs_f64()))
                .map(Bound::unbind)
        });
    }
}

/// Runs `act` with the interpreter. What it raises, such as KeyboardInterrupt, ends the call.
fn call<T>(act: impl FnOnce(Python<'_>) -> PyResult<T>) -> Option<T> {
    match Python::try_attach(act)? {
        Ok(value) => Some(value),
        Err(error) => {
            raise(error);
            None
        }
    }
}
