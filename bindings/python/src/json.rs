//! JSON and Python's own values, without a digit lost in either direction.

mod read;
mod write;

pub(crate) use self::read::{loads, number, read};
pub(crate) use self::write::{Path, Writer, dumps, plain};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// Most levels of nested values: the package's own functions can walk that deep within Python's
/// limit of a thousand calls.
const MAX_DEPTH: usize = 300;

fn not_json() -> PyErr {
    PyValueError::new_err("not JSON")
}

/// A name of a module of the package, imported when it is first needed.
pub(crate) fn from_package<'a, 'py>(
    py: Python<'py>,
    found: &'a PyOnceLock<Py<PyAny>>,
    module: &str,
    name: &str,
) -> PyResult<&'a Bound<'py, PyAny>> {
    found.import(py, &format!("openint_sdk.{module}"), name)
}
