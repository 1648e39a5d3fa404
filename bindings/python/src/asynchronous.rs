//! The native half of the client for `asyncio`: its options, which no frame of Python holds.

use std::sync::OnceLock;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

use crate::client::{Openint, copy_attributes, made_already, not_made, refuse_pickle};
use crate::failure::invalid;
use crate::input::required;
use crate::json::from_package;

/// A blocking client, and the threads that its calls run on.
#[pyclass(frozen, subclass, module = "openint_sdk._native")]
#[derive(Default)]
pub(crate) struct AsyncClient(OnceLock<(Py<Openint>, Py<PyAny>)>);

const MAX_CONCURRENCY: u32 = 32;

impl AsyncClient {
    fn inner(&self) -> PyResult<&(Py<Openint>, Py<PyAny>)> {
        self.0.get().ok_or_else(not_made)
    }
}

#[pymethods]
impl AsyncClient {
    #[new]
    #[pyo3(signature = (*_args, **_options))]
    #[pyo3(
        text_signature = "(*, api_key=None, base_url=None, timeout=None, connect_timeout=None, \
        total_timeout=None, max_retries=None, default_headers=None, user_agent=None, proxy=None, ca_bundle=None, \
        max_response_bytes=None, allow_plain_http=None, observer=None, max_concurrency=None)"
    )]
    fn new(_args: &Bound<'_, PyTuple>, _options: Option<&Bound<'_, PyDict>>) -> Self {
        Self::default()
    }

    #[pyo3(signature = (**options))]
    fn __init__(slf: &Bound<'_, Self>, options: Option<&Bound<'_, PyDict>>) -> PyResult<()> {
        let py = slf.py();
        let options = match options {
            Some(options) => options.copy()?,
            None => PyDict::new(py),
        };
        let most = match options.call_method1("pop", ("max_concurrency", py.None()))? {
            given if given.is_none() => MAX_CONCURRENCY,
            given => required::<u32>("max_concurrency", &given)?,
        };
        if most == 0 {
            return Err(invalid(py, "max_concurrency", "an integer from 1"));
        }
        let client = py.get_type::<Openint>().call((), Some(&options))?;
        static THREADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let threads = from_package(py, &THREADS, "_pool", "Threads")?.call1((most,))?;
        let made = slf
            .get()
            .0
            .set((client.cast_into()?.unbind(), threads.unbind()));
        made.map_err(|_| made_already())
    }

    /// The blocking client.
    #[getter]
    fn _client(&self, py: Python<'_>) -> PyResult<Py<Openint>> {
        Ok(self.inner()?.0.clone_ref(py))
    }

    #[getter]
    fn _threads(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        Ok(self.inner()?.1.clone_ref(py))
    }

    /// Makes a client with other options in front of the same pool and threads.
    #[pyo3(signature = (**options))]
    fn with_options<'py>(
        slf: &Bound<'py, Self>,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (client, threads) = slf.get().inner()?;
        let client = client
            .bind(slf.py())
            .call_method("with_options", (), options)?;
        let class = slf.get_type();
        let other = class.call_method1("__new__", (&class,))?;
        let made = other.cast::<Self>()?;
        let _ = made
            .get()
            .0
            .set((client.cast_into()?.unbind(), threads.clone_ref(slf.py())));
        copy_attributes(slf, &other)?;
        Ok(other)
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<()> {
        refuse_pickle(slf.as_any())
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let state = match slf.get().inner() {
            Ok((client, _)) => Openint::state(client.bind(slf.py())),
            Err(_) => String::new(),
        };
        let name = slf.get_type().name()?;
        Ok(format!("{}({state})", name.to_string_lossy()))
    }
}
