//! The native module `openint_sdk._native`: what the Python package calls, and nobody else.
//!
//! It is thin. JSON crosses as text in both directions, a failure crosses as a value
//! (`failure.rs`), and everything that a Python user sees is made in Python.

mod answer;
mod call;
mod client;
mod failure;
mod json;
mod options;
mod pages;
mod timestamp;

use pyo3::prelude::*;

/// The native half of openint_sdk. Private: import openint_sdk.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use crate::answer::Answer;
    #[pymodule_export]
    use crate::call::CancelToken;
    #[pymodule_export]
    use crate::client::Client;
    #[pymodule_export]
    use crate::failure::Failure;
    #[pymodule_export]
    use crate::json::{dumps, loads};
    #[pymodule_export]
    use crate::pages::Pages;
    #[pymodule_export]
    use crate::timestamp::read_timestamp;

    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::call::install_logger();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
