//! How every model is defined: typed fields for what is known, [`Extra`] for all else.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use crate::json::Json;

/// What an answer held beyond the typed fields: fields that this version does not know, and the
/// names of known fields that came as `null` rather than not at all.
///
/// Nothing that the server sent is lost: serialising a model writes its extra back.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra(Vec<(Cow<'static, str>, Option<Json>)>);

/// What every field holds that is `None` in an [`Extra`]: answers have many, and most are never
/// looked at.
static NULL: LazyLock<Json> = LazyLock::new(Json::null);

impl Extra {
    /// The JSON of a field without a typed counterpart.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.iter()
            .find(|(key, _)| *key == name)
            .map(|(_, json)| json)
    }

    /// Whether the field was sent as `null`, typed or not. A typed field that is `None` and not
    /// null was absent.
    pub fn is_null(&self, name: &str) -> bool {
        self.get(name).is_some_and(Json::is_null)
    }

    /// Adds a field, or replaces it. On a model that is sent, it is sent along.
    pub fn insert(&mut self, name: impl Into<String>, json: impl Into<Json>) {
        let json = Some(json.into()).filter(|json| !json.is_null());
        self.put(name.into().into(), json);
    }

    pub(crate) fn insert_null(&mut self, name: &'static str) {
        self.put(name.into(), None);
    }

    fn put(&mut self, name: Cow<'static, str>, json: Option<Json>) {
        match self.0.iter_mut().find(|(key, _)| *key == name) {
            Some(entry) => entry.1 = json,
            None => self.0.push((name, json)),
        }
    }

    pub(crate) fn forget(&mut self, name: &str) {
        self.0.retain(|(key, _)| key != name);
    }

    /// All fields, in the order of the answer.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        let fields = self.0.iter();
        fields.map(|(name, json)| (&**name, json.as_ref().unwrap_or(&NULL)))
    }
}

impl fmt::Debug for Extra {
    /// Names only: the value of an unknown field may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

/// Defines a model whose decoding is open and lossless.
///
/// `required` fields fail the decoding when absent or null; `optional` ones become `Option` and
/// take an absent field, a null and a value; `as "name"` gives a field another name in JSON. Serde's derive offers no equal: `flatten` cannot
/// carry raw JSON text, and loses whether a field was null or absent.
macro_rules! model {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            required { $( $(#[$required_meta:meta])*
                $required:ident $(as $required_name:literal)?: $required_type:ty ),* $(,)? }
            optional { $( $(#[$optional_meta:meta])*
                $optional:ident $(as $optional_name:literal)?: $optional_type:ty ),* $(,)? }
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name {
            $( $(#[$required_meta])* pub $required: $required_type, )*
            $( $(#[$optional_meta])* pub $optional: Option<$optional_type>, )*
            /// Fields that this version does not know, and which known ones came as `null`.
            pub extra: $crate::model::Extra,
        }

        impl $crate::shape::Shaped for $name {
            const SHAPE: &'static $crate::shape::Shape =
                &$crate::shape::Shape::Object($crate::shape::Object {
                    #[cfg(test)]
                    name: stringify!($name),
                    fields: &[
                        $( $crate::shape::Field {
                            name: $crate::model::wire_name!($required $($required_name)?),
                            required: true,
                            shape: <$required_type as $crate::shape::Shaped>::SHAPE,
                        }, )*
                        $( $crate::shape::Field {
                            name: $crate::model::wire_name!($optional $($optional_name)?),
                            required: false,
                            shape: <$optional_type as $crate::shape::Shaped>::SHAPE,
                        }, )*
                    ],
                });
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;

                impl<'de> serde::de::Visitor<'de> for Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<$name, A::Error> {
                        $( let mut $required: Option<$required_type> = None; )*
                        $( let mut $optional: Option<$optional_type> = None; )*
                        let mut extra = $crate::model::Extra::default();
                        while let Some($crate::json::Text(key)) = map.next_key()? {
                            match &*key {
                                $( $crate::model::wire_name!($required $($required_name)?) => $required = Some(map.next_value()?), )*
                                $( $crate::model::wire_name!($optional $($optional_name)?) => {
                                    $optional = map.next_value()?;
                                    match $optional {
                                        None => extra.insert_null($crate::model::wire_name!($optional $($optional_name)?)),
                                        // A key that comes twice counts as it came last.
                                        Some(_) => extra.forget(&key),
                                    }
                                } )*
                                _ => extra.insert(key, map.next_value::<$crate::json::Json>()?),
                            }
                        }
                        Ok($name {
                            $( $required: $required.ok_or_else(|| {
                                serde::de::Error::missing_field(
                                    $crate::model::wire_name!($required $($required_name)?),
                                )
                            })?, )*
                            $( $optional, )*
                            extra,
                        })
                    }
                }

                deserializer.deserialize_map(Visitor)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;

                let mut map = serializer.serialize_map(None)?;
                $( map.serialize_entry(
                    $crate::model::wire_name!($required $($required_name)?),
                    &self.$required,
                )?; )*
                $( if let Some(value) = &self.$optional {
                    map.serialize_entry(
                        $crate::model::wire_name!($optional $($optional_name)?),
                        value,
                    )?;
                } )*
                for (name, json) in self.extra.iter() {
                    // A field that was null and has been given a value since is written once.
                    let is_set = match name {
                        $( $crate::model::wire_name!($required $($required_name)?) => true, )*
                        $( $crate::model::wire_name!($optional $($optional_name)?) => self.$optional.is_some(), )*
                        _ => false,
                    };
                    if !is_set {
                        map.serialize_entry(name, json)?;
                    }
                }
                map.end()
            }
        }
    };
}
pub(crate) use model;

/// The name of a field in JSON.
macro_rules! wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}
pub(crate) use wire_name;

/// Defines an enum of the values that are known, open to those that will come.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $value:literal ),* $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$variant_meta])* $variant, )*
            /// A value that this version does not know.
            Other(String),
        }

        impl $name {
            /// The API's word for it.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $value, )*
                    Self::Other(value) => value,
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                match value.as_str() {
                    $( $value => Self::$variant, )*
                    _ => Self::Other(value),
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::from(value.to_owned())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::shape::Shaped for $name {
            const SHAPE: &'static $crate::shape::Shape = &$crate::shape::Shape::Text;
        }

        impl $crate::params::Parameter for $name {
            const KIND: $crate::params::Kind = $crate::params::Kind::Text;

            fn value(&self) -> Option<$crate::params::Value<'_>> {
                Some($crate::params::Value::Text(self.as_str().into()))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}
pub(crate) use open_enum;
