//! Lists that are read to their end.

use std::sync::{Mutex, PoisonError};

use openint::{Error, ErrorKind, ListOperation, Paginator, RequestOptions};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::call::{CancelToken, Surroundings};
use crate::failure::invalid;
use crate::output::{AnyOutput, Output};

/// All rows of a list, asked for page by page as they are needed.
#[pyclass(frozen, module = "openint_sdk._native")]
pub(crate) struct Rows {
    pages: Mutex<Box<dyn Pages>>,
    cancel: Option<openint::CancelToken>,
    /// The page that is being read, and the next row of it.
    current: Mutex<Option<(Py<PyTuple>, usize)>>,
    process: u32,
}

/// The pages of a list of any kind.
trait Pages: Send {
    fn next(&mut self, options: RequestOptions) -> openint::Result<Option<Box<dyn AnyOutput>>>;
}

impl<O> Pages for Paginator<O>
where
    O: ListOperation + Send,
    O::Item: Output + Send + 'static,
{
    fn next(&mut self, options: RequestOptions) -> openint::Result<Option<Box<dyn AnyOutput>>> {
        let rows = self.next_page_with(options)?;
        Ok(rows.map(|rows| Box::new(rows) as Box<dyn AnyOutput>))
    }
}

impl Rows {
    pub(crate) fn new<O>(pages: Paginator<O>, cancel: Option<openint::CancelToken>) -> Self
    where
        O: ListOperation + Send + 'static,
        O::Item: Output + Send + 'static,
    {
        Self {
            pages: Mutex::new(Box::new(pages)),
            cancel,
            current: Mutex::new(None),
            process: std::process::id(),
        }
    }
}

#[pymethods]
impl Rows {
    /// Asks for the next page: its rows that did not come before, or `None` at the end.
    #[pyo3(signature = (cancel=None))]
    fn next_page<'py>(
        &self,
        py: Python<'py>,
        cancel: Option<Py<CancelToken>>,
    ) -> PyResult<Option<Bound<'py, PyTuple>>> {
        if self.process != std::process::id() {
            let expected = "a list that this process reads: it was forked, so begin again";
            return Err(invalid(py, "client", expected));
        }
        let cancel = cancel.map(|token| token.get().core());
        let surroundings = Surroundings::new(py, cancel.or_else(|| self.cancel.clone()))?;
        // The lock is taken without the interpreter, so that waiting for it holds up nobody.
        let result = surroundings.run(py, |token| {
            let mut options = RequestOptions::new();
            if let Some(token) = token {
                options = options.cancel(token);
            }
            let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
            pages.next(options)
        })?;
        match result.map_err(|error| exception(py, &error))? {
            Some(rows) => Ok(Some(rows.into_python(py)?.cast_into::<PyTuple>()?)),
            None => Ok(None),
        }
    }

    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        loop {
            if let Some(row) = self.take(py) {
                return row.map(Some);
            }
            let Some(page) = self.next_page(py, None)? else {
                return Ok(None);
            };
            *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some((page.unbind(), 0));
        }
    }
}

impl Rows {
    fn take<'py>(&self, py: Python<'py>) -> Option<PyResult<Bound<'py, PyAny>>> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let (page, index) = current.as_mut()?;
        let page = page.bind(py);
        let row = page.get_item(*index);
        *index += 1;
        if *index >= page.len() {
            *current = None;
        }
        Some(row)
    }
}

/// The exception of an error. An iterator has another name for the size of a page.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    match error.kind() {
        ErrorKind::InvalidInput {
            field, expected, ..
        } if field == "limit" => invalid(py, "page_size", expected),
        _ => crate::failure::exception(py, error),
    }
}
