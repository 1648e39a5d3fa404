//! A local OpenInt v1 server, for examples and tests.
//!
//! It answers as the real server was seen to, with its own rows in memory, and goes wrong on
//! request: see [`Answer`] and [`Fault`]. The same is there for other languages as the binary
//! `openint-sandbox` and its routes under `/_sandbox/`.
//!
//! ```
//! use openint_sandbox::{Answer, Sandbox};
//!
//! let sandbox = Sandbox::start()?;
//! sandbox.script([Answer::status(503).header("retry-after", "0")]);
//! // Point a client at `sandbox.base_url()` with `sandbox.api_key()`, then look at what it did.
//! assert!(sandbox.requests().is_empty());
//! assert_eq!(sandbox.connections(None), 0);
//! # Ok::<(), std::io::Error>(())
//! ```
#![deny(missing_docs)]

mod api;
mod auth;
mod bomb;
mod call;
mod chaos;
mod check;
mod connectors;
mod control;
mod dispatch;
mod error;
mod faults;
#[cfg(feature = "fuzzing")]
#[allow(missing_docs)]
#[doc(hidden)]
pub mod fuzzing;
mod ids;
mod journal;
mod js;
mod json;
mod paging;
mod resources;
mod sandbox;
mod schema;
mod script;
mod search;
mod seed;
mod server;
mod state;
mod store;
mod time;
mod token;
mod wire;

pub use chaos::Chaos;
pub use journal::RecordedRequest;
pub use sandbox::{Builder, Sandbox};
pub use script::{Answer, Fault, Phase};
pub use store::{Churn, Churned, Ids};
