//! Timestamps as `datetime`.

use jiff::fmt::temporal::Pieces;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::json::from_package;

/// The instant, or `None` for a text of neither form.
pub(crate) fn datetime<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static DATETIME: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    match read_timestamp(text) {
        Some(parts) => from_package(py, &DATETIME, "_json", "datetime_of")?.call1(parts),
        None => Ok(py.None().into_bound(py)),
    }
}

/// Year, month, day, hour, minute, second, microsecond, and the seconds east of UTC.
type Parts = (i16, i8, i8, i8, i8, i8, i32, i32);

/// Reads a text of PostgreSQL's or RFC 3339's form; `None` for any other.
fn read_timestamp(text: &str) -> Option<Parts> {
    let pieces = Pieces::parse(text).ok()?;
    let (date, time) = (pieces.date(), pieces.time()?);
    let offset = pieces.to_numeric_offset()?;
    Some((
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second(),
        time.subsec_nanosecond() / 1_000,
        offset.seconds(),
    ))
}
