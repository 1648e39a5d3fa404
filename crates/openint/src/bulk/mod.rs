//! Imports of many connections that can be killed at any moment and run again.
//!
//! An [`Import`] takes rows from an iterator, creates their connections by many calls at once, and
//! gives an [`Outcome`] for each. Feature `bulk`.
//!
//! ```
//! use openint::bulk::{Ended, Import, Row};
//! use openint::{ConnectorData, CreateConnection, OAuth2Credentials, Openint};
//! # let sandbox = openint_sandbox::Sandbox::start().unwrap();
//! # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
//! # let folder = tempfile::tempdir().unwrap();
//! # let journal = folder.path().join("spring-move.journal");
//!
//! let tokens = [("17", "gho_a"), ("18", "gho_b")];
//! let rows = tokens.map(|(id, token)| {
//!     let data = ConnectorData::oauth2("github", OAuth2Credentials::new(token));
//!     Row::new(id, CreateConnection::new("ccfg_github_sandbox", format!("customer_{id}"), data))
//! });
//! for outcome in Import::new("spring-move").journal(&journal).start(&client, rows)? {
//!     let outcome = outcome?;
//!     match outcome.ended {
//!         Ended::Created(connection) | Ended::Found(connection) => println!("{}", connection.id),
//!         Ended::Failed(error) => eprintln!("row {}: {error}", outcome.row_id),
//!         Ended::Skipped => {} // It ended in an earlier run.
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # One connection a row
//!
//! Each row has an idempotency key, derived from the import's name and the row's id
//! ([`idempotency_key`]), which is kept in the connection's metadata. With a journal, a row is
//! written as begun before anything is sent for it, and as ended afterwards; both are on the disk
//! before the next step. A second run skips rows that have a connection without a request, looks up
//! rows that were begun and did not end, and sends the others without a look-up. So a process that
//! is killed at any moment and started again leaves one connection a row. Rows that failed are tried
//! again.
//!
//! Without a journal nobody knows what an earlier run did, so each row is looked up before it is
//! sent, unless [`Import::first_run`] says that there was none.
//!
//! # Speed
//!
//! The number of calls under way grows while the server answers as quickly as before, and halves
//! when it answers 429 or 503, or not in time. `Retry-After` stops all calls together. Failures that
//! may pass are tried again; an error that concerns every row, such as a key that is refused, stops
//! the import. Memory holds what is under way, two bytes for each row of the run, and 16 bytes for
//! each row that ended in an earlier one.

mod gate;
mod import;
mod journal;
mod progress;
mod row;
mod run;
mod stop;

pub use self::import::{Ended, Import, ImportError, Outcome, Outcomes, ProgressHandle};
pub use self::journal::JournalError;
pub use self::progress::{Progress, error_name};
pub use self::row::{Row, idempotency_key};
