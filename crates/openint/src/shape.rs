//! What an answer has to look like, as data. Who only passes an answer on can check it against its
//! shape, by code that is there once, where decoding needs code for each model.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};

use crate::json::{Json, Number};
use crate::json_path::path_at;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

pub(crate) enum Shape {
    Any,
    Boolean,
    Number,
    /// A whole number, 0 or more.
    Whole,
    Text,
    List(&'static Shape),
    Object(Object),
}

pub(crate) struct Object {
    /// For the list of models that the other languages are compared with.
    #[cfg(test)]
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [Field],
}

pub(crate) struct Field {
    pub(crate) name: &'static str,
    /// Whether it may neither be absent nor null.
    pub(crate) required: bool,
    pub(crate) shape: &'static Shape,
}

/// A type that JSON of one shape is decoded into.
pub(crate) trait Shaped {
    const SHAPE: &'static Shape;
}

macro_rules! shapes {
    ($($type:ty => $shape:expr),* $(,)?) => {$(
        impl Shaped for $type {
            const SHAPE: &'static Shape = &$shape;
        }
    )*};
}

shapes! {
    Json => Shape::Any,
    bool => Shape::Boolean,
    Number => Shape::Number,
    u64 => Shape::Whole,
    String => Shape::Text,
    Secret => Shape::Text,
    Timestamp => Shape::Text,
}

impl<T: Shaped> Shaped for Vec<T> {
    const SHAPE: &'static Shape = &Shape::List(T::SHAPE);
}

/// Checks that `bytes` would decode, or says as [`crate::json::decode`] where they do not and why.
pub(crate) fn check(bytes: &[u8], shape: &'static Shape) -> Result<(), (String, String)> {
    let mut deserializer = serde_json::Deserializer::from_str(crate::json::text(bytes)?);
    let seed = Check {
        shape,
        nullable: false,
    };
    seed.deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| {
            let path = path_at(bytes, error.line(), error.column());
            (path, crate::json::reason(&error))
        })
}

struct Check {
    shape: &'static Shape,
    nullable: bool,
}

impl<'de> DeserializeSeed<'de> for Check {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.nullable {
            return deserializer.deserialize_option(self);
        }
        // Asked for what is wanted, the parser finds fault where decoding would.
        match self.shape {
            Shape::Any => deserializer.deserialize_ignored_any(IgnoredAny).map(drop),
            Shape::Boolean => deserializer.deserialize_bool(self),
            Shape::Number => deserializer.deserialize_f64(self),
            Shape::Whole => deserializer.deserialize_u64(self),
            Shape::Text => deserializer.deserialize_str(self),
            Shape::List(_) => deserializer.deserialize_seq(self),
            Shape::Object(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Check {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.shape {
            Shape::Any => "anything",
            Shape::Boolean => "a boolean",
            Shape::Number => "a number",
            Shape::Whole => "u64",
            Shape::Text => "a string",
            Shape::List(_) => "a sequence",
            Shape::Object(_) => "an object",
        })
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let nullable = false;
        Check { nullable, ..self }.deserialize(deserializer)
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        match self.shape {
            Shape::Number => Ok(()),
            _ => Err(E::invalid_value(Unexpected::Signed(value), &self)),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        match self.shape {
            Shape::Number => Ok(()),
            _ => Err(E::invalid_type(Unexpected::Float(value), &self)),
        }
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Shape::List(shape) = self.shape else {
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        };
        let nullable = false;
        while items
            .next_element_seed(Check { shape, nullable })?
            .is_some()
        {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Shape::Object(Object { fields, .. }) = self.shape else {
            return Err(A::Error::invalid_type(Unexpected::Map, &self));
        };
        // A model has a good dozen fields.
        let mut missing: u64 = 0;
        for (index, field) in fields.iter().enumerate() {
            missing |= u64::from(field.required) << index;
        }
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match fields.iter().position(|field| field.name == key) {
                Some(index) => {
                    let Field {
                        required, shape, ..
                    } = fields[index];
                    missing &= !(1 << index);
                    map.next_value_seed(Check {
                        shape,
                        nullable: !required,
                    })?;
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        match fields.get(missing.trailing_zeros() as usize) {
            Some(field) => Err(A::Error::missing_field(field.name)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::*;
    use crate::page::Page;
    use crate::resources::connections::{Connection, ConnectionCheck};
    use crate::resources::connectors::Connector;

    /// The check says what decoding says.
    fn agree<T: Shaped + DeserializeOwned>(text: &str) -> bool {
        let decoded = crate::json::decode::<T>(text.as_bytes()).map(drop);
        let checked = check(text.as_bytes(), T::SHAPE);
        assert_eq!(checked, decoded, "{text}");
        checked.is_ok()
    }

    #[test]
    fn a_check_agrees_with_decoding() {
        for text in [
            r#"{"id":"conn_1"}"#,
            r#"{"id":"conn_1","status":"new","metadata":{"a":[1]},"disabled":null,"x":[{}]}"#,
            r#"{"id":"conn_1","connector":{"name":"github","platforms":["web"],"scopes":[{"scope":"a"}]}}"#,
        ] {
            assert!(agree::<Connection>(text));
        }
        for text in [
            "",
            "[]",
            "null",
            "7",
            r#"{"#,
            r#"{"id":"a"} x"#,
            r#"{}"#,
            r#"{"id":null}"#,
            r#"{"id":7}"#,
            r#"{"id":"a","disabled":"no"}"#,
            r#"{"id":"a","customer_id":["b"]}"#,
            r#"{"id":"a","created_at":1.5}"#,
            r#"{"id":"a","connector":"github"}"#,
            r#"{"id":"a","connector":{"display_name":"b"}}"#,
            r#"{"id":"a","connector":{"name":"b","platforms":[null]}}"#,
            r#"{"id":"a","connector":{"name":"b","scopes":[{"scope":"c"},{"scope":-1}]}}"#,
        ] {
            assert!(!agree::<Connection>(text));
        }
        assert!(agree::<Page<Connector>>(
            r#"{"items":[{"name":"a"}],"total":1,"next":true}"#
        ));
        assert!(!agree::<Page<Connector>>(
            r#"{"items":[{"name":"a"}],"total":-1}"#
        ));
        assert!(!agree::<Page<Connector>>(r#"{"total":1}"#));
        assert!(!agree::<ConnectionCheck>(r#"{"id":"a","status":true}"#));
    }
}
