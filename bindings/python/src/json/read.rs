use std::borrow::Cow;
use std::collections::HashMap;

use json_event_parser::{JsonEvent, SliceJsonParser};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyRecursionError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyFloat, PyList, PyString};

use super::{MAX_DEPTH, from_package, not_json};

/// Parses JSON into `dict`, `list` and so on.
#[pyfunction]
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    read(py, text.as_bytes())
}

/// An object or array that is not closed yet.
enum Open<'py> {
    Object(Bound<'py, PyDict>, Option<Bound<'py, PyString>>),
    Array(Bound<'py, PyList>),
}

/// Parses JSON that is bytes.
pub(crate) fn read<'py>(py: Python<'py>, json: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    match parse(py, json) {
        // Half a surrogate pair is no string to Rust, and is one to Python.
        Err(error) if error.is_instance_of::<PyValueError>(py) => match std::str::from_utf8(json) {
            Ok(text) => from_package(py, &LOADS, "_json", "loads_any")?.call1((text,)),
            Err(_) => Err(error),
        },
        parsed => parsed,
    }
}

fn parse<'py>(py: Python<'py>, json: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    let mut parser = SliceJsonParser::new(json);
    let mut keys = Keys::default();
    let mut open: Vec<Open<'py>> = Vec::new();
    let mut whole: Option<Bound<'py, PyAny>> = None;
    loop {
        let value = match parser.parse_next().map_err(|_| not_json())? {
            JsonEvent::Eof => return whole.ok_or_else(not_json),
            JsonEvent::ObjectKey(name) => {
                let in_list = open.iter().any(|open| matches!(open, Open::Array(_)));
                if let Some(Open::Object(_, key)) = open.last_mut() {
                    *key = Some(match in_list {
                        true => keys.get(py, name),
                        // It seldom comes again, so looking it up would cost more than it saves.
                        false => PyString::new(py, &name),
                    });
                }
                continue;
            }
            JsonEvent::StartObject => {
                deeper(&mut open, Open::Object(PyDict::new(py), None))?;
                continue;
            }
            JsonEvent::StartArray => {
                deeper(&mut open, Open::Array(PyList::empty(py)))?;
                continue;
            }
            JsonEvent::EndObject | JsonEvent::EndArray => match open.pop() {
                Some(Open::Object(object, _)) => object.into_any(),
                Some(Open::Array(array)) => array.into_any(),
                None => return Err(not_json()),
            },
            JsonEvent::String(text) => PyString::new(py, &text).into_any(),
            JsonEvent::Number(digits) => number(py, &digits)?,
            JsonEvent::Boolean(truth) => truth.into_bound_py_any(py)?,
            JsonEvent::Null => py.None().into_bound(py),
        };
        match open.last_mut() {
            Some(Open::Object(object, key)) => {
                object.set_item(key.take().ok_or_else(not_json)?, value)?;
            }
            Some(Open::Array(array)) => array.append(value)?,
            None => whole = Some(value),
        }
    }
}

fn deeper<'py>(open: &mut Vec<Open<'py>>, next: Open<'py>) -> PyResult<()> {
    if open.len() == MAX_DEPTH {
        return Err(PyRecursionError::new_err("nested too deep"));
    }
    open.push(next);
    Ok(())
}

/// Keys that came before: the rows of a list have the same.
#[derive(Default)]
struct Keys<'json, 'py>(HashMap<&'json str, Bound<'py, PyString>>);

impl<'json, 'py> Keys<'json, 'py> {
    fn get(&mut self, py: Python<'py>, name: Cow<'json, str>) -> Bound<'py, PyString> {
        match name {
            Cow::Borrowed(name) => self
                .0
                .entry(name)
                .or_insert_with(|| PyString::new(py, name))
                .clone(),
            Cow::Owned(name) => PyString::new(py, &name),
        }
    }
}

/// A number that Python would print in other digits keeps its own.
pub(crate) fn number<'py>(py: Python<'py>, digits: &str) -> PyResult<Bound<'py, PyAny>> {
    if !digits.contains(['.', 'e', 'E']) {
        return match digits.parse::<i64>() {
            Ok(number) => number.into_bound_py_any(py),
            Err(_) => from_package(py, &LARGE, "_json", "large_number")?.call1((digits,)),
        };
    }
    let number = PyFloat::new(py, digits.parse().map_err(|_| not_json())?);
    match number.repr()?.to_cow()? == digits {
        true => Ok(number.into_any()),
        false => from_package(py, &EXACT, "_json", "JsonFloat")?.call1((digits,)),
    }
}

static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static LARGE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static EXACT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
