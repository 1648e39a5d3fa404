//! The threads of an import. A row goes one way: the feeder pulls it, the writer notes that it is
//! begun, a worker sends it, and the writer notes its end and gives the outcome.

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
use fastbloom::BloomFilter;

use super::gate::{Gate, Signal};
use super::journal::{Before, Entry, History, Journal, JournalError, write_entry};
use super::progress::{Counts, error_name};
use super::row::{Row, RowKey, idempotency_key};
use super::stop::Stop;
use super::{Ended, ImportError, Outcome};
use crate::client::{Openint, Operation};
use crate::error::{Error, ErrorKind, Result};
use crate::http;
use crate::resources::connections::create_new;

const MAX_ID_BYTES: usize = 1024;

/// The most notes that are written to the disk at once.
const MAX_BATCH: usize = 4096;

/// The time that notes wait for others to be written with, while the workers have enough to send.
const LINGER: Duration = Duration::from_millis(25);
const LINGER_SLICE: Duration = Duration::from_millis(2);

/// The longest pause that a server can ask for; beyond it the import stops.
const MAX_PAUSE: Duration = Duration::from_secs(60 * 60);

/// State that all threads of an import share.
pub(super) struct Shared {
    pub(super) client: Openint,
    pub(super) gate: Gate,
    pub(super) stop: Stop,
    pub(super) counts: Counts,
    /// The rows between the feeder and their outcome.
    pub(super) in_flight: Mutex<HashSet<RowKey>>,
    pub(super) name: String,
    /// True when a row that is not in the history was surely never sent.
    pub(super) is_new: bool,
    pub(super) max_attempts: u32,
    pub(super) max_outage: Duration,
    /// True once the caller's rows have panicked, which ends the feeder.
    pub(super) rows_panicked: AtomicBool,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Import")
            .field("name", &self.name)
            .field("progress", &self.counts.snapshot(&self.gate))
            .finish_non_exhaustive()
    }
}

/// A row on its way to the server.
struct Task {
    row: Row,
    key: RowKey,
    /// True when its connection may be there already.
    look_up: bool,
}

/// A message to the writer.
enum Note {
    Begin(Task),
    /// An outcome without a call.
    Ended(Outcome),
    /// The end of a row that was begun; nothing when it was not sent.
    Sent(RowKey, Option<Outcome>),
    /// There are no more rows.
    NoMore,
}

pub(super) struct Running {
    pub(super) outcomes: Receiver<Result<Outcome, ImportError>>,
    pub(super) slots: Receiver<()>,
    pub(super) feeder: JoinHandle<()>,
    pub(super) threads: Vec<JoinHandle<()>>,
}

pub(super) fn start(
    shared: &Arc<Shared>,
    rows: impl Iterator<Item = Row> + Send + 'static,
    journal: Option<Journal>,
    history: Option<History>,
    concurrency: usize,
) -> io::Result<Running> {
    // Enough for the calls under way, and those that wait for the disk or for the caller.
    let (slots, free_slots) = bounded(4 * concurrency + 64);
    let (notes, told) = unbounded();
    let (ready, to_send) = unbounded();
    let (outcomes, ended) = unbounded();
    let mut threads = Vec::with_capacity(concurrency + 1);
    let spawn = |name: &str| thread::Builder::new().name(format!("openint-{name}"));
    let stop_on_error = |error| {
        shared.stop.stop();
        error
    };
    for _ in 0..concurrency {
        let (shared, to_send, notes) = (Arc::clone(shared), to_send.clone(), notes.clone());
        let worker = spawn("send").spawn(move || work(&shared, &to_send, &notes));
        threads.push(worker.map_err(stop_on_error)?);
    }
    let writer = Writer {
        shared: Arc::clone(shared),
        journal,
        has_failed: false,
        ready,
        concurrency,
        outcomes,
        outstanding: 0,
        lines: Vec::new(),
        begun: Vec::new(),
        done: Vec::new(),
        no_more: false,
    };
    let thread = spawn("journal").spawn(move || writer.run(&told));
    threads.push(thread.map_err(stop_on_error)?);
    let feeder = {
        let shared = Arc::clone(shared);
        let feed = move || feed(&shared, rows, history.as_ref(), &slots, &notes);
        spawn("rows").spawn(feed).map_err(stop_on_error)?
    };
    Ok(Running {
        outcomes: ended,
        slots: free_slots,
        feeder,
        threads,
    })
}

/// Pulls rows, and finds the state of each one after earlier runs.
fn feed(
    shared: &Shared,
    mut rows: impl Iterator<Item = Row>,
    history: Option<&History>,
    slots: &Sender<()>,
    notes: &Sender<Note>,
) {
    /// Also when a row panics.
    struct NoMore<'a>(&'a Sender<Note>, &'a Shared);
    impl Drop for NoMore<'_> {
        fn drop(&mut self) {
            let has_panicked = thread::panicking();
            self.1.rows_panicked.store(has_panicked, Ordering::Release);
            let _ = self.0.send(Note::NoMore);
        }
    }
    let _no_more = NoMore(notes, shared);
    let mut seen = Seen::default();
    while !shared.stop.is_stopped() && slots.send(()).is_ok() {
        let Some(row) = rows.next() else { return };
        let note = match shared.prepare(row, history, &mut seen) {
            Ok(note) => note,
            Err(error) => return shared.stop.stop_for(error.into()),
        };
        if notes.send(note).is_err() {
            return;
        }
    }
}

impl Shared {
    fn prepare(
        &self,
        mut row: Row,
        history: Option<&History>,
        seen: &mut Seen,
    ) -> Result<Note, JournalError> {
        let refuse = |row: Row, error| {
            Ok(Note::Ended(Outcome {
                row_id: row.id,
                ended: Ended::Failed(error),
            }))
        };
        if row.id.is_empty() || row.id.len() > MAX_ID_BYTES {
            let expected = format!("1 to {MAX_ID_BYTES} bytes");
            return refuse(row, Error::invalid_input("id", expected));
        }
        let key = RowKey::of(&row.id);
        let before = match history {
            Some(history) => history.look_up(&row, key)?,
            None => Before::New,
        };
        if before == Before::Ended {
            return Ok(Note::Ended(Outcome {
                row_id: row.id,
                ended: Ended::Skipped,
            }));
        }
        if !self.in_flight().insert(key) {
            let expected = "an id of its own; another row with this id is under way";
            return refuse(row, Error::invalid_input("id", expected));
        }
        if row.params.idempotency_key.is_none() {
            match idempotency_key(&self.name, &row.id) {
                Ok(key) => row.params.idempotency_key = Some(key),
                Err(error) => {
                    self.in_flight().remove(&key);
                    return refuse(row, error);
                }
            }
        }
        // An id that comes twice is one row, and is found the second time.
        let look_up = seen.insert(key) || before == Before::Begun || !self.is_new;
        Ok(Note::Begin(Task { row, key, look_up }))
    }

    fn in_flight(&self) -> std::sync::MutexGuard<'_, HashSet<RowKey>> {
        self.in_flight
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a row until it ends; nothing when the import stopped before it was sent.
    fn create(&self, task: &mut Task) -> Option<Ended> {
        let (mut failures, mut attempts, mut sent) = (0, 0, 0);
        // Failed look-ups leave open what an earlier run did.
        let was_begun = task.look_up && self.is_new;
        let mut may_have_been_applied = false;
        let mut last: Option<Error> = None;
        loop {
            let calls = if task.look_up { 2 } else { 1 };
            let Some(permit) = self.gate.enter(calls, &self.stop) else {
                return last.map(Ended::Failed);
            };
            let result = if task.look_up {
                task.row.params.send(&self.client)
            } else {
                create_new(&self.client, &task.row.params)
            };
            let error = match result {
                Ok(answer) => {
                    let is_one_exchange = !task.look_up && answer.attempts == 1;
                    permit.end(Signal::Success, is_one_exchange);
                    let connection = Box::new(answer.value);
                    let is_found = answer.attempts == 0 && !may_have_been_applied;
                    return Some(match is_found {
                        true => Ended::Found(connection),
                        false => Ended::Created(connection),
                    });
                }
                Err(error) => error,
            };
            sent += error.attempts();
            may_have_been_applied |= error.may_have_been_applied();
            task.look_up |= may_have_been_applied;
            let verdict = Verdict::of(&error);
            permit.end(verdict.signal(&error), false);
            let error = error.of_attempts(sent, may_have_been_applied || was_begun);
            match verdict {
                Verdict::Final => return Some(Ended::Failed(error)),
                Verdict::Stop => {
                    self.stop.stop_for(error.clone().into());
                    return Some(Ended::Failed(error));
                }
                Verdict::Wait | Verdict::Again => {}
            }
            let outage = self.gate.outage();
            if outage > self.max_outage {
                let error = error.clone();
                self.stop.stop_for(ImportError::Outage { outage, error });
            }
            failures += 1;
            attempts += u32::from(verdict == Verdict::Again);
            if attempts >= self.max_attempts || self.stop.is_stopped() {
                return Some(Ended::Failed(error));
            }
            self.counts.retry();
            let has_paused = error.api().is_some_and(|api| api.retry_after.is_some());
            if !has_paused && !self.stop.wait(backoff(failures)) {
                return Some(Ended::Failed(error));
            }
            last = Some(error);
        }
    }
}

/// Returns the wait after so many failures of a row, where the server does not say it.
fn backoff(failures: u32) -> Duration {
    http::wait(failures, None, fastrand::f64()).unwrap_or_default()
}

/// The consequence of a failure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// The row is sent again, as often as it takes: the server takes no rows at present.
    Wait,
    /// The row is sent again, a few times.
    Again,
    /// The row failed.
    Final,
    /// Every row would fail so.
    Stop,
}

impl Verdict {
    fn of(error: &Error) -> Self {
        let retry_after = error.api().and_then(|api| api.retry_after);
        match (error.kind(), error.status()) {
            (_, Some(401 | 403)) => Self::Stop,
            (ErrorKind::Tls { .. } | ErrorKind::ApiKey { .. }, _) => Self::Stop,
            (ErrorKind::Cancelled | ErrorKind::InvalidInput { .. }, _) => Self::Final,
            _ if retry_after > Some(MAX_PAUSE) => Self::Stop,
            (ErrorKind::Connect { .. }, _) | (_, Some(429)) => Self::Wait,
            (_, Some(503)) if retry_after.is_some() => Self::Wait,
            (ErrorKind::Incomplete { .. }, _) => Self::Again,
            _ if error.is_retryable() || error.may_have_been_applied() => Self::Again,
            _ => Self::Final,
        }
    }

    fn signal(self, error: &Error) -> Signal {
        let retry_after = error.api().and_then(|api| api.retry_after);
        let is_overload = matches!(error.status(), Some(429 | 503))
            || matches!(error.kind(), ErrorKind::Timeout { .. });
        match (self, is_overload) {
            (Self::Wait | Self::Again, true) => Signal::Overload { retry_after },
            (Self::Wait | Self::Again, false) => Signal::Failure,
            // A row that is refused shows a server that works.
            (Self::Final, _) if error.status().is_some() => Signal::Success,
            _ => Signal::Neutral,
        }
    }
}

/// Sends what is ready, one row after the other.
fn work(shared: &Shared, to_send: &Receiver<Task>, notes: &Sender<Note>) {
    /// A row that is begun ends for the writer, even if sending it panics.
    struct Begun<'a>(&'a Sender<Note>, RowKey, Option<Outcome>);
    impl Drop for Begun<'_> {
        fn drop(&mut self) {
            let _ = self.0.send(Note::Sent(self.1, self.2.take()));
        }
    }
    for mut task in to_send {
        let mut begun = Begun(notes, task.key, None);
        let ended = shared.create(&mut task);
        let row_id = task.row.id;
        begun.2 = ended.map(|ended| Outcome { row_id, ended });
    }
}

/// Notes on the disk, many at once, what may then be done.
struct Writer {
    shared: Arc<Shared>,
    journal: Option<Journal>,
    has_failed: bool,
    ready: Sender<Task>,
    concurrency: usize,
    outcomes: Sender<Result<Outcome, ImportError>>,
    /// Rows that were begun and have not ended.
    outstanding: usize,
    lines: Vec<u8>,
    begun: Vec<Task>,
    done: Vec<Outcome>,
    no_more: bool,
}

impl Writer {
    fn run(mut self, told: &Receiver<Note>) {
        while !(self.no_more && self.outstanding == 0) {
            match told.recv_timeout(Stop::SLICE) {
                Ok(note) => self.take(note),
                // The feeder may wait for a row that never comes.
                Err(RecvTimeoutError::Timeout) => self.no_more |= self.shared.stop.is_stopped(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.linger(told);
            for note in told.try_iter().take(MAX_BATCH) {
                self.take(note);
            }
            self.commit();
        }
        if let Some(reason) = self.shared.stop.take_reason() {
            let _ = self.outcomes.send(Err(reason));
        }
    }

    /// Waits for more notes: a write to the disk costs the same for many.
    fn linger(&self, told: &Receiver<Note>) {
        let until = Instant::now() + LINGER;
        let is_enough = || self.ready.len() >= self.concurrency && told.len() < MAX_BATCH;
        while is_enough() && Instant::now() < until {
            thread::sleep(LINGER_SLICE);
        }
    }

    fn take(&mut self, note: Note) {
        match note {
            Note::NoMore => self.no_more = true,
            Note::Ended(outcome) => self.done.push(outcome),
            Note::Begin(task) => {
                self.outstanding += 1;
                self.note(|| Entry::Begun {
                    row: task.row.id.clone(),
                    of: task.row.fingerprint(),
                });
                self.begun.push(task);
            }
            Note::Sent(key, outcome) => {
                self.ended(key);
                if let Some(outcome) = outcome {
                    self.note(|| outcome.entry());
                    self.done.push(outcome);
                }
            }
        }
    }

    fn note(&mut self, entry: impl FnOnce() -> Entry) {
        if self.journal.is_some() && !self.has_failed {
            write_entry(&mut self.lines, &entry());
        }
    }

    fn ended(&mut self, key: RowKey) {
        self.outstanding -= 1;
        self.shared.in_flight().remove(&key);
    }

    fn commit(&mut self) {
        if let Some(journal) = self.journal.as_mut().filter(|_| !self.lines.is_empty()) {
            if let Err(error) = journal.append(&self.lines) {
                // What is under way ends, and the next run looks it up. The lock is kept until then.
                self.shared.stop.stop_for(error.into());
                self.has_failed = true;
                for task in std::mem::take(&mut self.begun) {
                    self.ended(task.key);
                }
            }
            self.lines.clear();
        }
        for task in self.begun.drain(..) {
            // The workers stay as long as this.
            let _ = self.ready.send(task);
        }
        for outcome in self.done.drain(..) {
            self.shared.counts.add(&outcome);
            if self.outcomes.send(Ok(outcome)).is_err() {
                self.shared.stop.stop();
            }
        }
    }
}

impl Outcome {
    fn entry(&self) -> Entry {
        let row = self.row_id.clone();
        match &self.ended {
            Ended::Found(connection) => Entry::Found {
                row,
                connection: connection.id.clone(),
            },
            Ended::Failed(error) => Entry::Failed {
                row,
                error: error_name(error),
                may_have_been_applied: error.may_have_been_applied(),
            },
            // A row that was skipped is never noted.
            Ended::Created(connection) => Entry::Created {
                row,
                connection: connection.id.clone(),
            },
            Ended::Skipped => unreachable!("a row that was skipped was not begun"),
        }
    }
}

/// The rows of this run, as far as it takes to know one again: a false positive costs a look-up.
#[derive(Default)]
struct Seen {
    full: Vec<BloomFilter>,
    filling: Option<BloomFilter>,
    count: usize,
}

impl Seen {
    const CAPACITY: usize = 1 << 20;

    /// Adds a row; true when it may have come before.
    fn insert(&mut self, key: RowKey) -> bool {
        if self.count == Self::CAPACITY {
            self.full.extend(self.filling.take());
            self.count = 0;
        }
        let filling = self.filling.get_or_insert_with(|| {
            BloomFilter::with_false_pos(0.001).expected_items(Self::CAPACITY)
        });
        self.count += 1;
        let is_known = self.full.iter().any(|full| full.contains(&key));
        filling.insert(&key) || is_known
    }
}
