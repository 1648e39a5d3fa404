//! The native module `openint_sdk._native`: the clients, the operations and the models.
//!
//! Classes and operations are made from the core's own definitions (`models.rs`,
//! `operations.rs`). Values cross typed: `input.rs` reads arguments, `output.rs` makes results.

mod asynchronous;
mod bulk;
mod call;
mod client;
mod failure;
mod input;
mod json;
mod model;
mod models;
mod observer;
mod operations;
mod options;
mod output;
mod response;
mod rows;
mod timestamp;

use pyo3::prelude::*;

/// The native half of openint_sdk. Private: import openint_sdk.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use crate::asynchronous::AsyncClient;
    #[pymodule_export]
    use crate::bulk::ImportOutcomes;
    #[pymodule_export]
    use crate::call::CancelToken;
    #[pymodule_export]
    use crate::client::{Openint, Operations, RawOpenint};
    #[pymodule_export]
    use crate::json::{dumps, loads};
    #[pymodule_export]
    use crate::model::Model;
    #[pymodule_export]
    use crate::response::Response;
    #[pymodule_export]
    use crate::rows::Rows;

    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::call::install_logger();
        crate::models::add(module)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
