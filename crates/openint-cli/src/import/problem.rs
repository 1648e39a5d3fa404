//! Problems of rows that cannot be sent.

use super::file::Record;

/// A reason why a row cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) line: u64,
    /// Empty when it is the row as a whole.
    pub(super) field: String,
    pub(super) message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.field.is_empty() {
            write!(f, ", {}", self.field)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl Problem {
    pub(super) fn of(record: &Record, field: &str, message: &str) -> Self {
        Self {
            line: record.line,
            field: field.to_owned(),
            message: message.to_owned(),
        }
    }
}

/// All that is wrong with one record.
pub(super) struct Problems<'a> {
    record: &'a Record,
    pub(super) found: Vec<Problem>,
}

impl<'a> Problems<'a> {
    pub(super) fn of(record: &'a Record) -> Self {
        Self {
            record,
            found: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, field: &str, message: &str) {
        self.found.push(Problem::of(self.record, field, message));
    }

    pub(super) fn or<T>(self, value: T) -> Result<T, Vec<Problem>> {
        match self.found.is_empty() {
            true => Ok(value),
            false => Err(self.found),
        }
    }
}
