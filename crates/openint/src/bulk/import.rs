//! An import as its caller sees it: options, outcomes, errors.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::gate::Gate;
use super::journal::{Journal, JournalError};
use super::progress::Progress;
use super::row::{self, Row};
use super::run::{self, Shared};
use super::stop::Stop;
use crate::cancel::CancelToken;
use crate::client::Openint;
use crate::error::{Error, Result};
use crate::options::RequestOptions;
use crate::resources::connections::Connection;

const CONCURRENCY: usize = 16;
const MAX_CONCURRENCY: usize = 1024;
const MAX_ATTEMPTS: u32 = 5;
const MAX_OUTAGE: Duration = Duration::from_secs(5 * 60);
const MIN_RATE: f64 = 0.001;
const MAX_RATE: f64 = 1e6;

/// Options of an import, which [`Import::start`] starts.
#[derive(Clone, Debug)]
pub struct Import {
    name: String,
    journal: Option<PathBuf>,
    server: Option<String>,
    is_first_run: bool,
    concurrency: usize,
    max_rate: Option<f64>,
    max_attempts: u32,
    max_outage: Duration,
    cancel: Option<CancelToken>,
}

impl Import {
    /// Names an import. The name is part of each row's idempotency key: the same in each run, and
    /// another for other rows.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            journal: None,
            server: None,
            is_first_run: false,
            concurrency: CONCURRENCY,
            max_rate: None,
            max_attempts: MAX_ATTEMPTS,
            max_outage: MAX_OUTAGE,
            cancel: None,
        }
    }

    /// Keeps a journal in this file, which is created if it is not there. It holds ids of rows and
    /// connections and names of errors, and no settings.
    pub fn journal(mut self, path: impl Into<PathBuf>) -> Self {
        self.journal = Some(path.into());
        self
    }

    /// Names the server that the journal belongs to, in place of the client's base URL.
    pub fn server(mut self, name: impl Into<String>) -> Self {
        self.server = Some(name.into());
        self
    }

    /// Says that no earlier run has sent any of these rows, so that an import without a journal
    /// sends them without looking each one up. If that is wrong, rows are created twice.
    pub fn first_run(mut self, is_first_run: bool) -> Self {
        self.is_first_run = is_first_run;
        self
    }

    /// Sets the largest number of calls at once, 1 to 1,024. 16 unless set.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls;
        self
    }

    /// Sets the largest number of calls a second, 0.001 to 1,000,000. No limit unless set.
    pub fn max_rate(mut self, calls_per_second: f64) -> Self {
        self.max_rate = Some(calls_per_second);
        self
    }

    /// Sets how often a row is sent at most while the failures may pass, at least 1. 5 unless set.
    /// A server that cannot be reached or asks to wait does not count.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets how long the server may carry nothing out before the import stops. 5 minutes unless set.
    pub fn max_outage(mut self, outage: Duration) -> Self {
        self.max_outage = outage;
        self
    }

    /// Stops the import when this token fires: calls under way end and are written down, and no
    /// other begins. To end calls under way as well, give the client a token of its own.
    pub fn cancel(mut self, token: CancelToken) -> Self {
        self.cancel = Some(token);
        self
    }

    /// Starts the import. Its threads pull rows as fast as they are sent; rows may come slowly.
    ///
    /// # Errors
    /// [`ImportError::Call`] with [`InvalidInput`](crate::ErrorKind::InvalidInput) when an option
    /// cannot be used, and [`ImportError::Journal`] when the journal cannot. Nothing was sent then.
    pub fn start<R>(self, client: &Openint, rows: R) -> Result<Outcomes, ImportError>
    where
        R: IntoIterator<Item = Row>,
        R::IntoIter: Send + 'static,
    {
        self.check()?;
        client.check_options()?;
        let (journal, history) = match &self.journal {
            None => (None, None),
            Some(path) => {
                let server = self.server.as_deref().unwrap_or(client.base_url());
                let (journal, history) = Journal::open(path, &self.name, server)?;
                (Some(journal), Some(history))
            }
        };
        let shared = Arc::new(Shared {
            // The import repeats calls itself, so that all of them know of a failure.
            client: client.with_options(RequestOptions::new().max_retries(0)),
            gate: Gate::new(self.concurrency, self.max_rate),
            stop: Stop::new(self.cancel),
            counts: Default::default(),
            in_flight: Default::default(),
            name: self.name,
            is_new: journal.is_some() || self.is_first_run,
            max_attempts: self.max_attempts,
            max_outage: self.max_outage,
            rows_panicked: Default::default(),
        });
        let rows = rows.into_iter();
        let running = run::start(&shared, rows, journal, history, self.concurrency)
            .map_err(ImportError::Thread)?;
        Ok(Outcomes {
            shared,
            outcomes: Some(running.outcomes),
            slots: running.slots,
            feeder: Some(running.feeder),
            threads: running.threads,
        })
    }

    fn check(&self) -> Result<()> {
        row::idempotency_key(&self.name, "1")?;
        if !(1..=MAX_CONCURRENCY).contains(&self.concurrency) {
            return Err(Error::invalid_input(
                "concurrency",
                format!("1 to {MAX_CONCURRENCY}"),
            ));
        }
        if let Some(rate) = self.max_rate {
            if !(MIN_RATE..=MAX_RATE).contains(&rate) {
                let expected = format!("{MIN_RATE} to {MAX_RATE} calls a second");
                return Err(Error::invalid_input("max_rate", expected));
            }
        }
        if self.max_attempts == 0 {
            return Err(Error::invalid_input("max_attempts", "at least 1"));
        }
        Ok(())
    }
}

/// The end of one row.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// The row's id.
    pub row_id: String,
    /// The end that it came to.
    pub ended: Ended,
}

/// The end of a row.
#[derive(Clone, Debug)]
pub enum Ended {
    /// This run created the connection.
    Created(Box<Connection>),
    /// The connection was there, as the row's idempotency key showed.
    Found(Box<Connection>),
    /// There is no connection, or nobody knows
    /// ([`may_have_been_applied`](Error::may_have_been_applied)). The next run tries again.
    Failed(Error),
    /// The row has a connection from an earlier run, by the journal. Nothing was sent.
    Skipped,
}

/// The error of an import that could not start, or ended before its rows did.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The journal cannot be used, or no longer. Rows that it could not note were not sent.
    #[error(transparent)]
    Journal(#[from] JournalError),

    /// An option cannot be used, or a call failed in a way that every row would.
    #[error("the import stopped: {0}")]
    Call(#[from] Error),

    /// The server carried nothing out for too long.
    #[error(
        "the import stopped, because the server carried out nothing for {} s: {error}; run it \
         again, it goes on from here", outage.as_secs()
    )]
    #[non_exhaustive]
    Outage {
        /// For how long.
        outage: Duration,
        /// The last failure.
        error: Error,
    },

    /// The system gave no threads.
    #[error("no threads for the import ({0}); lower `concurrency`")]
    Thread(std::io::Error),
}

/// The outcomes of an import, in the order in which rows end.
///
/// The import goes on as outcomes are taken: one that nobody reads waits, and dropping this stops
/// it, once calls under way have ended and are written down. An error is the last item.
#[derive(Debug)]
pub struct Outcomes {
    shared: Arc<Shared>,
    outcomes: Option<Receiver<Result<Outcome, ImportError>>>,
    slots: Receiver<()>,
    feeder: Option<JoinHandle<()>>,
    threads: Vec<JoinHandle<()>>,
}

/// Gives snapshots of an import, on any thread.
#[derive(Clone, Debug)]
pub struct ProgressHandle(Arc<Shared>);

impl ProgressHandle {
    /// Counts, load and time at this moment.
    pub fn snapshot(&self) -> Progress {
        self.0.counts.snapshot(&self.0.gate)
    }
}

impl Outcomes {
    /// A handle for snapshots of the progress.
    pub fn progress(&self) -> ProgressHandle {
        ProgressHandle(Arc::clone(&self.shared))
    }

    /// Waits for the next outcome, but no longer than this: [`Poll::Pending`] when there was none.
    ///
    /// For callers that have other things to look at, such as signals.
    pub fn next_within(&mut self, wait: Duration) -> Poll<Option<Result<Outcome, ImportError>>> {
        let Some(outcomes) = &self.outcomes else {
            return Poll::Ready(None);
        };
        match outcomes.recv_timeout(wait) {
            Ok(outcome) => Poll::Ready(Some(self.taken(outcome))),
            Err(RecvTimeoutError::Timeout) => Poll::Pending,
            Err(RecvTimeoutError::Disconnected) => {
                self.finish();
                Poll::Ready(None)
            }
        }
    }

    fn taken(&self, outcome: Result<Outcome, ImportError>) -> Result<Outcome, ImportError> {
        if outcome.is_ok() {
            // Its place is free for another row.
            let _ = self.slots.try_recv();
        }
        outcome
    }

    /// Waits for the threads, so that the journal is closed and unlocked afterwards.
    fn finish(&mut self) {
        self.outcomes = None;
        for thread in self.threads.drain(..) {
            if let Err(panic) = thread.join() {
                resume(panic);
            }
        }
        // It may wait for a row that never comes, so it is not waited for.
        let has_panicked = self.shared.rows_panicked.load(Ordering::Acquire);
        if let Some(feeder) = self.feeder.take().filter(|_| has_panicked) {
            if let Err(panic) = feeder.join() {
                resume(panic);
            }
        }
    }
}

/// Panics of the caller's rows go to the caller, but never while another one is under way.
fn resume(panic: Box<dyn std::any::Any + Send>) {
    if !std::thread::panicking() {
        std::panic::resume_unwind(panic);
    }
}

impl Iterator for Outcomes {
    type Item = Result<Outcome, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.outcomes.as_ref()?.recv() {
            Ok(outcome) => Some(self.taken(outcome)),
            Err(_) => {
                self.finish();
                None
            }
        }
    }
}

impl Drop for Outcomes {
    fn drop(&mut self) {
        self.shared.stop.stop();
        self.finish();
    }
}
