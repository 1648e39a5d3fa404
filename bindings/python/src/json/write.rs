use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};

use super::{MOST_NESTED, from_package};

/// Writes JSON without a space. `path` is what errors call the value; the fields of an object add
/// their names to it.
#[pyfunction]
pub(crate) fn dumps(value: &Bound<'_, PyAny>, path: &str) -> PyResult<String> {
    let mut writer = Writer::default();
    writer.value(value, Path::Whole(path))?;
    Ok(writer.out)
}

/// Where a value is. It is put together only for an error.
#[derive(Clone, Copy)]
enum Path<'a> {
    Whole(&'a str),
    Field(&'a Path<'a>, &'a str),
}

impl Path<'_> {
    /// The outermost name.
    fn root(&self) -> &str {
        match self {
            Self::Whole(name) | Self::Field(Self::Whole(""), name) => name,
            Self::Field(parent, _) => parent.root(),
        }
    }
}

impl std::fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(name) => f.write_str(name),
            Self::Field(Self::Whole(""), name) => f.write_str(name),
            Self::Field(parent, name) => write!(f, "{parent}.{name}"),
        }
    }
}

#[derive(Default)]
struct Writer {
    out: String,
    depth: usize,
}

impl Writer {
    fn value(&mut self, value: &Bound<'_, PyAny>, path: Path<'_>) -> PyResult<()> {
        if let Ok(text) = value.cast_exact::<PyString>() {
            return self.text(text);
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
        let plain = from_package(value.py(), &PLAIN, "plain")?.call1((value, path.to_string()))?;
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
        if self.depth > MOST_NESTED {
            let refused = from_package(py, &TOO_DEEP, "too_deep")?;
            return Err(PyErr::from_value(refused.call1((path.root(),))?));
        }
        write(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn object(&mut self, object: &Bound<'_, PyDict>, path: Path<'_>) -> PyResult<()> {
        let mut separator = '{';
        for (key, value) in object.iter() {
            let Ok(key) = key.cast::<PyString>() else {
                let refused = from_package(key.py(), &WRONG_KEY, "wrong_key")?;
                return Err(PyErr::from_value(refused.call1((key, path.to_string()))?));
            };
            self.out.push(separator);
            self.text(key)?;
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
            self.value(&item, path)?;
        }
        self.out.push(']');
        Ok(())
    }

    fn text(&mut self, text: &Bound<'_, PyString>) -> PyResult<()> {
        match text.to_str() {
            Ok(text) => {
                let quoted = serde_json::to_string(text);
                self.out
                    .push_str(&quoted.expect("every text has a JSON form"));
            }
            // Half a surrogate pair, which only an escape can carry.
            Err(_) => {
                let escaped = from_package(text.py(), &ESCAPED, "escaped")?.call1((text,))?;
                self.out.push_str(escaped.cast::<PyString>()?.to_str()?);
            }
        }
        Ok(())
    }
}

static PLAIN: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static WRONG_KEY: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static TOO_DEEP: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static ESCAPED: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
