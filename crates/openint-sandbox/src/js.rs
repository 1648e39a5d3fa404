//! JavaScript's rules for what the server leaves to it.

use crate::json::{Json, LONE_SURROGATE};

/// Converts a text as `Number` does.
pub(crate) fn number(text: &str) -> f64 {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        let rest = text
            .get(..2)
            .filter(|start| start.eq_ignore_ascii_case(prefix))
            .map(|_| &text[2..]);
        if let Some(digits) = rest {
            let value = digits.chars().try_fold(0.0, |value, digit| {
                Some(value * f64::from(radix) + f64::from(digit.to_digit(radix)?))
            });
            return value.filter(|_| !digits.is_empty()).unwrap_or(f64::NAN);
        }
    }
    match text {
        "" => 0.0,
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        // Rust reads more words than that one, and everything else alike.
        _ if text.contains(|c: char| c.is_ascii_alphabetic() && !c.eq_ignore_ascii_case(&'e')) => {
            f64::NAN
        }
        _ => text.parse().unwrap_or(f64::NAN),
    }
}

/// Writes a number as `String` does.
pub(crate) fn text(number: f64) -> String {
    ryu_js::Buffer::new().format(number).to_owned()
}

/// Converts a value as `Boolean` does.
pub(crate) fn truthy(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Bool(value) => *value,
        Json::Number(_) => value.as_f64().is_some_and(|n| n != 0.0 && !n.is_nan()),
        Json::String(text) => !text.is_empty(),
        Json::Array(_) | Json::Object(_) | Json::Raw(_) => true,
    }
}

/// Converts a value as `Number` does.
pub(crate) fn as_number(value: &Json) -> f64 {
    match value {
        Json::Null => 0.0,
        Json::Bool(value) => f64::from(*value),
        Json::Number(_) => value.as_f64().unwrap_or(f64::NAN),
        Json::String(text) => number(text),
        Json::Array(_) => number(&as_text(value)),
        Json::Object(_) | Json::Raw(_) => f64::NAN,
    }
}

/// Writes a value as `String` does.
fn as_text(value: &Json) -> String {
    match value {
        Json::Array(items) => {
            let item = |item: &Json| match item {
                Json::Null => String::new(),
                other => as_text(other),
            };
            items.iter().map(item).collect::<Vec<_>>().join(",")
        }
        Json::String(text) => text.clone(),
        Json::Object(_) | Json::Raw(_) => "[object Object]".into(),
        other => other.to_string(),
    }
}

/// The members of an object in the order it gives them: those whose keys are indices come first, by
/// their numbers.
pub(crate) fn object(members: Vec<(String, Json)>) -> Vec<(String, Json)> {
    let index = |key: &str| {
        key.parse()
            .ok()
            .filter(|n: &u32| *n < u32::MAX && n.to_string() == key)
    };
    let (mut first, rest): (Vec<_>, Vec<_>) = members
        .into_iter()
        .partition(|(key, _)| index(key).is_some());
    first.sort_by_key(|(key, _)| index(key));
    first.extend(rest);
    first
}

/// Spreads a value as `{...value}` does: into an object of its parts.
pub(crate) fn spread(value: Json) -> Vec<(String, Json)> {
    let indexed = |items: Vec<Json>| {
        let name = |(index, item): (usize, Json)| (index.to_string(), item);
        items.into_iter().enumerate().map(name).collect()
    };
    match value {
        Json::Object(members) => members,
        Json::Array(items) => indexed(items),
        Json::String(text) => indexed(
            text.encode_utf16()
                .map(|unit| char::from_u32(unit.into()).unwrap_or(LONE_SURROGATE))
                .map(|unit| unit.to_string().into())
                .collect(),
        ),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_numbers() {
        for (text, want) in [
            ("", 0.0),
            (" \n12\t", 12.0),
            ("1e1", 10.0),
            ("0x10", 16.0),
            ("0B11", 3.0),
            ("0o17", 15.0),
            ("+5.", 5.0),
            (".5", 0.5),
            ("-0", 0.0),
            ("Infinity", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            ("1e400", f64::INFINITY),
        ] {
            assert_eq!(number(text), want, "{text:?}");
        }
        for text in [
            "abc", "1,2", "1 2", "0x", "0xg", "-0x10", "inf", "nan", "1_0", "1n", "e5", ".",
        ] {
            assert!(number(text).is_nan(), "{text:?}");
        }
    }

    #[test]
    fn values_become_numbers() {
        for (json, want) in [
            ("null", 0.0),
            ("true", 1.0),
            (r#""0x10""#, 16.0),
            ("[]", 0.0),
            ("[7]", 7.0),
            ("[null]", 0.0),
            ("1.5", 1.5),
        ] {
            assert_eq!(as_number(&Json::reread(json)), want, "{json}");
        }
        for json in ["{}", "[1,2]", r#""x""#, "[{}]", "[true]"] {
            assert!(as_number(&Json::reread(json)).is_nan(), "{json}");
        }
    }

    #[test]
    fn numbers_are_written_as_javascript_does() {
        for (number, want) in [
            (1e300, "1e+300"),
            (-0.0, "0"),
            (1e21, "1e+21"),
            (123456789012345680000.0, "123456789012345680000"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(text(number), want);
        }
    }

    #[test]
    fn little_is_false() {
        for json in ["null", "false", "0", "-0.0", r#""""#] {
            assert!(!truthy(&Json::reread(json)), "{json}");
        }
        for json in ["true", "1", r#""false""#, r#""0""#, "[]", "{}"] {
            assert!(truthy(&Json::reread(json)), "{json}");
        }
    }

    #[test]
    fn values_are_spread() {
        for (json, want) in [
            (r#""s""#, r#"{"0":"s"}"#),
            ("[1,2]", r#"{"0":1,"1":2}"#),
            ("null", "{}"),
            ("7", "{}"),
            (r#"{"a":1}"#, r#"{"a":1}"#),
        ] {
            assert_eq!(Json::Object(spread(Json::reread(json))).to_string(), want);
        }
        assert_eq!(spread("😀".into()).len(), 2);
    }
}
