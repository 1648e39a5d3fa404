//! JSON and Python's own values, without a digit lost in either direction.

mod read;
mod write;

pub(crate) use self::read::{loads, read};
pub(crate) use self::write::dumps;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// How deep values may be nested: the package's own functions can walk that deep within Python's
/// limit of a thousand calls.
const MOST_NESTED: usize = 300;

fn not_json() -> PyErr {
    PyValueError::new_err("not JSON")
}

/// What the package has in Python for the rare values. It is imported when one is met.
fn from_package<'a, 'py>(
    py: Python<'py>,
    found: &'a PyOnceLock<Py<PyAny>>,
    name: &str,
) -> PyResult<&'a Bound<'py, PyAny>> {
    found.import(py, "openint_sdk._json", name)
}
