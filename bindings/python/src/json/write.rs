use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};

use super::{MAX_DEPTH, from_package};
use crate::failure::{invalid, wrong_type};
use crate::model::Model;

/// Writes JSON without a space. `path` is what errors call the value; the fields of an object add
/// their names to it.
#[pyfunction]
#[pyo3(signature = (value, path = "value"))]
pub(crate) fn dumps(value: &Bound<'_, PyAny>, path: &str) -> PyResult<String> {
    let mut writer = Writer::default();
    writer.value(value, Path::Root(path))?;
    Ok(writer.finish())
}

/// Place of a value. It is put together only for an error.
#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    Root(&'a str),
    Field(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    /// The outermost name.
    fn root(&self) -> &str {
        match self {
            Self::Root(name) | Self::Field(Self::Root(""), name) => name,
            Self::Field(parent, _) | Self::Index(parent, _) => parent.root(),
        }
    }

    /// Refuses the value: it cannot be used.
    pub(crate) fn invalid(&self, py: Python<'_>, expected: &str) -> PyErr {
        invalid(py, &self.to_string(), expected)
    }

    /// Refuses the value: it is of a type that cannot be used.
    pub(crate) fn wrong_type(&self, py: Python<'_>, expected: &str) -> PyErr {
        wrong_type(py, &self.to_string(), expected)
    }
}

impl std::fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Root(name) => f.write_str(name),
            Self::Field(Self::Root(""), name) => f.write_str(name),
            Self::Field(parent, name) => write!(f, "{parent}.{name}"),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

#[derive(Default)]
pub(crate) struct Writer {
    out: String,
    depth: usize,
}

impl Writer {
    pub(crate) fn finish(self) -> String {
        self.out
    }

    pub(crate) fn value(&mut self, value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<()> {
        if let Ok(text) = value.cast_exact::<PyString>() {
            return self.text(text, path);
        }
        if value.is_none() {
            self.out.push_str("null");
            return Ok(());
        }
        if let Ok(truth) = value.cast_exact::<PyBool>() {
            self.out
                .push_str(if truth.is_true() { "true" } else { "false" });
            return Ok(());
        }
        if let Ok(object) = value.cast_exact::<PyDict>() {
            return self.nested(value.py(), path, |writer| writer.object(object, path));
        }
        if let Ok(array) = value.cast_exact::<PyList>() {
            return self.nested(value.py(), path, |writer| writer.array(array.iter(), path));
        }
        if let Ok(array) = value.cast_exact::<PyTuple>() {
            return self.nested(value.py(), path, |writer| writer.array(array.iter(), path));
        }
        if value.is_exact_instance_of::<PyInt>() {
            if let Ok(number) = value.extract::<i64>() {
                self.out.push_str(&number.to_string());
                return Ok(());
            }
        }
        if value.is_exact_instance_of::<PyFloat>() && value.extract::<f64>()?.is_finite() {
            // Python's own digits, by which a number that was read is recognised.
            self.out.push_str(&value.repr()?.to_cow()?);
            return Ok(());
        }
        if let Ok(model) = value.cast::<Model>() {
            self.out.push_str(&model.get().core.json());
            return Ok(());
        }
        let plain = plain(value, path)?;
        match plain.cast_exact::<PyBytes>() {
            Ok(digits) => {
                self.out
                    .push_str(&String::from_utf8_lossy(digits.as_bytes()));
                Ok(())
            }
            Err(_) => self.nested(value.py(), path, |writer| writer.value(&plain, path)),
        }
    }

    fn nested(
        &mut self,
        py: Python<'_>,
        path: Path<'_>,
        write: impl FnOnce(&mut Self) -> PyResult<()>,
    ) -> PyResult<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let expected = "a value that is not nested so deep";
            return Err(invalid(py, path.root(), expected));
        }
        write(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn object(&mut self, object: &Bound<'_, PyDict>, path: Path<'_>) -> PyResult<()> {
        let mut separator = '{';
        for (key, value) in object.iter() {
            let Ok(key) = key.cast::<PyString>() else {
                let kind = key.get_type().name()?;
                let expected = format!("keys that are strings, not `{}`", kind.to_string_lossy());
                return Err(path.wrong_type(key.py(), &expected));
            };
            self.out.push(separator);
            self.text(key, Path::Field(&path, &key.to_string_lossy()))?;
            self.out.push(':');
            self.value(&value, Path::Field(&path, &key.to_string_lossy()))?;
            separator = ',';
        }
        self.out.push_str(if separator == '{' { "{}" } else { "}" });
        Ok(())
    }

    fn array<'py>(
        &mut self,
        items: impl Iterator<Item = Bound<'py, PyAny>>,
        path: Path<'_>,
    ) -> PyResult<()> {
        self.out.push('[');
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.value(&item, Path::Index(&path, index))?;
        }
        self.out.push(']');
        Ok(())
    }

    fn text(&mut self, text: &Bound<'_, PyString>, path: Path<'_>) -> PyResult<()> {
        let Ok(text) = text.to_str() else {
            let expected = "strings of whole characters, without half a surrogate pair";
            return Err(path.wrong_type(text.py(), expected));
        };
        let quoted = serde_json::to_string(text);
        self.out
            .push_str(&quoted.expect("every string has a JSON form"));
        Ok(())
    }
}

/// Returns the package's form of a value that is of none of Python's plain types. It says why there
/// is nothing, and the exception is made here: no frame of Python may hold the value.
pub(crate) fn plain<'py>(value: &Bound<'py, PyAny>, path: Path<'_>) -> PyResult<Bound<'py, PyAny>> {
    static PLAIN: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static REFUSED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = value.py();
    let plain = from_package(py, &PLAIN, "_json", "plain")?.call1((value,))?;
    if !plain
        .get_type()
        .is(from_package(py, &REFUSED, "_json", "Refused")?)
    {
        return Ok(plain);
    }
    let expected: String = plain.getattr("expected")?.extract()?;
    Err(match plain.getattr("is_of_wrong_type")?.is_truthy()? {
        true => path.wrong_type(py, &expected),
        false => path.invalid(py, &expected),
    })
}
