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
    received: Box<dyn Received>,
}

/// What Python gets a copy of when it asks for one.
trait Received: Send + Sync {
    fn headers(&self) -> Vec<(String, String)>;
    fn body(&self) -> &[u8];
}

impl<T: Send + Sync> Received for Response<T> {
    fn headers(&self) -> Vec<(String, String)> {
        self.headers()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    fn body(&self) -> &[u8] {
        self.body()
    }
}

impl<T: Send + Sync + 'static> From<Response<T>> for Answer {
    fn from(response: Response<T>) -> Self {
        Self {
            status: response.status,
            attempts: response.attempts,
            received: Box::new(response),
        }
    }
}

#[pymethods]
impl Answer {
    #[getter]
    fn content<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.received.body())
    }

    #[getter]
    fn headers(&self) -> Vec<(String, String)> {
        self.received.headers()
    }

    /// The body as Python's own values; `None` where there is none, which the core let pass.
    fn parse<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.received.body() {
            [] => Ok(py.None().into_bound(py)),
            body => json::read(py, body),
        }
    }
}
