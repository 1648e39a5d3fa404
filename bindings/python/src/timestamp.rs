//! Timestamps, for the package to make a `datetime` of.

use jiff::fmt::temporal::Pieces;
use pyo3::prelude::*;

/// Year, month, day, hour, minute, second, microsecond, and the seconds east of UTC.
type Parts = (i16, i8, i8, i8, i8, i8, i32, i32);

/// Reads a text of PostgreSQL's or RFC 3339's form; `None` for any other.
#[pyfunction]
pub(crate) fn read_timestamp(text: &str) -> Option<Parts> {
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
