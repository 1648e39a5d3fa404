//! What values have to be before anything is sent.

use super::{Kind, Param, Value, Values};
use crate::error::{Error, ErrorKind, Result};
use crate::http::request::check_id;
use crate::json::contains_nul;

impl Values<'_> {
    pub(crate) fn check(&self) -> Result<()> {
        self.each()
            .try_for_each(|(param, value)| param.check(value))
    }
}

impl Param {
    fn check(&self, value: &Value<'_>) -> Result<()> {
        match (&self.kind, value) {
            (Kind::Whole { least, .. }, Value::Whole(number)) if *number < (*least).into() => {
                Err(Error::invalid_input(self.name, format!("at least {least}")))
            }
            (Kind::Whole { most, .. }, Value::Whole(number)) if *number > (*most).into() => {
                Err(Error::invalid_input(self.name, format!("at most {most}")))
            }
            (Kind::Id(prefix), Value::Text(id)) => check_prefix(self.name, id, prefix),
            (Kind::Checked(check), Value::Text(text)) => check(text),
            (Kind::Object, Value::Json(json)) => check_object(self.name, json.get()),
            (Kind::Group(_), Value::Group(values)) => {
                values.check().map_err(|error| self.within(error))
            }
            _ => Ok(()),
        }
    }

    /// An error of a part of this parameter.
    fn within(&self, error: Error) -> Error {
        match error.kind() {
            ErrorKind::InvalidInput {
                field, expected, ..
            } => Error::invalid_input(format!("{}.{field}", self.name), expected),
            _ => error,
        }
    }
}

fn check_prefix(field: &str, id: &str, prefix: &str) -> Result<()> {
    check_id(field, id)?;
    if !id.starts_with(prefix) {
        return Err(Error::invalid_input(
            field,
            format!("an id that starts with `{prefix}`"),
        ));
    }
    Ok(())
}

fn check_object(field: &str, json: &str) -> Result<()> {
    if !json.starts_with('{') {
        return Err(Error::invalid_input(field, "a JSON object"));
    }
    if contains_nul(json) {
        return Err(Error::invalid_input(
            field,
            "texts without the NUL character",
        ));
    }
    Ok(())
}
