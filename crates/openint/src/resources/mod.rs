//! One room a resource: its parameters, its models and its methods, together.

pub(crate) mod connections;
pub(crate) mod connector_configs;
pub(crate) mod connectors;
pub(crate) mod customers;
pub(crate) mod events;
pub(crate) mod system;

use crate::model::model;

model! {
    /// What was deleted.
    pub struct Deleted {
        required {
            /// The id that is gone.
            id: String,
        }
        optional {}
    }
}

/// Defines the parameters of an operation that takes an id and nothing else.
macro_rules! by_id {
    ($(#[$meta:meta])* pub struct $name:ident($prefix:literal): $method:ident $path:literal -> $output:ty) => {
        $crate::params::params! {
            $(#[$meta])*
            pub struct $name: $method $path -> $output {
                Path { id: String as $crate::params::Kind::Id($prefix) }
            }
        }

        impl $name {
            /// The parameters.
            pub fn new(id: impl Into<String>) -> Self {
                Self { id: id.into() }
            }
        }

        $crate::resources::from_id!($name);
    };
}
use by_id;

/// Lets an id stand for parameters of which it is the only required one.
macro_rules! from_id {
    ($name:ident) => {
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
    };
}
use from_id;

/// Defines an operation that reads a route and has nothing to say.
macro_rules! without_parameters {
    ($(#[$meta:meta])* pub struct $name:ident: $path:literal -> $output:ty) => {
        $crate::params::params! {
            $(#[$meta])*
            #[derive(Default)]
            #[non_exhaustive]
            pub struct $name: Get $path -> $output {}
        }

        impl $name {
            /// There are no parameters.
            pub fn new() -> Self {
                Self::default()
            }
        }
    };
}
use without_parameters;
