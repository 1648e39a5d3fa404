//! Values from a JSON object.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Kind, Param, Route, Value, Values};
use crate::error::{Error, Result};
use crate::json::{self, Json, Text};
use crate::json_path::path_at;

impl Route {
    /// Reads the values of this route's parameters.
    pub(crate) fn read<'a>(&self, params: &'a Json) -> Result<Values<'a>> {
        self.read_by(|param| param.name, params)
    }

    /// The same for all pages of a list, whose `limit` is a [`PAGE_SIZE`].
    pub(crate) fn read_for_pages<'a>(&self, params: &'a Json) -> Result<Values<'a>> {
        let name = |param: &Param| match param.name {
            LIMIT => PAGE_SIZE,
            name => name,
        };
        self.read_by(name, params)
    }

    fn read_by<'a>(&self, name: Name, params: &'a Json) -> Result<Values<'a>> {
        let text = params.as_str();
        serde_json::Deserializer::from_str(text)
            .deserialize_map(Object {
                params: self.params,
                name,
            })
            .map_err(|error| {
                let path = path_at(text.as_bytes(), error.line(), error.column());
                refused(&path, &json::reason(&error))
            })
    }
}

pub(crate) const LIMIT: &str = "limit";
pub(crate) const PAGE_SIZE: &str = "page_size";

/// What a parameter is called.
type Name = fn(&Param) -> &'static str;

struct Object {
    params: &'static [Param],
    name: Name,
}

impl<'de> Visitor<'de> for Object {
    type Value = Values<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values<'de>, A::Error> {
        let Self { params, name } = self;
        let mut given: Vec<Option<Value<'de>>> = Vec::new();
        given.resize_with(params.len(), || None);
        while let Some(Text(key)) = map.next_key()? {
            let Some(index) = params.iter().position(|param| name(param) == key) else {
                return Err(A::Error::custom(unknown(&key, params.iter().map(name))));
            };
            let param = &params[index];
            if given[index].is_some() {
                return Err(A::Error::duplicate_field(name(param)));
            }
            given[index] = map.next_value_seed(Nullable(param))?;
        }
        let mut each = params.iter().zip(&given);
        match each.find(|(param, value)| param.required && value.is_none()) {
            Some((param, _)) => Err(A::Error::missing_field(name(param))),
            None => Ok(Values { params, given }),
        }
    }
}

fn unknown(name: &str, names: impl Iterator<Item = &'static str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    format!(
        "unknown field `{name}`, expected one of {}",
        names.join(", ")
    )
}

/// The value of a parameter, or null where it may be absent.
struct Nullable(&'static Param);

impl<'de> DeserializeSeed<'de> for Nullable {
    type Value = Option<Value<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.0.required {
            return self.visit_some(deserializer);
        }
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Nullable {
    type Value = Option<Value<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        One(&self.0.kind).expecting(f)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let one = One(&self.0.kind);
        match self.0.kind {
            Kind::Flag => deserializer.deserialize_bool(one),
            Kind::Whole { .. } | Kind::Offset => deserializer.deserialize_u64(one),
            Kind::Text | Kind::Id(_) | Kind::Checked(_) => deserializer.deserialize_str(one),
            Kind::Texts => deserializer.deserialize_seq(one),
            Kind::Json | Kind::Object => {
                <&RawValue>::deserialize(deserializer).map(|json| Value::Json(Cow::Borrowed(json)))
            }
            Kind::Group(params) => deserializer
                .deserialize_map(Object {
                    params,
                    name: |param| param.name,
                })
                .map(Value::Group),
        }
        .map(Some)
    }
}

/// A value that is neither JSON nor a group.
struct One(&'static Kind);

impl<'de> Visitor<'de> for One {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Flag => "true or false",
            Kind::Whole { .. } | Kind::Offset => "a whole number, 0 or more",
            Kind::Text | Kind::Id(_) | Kind::Checked(_) => "a string",
            Kind::Texts => "a list",
            Kind::Json => "anything",
            Kind::Object | Kind::Group(_) => "an object",
        })
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value<'de>, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::Whole(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value<'de>, A::Error> {
        let mut texts = Vec::new();
        while let Some(Text(text)) = items.next_element()? {
            texts.push(text);
        }
        Ok(Value::Texts(texts))
    }
}

/// Says in words for people what serde found.
fn refused(path: &str, reason: &str) -> Error {
    let reason = reason.split(" at line ").next().unwrap_or(reason);
    let quoted = || reason.split('`').nth(1).unwrap_or_default();
    let (field, expected) = if reason.starts_with("missing field") {
        let parent = match path {
            "" => String::new(),
            path => format!("{path}."),
        };
        let field = format!("{parent}{}", quoted());
        (field, "a value; it is required".to_owned())
    } else if let Some((_, known)) = reason.split_once(", expected one of ") {
        let field = if path.is_empty() { quoted() } else { path };
        (
            field.to_owned(),
            format!("a known parameter: one of {known}"),
        )
    } else {
        let field = if path.is_empty() { "params" } else { path };
        let expected = reason.strip_prefix("expected ").unwrap_or(reason);
        (field.to_owned(), expected.to_owned())
    };
    Error::invalid_input(field, expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use crate::params::Routed;
    use crate::{CreateConnection, GetConnection, ListConnections};

    fn refusal<T: Routed>(params: &str) -> (String, String) {
        let params = Json::parse(params).unwrap();
        let error = T::ROUTE.read(&params).err().unwrap();
        match error.kind() {
            ErrorKind::InvalidInput {
                field, expected, ..
            } => (field.clone(), expected.clone()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refusal_names_the_field_and_never_the_value() {
        let cases = [
            (refusal::<GetConnection>(r#"{}"#), "id", "required"),
            (
                refusal::<GetConnection>(r#"{"id":"conn_1","expand":"connector"}"#),
                "expand",
                "a list",
            ),
            (
                refusal::<GetConnection>(r#"{"id":"conn_1","include_secrets":"x"}"#),
                "include_secrets",
                "true or false",
            ),
            (
                refusal::<GetConnection>(r#"{"id":"conn_1","includeSecrets":true}"#),
                "includeSecrets",
                "include_secrets",
            ),
            (refusal::<GetConnection>(r#"[]"#), "params", "an object"),
            (
                refusal::<ListConnections>(r#"{"limit":-1}"#),
                "limit",
                "a whole number",
            ),
            (
                refusal::<ListConnections>(r#"{"offset":1.5}"#),
                "offset",
                "a whole number",
            ),
            (
                refusal::<ListConnections>(r#"{"connector_names":["a",7]}"#),
                "connector_names[1]",
                "a string",
            ),
            (
                refusal::<CreateConnection>(
                    r#"{"connector_config_id":"ccfg_","customer_id":"c","data":{"settings":{"k":"sesame"}}}"#,
                ),
                "data.connector_name",
                "required",
            ),
            (
                refusal::<CreateConnection>(
                    r#"{"connector_config_id":"ccfg_","customer_id":"c","data":"sesame"}"#,
                ),
                "data",
                "an object",
            ),
        ];
        for ((field, expected), wanted, words) in cases {
            assert_eq!(field, wanted, "{expected}");
            assert!(expected.contains(words), "{field}: {expected}");
            assert!(
                !expected.contains("sesame") && !expected.contains("line"),
                "{expected}"
            );
        }
    }
}
