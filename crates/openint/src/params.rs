//! The macro that defines parameters of operations, and hands the definitions on to the bindings.

/// Defines the parameters of an operation, or a group in them.
///
/// Makes a plain struct, `new` with what is required, and a setter for each optional parameter.
/// After `=>` stands what a setter takes beyond the type itself: `into` takes all that converts into
/// it, `each` the elements of a list, and `each name` also makes a method that adds one.
///
/// Checks and the request are made in `Operation::request`, beside the definition.
macro_rules! params {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            required { $( $(#[doc = $required_doc:literal])* $required:ident: $required_type:ty ),* $(,)? }
            optional { $( $(#[doc = $optional_doc:literal])*
                $optional:ident: $optional_type:ty $(=> $setter:ident $($one:ident)?)? ),* $(,)? }
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[non_exhaustive]
        pub struct $name {
            $( $(#[doc = $required_doc])* pub $required: $required_type, )*
            $( $(#[doc = $optional_doc])*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub $optional: Option<$optional_type>, )*
        }

        impl $name {
            /// Makes them from what is required.
            #[allow(clippy::new_without_default)]
            pub fn new($( $required: impl Into<$required_type> ),*) -> Self {
                Self {
                    $( $required: $required.into(), )*
                    $( $optional: None, )*
                }
            }

            $( $crate::params::setter! {
                { $(#[doc = $optional_doc])* } $optional: $optional_type $(=> $setter $($one)?)?
            } )*
        }

        $crate::params::default_params! { $name { $($required)* } }

        $crate::model::export! { $ params $name {
            $(#[doc = $doc])*
            params $name {
                required { $( $(#[doc = $required_doc])* $required: $required_type, )* }
                optional { $( $(#[doc = $optional_doc])* $optional: $optional_type, )* }
            }
        } }
    };
}
pub(crate) use params;

/// Defines the method that sets one parameter.
macro_rules! setter {
    ({ $(#[doc = $doc:literal])* } $name:ident: $type:ty) => {
        $(#[doc = $doc])*
        pub fn $name(mut self, $name: $type) -> Self {
            self.$name = Some($name);
            self
        }
    };
    ({ $(#[doc = $doc:literal])* } $name:ident: $type:ty => into) => {
        $(#[doc = $doc])*
        pub fn $name(mut self, $name: impl Into<$type>) -> Self {
            self.$name = Some($name.into());
            self
        }
    };
    ({ $(#[doc = $doc:literal])* } $name:ident: $type:ty => each) => {
        $(#[doc = $doc])*
        pub fn $name<T>(mut self, $name: impl IntoIterator<Item = T>) -> Self
        where
            T: Into<<$type as IntoIterator>::Item>,
        {
            self.$name = Some($name.into_iter().map(Into::into).collect());
            self
        }
    };
    ({ $(#[doc = $doc:literal])* } $name:ident: $type:ty => each $one:ident) => {
        $crate::params::setter! { { $(#[doc = $doc])* } $name: $type => each }

        $(#[doc = $doc])*
        ///
        /// Adds one; call it again for more.
        pub fn $one(mut self, $one: impl Into<<$type as IntoIterator>::Item>) -> Self {
            self.$name.get_or_insert_default().push($one.into());
            self
        }
    };
}
pub(crate) use setter;

/// Implements `Default` for parameters of which none is required.
macro_rules! default_params {
    ($name:ident {}) => {
        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    ($name:ident { $($required:ident)+ }) => {};
}
pub(crate) use default_params;

/// Lets an id stand for parameters of which it is the only required one.
macro_rules! from_id {
    ($($name:ident),* $(,)?) => {$(
        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self::new(id)
            }
        }

        impl From<&String> for $name {
            fn from(id: &String) -> Self {
                Self::new(id)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self::new(id)
            }
        }
    )*};
}
pub(crate) use from_id;
