//! Options of clients and calls, checked and as the core takes them.

use std::time::Duration;

use openint::{Json, RequestOptions};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};

use crate::call::CancelToken;
use crate::input::{Input, required};
use crate::json::{Path, Writer};

pub(crate) type Pairs = Vec<(String, String)>;

/// The options of calls. What ends a call is kept aside, because it is polled with the signals.
#[derive(Clone, Default)]
pub(crate) struct CallOptions {
    pub(crate) request: RequestOptions,
    pub(crate) cancel: Option<openint::CancelToken>,
}

impl CallOptions {
    /// Reads the keywords that every operation takes.
    pub(crate) fn of_call(given: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        Self::default().with(given, false)
    }

    /// Lays further options over these.
    pub(crate) fn with(
        mut self,
        given: Option<&Bound<'_, PyDict>>,
        takes_cancel: bool,
    ) -> PyResult<Self> {
        for (name, value) in given.into_iter().flatten() {
            let name = name.cast_into::<PyString>()?;
            let name = name.to_string_lossy();
            let known = matches!(
                &*name,
                "timeout"
                    | "connect_timeout"
                    | "total_timeout"
                    | "max_retries"
                    | "extra_headers"
                    | "extra_query"
                    | "extra_body"
            ) || (takes_cancel && name == "cancel");
            if !known {
                let text = format!("got an unexpected keyword argument '{name}'");
                return Err(PyTypeError::new_err(text));
            }
            if !value.is_none() {
                self = self.set(&name, &value)?;
            }
        }
        Ok(self)
    }

    fn set(mut self, name: &str, value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let request = self.request;
        self.request = match name {
            "timeout" => request.timeout(seconds(name, value)?),
            "connect_timeout" => request.connect_timeout(seconds(name, value)?),
            "total_timeout" => request.total_timeout(seconds(name, value)?),
            "max_retries" => request.max_retries(required(name, value)?),
            "extra_headers" => headers(name, value)?
                .into_iter()
                .fold(request, |request, (name, value)| {
                    request.extra_header(name, value)
                }),
            "extra_query" => query(name, value)?
                .into_iter()
                .fold(request, |request, (name, value)| {
                    request.extra_query(name, value)
                }),
            "extra_body" => body(name, value)?
                .into_iter()
                .fold(request, |request, (name, json)| {
                    request.extra_body(name, json)
                }),
            _ => {
                let Ok(token) = value.cast::<CancelToken>() else {
                    let path = Path::Root(name);
                    return Err(path.wrong_type(value.py(), "a CancelToken"));
                };
                self.cancel = Some(token.get().core());
                request
            }
        };
        Ok(self)
    }
}

/// Reads a time in seconds. What is no duration becomes one that the core refuses.
pub(crate) fn seconds(field: &str, value: &Bound<'_, PyAny>) -> PyResult<Duration> {
    let is_boolean = value.is_instance_of::<PyBool>();
    let is_number = value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>();
    let number = if is_number && !is_boolean {
        // An integer beyond all floats.
        value.extract().unwrap_or(f64::INFINITY)
    } else {
        let total = value.call_method0("total_seconds");
        total.and_then(|total| total.extract()).map_err(|_| {
            let expected = "seconds as a number, or a timedelta";
            Path::Root(field).wrong_type(value.py(), expected)
        })?
    };
    Ok(match Duration::try_from_secs_f64(number) {
        Ok(duration) => duration,
        Err(_) if number > 0.0 => Duration::MAX,
        Err(_) => Duration::ZERO,
    })
}

/// The entries of a mapping.
fn entries<'py>(
    field: &str,
    value: &Bound<'py, PyAny>,
    expected: &str,
) -> PyResult<Vec<(String, Bound<'py, PyAny>)>> {
    let path = Path::Root(field);
    let Ok(mapping) = value.cast::<PyMapping>() else {
        return Err(path.wrong_type(value.py(), expected));
    };
    let pairs = mapping.items()?;
    pairs
        .iter()
        .map(|pair| {
            let (name, value): (Bound<'py, PyAny>, Bound<'py, PyAny>) = pair.extract()?;
            Ok((String::from_python(&name, path)?, value))
        })
        .collect()
}

/// Reads headers.
pub(crate) fn headers(field: &str, value: &Bound<'_, PyAny>) -> PyResult<Pairs> {
    entries(field, value, "a mapping of names to strings")?
        .into_iter()
        .map(|(name, value)| Ok((name, required(field, &value)?)))
        .collect()
}

/// Reads the values of placeholders.
pub(crate) fn path_params(field: &str, value: &Bound<'_, PyAny>) -> PyResult<Pairs> {
    entries(field, value, "a mapping of names to values")?
        .into_iter()
        .map(|(name, value)| {
            let is_integer = value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>();
            let text = match is_integer {
                true => value.str()?.to_string_lossy().into_owned(),
                false => required(field, &value)?,
            };
            Ok((name, text))
        })
        .collect()
}

/// Reads query parameters, in order. `None` leaves one out; a list repeats its name.
pub(crate) fn query(field: &str, value: &Bound<'_, PyAny>) -> PyResult<Pairs> {
    let path = Path::Root(field);
    let py = value.py();
    let expected = "a mapping, or pairs of a name and a value";
    let items = match value.cast::<PyMapping>() {
        Ok(mapping) => mapping.items()?.into_any(),
        Err(_) => value.clone(),
    };
    if items.is_instance_of::<PyString>() {
        return Err(path.wrong_type(py, expected));
    }
    let mut pairs = Pairs::new();
    let items = items
        .try_iter()
        .map_err(|_| path.wrong_type(py, expected))?;
    for pair in items {
        let pair: Result<Vec<Bound<'_, PyAny>>, _> = pair?.extract();
        let Some([name, value]) = pair.as_ref().ok().map(Vec::as_slice) else {
            return Err(path.wrong_type(py, "pairs of a name and a value"));
        };
        let name = String::from_python(name, path)?;
        let many = value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>();
        let values = match many {
            true => value.try_iter()?.collect::<PyResult<Vec<_>>>()?,
            false => vec![value.clone()],
        };
        for value in values.iter().filter(|value| !value.is_none()) {
            pairs.push((name.clone(), query_text(field, value)?));
        }
    }
    Ok(pairs)
}

fn query_text(field: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    if value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>() {
        let mut writer = Writer::default();
        writer.value(value, Path::Root(field))?;
        return Ok(writer.finish());
    }
    required(field, value)
}

fn body(field: &str, value: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Json)>> {
    let root = Path::Root(field);
    entries(field, value, "a mapping of names to JSON")?
        .into_iter()
        .map(|(name, value)| {
            let json = Json::from_python(&value, Path::Field(&root, &name))?;
            Ok((name, json))
        })
        .collect()
}
