//! Results of the core as values of Python.

use openint::{Json, Number, Page, Secret, Settings, Timestamp};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::json::{number, read};
use crate::model::Model;
use crate::timestamp;

/// Becomes a value of Python, and shows itself in a `repr`.
pub(crate) trait Output {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>>;

    /// The value without a secret.
    fn show(&self, py: Python<'_>) -> String;
}

impl Output for String {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.into_bound_py_any(py)
    }

    fn show(&self, py: Python<'_>) -> String {
        quoted(py, self)
    }
}

impl Output for bool {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.into_bound_py_any(py)
    }

    fn show(&self, _py: Python<'_>) -> String {
        if *self { "True" } else { "False" }.to_owned()
    }
}

impl Output for u64 {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.into_bound_py_any(py)
    }

    fn show(&self, _py: Python<'_>) -> String {
        self.to_string()
    }
}

impl Output for Secret {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        self.expose().into_bound_py_any(py)
    }

    fn show(&self, _py: Python<'_>) -> String {
        "[redacted]".to_owned()
    }
}

impl Output for Number {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        number(py, self.as_str())
    }

    fn show(&self, _py: Python<'_>) -> String {
        self.as_str().to_owned()
    }
}

impl Output for Timestamp {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        timestamp::datetime(py, self.as_str())
    }

    fn show(&self, py: Python<'_>) -> String {
        quoted(py, self.as_str())
    }
}

impl Output for Json {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        read(py, self.as_str().as_bytes())
    }

    fn show(&self, _py: Python<'_>) -> String {
        "…".to_owned()
    }
}

impl Output for Settings {
    /// Returns a value that is no object, against the API's own description, as it is.
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self.json().is_object() {
            true => crate::models::Settings::bound(py, self),
            false => read(py, self.json().as_str().as_bytes()),
        }
    }

    fn show(&self, _py: Python<'_>) -> String {
        "[redacted]".to_owned()
    }
}

impl<T: Output> Output for Vec<T> {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let items: PyResult<Vec<_>> = self.into_iter().map(|item| item.into_python(py)).collect();
        Ok(PyTuple::new(py, items?)?.into_any())
    }

    fn show(&self, _py: Python<'_>) -> String {
        "…".to_owned()
    }
}

impl<T: Output> Output for Page<T> {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        let page = self.try_map(|item| {
            let object = item.into_python(py)?.cast_into::<Model>()?;
            Ok::<_, PyErr>(Row::Model(object.unbind()))
        })?;
        crate::models::bound_page(py, page)
    }

    fn show(&self, _py: Python<'_>) -> String {
        "…".to_owned()
    }
}

/// A row of a page: a model, or JSON where its kind is not known.
pub(crate) enum Row {
    Model(Py<Model>),
    Json(Json),
}

impl Clone for Row {
    fn clone(&self) -> Self {
        match self {
            Self::Model(model) => Self::Model(Python::attach(|py| model.clone_ref(py))),
            Self::Json(json) => Self::Json(json.clone()),
        }
    }
}

impl Output for Row {
    fn into_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            Self::Model(model) => Ok(model.into_bound(py).into_any()),
            Self::Json(json) => json.into_python(py),
        }
    }

    fn show(&self, _py: Python<'_>) -> String {
        "…".to_owned()
    }
}

impl serde::Serialize for Row {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Model(model) => Json::parse(model.get().core.json())
                .map_err(serde::ser::Error::custom)?
                .serialize(serializer),
            Self::Json(json) => json.serialize(serializer),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Row {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Json::deserialize(deserializer).map(Self::Json)
    }
}

/// A string as Python's `repr` has it.
pub(crate) fn quoted(py: Python<'_>, text: &str) -> String {
    let shown = PyString::new(py, text).repr();
    shown.map_or_else(
        |_| "…".to_owned(),
        |shown| shown.to_string_lossy().into_owned(),
    )
}

/// A result whose type is known where it is made, and not where it is handed over.
pub(crate) trait AnyOutput: Send {
    fn into_python<'py>(self: Box<Self>, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

impl<T: Output + Send> AnyOutput for T {
    fn into_python<'py>(self: Box<Self>, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Output::into_python(*self, py)
    }
}
