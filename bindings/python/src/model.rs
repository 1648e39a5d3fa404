//! The base class of all models: what does not depend on their fields.

use std::sync::Arc;

use openint::{Extra, Json};
use pyo3::exceptions::{PyAttributeError, PyKeyError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyFrozenSet, PyList, PyString, PyTuple, PyType};
use serde::de::DeserializeOwned;

use crate::failure::{invalid, not_given, wrong_type};
use crate::json::{Path, Writer, from_package, read};

/// Functions of a model that the base class uses.
pub(crate) trait AnyModel: Send + Sync {
    /// The model as JSON, as it came.
    fn json(&self) -> String;

    /// The fields in Python and in JSON.
    fn names(&self) -> &'static [(&'static str, &'static str)];

    /// The fields that are there, as `repr` shows them.
    fn shown(&self, py: Python<'_>) -> Shown;
}

/// The fields of a model as `repr` shows them.
#[derive(Default)]
pub(crate) struct Shown(String);

impl Shown {
    pub(crate) fn field(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push_str(", ");
        }
        self.0.extend([name, "=", value]);
    }

    /// Adds the fields that this version does not know, without their values.
    pub(crate) fn unknown(&mut self, extra: Option<&Extra>) {
        let unknown = extra.into_iter().flat_map(Extra::iter);
        for (name, _) in unknown.filter(|(_, json)| !json.is_null()) {
            self.field(name, "…");
        }
    }

    pub(crate) fn of(self, class: &str) -> String {
        format!("{class}({})", self.0)
    }
}

/// A JSON object with typed fields, frozen.
///
/// Attributes are typed, and read `None` where a field is absent or null; fields that this version
/// does not know are attributes too. Items are the JSON as it was sent: `"status" in connection`
/// tells a field that is absent from one that is null, and `connection["created_at"]` is the text
/// of a timestamp. Objects and lists in it are plain `dict` and `list`, and yours to change.
#[pyclass(frozen, subclass, mapping, module = "openint_sdk")]
pub(crate) struct Model {
    pub(crate) core: Arc<dyn AnyModel>,
    fields: PyOnceLock<Py<PyDict>>,
}

impl Model {
    pub(crate) fn new(core: Arc<dyn AnyModel>) -> Self {
        Self {
            core,
            fields: PyOnceLock::new(),
        }
    }

    /// All fields as Python's own values. It is never handed out, so nobody can change it.
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyDict>> {
        let found = self.fields.get_or_try_init(py, || {
            let fields = read(py, self.core.json().as_bytes())?;
            Ok::<_, PyErr>(fields.cast_into::<PyDict>()?.unbind())
        })?;
        Ok(found.bind(py))
    }
}

#[pymethods]
impl Model {
    /// Returns all of it as plain `dict`, `list` and so on, which you may change.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        copied(self.fields(py)?)
    }

    /// Returns all of it as JSON: the keys in the order of the answer, with every digit.
    fn to_json(&self) -> String {
        self.core.json()
    }

    /// Returns the names of the fields, as JSON has them.
    fn keys<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        Ok(self.fields(py)?.keys())
    }

    fn __getattr__<'py>(
        slf: &Bound<'py, Self>,
        name: &Bound<'py, PyString>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let known = slf.get().fields(slf.py())?;
        match known.get_item(name)? {
            Some(value) => copied(&value),
            None => Err(PyAttributeError::new_err(format!(
                "'{}' object has no field '{}'",
                slf.get_type().name()?.to_string_lossy(),
                name.to_string_lossy(),
            ))),
        }
    }

    fn __getitem__<'py>(
        &self,
        py: Python<'py>,
        name: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match self.fields(py)?.get_item(name)? {
            Some(value) => copied(&value),
            None => Err(PyKeyError::new_err(name.clone().unbind())),
        }
    }

    fn __contains__(&self, py: Python<'_>, name: &Bound<'_, PyAny>) -> PyResult<bool> {
        self.fields(py)?.contains(name)
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        Ok(self.fields(py)?.len())
    }

    fn __bool__(&self) -> bool {
        true
    }

    fn __dir__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyList>> {
        let py = slf.py();
        let names = py
            .get_type::<PyAny>()
            .call_method1("__dir__", (slf,))?
            .cast_into::<PyList>()?;
        names.call_method1("extend", (slf.get().fields(py)?.keys(),))?;
        Ok(names)
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let mine = self.fields(py)?;
        let equal = match other.cast::<Self>() {
            Ok(other) => mine.eq(other.get().fields(py)?)?,
            Err(_) if other.is_instance_of::<PyDict>() => mine.eq(other)?,
            Err(_) => return Ok(py.NotImplemented()),
        };
        Ok(equal.into_pyobject(py)?.to_owned().into_any().unbind())
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        hashable(self.fields(py)?)?.hash()
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    /// Returns a copy with other fields, as `copy.replace` does from Python 3.13 on.
    #[pyo3(signature = (**changes))]
    fn replace<'py>(
        slf: &Bound<'py, Self>,
        changes: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let fields = slf.get().fields(slf.py())?.copy()?;
        for (name, value) in changes.into_iter().flatten() {
            let name = name.cast_into::<PyString>()?;
            fields.set_item(json_name(slf.get().core.names(), name.to_str()?), value)?;
        }
        slf.get_type().call_method1("from_dict", (fields,))
    }

    #[pyo3(signature = (**changes))]
    fn __replace__<'py>(
        slf: &Bound<'py, Self>,
        changes: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        Self::replace(slf, changes)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        let restore = slf.get_type().getattr("from_json")?;
        Ok((restore, (slf.get().to_json(),)))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let class = slf.get_type().name()?;
        let shown = slf.get().core.shown(slf.py());
        Ok(shown.of(&class.to_string_lossy()))
    }

    /// The serializer by which pydantic writes a model where it knows no type.
    #[classattr]
    fn __pydantic_serializer__(py: Python<'_>) -> PyResult<Py<PyAny>> {
        static SERIALIZER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let serializer = from_package(py, &SERIALIZER, "_dataclass", "Serializer")?;
        Ok(serializer.call0()?.unbind())
    }

    /// The schema by which pydantic reads and writes a model.
    #[classmethod]
    fn __get_pydantic_core_schema__<'py>(
        cls: &Bound<'py, PyType>,
        _source: &Bound<'py, PyAny>,
        _handler: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let module = cls.py().import("openint_sdk._pydantic")?;
        module.call_method1("core_schema_of", (cls,))
    }

    #[classmethod]
    fn __get_pydantic_json_schema__<'py>(
        cls: &Bound<'py, PyType>,
        _schema: &Bound<'py, PyAny>,
        _handler: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let module = cls.py().import("openint_sdk._pydantic")?;
        module.call_method1("json_schema_of", (cls,))
    }
}

/// The fields that a constructor was given, under their names in JSON.
pub(crate) fn fields<'py>(
    py: Python<'py>,
    names: &[(&str, &str)],
    known: Vec<(&str, Option<Bound<'py, PyAny>>)>,
    unknown: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyDict>> {
    let fields = PyDict::new(py);
    for (name, value) in known {
        if let Some(value) = value {
            fields.set_item(json_name(names, name), value)?;
        }
    }
    for (name, value) in unknown.into_iter().flatten() {
        fields.set_item(name, value)?;
    }
    let not_given = not_given(py)?;
    for (name, value) in fields.copy()? {
        if value.is(not_given) {
            fields.del_item(name)?;
        }
    }
    Ok(fields)
}

/// Makes a model from its fields.
pub(crate) fn from_fields<T: DeserializeOwned>(fields: &Bound<'_, PyAny>) -> PyResult<T> {
    let mut writer = Writer::default();
    writer.value(fields, Path::Root(""))?;
    from_text(fields.py(), writer.finish())
}

/// Makes a model from JSON that a caller gave.
pub(crate) fn from_text<T: DeserializeOwned>(py: Python<'_>, text: String) -> PyResult<T> {
    let json = Json::parse(text).map_err(|error| crate::failure::exception(py, &error))?;
    json.to().map_err(|error| match error.kind() {
        openint::ErrorKind::Decode { path, reason, .. } => {
            if let Some(name) = reason.strip_prefix("missing field `") {
                let name = name.split('`').next().unwrap_or_default();
                let dot = if path.is_empty() { "" } else { "." };
                return invalid(py, &format!("{path}{dot}{name}"), "a value: it is missing");
            }
            let reason = reason.strip_prefix("expected ").unwrap_or(reason);
            // A place in text that the caller may never have seen.
            let reason = reason.split(" at line ").next().unwrap_or(reason);
            wrong_type(py, if path.is_empty() { "json" } else { path }, reason)
        }
        _ => crate::failure::exception(py, &error),
    })
}

fn json_name<'a>(names: &[(&'a str, &'a str)], name: &'a str) -> &'a str {
    let found = names.iter().find(|(python, _)| *python == name);
    found.map_or(name, |(_, json)| json)
}

/// A copy of what holds other values.
fn copied<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if let Ok(object) = value.cast_exact::<PyDict>() {
        let copy = PyDict::new(value.py());
        for (name, value) in object {
            copy.set_item(name, copied(&value)?)?;
        }
        return Ok(copy.into_any());
    }
    if let Ok(array) = value.cast_exact::<PyList>() {
        let items: PyResult<Vec<_>> = array.iter().map(|item| copied(&item)).collect();
        return Ok(PyList::new(value.py(), items?)?.into_any());
    }
    Ok(value.clone())
}

/// The same content as values that have a hash, in which the order of keys does not count.
fn hashable<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    if let Ok(object) = value.cast_exact::<PyDict>() {
        let pairs: PyResult<Vec<_>> = object
            .iter()
            .map(|(name, value)| Ok((name, hashable(&value)?)))
            .collect();
        return Ok(PyFrozenSet::new(py, pairs?)?.into_any());
    }
    if let Ok(array) = value.cast_exact::<PyList>() {
        let items: PyResult<Vec<_>> = array.iter().map(|item| hashable(&item)).collect();
        return Ok(PyTuple::new(py, items?)?.into_any());
    }
    Ok(value.clone())
}

/// Adds `__dataclass_fields__`, by which pandas and others find the columns of a model.
pub(crate) fn dataclass_fields(py: Python<'_>, names: &[(&str, &str)]) -> PyResult<Py<PyAny>> {
    static FIELDS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    let fields = from_package(py, &FIELDS, "_dataclass", "Fields")?;
    Ok(fields.call1((names,))?.unbind())
}
