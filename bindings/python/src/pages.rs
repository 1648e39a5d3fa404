//! Lists that are read to their end.

use std::sync::{Mutex, PoisonError};

use openint::RequestOptions;
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;

use crate::call::{CancelToken, Surroundings};
use crate::failure::Failure;
use crate::json::read;

/// The pages of a list. One page is asked for at a time.
#[pyclass(frozen, module = "openint_sdk._native")]
pub(crate) struct Pages(Mutex<openint::Pages>);

impl From<openint::Pages> for Pages {
    fn from(pages: openint::Pages) -> Self {
        Self(Mutex::new(pages))
    }
}

#[pymethods]
impl Pages {
    /// The rows of the next page that did not come before, as a list; `None` at the end; or
    /// a failure, after which the list has ended.
    #[pyo3(signature = (interruptible, logger, cancel))]
    fn next_page(
        &self,
        py: Python<'_>,
        interruptible: bool,
        logger: Option<Py<PyAny>>,
        cancel: Option<Py<CancelToken>>,
    ) -> PyResult<Py<PyAny>> {
        let surroundings = Surroundings {
            cancel: cancel.map(|token| token.get().core()),
            interruptible,
            logger,
        };
        // The lock is taken without the interpreter, so that waiting for it holds up nobody.
        let result = surroundings.run(py, |token| {
            let mut options = RequestOptions::new();
            if let Some(token) = token {
                options = options.cancel(token);
            }
            let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            pages.next(options)
        })?;
        match result {
            Ok(Some(rows)) => read(py, rows.as_str().as_bytes()).map(Bound::unbind),
            Ok(None) => Ok(py.None()),
            Err(error) => Failure::new(py, &error).into_py_any(py),
        }
    }
}
