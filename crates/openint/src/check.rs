//! Checks of parameters. Each names the field and says what was expected.

use crate::error::{Error, Result};
use crate::json::Json;

/// The most rows that the API gives at once.
pub(crate) const MAX_LIMIT: u32 = 3_000;

/// Checks an id: not empty, without NUL, and beginning with `prefix`.
pub(crate) fn id(field: &str, value: &str, prefix: &str) -> Result<()> {
    not_empty(field, value)?;
    if !value.starts_with(prefix) {
        return Err(Error::invalid_input(
            field,
            format!("an id that starts with `{prefix}`"),
        ));
    }
    Ok(())
}

/// Checks a name or an id of the caller's own.
pub(crate) fn not_empty(field: &str, value: &str) -> Result<()> {
    if value.is_empty() || value.contains('\0') {
        return Err(Error::invalid_input(
            field,
            "a string that is not empty and has no NUL character",
        ));
    }
    Ok(())
}

/// Checks a filter. The API ignores an empty one and lists everything.
pub(crate) fn filter(field: &str, value: Option<&String>) -> Result<()> {
    match value {
        Some(value) if value.is_empty() => Err(Error::invalid_input(
            field,
            "a string that is not empty; leave the filter out to list everything",
        )),
        _ => Ok(()),
    }
}

/// Checks a search. The API trims it, so a blank one is empty too.
pub(crate) fn search(query: Option<&String>) -> Result<()> {
    let trimmed = query.map(|query| query.trim().to_owned());
    filter("search_query", trimmed.as_ref())
}

/// Checks a filter that takes several values.
pub(crate) fn filters(field: &str, values: Option<&Vec<String>>) -> Result<()> {
    let Some(values) = values else { return Ok(()) };
    if values.is_empty() {
        return Err(Error::invalid_input(
            field,
            "a list that is not empty; leave the filter out to list everything",
        ));
    }
    values.iter().enumerate().try_for_each(|(index, value)| {
        if value.trim().is_empty() || value.contains(',') {
            return Err(Error::invalid_input(
                format!("{field}[{index}]"),
                "a name that is not empty and has no comma",
            ));
        }
        Ok(())
    })
}

/// Checks the most rows that a page may hold.
pub(crate) fn limit(limit: Option<u32>) -> Result<()> {
    match limit {
        Some(limit) if limit > MAX_LIMIT => Err(Error::invalid_input(
            "limit",
            format!("at most {MAX_LIMIT}"),
        )),
        _ => Ok(()),
    }
}

/// Checks JSON that has to be an object, if it was given.
pub(crate) fn optional_object(field: &str, json: Option<&Json>) -> Result<()> {
    json.map_or(Ok(()), |json| object(field, json))
}

/// Checks JSON that has to be an object.
pub(crate) fn object(field: &str, json: &Json) -> Result<()> {
    if !json.is_object() {
        return Err(Error::invalid_input(field, "a JSON object"));
    }
    strings(field, json.as_str())
}

/// Checks the strings and keys in JSON: the API can store neither NUL nor half a surrogate pair.
pub(crate) fn strings(field: &str, json: &str) -> Result<()> {
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let escape = &rest[at + 1..];
        // What is escaped may be a backslash.
        rest = &escape[1..];
        let Some(unit) = code_unit(escape) else {
            continue;
        };
        rest = &escape[5..];
        let refused = match unit {
            0 => "strings without the NUL character",
            0xD800..=0xDBFF => match rest.strip_prefix('\\').and_then(code_unit) {
                Some(0xDC00..=0xDFFF) => {
                    rest = &rest[6..];
                    continue;
                }
                _ => "strings of whole characters, without half a surrogate pair",
            },
            0xDC00..=0xDFFF => "strings of whole characters, without half a surrogate pair",
            _ => continue,
        };
        return Err(Error::invalid_input(field, refused));
    }
    Ok(())
}

/// The UTF-16 code unit of an escape such as `u00e9`.
fn code_unit(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix('u')?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_that_the_api_cannot_store_are_refused() {
        for (text, is_good) in [
            (r#"{"a":"\u0000"}"#, false),
            (r#"{"a\u0000":1}"#, false),
            (r#"{"a":"\\u0000"}"#, true),
            (r#"{"a":"\\\u0000"}"#, false),
            (r#"{"a":"\\u0000 \u0000"}"#, false),
            (r#"{"a":"u0000"}"#, true),
            (r#"{"a":"\ud83d\ude00 \u00e9"}"#, true),
            (r#"{"a":"\ud83d"}"#, false),
            (r#"{"a":"\ude00"}"#, false),
            (r#"{"a":"\ud83d\ud83d\ude00"}"#, false),
            (r#"{"a":"\ud83dx"}"#, false),
            (r#"{"a":"\ud83d\n"}"#, false),
            (r#"{"\uD800":1}"#, false),
            (r#"{"a":"\\ud83d"}"#, true),
        ] {
            let json = Json::parse(text).unwrap();
            let checked = strings("metadata", json.as_str());
            assert_eq!(checked.is_ok(), is_good, "{text}");
        }
    }

    #[test]
    fn an_empty_filter_is_refused() {
        assert!(filter("customer_id", Some(&String::new())).is_err());
        assert!(search(Some(&" \t".to_owned())).is_err());
        assert!(search(Some(&String::new())).is_err());
        // A blank id is one: the API compares it as it is.
        assert!(filter("customer_id", Some(&"\t".to_owned())).is_ok());
        assert!(filter("customer_id", None).is_ok());
        assert!(filters("connector_names", Some(&Vec::new())).is_err());
        let error = filters("connector_names", Some(&vec!["a".into(), String::new()]));
        assert!(
            error
                .unwrap_err()
                .to_string()
                .contains("connector_names[1]")
        );
    }
}
