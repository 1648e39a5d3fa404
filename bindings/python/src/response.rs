//! Result of a call: the value, and on request the answer that it came in.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyType};

use crate::failure::unreadable;
use crate::json::from_package;
use crate::options::Pairs;
use crate::output::{AnyOutput, Output};

/// A success before it is handed over.
pub(crate) struct Answer {
    pub(crate) value: Box<dyn AnyOutput>,
    status: u16,
    pub(crate) attempts: u32,
    /// Empty unless somebody wants them.
    headers: Pairs,
    body: Vec<u8>,
}

impl Answer {
    /// Takes headers and body along only where they are asked for.
    pub(crate) fn new<T>(response: openint::Response<T>, with_body: bool) -> Self
    where
        T: Output + Send + 'static,
    {
        let (mut headers, mut body) = (Pairs::new(), Vec::new());
        if with_body {
            headers = response
                .headers()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            body = response.body().to_vec();
        }
        Self {
            status: response.status,
            attempts: response.attempts,
            headers,
            body,
            value: Box::new(response.value),
        }
    }

    /// Reads the body as a model.
    pub(crate) fn read_as(
        &mut self,
        py: Python<'_>,
        class: &Bound<'_, PyType>,
        is_write: bool,
    ) -> PyResult<()> {
        let text = String::from_utf8_lossy(&self.body);
        let refused = match class.call_method1("from_json", (&*text,)) {
            Ok(model) => {
                self.value = Box::new(Made(model.unbind()));
                return Ok(());
            }
            Err(error) => error.into_value(py).into_bound(py),
        };
        let place: String = refused.getattr("field")?.extract()?;
        let place = if place == "json" { "" } else { &place };
        let reason = refused.to_string();
        Err(unreadable(py, place, &reason, self.attempts, is_write))
    }
}

/// A value of Python already.
struct Made(Py<PyAny>);

impl Output for Made {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        Ok(self.0.into_bound(py))
    }

    fn show(&self, _py: Python<'_>) -> String {
        "…".to_owned()
    }
}

/// A success as it came, and through `parse` as the method would have returned it.
///
/// >>> response = client.with_raw_response.health()
/// >>> response.status_code, response.headers["Content-Type"], response.content
/// (200, 'application/json', b'{"ok":true}')
/// >>> response.parse()
/// Health(ok=True)
#[pyclass(frozen, module = "openint_sdk")]
pub(crate) struct Response {
    /// The HTTP status.
    #[pyo3(get)]
    status_code: u16,
    /// The number of times that the request was sent, or tried to be sent; 0 when an idempotency
    /// key showed that what it asks for is there already.
    #[pyo3(get)]
    attempts: u32,
    headers: Pairs,
    body: Vec<u8>,
    value: Py<PyAny>,
}

impl Response {
    pub(crate) fn new(py: Python<'_>, answer: Answer) -> PyResult<Self> {
        Ok(Self {
            status_code: answer.status,
            attempts: answer.attempts,
            headers: answer.headers,
            body: answer.body,
            value: answer.value.into_python(py)?.unbind(),
        })
    }
}

#[pymethods]
impl Response {
    /// The headers that are text, with names in any case.
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static HEADERS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        from_package(py, &HEADERS, "_headers", "Headers")?.call1((self.headers.clone(),))
    }

    /// The body as it came. It can hold secrets.
    #[getter]
    fn content<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.body)
    }

    /// The body as a string. It can hold secrets.
    #[getter]
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns what the method would have returned.
    fn parse(&self, py: Python<'_>) -> Py<PyAny> {
        self.value.clone_ref(py)
    }

    #[classmethod]
    fn __class_getitem__<'py>(
        cls: &Bound<'py, PyType>,
        item: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        crate::models::generic_alias(cls, item)
    }

    fn __repr__(&self) -> String {
        format!(
            "Response(status_code={}, attempts={})",
            self.status_code, self.attempts
        )
    }
}
