//! The OpenInt API for Rust: hold your customers' connections to other services.
//!
//! ```
//! use openint::{CreateConnection, ConnectorData, Openint};
//! use serde_json::json;
//! # let sandbox = openint_sandbox::Sandbox::start().unwrap();
//! # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
//! # let _ = || {
//! let client = Openint::from_env()?; // OPENINT_API_KEY
//! # Ok::<(), openint::Error>(())
//! # };
//! let connection = client.create_connection(&CreateConnection::new(
//!     "ccfg_",
//!     "customer_id",
//!     ConnectorData::new("dummy-oauth2", json!({ "oauth": {} })),
//! ))?;
//! println!("{}", connection.id);
//! # Ok::<(), openint::Error>(())
//! ```
//!
//! # What it does for you
//!
//! - **Writes are not doubled.** A write is tried again only when the server cannot have carried
//!   it out; where nobody can know, the error says so ([`Error::may_have_been_applied`]).
//! - **Nothing is lost.** Models take fields, statuses and connectors that did not exist when this
//!   version was made, and give back every key and every digit ([`Extra`], [`Json`]).
//! - **Secrets stay unseen.** Keys, tokens and settings print as `[redacted]`, in errors and logs
//!   too ([`Secret`]).
//! - **Every call ends.** There is a limit to its time and to the size of its answer, and a
//!   [`CancelToken`] ends it from another thread.
//!
//! # Logging
//!
//! Through the [`log`] facade with target `openint`, at debug: method, path template, status,
//! duration and attempt. Never a header, a query, a body or an id.
//!
//! The libraries below log through the same facade under targets of their own. Down to debug they
//! leave out secrets; **at trace ureq writes every byte of a request and an answer**, key included.
//! Turn on the target `openint` alone, or no level below debug.
//!
//! # Tracing
//!
//! An [`Observer`] sees every attempt of a call: operation, method, path template, status, duration,
//! request id and kind of error; it may add headers, such as `traceparent`. With the feature
//! `tracing` every attempt is also a span of the crate `tracing`, with the attributes that
//! OpenTelemetry's conventions for HTTP clients name.
//!
//! # Imports
//!
//! With the feature `bulk`, the module `bulk` creates connections of many thousands of rows, by many
//! calls at once and with a journal: an import that was killed goes on where it ended.
//!
//! # Trying it without an account
//!
//! The crate `openint-sandbox` is a local server that behaves like the real one; the examples here
//! run against it.

#[cfg(feature = "bulk")]
pub mod bulk;
mod cancel;
mod check;
mod client;
mod error;
mod extra;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod http;
mod json;
mod model;
mod observer;
mod options;
mod page;
mod paginator;
mod params;
mod reading;
mod resources;
mod response;
mod secret;
mod timestamp;

pub use crate::cancel::CancelToken;
pub use crate::client::{Openint, OpenintBuilder, Operation};
pub use crate::error::{ApiError, Error, ErrorKind, Issue, Phase, ResponsePart, Result};
pub use crate::extra::Extra;
pub use crate::http::request::{Method, Request};
pub use crate::json::{Json, Number};

pub use crate::observer::{Attempt, AttemptEnd, AttemptHeaders, Observer};
pub use crate::options::RequestOptions;
pub use crate::page::{ListOperation, ListOrder, Page};
pub use crate::paginator::{Items, Paginator};
pub use crate::resources::Deleted;
pub use crate::resources::connections::{
    CheckConnection, Connection, ConnectionCheck, ConnectionExpand, ConnectionStatus,
    ConnectorData, CreateConnection, DeleteConnection, GetConnection, IDEMPOTENCY_KEY_FIELD,
    ListConnections, OAuth2Credentials, OAuth2Settings, RefreshPolicy, Settings,
};
pub use crate::resources::connector_configs::{
    ConnectorConfig, ConnectorConfigExpand, CreateConnectorConfig, DeleteConnectorConfig,
    GetConnectorConfig, ListConnectorConfigs, UpdateConnectorConfig,
};
pub use crate::resources::connectors::{
    AuthType, Connector, ConnectorExpand, ConnectorStage, ConnectorStatus, ConnectorStatusReport,
    GetConnectorStatus, ListConnectors, Scope,
};
pub use crate::resources::customers::{
    ConnectOptions, ConnectView, CreateCustomerToken, Customer, CustomerToken, ListCustomers,
    UpsertCustomer,
};
pub use crate::resources::events::{Event, ListEvents};
pub use crate::resources::system::{
    EchoHealth, GetHealth, GetMessageTemplate, GetViewer, Health, MessageTemplate, Role,
    TemplateLanguage, Viewer,
};
pub use crate::response::Response;
pub use crate::secret::Secret;
pub use crate::timestamp::Timestamp;
