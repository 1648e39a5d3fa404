//! Macros that define models and open enums, and hand their definitions on to the bindings.
//!
//! Each definition is also exported as a hidden macro of the same name, which passes its tokens and
//! documentation to a macro of the caller's. A binding makes its own type of them, so a field stands
//! in one place:
//!
//! ```text
//! macro_rules! class { (model Health { required { … } optional { … } }) => { … } }
//! openint::Health!(class);
//! ```
//!
//! Tokens after the macro's name are passed on before the definition.

/// Defines a model whose decoding is open and lossless.
///
/// `required` fields fail the decoding when absent or null; `optional` ones become `Option` and
/// take an absent field, a null and a value; `as "name"` gives a field another name in JSON. Serde's
/// derive has no equal: `flatten` cannot carry raw JSON text, and loses the order of fields and
/// whether one was null or absent.
macro_rules! model {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident $(<$item:ident>)? {
            required { $( $(#[doc = $required_doc:literal])*
                $required:ident $(as $required_name:literal)?: $required_type:ty ),* $(,)? }
            optional { $( $(#[doc = $optional_doc:literal])*
                $optional:ident $(as $optional_name:literal)?: $optional_type:ty ),* $(,)? }
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name $(<$item>)? {
            $( $(#[doc = $required_doc])* pub $required: $required_type, )*
            $( $(#[doc = $optional_doc])* pub $optional: Option<$optional_type>, )*
            /// Fields that this version does not know, and the names of known ones that came as
            /// `null`.
            pub extra: $crate::extra::Extra,
        }

        impl $(<$item>)? $name $(<$item>)? {
            /// The fields: their names here and in JSON.
            #[doc(hidden)]
            pub const FIELDS: &'static [(&'static str, &'static str)] = &[
                $( (
                    stringify!($required),
                    $crate::model::json_name!($required $($required_name)?),
                ), )*
                $( (
                    stringify!($optional),
                    $crate::model::json_name!($optional $($optional_name)?),
                ), )*
            ];

            /// Makes one with the required fields, for tests of your own.
            #[allow(clippy::new_without_default)]
            pub fn new($( $required: impl Into<$required_type> ),*) -> Self {
                Self {
                    $( $required: $required.into(), )*
                    $( $optional: None, )*
                    extra: Default::default(),
                }
            }
        }

        impl<'de $(, $item: serde::Deserialize<'de>)?> serde::Deserialize<'de>
            for $name $(<$item>)?
        {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor<V>(std::marker::PhantomData<V>);

                impl<'de $(, $item: serde::Deserialize<'de>)?> serde::de::Visitor<'de>
                    for Visitor<$name $(<$item>)?>
                {
                    type Value = $name $(<$item>)?;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<Self::Value, A::Error> {
                        use $crate::extra::Entry;

                        $( let mut $required: Option<$required_type> = None; )*
                        $( let mut $optional: Option<$optional_type> = None; )*
                        let mut extra = $crate::extra::Extra::with_capacity(
                            Self::Value::FIELDS.len(),
                        );
                        while let Some($crate::json::Text(key)) = map.next_key()? {
                            match &*key {
                                $( $crate::model::json_name!($required $($required_name)?) => {
                                    $required = Some(map.next_value()?);
                                    extra.push(
                                        $crate::model::json_name!($required $($required_name)?),
                                        Entry::Typed,
                                    );
                                } )*
                                $( $crate::model::json_name!($optional $($optional_name)?) => {
                                    $optional = map.next_value()?;
                                    extra.push(
                                        $crate::model::json_name!($optional $($optional_name)?),
                                        if $optional.is_some() { Entry::Typed } else { Entry::Null },
                                    );
                                } )*
                                _ => extra.push(
                                    key.into_owned(),
                                    Entry::of(map.next_value()?),
                                ),
                            }
                        }
                        extra.finish();
                        Ok($name {
                            $( $required: $required.ok_or_else(|| {
                                serde::de::Error::missing_field(
                                    $crate::model::json_name!($required $($required_name)?),
                                )
                            })?, )*
                            $( $optional, )*
                            extra,
                        })
                    }
                }

                deserializer.deserialize_map(Visitor(std::marker::PhantomData))
            }
        }

        impl $(<$item: serde::Serialize>)? serde::Serialize for $name $(<$item>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;

                use $crate::extra::Entry;

                let mut map = serializer.serialize_map(None)?;
                for (name, entry) in self.extra.entries() {
                    match name {
                        $( $crate::model::json_name!($required $($required_name)?) => {
                            map.serialize_entry(name, &self.$required)?;
                            continue;
                        } )*
                        $( $crate::model::json_name!($optional $($optional_name)?)
                            if self.$optional.is_some() =>
                        {
                            map.serialize_entry(name, &self.$optional)?;
                            continue;
                        } )*
                        _ => {}
                    }
                    match entry {
                        Entry::Typed => {}
                        Entry::Null => map.serialize_entry(name, &())?,
                        Entry::Unknown(json) => map.serialize_entry(name, json)?,
                    }
                }
                $( if !self.extra.has_entry($crate::model::json_name!($required $($required_name)?)) {
                    map.serialize_entry(
                        $crate::model::json_name!($required $($required_name)?),
                        &self.$required,
                    )?;
                } )*
                $( if self.$optional.is_some()
                    && !self.extra.has_entry($crate::model::json_name!($optional $($optional_name)?))
                {
                    map.serialize_entry(
                        $crate::model::json_name!($optional $($optional_name)?),
                        &self.$optional,
                    )?;
                } )*
                map.end()
            }
        }

        $crate::model::export! { $ model $name {
            $(#[doc = $doc])*
            model $name {
                required { $( $(#[doc = $required_doc])* $required: $required_type, )* }
                optional { $( $(#[doc = $optional_doc])* $optional: $optional_type, )* }
            }
        } }
    };
}
pub(crate) use model;

/// Exports the tokens of a definition as a hidden macro of its name.
macro_rules! export {
    ($d:tt $kind:ident $name:ident { $($definition:tt)* }) => {
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $name {
            ($d callback:ident $d ($d context:tt)*) => {
                $d callback! { $d ($d context)* $($definition)* }
            };
        }
    };
}
pub(crate) use export;

/// Gives the name of a field in JSON.
macro_rules! json_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}
pub(crate) use json_name;

/// Defines an enum of the values that are known, open to those that will come.
macro_rules! open_enum {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident { $( $(#[doc = $variant_doc:literal])* $variant:ident = $value:literal ),* $(,)? }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[doc = $variant_doc])* $variant, )*
            /// A value that this version does not know.
            Other(String),
        }

        impl $name {
            /// Returns the value as the API writes it.
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

        $crate::model::export! { $ open_enum $name {
            $(#[doc = $doc])*
            open_enum $name { $( $(#[doc = $variant_doc])* $variant = $value, )* }
        } }
    };
}
pub(crate) use open_enum;
