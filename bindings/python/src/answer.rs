//! How a success crosses to Python: as it came, and parsed when that is asked for.

use openint::Response;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::json;

/// A success, whatever it was parsed into.
#[pyclass(frozen, module = "openint_sdk._native")]
pub(crate) struct Answer {
    #[pyo3(get)]
    status: u16,
    #[pyo3(get)]
    attempts: u32,
    #[pyo3(get)]
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl<T> From<Response<T>> for Answer {
    fn from(response: Response<T>) -> Self {
        Self {
            status: response.status,
            attempts: response.attempts,
            headers: response
                .headers()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: response.body().to_vec(),
        }
    }
}

#[pymethods]
impl Answer {
    #[getter]
    fn content<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.body)
    }

    /// The body as Python's own values; `None` where there is none, which the core let pass.
    fn parse<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.body.is_empty() {
            true => Ok(py.None().into_bound(py)),
            false => json::read(py, &self.body),
        }
    }
}
