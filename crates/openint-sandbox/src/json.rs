//! JSON as the server handles it: JavaScript reads it, PostgreSQL's `jsonb` keeps it.
//!
//! `serde_json::Value` cannot stand in: it rounds `12345678901234567890123` to something other than
//! JavaScript does unless a feature is on that changes it for every crate of the workspace, it
//! refuses the lone surrogates that JavaScript lets pass, and it has no order of keys.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use json_event_parser::{JsonEvent, SliceJsonParser, WriterJsonSerializer};
use regex_lite::{Captures, Regex};

use crate::js;

/// Nesting beyond this is refused rather than risked on the stack.
const MAX_DEPTH: usize = 2_000;

/// Stands for a lone surrogate, which a string of Rust cannot hold: a code point that means nothing.
pub(crate) const LONE_SURROGATE: char = '\u{10FFFF}';

/// The reading of numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Numbers {
    /// They become doubles, as in JavaScript.
    #[default]
    JavaScript,
    /// They keep all their digits.
    AsWritten,
}

impl Numbers {
    fn read(self, digits: &str) -> Json {
        Json::Number(match self {
            Numbers::JavaScript => js::text(digits.parse().unwrap_or(f64::NAN)).into(),
            Numbers::AsWritten => digits.into(),
        })
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// The number as it is written, or `Infinity` with its sign, which is written as `null`.
    Number(Box<str>),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
    /// Text that is JSON already, for output only.
    Raw(Arc<str>),
}

/// The text is not JSON.
#[derive(Debug, PartialEq)]
pub(crate) struct Malformed;

impl Json {
    pub(crate) fn parse(text: &str, numbers: Numbers) -> Result<Json, Malformed> {
        let text = mark_lone_surrogates(text);
        let mut parser = SliceJsonParser::new(text.as_bytes());
        // The arrays and objects that are open, each object with the key that waits for its value.
        let mut open: Vec<(Json, String)> = Vec::new();
        loop {
            let value = match parser.parse_next().map_err(|_| Malformed)? {
                JsonEvent::StartArray => {
                    open.push((Json::Array(Vec::new()), String::new()));
                    if open.len() > MAX_DEPTH {
                        return Err(Malformed);
                    }
                    continue;
                }
                JsonEvent::StartObject => {
                    open.push((Json::Object(Vec::new()), String::new()));
                    if open.len() > MAX_DEPTH {
                        return Err(Malformed);
                    }
                    continue;
                }
                JsonEvent::ObjectKey(key) => {
                    open.last_mut().ok_or(Malformed)?.1 = key.into_owned();
                    continue;
                }
                JsonEvent::EndArray | JsonEvent::EndObject => {
                    match open.pop().ok_or(Malformed)?.0 {
                        Json::Object(members) => Json::Object(js::object(last_wins(members))),
                        array => array,
                    }
                }
                JsonEvent::String(text) => Json::String(text.into_owned()),
                JsonEvent::Number(digits) => numbers.read(&digits),
                JsonEvent::Boolean(value) => Json::Bool(value),
                JsonEvent::Null => Json::Null,
                JsonEvent::Eof => return Err(Malformed),
            };
            match open.last_mut() {
                Some((Json::Array(items), _)) => items.push(value),
                Some((Json::Object(members), key)) => members.push((std::mem::take(key), value)),
                _ => {
                    return match parser.parse_next() {
                        Ok(JsonEvent::Eof) => Ok(value),
                        _ => Err(Malformed),
                    };
                }
            }
        }
    }

    /// Reads what was written by this module.
    pub(crate) fn reread(text: &str) -> Json {
        Json::parse(text, Numbers::AsWritten).unwrap_or(Json::Null)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Json> {
        match self {
            Json::Object(members) => members.iter_mut().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Json::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_f64(&self) -> Option<f64> {
        match self {
            Json::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The value as it comes back from a `jsonb` column. That orders keys by length, then by bytes,
    /// and knows no infinity; JavaScript, which reads it, puts keys that are indices first.
    pub(crate) fn stored(self) -> Json {
        match self {
            Json::Array(items) => Json::Array(items.into_iter().map(Json::stored).collect()),
            Json::Object(members) => {
                let mut members: Vec<_> =
                    members.into_iter().map(|(k, v)| (k, v.stored())).collect();
                members.sort_by(|(a, _), (b, _)| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
                Json::Object(js::object(members))
            }
            Json::Number(digits) if digits.ends_with("Infinity") => Json::Null,
            other => other,
        }
    }

    /// PostgreSQL's complaint, where a `jsonb` column does not take the value: it holds neither a NUL
    /// nor a lone surrogate.
    pub(crate) fn refusal(&self) -> Option<&'static str> {
        let bad = |text: &str| match text.find(['\0', LONE_SURROGATE]) {
            None => None,
            Some(place) if text[place..].starts_with('\0') => {
                Some("unsupported Unicode escape sequence")
            }
            Some(_) => Some("invalid input syntax for type json"),
        };
        match self {
            Json::String(text) => bad(text),
            Json::Array(items) => items.iter().find_map(Json::refusal),
            Json::Object(members) => members
                .iter()
                .find_map(|(key, value)| bad(key).or_else(|| value.refusal())),
            _ => None,
        }
    }

    /// Hands the value to a serializer, piece by piece.
    fn tell(&self, tell: &mut impl FnMut(JsonEvent<'_>)) {
        match self {
            Json::Null => tell(JsonEvent::Null),
            Json::Bool(value) => tell(JsonEvent::Boolean(*value)),
            Json::Number(digits) if digits.ends_with("Infinity") => tell(JsonEvent::Null),
            Json::Number(digits) => tell(JsonEvent::Number(Cow::Borrowed(digits))),
            // A number is copied as it is, and so is this.
            Json::Raw(text) => tell(JsonEvent::Number(Cow::Borrowed(text))),
            Json::String(text) => tell(JsonEvent::String(well_formed(text))),
            Json::Array(items) => {
                tell(JsonEvent::StartArray);
                items.iter().for_each(|item| item.tell(tell));
                tell(JsonEvent::EndArray);
            }
            Json::Object(members) => {
                tell(JsonEvent::StartObject);
                for (key, value) in members {
                    tell(JsonEvent::ObjectKey(well_formed(key)));
                    value.tell(tell);
                }
                tell(JsonEvent::EndObject);
            }
        }
    }
}

impl std::fmt::Display for Json {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut serializer = WriterJsonSerializer::new(Vec::new());
        let mut outcome = Ok(());
        self.tell(&mut |event| {
            if outcome.is_ok() {
                outcome = serializer.serialize_event(event);
            }
        });
        let bytes = outcome.and_then(|()| serializer.finish());
        f.write_str(&String::from_utf8(bytes.map_err(|_| std::fmt::Error)?).unwrap_or_default())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::String(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::String(text)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Json {
        Json::Bool(value)
    }
}

impl From<u64> for Json {
    fn from(value: u64) -> Json {
        Json::Number(value.to_string().into())
    }
}

impl From<f64> for Json {
    fn from(value: f64) -> Json {
        if value.is_nan() {
            return Json::Null;
        }
        Json::Number(js::text(value).into())
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Json {
        value.map_or(Json::Null, Into::into)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(values: Vec<T>) -> Json {
        Json::Array(values.into_iter().map(Into::into).collect())
    }
}

/// An object with its keys in the order given.
pub(crate) fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(
        members
            .into_iter()
            .map(|(k, v)| (k.to_owned(), v))
            .collect(),
    )
}

/// A string as UTF-8 carries it, the way of JavaScript and of a text column.
pub(crate) fn well_formed(text: &str) -> Cow<'_, str> {
    if text.contains(LONE_SURROGATE) {
        Cow::Owned(text.replace(LONE_SURROGATE, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A repeated key keeps its first place and its last value, as in JavaScript.
fn last_wins(members: Vec<(String, Json)>) -> Vec<(String, Json)> {
    let mut places: HashMap<String, usize> = HashMap::with_capacity(members.len());
    let mut unique: Vec<(String, Json)> = Vec::with_capacity(members.len());
    for (key, value) in members {
        match places.get(&key) {
            Some(&place) => unique[place].1 = value,
            None => {
                places.insert(key.clone(), unique.len());
                unique.push((key, value));
            }
        }
    }
    unique
}

/// The text with each escape of a lone surrogate, which no parser for Rust accepts, replaced.
fn mark_lone_surrogates(text: &str) -> Cow<'_, str> {
    static ESCAPE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\\(?:u([0-9a-fA-F]{4})|(?s:.))").expect("the expression is good")
    });
    if !text.contains(r"\ud") && !text.contains(r"\uD") {
        return Cow::Borrowed(text);
    }
    let unit = |found: &Captures<'_>| {
        let digits = found.get(1)?.as_str();
        u16::from_str_radix(digits, 16).ok()
    };
    let mut marked = String::with_capacity(text.len());
    let mut copied = 0;
    let mut escapes = ESCAPE.captures_iter(text).peekable();
    while let Some(found) = escapes.next() {
        let Some(place) = found.get(0) else {
            continue;
        };
        let lone = match unit(&found) {
            Some(0xd800..=0xdbff) => {
                let low = |next: &Captures<'_>| {
                    next.get(0).is_some_and(|next| next.start() == place.end())
                        && matches!(unit(next), Some(0xdc00..=0xdfff))
                };
                escapes.next_if(low).is_none()
            }
            Some(0xdc00..=0xdfff) => true,
            _ => false,
        };
        if lone {
            marked.push_str(&text[copied..place.start()]);
            marked.push(LONE_SURROGATE);
            copied = place.end();
        }
    }
    marked.push_str(&text[copied..]);
    Cow::Owned(marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Result<String, Malformed> {
        Json::parse(text, Numbers::AsWritten).map(|json| json.to_string())
    }

    #[test]
    fn text_comes_back_as_it_was() {
        for text in [
            r#"{"a":[1,null,true,false,-0.10,1e5,12345678901234567890123],"":{}}"#,
            r#""é😀\n\t\"\\\u0000\u001f""#,
            "[[[]],[{}]]",
            "0",
        ] {
            assert_eq!(written(text).unwrap(), text);
        }
    }

    #[test]
    fn numbers_are_those_of_javascript() {
        for (text, want) in [
            ("12345678901234567890", "12345678901234567000"),
            ("1.10", "1.1"),
            ("-0.0", "0"),
            ("1e400", "null"),
            ("-1e400", "null"),
            ("1E2", "100"),
            ("1e21", "1e+21"),
            ("0.0000001", "1e-7"),
            ("0.1", "0.1"),
        ] {
            let json = Json::parse(text, Numbers::JavaScript).unwrap();
            assert_eq!(json.to_string(), want, "{text}");
        }
        let infinite = Json::parse("[1e400]", Numbers::JavaScript).unwrap();
        assert_eq!(infinite.stored(), Json::Array(vec![Json::Null]));
    }

    #[test]
    fn escapes_are_read() {
        assert_eq!(
            written(r#""\ud83d\ude00\u00e9\/\\ud83d""#).unwrap(),
            r#""😀é/\\ud83d""#
        );
    }

    #[test]
    fn a_lone_surrogate_is_read_but_cannot_be_stored() {
        for text in [
            r#""\ud83dx""#,
            r#""\ude00""#,
            r#""\ud83d\ud83d\ude00""#,
            r#"{"a\uD800":1}"#,
            r#"[[{"a":"\ud83d\n"}]]"#,
        ] {
            let json = Json::parse(text, Numbers::AsWritten).unwrap();
            let refusal = json.refusal();
            assert_eq!(
                refusal,
                Some("invalid input syntax for type json"),
                "{text}"
            );
            assert!(json.to_string().contains('\u{fffd}'), "{text}");
        }
        let pair = Json::reread(r#""\ud83d\ude00 \\ud83d""#);
        assert_eq!(pair.refusal(), None);
        let nul = Json::reread(r#"[1,{"a\u0000":"\ud83d"}]"#);
        assert_eq!(nul.refusal(), Some("unsupported Unicode escape sequence"));
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in [
            "",
            " ",
            "{",
            "{\"a\":",
            "[1,]",
            "{\"a\":1,}",
            "{,}",
            "01",
            "1.",
            "-",
            "+1",
            "nul",
            "\"\n\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\\ud8\"",
            "1 2",
            "[1][2]",
            "'a'",
            "\"\\u12\u{e9}\"",
            "{1:2}",
            "[}",
            "]",
        ] {
            assert_eq!(written(text), Err(Malformed), "{text:?}");
        }
        assert_eq!(written(&"[".repeat(1_000_000)), Err(Malformed));
    }

    #[test]
    fn keys_have_the_order_of_javascript() {
        assert_eq!(
            written(r#"{"b":1,"10":2,"a":3,"2":4,"b":5,"01":6,"4294967295":7}"#).unwrap(),
            r#"{"2":4,"10":2,"b":5,"a":3,"01":6,"4294967295":7}"#
        );
    }

    #[test]
    fn a_column_orders_keys_by_length_then_bytes() {
        let json = Json::reread(r#"{"plan":1,"n":{"bb":1,"ba":2,"c":3},"É":2,"a":0,"10":1}"#);
        assert_eq!(
            json.stored().to_string(),
            r#"{"10":1,"a":0,"n":{"c":3,"ba":2,"bb":1},"É":2,"plan":1}"#
        );
    }
}
