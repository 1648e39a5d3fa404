//! Values from a typed struct.

use std::borrow::Cow;

use super::{Kind, Param, Route, Value, Values};
use crate::json::Json;
use crate::timestamp::Timestamp;

/// A type that a parameter can have.
pub(crate) trait Parameter {
    const KIND: Kind;
    const REQUIRED: bool = true;

    fn value(&self) -> Option<Value<'_>>;
}

/// A struct of parameters.
pub(crate) trait Fields {
    const PARAMS: &'static [Param];

    fn values(&self) -> Values<'_>;
}

/// The parameters of an operation.
pub(crate) trait Routed: Fields {
    const ROUTE: &'static Route;
}

impl<T: Fields> Parameter for T {
    const KIND: Kind = Kind::Group(T::PARAMS);

    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Group(self.values()))
    }
}

impl Parameter for String {
    const KIND: Kind = Kind::Text;

    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Text(Cow::Borrowed(self)))
    }
}

impl Parameter for Timestamp {
    const KIND: Kind = Kind::Text;

    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Text(Cow::Borrowed(self.as_str())))
    }
}

impl Parameter for bool {
    const KIND: Kind = Kind::Flag;
    const REQUIRED: bool = false;

    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Flag(*self))
    }
}

impl Parameter for u32 {
    const KIND: Kind = Kind::Whole {
        least: 0,
        most: u32::MAX,
    };

    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Whole((*self).into()))
    }
}

impl Parameter for u64 {
    const KIND: Kind = Kind::Offset;
    const REQUIRED: bool = false;

    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Whole(*self))
    }
}

impl Parameter for Json {
    const KIND: Kind = Kind::Object;

    fn value(&self) -> Option<Value<'_>> {
        Some(Value::Json(Cow::Borrowed(self.raw())))
    }
}

impl<T: Parameter> Parameter for Option<T> {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = false;

    fn value(&self) -> Option<Value<'_>> {
        self.as_ref()?.value()
    }
}

impl<T: AsRef<str>> Parameter for Vec<T> {
    const KIND: Kind = Kind::Texts;
    const REQUIRED: bool = false;

    fn value(&self) -> Option<Value<'_>> {
        let texts = self.iter().map(|text| Cow::Borrowed(text.as_ref()));
        Some(Value::Texts(texts.collect()))
    }
}

/// Defines a struct of parameters: with a route those of an operation, without one a group in them.
/// An operation that is sent in a way of its own leaves out what it answers, and implements
/// [`Operation`](crate::Operation) itself.
///
/// Parameters stand under their place in the request and in the order in which they are sent; `as`
/// says what a value has to be beyond its type.
macro_rules! params {
    (
        $(#[$meta:meta])*
        pub struct $name:ident $(: $method:ident $path:literal $(, repeat_safe: $repeat_safe:literal)?)? $(-> $output:ty)? {
            $( $place:ident { $(
                $(#[$field_meta:meta])* $visible:vis $field:ident: $type:ty $(as $kind:expr)?
            ),* $(,)? } )*
        }
    ) => {
        #[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        $(#[$meta])*
        pub struct $name {
            $($( $(#[$field_meta])* $visible $field: $type, )*)*
        }

        impl $crate::params::Fields for $name {
            const PARAMS: &'static [$crate::params::Param] = &[$($(
                $crate::params::Param {
                    name: stringify!($field),
                    place: $crate::params::Place::$place,
                    kind: $crate::params::kind!($type $(, $kind)?),
                    required: <$type as $crate::params::Parameter>::REQUIRED,
                },
            )*)*];

            fn values(&self) -> $crate::params::Values<'_> {
                let given = vec![$($( $crate::params::Parameter::value(&self.$field), )*)*];
                $crate::params::Values::new(Self::PARAMS, given)
            }
        }

        $(
            impl $crate::params::Routed for $name {
                const ROUTE: &'static $crate::params::Route = &$crate::params::Route::new(
                    $crate::http::request::Method::$method,
                    $path,
                    <Self as $crate::params::Fields>::PARAMS,
                )
                $( .repeat_safe($repeat_safe) )?;
            }
        )?

        $(
            impl $crate::client::Operation for $name {
                type Output = $output;

                fn request(&self) -> $crate::error::Result<$crate::http::request::Request> {
                    use $crate::params::{Fields, Routed};

                    Self::ROUTE.request(&self.values())
                }
            }
        )?
    };
}
pub(crate) use params;

/// The kind that goes with a type, or the one that is said.
macro_rules! kind {
    ($type:ty) => {
        <$type as $crate::params::Parameter>::KIND
    };
    ($type:ty, $kind:expr) => {
        $kind
    };
}
pub(crate) use kind;
