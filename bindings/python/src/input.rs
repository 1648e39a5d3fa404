//! Arguments as the core's types. Each refusal names the field.

use openint::{Json, Settings, Timestamp};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyBytes, PyDict, PyInt, PyMapping, PyString};

use crate::json::{Path, Writer, from_package, plain};

/// Reads an argument of Python.
pub(crate) trait Input: Sized {
    fn from_python(value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<Self>;
}

/// Reads an argument that has to be there.
pub(crate) fn required<T: Input>(name: &str, value: &Bound<'_, PyAny>) -> PyResult<T> {
    if value.is_none() {
        return Err(Path::Root(name).invalid(value.py(), "a value: it is missing"));
    }
    T::from_python(value, Path::Root(name))
}

/// Reads an argument that `None` leaves out.
pub(crate) fn optional<T: Input>(
    name: &str,
    value: Option<&Bound<'_, PyAny>>,
) -> PyResult<Option<T>> {
    match value {
        Some(value) if !value.is_none() => required(name, value).map(Some),
        _ => Ok(None),
    }
}

/// An argument for which `None` is a value.
#[derive(Default)]
pub(crate) struct Argument<'py>(pub(crate) Option<Bound<'py, PyAny>>);

impl<'a, 'py> FromPyObject<'a, 'py> for Argument<'py> {
    type Error = PyErr;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        Ok(Self(Some(value.to_owned())))
    }
}

/// The name of a value's type.
pub(crate) fn kind(value: &Bound<'_, PyAny>) -> String {
    let name = value.get_type().name();
    name.map_or_else(
        |_| "?".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

impl Input for String {
    fn from_python(value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<Self> {
        let Ok(text) = value.cast::<PyString>() else {
            let expected = format!("a string, not `{}`", kind(value));
            return Err(path.wrong_type(value.py(), &expected));
        };
        let text = text.to_str().map(str::to_owned);
        text.map_err(|_| {
            path.wrong_type(
                value.py(),
                "a string of whole characters, without half a surrogate pair",
            )
        })
    }
}

impl Input for bool {
    fn from_python(value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<Self> {
        let found = value.cast::<PyBool>().map(|value| value.is_true());
        found.map_err(|_| path.wrong_type(value.py(), "a boolean"))
    }
}

impl Input for u64 {
    /// An integer beyond the largest becomes the largest, which the core refuses.
    fn from_python(value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<Self> {
        let py = value.py();
        let is_boolean = value.is_instance_of::<PyBool>();
        let index = match value.cast::<PyInt>() {
            Ok(value) if !is_boolean => value.as_any().clone(),
            _ if is_boolean => return Err(path.wrong_type(py, "an integer")),
            _ => value
                .call_method0("__index__")
                .map_err(|_| path.wrong_type(py, "an integer"))?,
        };
        if index.lt(0)? {
            return Err(path.invalid(py, "an integer from 0"));
        }
        Ok(index.extract().unwrap_or(u64::MAX))
    }
}

impl Input for u32 {
    fn from_python(value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<Self> {
        let value = u64::from_python(value, path)?;
        Ok(value.try_into().unwrap_or(u32::MAX))
    }
}

impl<T: Input> Input for Vec<T> {
    /// One or several.
    fn from_python(value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<Self> {
        if value.is_instance_of::<PyString>() {
            return Ok(vec![T::from_python(value, path)?]);
        }
        let refused = || {
            let expected = format!("strings, not `{}`", kind(value));
            path.wrong_type(value.py(), &expected)
        };
        if value.is_instance_of::<PyBytes>() || value.cast::<PyMapping>().is_ok() {
            return Err(refused());
        }
        let items = value.try_iter().map_err(|_| refused())?.enumerate();
        items
            .map(|(index, item)| T::from_python(&item?, Path::Index(&path, index)))
            .collect()
    }
}

impl Input for Json {
    fn from_python(value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<Self> {
        let mut writer = Writer::default();
        writer.value(value, path)?;
        let json = Json::parse(writer.finish());
        json.map_err(|_| path.wrong_type(value.py(), "a value that JSON has a form for"))
    }
}

impl Input for Settings {
    fn from_python(value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<Self> {
        Json::from_python(value, path).map(Self::from)
    }
}

impl Input for Timestamp {
    /// An aware `datetime` or a string.
    fn from_python(value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<Self> {
        match value.hasattr("utcoffset")? {
            true => String::from_python(&plain(value, path)?, path).map(Self::from),
            false => String::from_python(value, path).map(Self::from),
        }
    }
}

/// The fields of a mapping, a dataclass, a pydantic model or an object of the package.
fn object<'py>(value: &Bound<'py, PyAny>, path: Path<'_>) -> PyResult<Bound<'py, PyDict>> {
    static FIELDS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if let Ok(fields) = value.cast_exact::<PyDict>() {
        return Ok(fields.clone());
    }
    let fields = from_package(value.py(), &FIELDS, "_json", "fields_of")?.call1((value,))?;
    fields.cast_into::<PyDict>().map_err(|_| {
        let expected = format!("a mapping, not `{}`", kind(value));
        path.wrong_type(value.py(), &expected)
    })
}

/// Reads a group of parameters field by field.
macro_rules! group {
    (
        $(#[doc = $doc:literal])*
        params $name:ident {
            required { $( $(#[doc = $required_doc:literal])* $required:ident: $required_type:ty, )* }
            optional { $( $(#[doc = $optional_doc:literal])* $optional:ident: $optional_type:ty, )* }
        }
    ) => {
        impl Input for openint::$name {
            fn from_python(value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<Self> {
                let fields = object(value, path)?;
                #[allow(unused_mut)]
                let mut group = openint::$name::new($({
                    let path = Path::Field(&path, stringify!($required));
                    match fields.get_item(stringify!($required))? {
                        Some(found) => <$required_type>::from_python(&found, path)?,
                        None => return Err(path.invalid(value.py(), "a value: it is missing")),
                    }
                }),*);
                $( group.$optional = field(&fields, path, stringify!($optional))?; )*
                refuse_unknown(
                    &fields,
                    path,
                    &[$( stringify!($required), )* $( stringify!($optional), )*],
                )?;
                Ok(group)
            }
        }
    };
}

fn field<T: Input>(fields: &Bound<'_, PyDict>, path: Path<'_>, name: &str) -> PyResult<Option<T>> {
    match fields.get_item(name)? {
        Some(value) if !value.is_none() => {
            T::from_python(&value, Path::Field(&path, name)).map(Some)
        }
        _ => Ok(None),
    }
}

fn refuse_unknown(fields: &Bound<'_, PyDict>, path: Path<'_>, known: &[&str]) -> PyResult<()> {
    let py = fields.py();
    for name in fields.keys() {
        let text = name.str()?;
        let name = text.to_string_lossy();
        if !known.contains(&&*name) {
            let expected = format!("one of the fields {}", known.join(", "));
            return Err(Path::Field(&path, &name).invalid(py, &expected));
        }
    }
    Ok(())
}

mod groups {
    #[allow(clippy::wildcard_imports)]
    use openint::*;

    use pyo3::types::PyDictMethods;

    use super::{Bound, Input, Path, PyAny, PyResult, field, object, refuse_unknown};

    openint::ConnectOptions!(group);
    openint::ConnectorData!(group);
    openint::CreateConnection!(group);
}
