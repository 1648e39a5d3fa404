//! JSON that keeps every key and every digit: the text as it was written, parsed only when asked.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::error::{Error, Result, one_line};

/// Any JSON, kept as the text that was sent or received.
///
/// A number of thirty digits stays one, keys stay in their order, and what is never looked at is
/// never parsed. Equality is that of the text; compare [`Json::to_value`] for equality of content.
/// `Debug` shows its size only, because it can hold secrets; `Display` shows the text.
///
/// It is part of the models and is read by `serde_json`; other formats, and `#[serde(flatten)]`
/// or `#[serde(untagged)]` around it, cannot carry it.
///
/// ```
/// use openint::Json;
/// use serde_json::json;
///
/// let plan = Json::from(json!({ "plan": "pro", "seats": 12 }));
/// assert_eq!(plan.to_value()?["seats"], 12);
///
/// #[derive(serde::Deserialize)]
/// struct Plan { seats: u32 }
/// assert_eq!(plan.to::<Plan>()?.seats, 12);
/// # Ok::<(), openint::Error>(())
/// ```
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub struct Json(Box<RawValue>);

impl Json {
    /// Checks that `text` is one JSON value and keeps it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is not.
    pub fn parse(text: impl Into<String>) -> Result<Self> {
        RawValue::from_string(text.into())
            .map(Self)
            .map_err(|error| Error::invalid_input("json", format!("JSON text ({error})")))
    }

    /// The JSON of anything that serialises.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when `value` has no JSON form,
    /// such as a map whose keys are not texts.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self> {
        serde_json::value::to_raw_value(value)
            .map(Self)
            .map_err(|error| {
                Error::invalid_input("json", format!("a value with a JSON form ({error})"))
            })
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Reads it as a type of yours.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) with the path of the first value that does
    /// not fit.
    pub fn to<T: DeserializeOwned>(&self) -> Result<T> {
        decode(self.as_str().as_bytes()).map_err(|(path, reason)| Error::decode(path, reason))
    }

    /// Reads it as a [`serde_json::Value`], in which numbers beyond 64 bits lose digits unless
    /// your program turns serde_json's `arbitrary_precision` on.
    ///
    /// # Errors
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) when it is nested more than 128 deep.
    pub fn to_value(&self) -> Result<Value> {
        self.to()
    }

    /// The value under `key`, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<Json> {
        let found = serde_json::Deserializer::from_str(self.as_str()).deserialize_map(Find(key));
        found.ok()?.map(Self::from_raw)
    }

    /// Returns true for an object.
    pub fn is_object(&self) -> bool {
        self.as_str().starts_with('{')
    }

    /// Returns true for `null`.
    pub fn is_null(&self) -> bool {
        self.as_str() == "null"
    }

    pub(crate) fn null() -> Self {
        Self::from_raw(RawValue::NULL)
    }

    fn from_raw(raw: &RawValue) -> Self {
        Self(raw.to_owned())
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(Self)
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self(serde_json::value::to_raw_value(&value).expect("a JSON value has a JSON form"))
    }
}

impl FromStr for Json {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Json {}

impl fmt::Debug for Json {
    /// Its size only: a service's raw answer or an unknown setting can be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({} bytes)", self.as_str().len())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The value under a key.
struct Find<'a>(&'a str);

impl<'de> Visitor<'de> for Find<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(Text(key)) = map.next_key()? {
            let value = map.next_value()?;
            // A key that comes twice counts as it came last.
            if key == self.0 {
                found = Some(value);
            }
        }
        Ok(found)
    }
}

/// A JSON number with all its digits.
///
/// ```
/// use openint::Number;
///
/// let seconds = Number::from(3600);
/// assert_eq!(seconds.as_f64(), 3600.0);
/// assert_eq!(seconds.to_string(), "3600");
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Number(Json);

impl Number {
    /// The nearest 64-bit float.
    pub fn as_f64(&self) -> f64 {
        self.as_str().parse().unwrap_or(f64::NAN)
    }

    /// The integer, if it is one that fits 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_str().parse().ok()
    }

    /// The digits as they were written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        match json.as_str().as_bytes().first() {
            Some(b'-' | b'0'..=b'9') => Ok(Self(json)),
            _ => Err(D::Error::custom("invalid type: expected a number")),
        }
    }
}

macro_rules! number_from {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                Self(Json::from(Value::from(value)))
            }
        }
    )*};
}
number_from!(i32, u32, i64, u64);

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text, borrowed where JSON has it as it is: the names of fields are mostly only compared.
pub(crate) struct Text<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Found;

        impl<'de> Visitor<'de> for Found {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(Found)
    }
}

/// Parses `bytes`, or says at which JSON path they do not fit and why.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, (String, String)> {
    // Parsing only text takes one parser instead of two, and what is passed over is not looked
    // into later.
    let text = text(bytes)?;
    serde_json::from_str(text).map_err(|error| misfit(text, &error))
}

fn text(bytes: &[u8]) -> Result<&str, (String, String)> {
    std::str::from_utf8(bytes).map_err(|error| {
        let reason = format!("not UTF-8 after {} bytes", error.valid_up_to());
        (String::new(), reason)
    })
}

fn misfit(text: &str, error: &serde_json::Error) -> (String, String) {
    (path(text, error), reason(error))
}

/// Finds the JSON path of the value that an error is about.
///
/// Following the path of every value costs time, and once more the code of every type. So only
/// failures pay, and what is followed is the text up to that value, as JSON of no type.
fn path(text: &str, error: &serde_json::Error) -> String {
    let is_data = error.classify() == Category::Data;
    let text = match is_data {
        true => Cow::Owned(until(text, error)),
        false => Cow::Borrowed(text),
    };
    let deserializer = &mut serde_json::Deserializer::from_str(&text);
    match serde_path_to_error::deserialize::<_, Value>(deserializer) {
        // JSON of too many levels ends elsewhere.
        Err(error) if is_data && !error.inner().is_eof() => String::new(),
        Err(error) if error.path().iter().next().is_some() => {
            // `?` is where the text itself ends or breaks.
            one_line(error.path().to_string().trim_end_matches(['.', '?']))
        }
        _ => String::new(),
    }
}

/// The text up to where the error is, ending inside the value that does not fit.
fn until(text: &str, error: &serde_json::Error) -> String {
    let lines = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let end = lines.map(str::len).sum::<usize>() + error.column();
    let text = text.get(..end).unwrap_or_default();
    match text.chars().next_back() {
        // Without its end a number is one, too.
        Some('0'..='9') => {
            let before = text.trim_end_matches(|c: char| !matches!(c, ':' | ',' | '['));
            format!("{before}\"")
        }
        Some(last) if last == '"' || last == '}' || last == ']' || last.is_alphabetic() => {
            text[..text.len() - last.len_utf8()].to_owned()
        }
        // The value comes next.
        _ => format!("{text}\""),
    }
}

/// Says what is wrong, without the offending value: it may be a secret.
fn reason(error: &serde_json::Error) -> String {
    let place = format!("line {} column {}", error.line(), error.column());
    match error.classify() {
        Category::Eof => format!("the JSON ends early, at {place}"),
        Category::Syntax | Category::Io => format!("not JSON at {place}"),
        Category::Data => {
            let text = error.to_string();
            match text.find(", expected ") {
                Some(at) if text.starts_with("invalid ") => {
                    format!("expected {}", &text[at + ", expected ".len()..])
                }
                _ => text,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn digits_and_order_survive() {
        let text = r#"{"b":12345678901234567890123,"a":1.10,"e":1E400}"#;
        let json: Json = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&json).unwrap(), text);
        assert_eq!(json.get("a").unwrap().as_str(), "1.10");
    }

    #[test]
    fn a_reason_never_repeats_the_value() {
        #[derive(Deserialize, Debug)]
        struct Plan {
            #[allow(dead_code)]
            seats: u32,
        }
        let error = decode::<Plan>(br#"{"seats":"hunter2"}"#).unwrap_err();
        assert_eq!(error.0, "seats");
        assert!(!error.1.contains("hunter2"), "{}", error.1);
        assert!(error.1.contains("expected u32"), "{}", error.1);
    }

    #[test]
    fn the_path_is_that_of_the_type() {
        #[derive(Debug, Deserialize)]
        #[expect(dead_code, reason = "read, and looked at no further")]
        struct Row {
            a: String,
            #[serde(default)]
            b: Vec<Row>,
            c: Option<bool>,
            d: Option<BTreeMap<String, i8>>,
            e: Option<Json>,
        }

        let texts = [
            r#"{"a":12}"#,
            r#"{"a":"12","c":-1.5e+3}"#,
            r#"{"a":"1 }","b":[{"a":"é"},{"a":"ü","c":"1"}]}"#,
            r#"{"a":"1","b":[{"a":"1"},7]}"#,
            r#"{"a":"1","b":[{"a":[1,2]},{}]}"#,
            r#"{"b":[{"c":true,"d":{"é 1":1,"x":128}}]}"#,
            r#"{"b":[{"c":true,"e":{"x":[1,2.50]}}],"a":""}"#,
            "{\n  \"a\": null,\n  \"b\": []\n}",
            "{\n  \"a\": \"1\",\n  \"c\":\n 0\n}",
            "{\"a\":\"1\",\n\"b\":[\n{\"c\":true,\"d\":{\"k\":1}\n}\n]}",
            r#"{"a":"1","c":true,"c":false}"#,
            r#"{"a":"1","d":{"x":1"#,
            r#"{"a":"1","d":{"x":}}"#,
            r#"{"a":"1""#,
            "[1]",
            "7",
            "",
        ];
        for text in texts {
            let error = decode::<Row>(text.as_bytes()).unwrap_err();
            let typed = &mut serde_json::Deserializer::from_str(text);
            let expected = serde_path_to_error::deserialize::<_, Row>(typed).unwrap_err();
            let expected = expected.path().to_string();
            let expected = expected.trim_end_matches(['.', '?']);
            assert_eq!(error.0, expected, "{text}: {}", error.1);
        }
    }

    #[test]
    fn a_path_is_one_line_whatever_the_keys_are() {
        let error = decode::<std::collections::BTreeMap<String, u32>>(b"{\"a\\n\x7fb\":\"x\"}");
        assert_eq!(error.unwrap_err().0, "a  b");
    }

    #[test]
    fn bytes_that_are_no_text_are_named_by_their_place() {
        let error = decode::<Json>(b"{\"a\":\"\xff\"}").unwrap_err();
        assert_eq!(error.1, "not UTF-8 after 6 bytes");
    }

    #[test]
    fn a_number_is_only_a_number() {
        assert_eq!(
            serde_json::from_str::<Number>("1.10").unwrap().as_str(),
            "1.10"
        );
        assert!(serde_json::from_str::<Number>("\"1\"").is_err());
    }
}
