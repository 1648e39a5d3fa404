//! The one native library below the Kotlin and the Swift package.
//!
//! It is thin: text and numbers cross, JSON as the text that it is, and everything that is
//! decided is decided in `openint`. The packages put a face of their own language over it, and
//! what is generated from here is private to them.
//!
//! Every function that uniffi exports and that can be given something returns a `Result`, and a panic below it
//! arrives as a [`NativeError`] of the kind `internal`.

mod bytes;
mod cancel;
mod client;
mod error;
mod options;
mod pages;
mod panics;
mod registry;
mod request;

pub use crate::cancel::NativeCancelToken;
pub use crate::client::NativeClient;
pub use crate::error::{NativeError, NativeFailure, NativeIssue};
pub use crate::options::{CallOptions, ClientOptions, NameValue};
pub use crate::pages::NativePages;
pub use crate::request::{NativeRequest, NativeResponse, RouteRequest};

#[cfg(feature = "test-panic")]
pub use crate::panics::{test_panic, test_panic_async};

uniffi::setup_scaffolding!();
