//! One room a resource: its parameters, its models and its methods, together.

pub(crate) mod connections;
pub(crate) mod connector_configs;
pub(crate) mod connectors;
pub(crate) mod customers;
pub(crate) mod events;
pub(crate) mod system;

use crate::error::{Error, Result};
use crate::http::request::Request;
pub(crate) use crate::http::request::check_id;
use crate::json::Json;
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

fn check_prefix(field: &str, id: &str, prefix: &str) -> Result<()> {
    check_id(field, id)?;
    if !id.starts_with(prefix) {
        return Err(Error::invalid_input(
            field,
            format!("an id that starts with `{prefix}`"),
        ));
    }
    Ok(())
}

fn check_object(field: &str, json: &Json) -> Result<()> {
    if !json.is_object() {
        return Err(Error::invalid_input(field, "a JSON object"));
    }
    if json.contains_nul() {
        return Err(Error::invalid_input(
            field,
            "texts without the NUL character",
        ));
    }
    Ok(())
}

/// Adds the query parameters of a list: repeated for several values, absent for none. The API
/// ignores `name[]` without a word.
fn with_each<T: AsRef<str>>(request: Request, name: &str, values: &[T]) -> Request {
    values.iter().fold(request, |request, value| {
        request.query(name, value.as_ref())
    })
}

fn with_some(request: Request, name: &str, value: Option<&str>) -> Request {
    match value {
        Some(value) => request.query(name, value),
        None => request,
    }
}

/// Defines the parameters of an operation that takes an id and nothing else.
macro_rules! by_id {
    ($(#[$meta:meta])* pub struct $name:ident($field:literal, $prefix:literal): $method:ident $path:literal -> $output:ty) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            id: String,
        }

        impl $name {
            /// The parameters.
            pub fn new(id: impl Into<String>) -> Self {
                Self { id: id.into() }
            }
        }

        $crate::resources::from_id!($name);

        impl $crate::client::Operation for $name {
            type Output = $output;

            fn request(&self) -> $crate::error::Result<$crate::http::request::Request> {
                $crate::resources::check_prefix($field, &self.id, $prefix)?;
                Ok($crate::http::request::Request::new(
                    $crate::http::request::Method::$method,
                    $path,
                )
                .path_param("id", &self.id))
            }
        }
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
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[non_exhaustive]
        pub struct $name {}

        impl $name {
            /// There are no parameters.
            pub fn new() -> Self {
                Self::default()
            }
        }

        impl $crate::client::Operation for $name {
            type Output = $output;

            fn request(&self) -> $crate::error::Result<$crate::http::request::Request> {
                Ok($crate::http::request::Request::new(
                    $crate::http::request::Method::Get,
                    $path,
                ))
            }
        }
    };
}
use without_parameters;
