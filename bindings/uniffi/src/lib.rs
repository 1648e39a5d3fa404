//! The one native library below the Kotlin and the Swift package.
//!
//! Its records, enums and operations are made of the core's definitions, and everything that is
//! decided is decided in `openint`. The packages put a face of their own language in front of the
//! client; the records, enums and errors are what their users see.
//!
//! Every function that is exported and can fail returns a `Result`, and a panic below it arrives as
//! an error of the kind `Internal`.

mod answer;
mod cancel;
mod client;
mod convert;
mod error;
mod models;
mod observer;
mod options;
mod pages;
mod panics;
mod request;
mod threads;
mod values;

pub use crate::answer::{NativeAnswer, RawAnswer};
pub use crate::cancel::NativeCancelToken;
pub use crate::client::{ApiKeyAnswer, ApiKeyProvider, Interrupts, NativeClient};
pub use crate::error::{ApiError, CallOutcome, CallPhase, Failure, Issue, OpenintError};
pub use crate::models::*;
pub use crate::observer::{Attempt, AttemptEnd, AttemptObserver};
pub use crate::options::{CallOptions, ClientOptions, JsonField, NameValue};
pub use crate::pages::{
    ConnectionPages, ConnectorConfigPages, ConnectorPages, CustomerPages, EventPages,
};
#[cfg(feature = "test-panic")]
pub use crate::panics::{test_panic, test_panic_async};
pub use crate::request::{HttpMethod, RouteRequest};
pub use crate::values::{JsonNumber, JsonValue};

uniffi::setup_scaffolding!();
