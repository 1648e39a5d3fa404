//! The progress of an import.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::gate::Gate;
use super::{Ended, Outcome};
use crate::error::{Error, ErrorKind};

/// A snapshot of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Rows whose connection this run created.
    pub created: u64,
    /// Rows whose connection was there, as their idempotency key showed.
    pub found: u64,
    /// Rows that failed.
    pub failed: u64,
    /// Rows that ended in an earlier run, by the journal; nothing was sent for them.
    pub skipped: u64,
    /// The failures by [`error_name`], such as `timeout` or `api 404`.
    pub errors: BTreeMap<String, u64>,
    /// Times that a row was sent again after a failure that may pass.
    pub retries: u64,
    /// Calls that are under way.
    pub in_flight: usize,
    /// The number of calls that may be under way at present.
    pub concurrency: usize,
    /// The time that all calls wait, because the server asked for it.
    pub pause: Duration,
    /// The time since the start.
    pub elapsed: Duration,
}

impl Progress {
    /// The rows that have an outcome.
    pub fn rows(&self) -> u64 {
        self.created + self.found + self.failed + self.skipped
    }
}

/// Names an error in a few words that say nothing of the row: `timeout`, `connect`, `api 404`.
pub fn error_name(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Api(api) => format!("api {}", api.status),
        kind => kind.name().to_owned(),
    }
}

/// Counters of a running import.
pub(super) struct Counts {
    outcomes: Mutex<Progress>,
    retries: AtomicU64,
    started: Instant,
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            outcomes: Mutex::default(),
            retries: AtomicU64::new(0),
            started: Instant::now(),
        }
    }
}

impl Counts {
    pub(super) fn add(&self, outcome: &Outcome) {
        let mut counts = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        match &outcome.ended {
            Ended::Created(_) => counts.created += 1,
            Ended::Found(_) => counts.found += 1,
            Ended::Skipped => counts.skipped += 1,
            Ended::Failed(error) => {
                counts.failed += 1;
                *counts.errors.entry(error_name(error)).or_default() += 1;
            }
        }
    }

    pub(super) fn retry(&self) {
        self.retries.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn snapshot(&self, gate: &Gate) -> Progress {
        let counts = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        let (concurrency, in_flight, pause) = gate.load();
        Progress {
            retries: self.retries.load(Ordering::Relaxed),
            in_flight,
            concurrency,
            pause,
            elapsed: self.started.elapsed(),
            ..counts.clone()
        }
    }
}
