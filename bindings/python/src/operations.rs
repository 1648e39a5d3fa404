//! The operations as methods of the clients, made from the core's definitions.

// The types that definitions speak of.
#[allow(clippy::wildcard_imports)]
use openint::*;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::client::{Openint, Operations};
use crate::input::{optional, required};
use crate::rows::Rows;

/// Makes the method of an operation. What stands first says which arguments have a place.
macro_rules! operation {
    // All by name.
    (
        { $(#[doc = $doc:literal])* by_name $name:ident }
        $(#[doc = $params_doc:literal])*
        params $params:ident {
            required { $( $(#[doc = $required_doc:literal])* $required:ident: $required_type:ty, )* }
            optional { $( $(#[doc = $optional_doc:literal])* $optional:ident: $optional_type:ty, )+ }
        }
    ) => {
        operation! { @method { $(#[doc = $doc])* $name }
            ( *, $( $required, )* $( $optional = None, )* **options )
            $params
            { $( $(#[doc = $required_doc])* $required: $required_type, )* }
            { $( $(#[doc = $optional_doc])* $optional, )* }
        }
    };
    // What is required also by place.
    (
        { $(#[doc = $doc:literal])* by_place $name:ident }
        $(#[doc = $params_doc:literal])*
        params $params:ident {
            required { $( $(#[doc = $required_doc:literal])* $required:ident: $required_type:ty, )* }
            optional { $( $(#[doc = $optional_doc:literal])* $optional:ident: $optional_type:ty, )+ }
        }
    ) => {
        operation! { @method { $(#[doc = $doc])* $name }
            ( $( $required, )* *, $( $optional = None, )* **options )
            $params
            { $( $(#[doc = $required_doc])* $required: $required_type, )* }
            { $( $(#[doc = $optional_doc])* $optional, )* }
        }
    };
    // Nothing is optional.
    (
        { $(#[doc = $doc:literal])* $place:ident $name:ident }
        $(#[doc = $params_doc:literal])*
        params $params:ident {
            required { $( $(#[doc = $required_doc:literal])* $required:ident: $required_type:ty, )* }
            optional {}
        }
    ) => {
        operation! { @method { $(#[doc = $doc])* $name }
            ( $( $required, )* **options )
            $params
            { $( $(#[doc = $required_doc])* $required: $required_type, )* }
            {}
        }
    };
    (
        @method { $(#[doc = $doc:literal])* $name:ident }
        ( $($signature:tt)* )
        $params:ident
        { $( #[doc = $required_doc:literal] $(#[doc = $required_more:literal])*
            $required:ident: $required_type:ty, )* }
        { $( #[doc = $optional_doc:literal] $(#[doc = $optional_more:literal])* $optional:ident, )* }
    ) => {
        #[pymethods]
        impl Operations {
            $(#[doc = $doc])*
            #[doc = ""]
            #[doc = "Args:"]
            $(
                #[doc = concat!("    ", stringify!($required), ":", $required_doc)]
                $( #[doc = concat!("       ", $required_more)] )*
            )*
            $(
                #[doc = concat!("    ", stringify!($optional), ":", $optional_doc)]
                $( #[doc = concat!("       ", $optional_more)] )*
            )*
            #[doc = "     options: Options of the call, see `Openint`."]
            #[pyo3(signature = ($($signature)*))]
            #[allow(clippy::too_many_arguments)] // one for each parameter
            fn $name<'py>(
                slf: &Bound<'py, Self>,
                $( $required: &Bound<'py, PyAny>, )*
                $( $optional: Option<&Bound<'py, PyAny>>, )*
                options: Option<&Bound<'py, PyDict>>,
            ) -> PyResult<Bound<'py, PyAny>> {
                #[allow(unused_mut)]
                let mut params = openint::$params::new(
                    $( required::<$required_type>(stringify!($required), $required)? ),*
                );
                $( params.$optional = optional(stringify!($optional), $optional)?; )*
                slf.get().send(slf.py(), &params, options)
            }
        }
    };
}

/// Makes the iterator over a list, whose `limit` is the size of a page.
macro_rules! iterator {
    (
        { $(#[doc = $doc:literal])* iterator $name:ident }
        $(#[doc = $params_doc:literal])*
        params $params:ident {
            required {}
            optional {
                $(#[doc = $limit_doc:literal])* limit: $limit_type:ty,
                $(#[doc = $offset_doc:literal])* offset: $offset_type:ty,
                $( #[doc = $optional_doc:literal] $(#[doc = $optional_more:literal])*
                    $optional:ident: $optional_type:ty, )*
            }
        }
    ) => {
        #[pymethods]
        impl Openint {
            $(#[doc = $doc])*
            ///
            /// Args:
            ///     page_size: The rows that are asked for at once, 1 to 3,000; 500 without it.
            ///     offset: The number of rows to leave out at the beginning.
            $(
                #[doc = concat!("    ", stringify!($optional), ":", $optional_doc)]
                $( #[doc = concat!("       ", $optional_more)] )*
            )*
            #[doc = "     options: Options of each call, see `Openint`."]
            #[pyo3(signature = (*, page_size = None, offset = None, $( $optional = None, )* **options))]
            #[allow(clippy::too_many_arguments)] // one for each parameter
            fn $name<'py>(
                slf: &Bound<'py, Self>,
                page_size: Option<&Bound<'py, PyAny>>,
                offset: Option<&Bound<'py, PyAny>>,
                $( $optional: Option<&Bound<'py, PyAny>>, )*
                options: Option<&Bound<'py, PyDict>>,
            ) -> PyResult<Rows> {
                let mut params = openint::$params::new();
                params.limit = optional("page_size", page_size)?;
                params.offset = optional("offset", offset)?;
                $( params.$optional = optional(stringify!($optional), $optional)?; )*
                Self::rows(slf, params, options)
            }
        }
    };
}

/// The methods of all operations.
macro_rules! operations {
    ($( $(#[doc = $doc:literal])* $place:ident fn $name:ident($params:ident) -> $output:ident; )*) => {$(
        operations! { @one $place { $(#[doc = $doc])* $place $name } $params }
    )*};
    (@one iterator { $($entry:tt)* } $params:ident) => {
        openint::$params!(iterator { $($entry)* });
    };
    (@one list { $(#[doc = $doc:literal])* list $name:ident } $params:ident) => {
        openint::$params!(operation { $(#[doc = $doc])* by_name $name });
    };
    (@one $place:ident { $($entry:tt)* } $params:ident) => {
        openint::$params!(operation { $($entry)* });
    };
}

include!("tables/operations.rs");
