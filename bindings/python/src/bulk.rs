//! Imports of many connections: rows are read on the caller's thread, and sent by the core.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::task::Poll;
use std::time::{Duration, Instant};

use openint::bulk::{Ended, Import, ImportError, Outcome, Outcomes, ProgressHandle, Row};
use openint::{CancelToken, CreateConnection};
use pyo3::exceptions::{PyException, PyRuntimeError, PyStopAsyncIteration};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

use crate::client::Openint;
use crate::failure::{self, exception, invalid, wrong_type};
use crate::input::{Input, kind, optional};
use crate::json::{Path, from_package};
use crate::options::CallOptions;
use crate::output::Output;

/// The longest wait without a look at signals.
const SLICE: Duration = Duration::from_millis(50);
/// The time between two reports of progress.
const REPORT: Duration = Duration::from_millis(100);

/// The outcomes of an import, in the order in which rows end.
///
/// Rows are read as outcomes are taken, on the thread that takes them. Leaving the loop early stops
/// the import when this object goes; `close`, or the end of a `with` block, does so at once: calls
/// under way end and are written down, and no other begins.
#[pyclass(frozen, module = "openint_sdk._native")]
pub(crate) struct ImportOutcomes {
    feed: Mutex<Feed>,
    outcomes: Mutex<Option<Outcomes>>,
    progress: ProgressHandle,
    report: Option<(Py<PyAny>, Mutex<Option<Instant>>)>,
    stop: CancelToken,
    process: u32,
}

/// The rows on their way to the core.
struct Feed {
    /// Nothing once rows are given from outside, or have ended.
    rows: Option<Py<PyAny>>,
    sender: Option<SyncSender<Row>>,
    /// A row for which there was no room.
    waiting: Option<Row>,
    /// Rows that cannot be sent, which the core never sees.
    refused: VecDeque<(String, PyErr)>,
    refused_count: u64,
    count: usize,
}

#[pymethods]
impl Openint {
    /// Creates the connections of many rows, by many calls at once.
    ///
    /// Each row has an `id` of yours, unlike that of any other row and the same in each run, and
    /// what `create_connection` takes. An idempotency key is made of `name` and `id`, so a second run
    /// doubles no row. With a `journal` it also sends nothing for rows that have a connection: an
    /// import that was killed at any moment goes on where it ended. Without one each row is looked up
    /// first. A row that cannot be sent is an outcome too, and ends nothing; a key that is refused, a
    /// journal that cannot be used or a server that is gone for 5 minutes ends the import with an
    /// error.
    ///
    /// The number of calls under way adapts to the server, and `Retry-After` stops all of them
    /// together. Rows are read as they are needed, on the thread that takes the outcomes.
    ///
    /// Args:
    ///     rows: Dicts, dataclasses, pydantic models, named tuples, or a pandas DataFrame; any
    ///         iterable of them. `connector_name` and `settings` may stand in place of `data`.
    ///         Fields that are `None` or missing to pandas are left out.
    ///     name: The import's name, which is part of each key: the same in each run.
    ///     journal: The file in which the import keeps what it did; made if it is not there.
    ///     concurrency: The most calls at once, 1 to 1,024.
    ///     max_rate: The most calls a second, 0.001 to 1,000,000.
    ///     first_run: True says that no earlier run sent any of the rows, so that without a journal
    ///         they are sent without being looked up. If it is wrong, rows are doubled.
    ///     on_progress: A function that is called with an `ImportProgress` ten times a second and at
    ///         the end, on the thread that takes the outcomes.
    ///     options: Options of each call, see `Openint`. The import repeats calls itself.
    ///
    /// >>> rows = [
    /// ...     {
    /// ...         "id": number,
    /// ...         "connector_config_id": "ccfg_github_sandbox",
    /// ...         "customer_id": f"customer_{number}",
    /// ...         "connector_name": "github",
    /// ...         "settings": {"oauth": {"credentials": {"access_token": f"gho_{number}"}}},
    /// ...     }
    /// ...     for number in range(3)
    /// ... ]
    /// >>> for outcome in client.create_connections(rows, name="spring-move"):
    /// ...     if outcome.error is not None:
    /// ...         print(outcome.row_id, outcome.error)
    #[pyo3(signature = (
        rows, *, name = None, journal = None, concurrency = None, max_rate = None,
        first_run = false, on_progress = None, **options
    ))]
    #[pyo3(
        text_signature = "($self, rows, *, name='import', journal=None, concurrency=16, \
        max_rate=None, first_run=False, on_progress=None, **options)"
    )]
    #[allow(clippy::too_many_arguments)] // one for each parameter
    fn create_connections<'py>(
        slf: &Bound<'py, Self>,
        rows: &Bound<'py, PyAny>,
        name: Option<&Bound<'py, PyAny>>,
        journal: Option<&Bound<'py, PyAny>>,
        concurrency: Option<&Bound<'py, PyAny>>,
        max_rate: Option<&Bound<'py, PyAny>>,
        first_run: bool,
        on_progress: Option<&Bound<'py, PyAny>>,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<ImportOutcomes> {
        static ROWS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let py = slf.py();
        let name: Option<String> = optional("name", name)?;
        let stop = CancelToken::new();
        let mut import = Import::new(name.as_deref().unwrap_or("import")).first_run(first_run);
        if let Some(path) = journal {
            let path: PathBuf = path
                .extract()
                .map_err(|_| wrong_type(py, "journal", "a path"))?;
            import = import.journal(path);
        }
        let concurrency: Option<u64> = optional("concurrency", concurrency)?;
        if let Some(calls) = concurrency {
            import = import.concurrency(usize::try_from(calls).unwrap_or(usize::MAX));
        }
        if let Some(rate) = max_rate {
            let rate = rate.extract();
            import =
                import.max_rate(rate.map_err(|_| wrong_type(py, "max_rate", "a number of calls"))?);
        }
        if let Some(report) = on_progress.filter(|report| !report.is_callable()) {
            let expected = format!("a function, not `{}`", kind(report));
            return Err(wrong_type(py, "on_progress", &expected));
        }
        // None where rows are given one by one.
        let rows = match rows.is_none() {
            true => None,
            false => Some(
                from_package(py, &ROWS, "_bulk", "rows_of")?
                    .call1((rows,))?
                    .unbind(),
            ),
        };

        let given = CallOptions::of_call(options)?;
        let (client, cancel) = Self::core(slf)?;
        let client = client.with_options(given.request);
        let (sender, receiver) =
            sync_channel(usize::try_from(concurrency.unwrap_or(16)).unwrap_or(16));
        let token = match cancel {
            None => stop.clone(),
            Some(cancel) => {
                let stop = stop.clone();
                CancelToken::polling(move || stop.is_cancelled() || cancel.is_cancelled())
            }
        };
        // The journal may have to be read first.
        let started = py.detach(|| import.cancel(token).start(&client, receiver));
        let outcomes = started.map_err(|error| ended(py, &error))?;
        Ok(ImportOutcomes {
            feed: Mutex::new(Feed {
                rows,
                sender: Some(sender),
                waiting: None,
                refused: VecDeque::new(),
                refused_count: 0,
                count: 0,
            }),
            progress: outcomes.progress(),
            outcomes: Mutex::new(Some(outcomes)),
            report: on_progress.map(|report| (report.clone().unbind(), Mutex::new(None))),
            stop,
            process: std::process::id(),
        })
    }
}

#[pymethods]
impl ImportOutcomes {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let mut wait = Duration::ZERO;
        loop {
            match self.take(py, wait) {
                Ok(Poll::Ready(outcome)) => {
                    self.tell(py, outcome.is_none())?;
                    return Ok(outcome);
                }
                Ok(Poll::Pending) => self.tell(py, false)?,
                Err(error) => return self.fail(error),
            }
            wait = match self.pull(py) {
                Ok(true) => Duration::ZERO,
                Ok(false) => SLICE,
                Err(error) => return self.fail(error),
            };
            if let Err(error) = py.check_signals() {
                return self.fail(error);
            }
        }
    }

    /// Snapshot of the import.
    #[getter]
    fn progress<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static PROGRESS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let refused = lock(&self.feed).refused_count;
        let progress = self.progress.snapshot();
        let mut errors: BTreeMap<&str, u64> = progress
            .errors
            .iter()
            .map(|(name, count)| (name.as_str(), *count))
            .collect();
        if refused > 0 {
            *errors.entry("invalid_input").or_default() += refused;
        }
        from_package(py, &PROGRESS, "_bulk", "ImportProgress")?.call1((
            progress.created,
            progress.found,
            progress.failed + refused,
            progress.skipped,
            errors,
            progress.retries,
            progress.in_flight,
            progress.concurrency,
            progress.pause.as_secs_f64(),
            progress.elapsed.as_secs_f64(),
        ))
    }

    /// Stops the import: calls under way end and are written down, and no other begins.
    fn close(&self, py: Python<'_>) {
        self.stop.cancel();
        // Without the interpreter, which observers need meanwhile.
        py.detach(|| {
            let mut feed = lock(&self.feed);
            feed.sender = None;
            feed.waiting = None;
            drop(feed);
            drop(lock(&self.outcomes).take());
        });
        lock(&self.feed).rows = None;
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (*_error))]
    fn __exit__(&self, py: Python<'_>, _error: &Bound<'_, PyTuple>) {
        self.close(py);
    }

    /// True when another row can be given.
    #[getter]
    fn _has_room(&self) -> bool {
        lock(&self.feed).has_room()
    }

    /// Gives a row.
    fn _give(&self, row: &Bound<'_, PyAny>) -> PyResult<()> {
        let mut feed = lock(&self.feed);
        let at = feed.count;
        feed.count += 1;
        drop(feed);
        let read = read(row, at);
        lock(&self.feed).give(row.py(), read)
    }

    /// Says that there are no more rows.
    fn _no_more(&self) {
        lock(&self.feed).sender = None;
    }

    /// Waits for an outcome: `None` where none came in time.
    fn _take<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        match self.take(py, 4 * SLICE)? {
            Poll::Pending => Ok(None),
            Poll::Ready(Some(outcome)) => Ok(Some(outcome)),
            Poll::Ready(None) => Err(PyStopAsyncIteration::new_err(())),
        }
    }

    /// Reports progress, where it is time to.
    fn _tell(&self, py: Python<'_>, is_end: bool) -> PyResult<()> {
        self.tell(py, is_end)
    }

    fn __repr__(&self) -> String {
        let progress = self.progress.snapshot();
        let refused = lock(&self.feed).refused_count;
        format!("ImportOutcomes(rows={})", progress.rows() + refused)
    }
}

impl ImportOutcomes {
    /// The next outcome.
    fn take<'py>(
        &self,
        py: Python<'py>,
        wait: Duration,
    ) -> PyResult<Poll<Option<Bound<'py, PyAny>>>> {
        if self.process != std::process::id() {
            let expected = "an import of this process: it was forked, so begin again";
            return Err(invalid(py, "client", expected));
        }
        let refused = lock(&self.feed).refused.pop_front();
        if let Some((row_id, error)) = refused {
            return outcome(py, &row_id, "failed", None, Some(error)).map(Poll::Ready);
        }
        let mut outcomes = match self.outcomes.try_lock() {
            Ok(outcomes) => outcomes,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                let text = "another thread is taking the outcomes of this import";
                return Err(PyRuntimeError::new_err(text));
            }
        };
        let Some(running) = outcomes.as_mut() else {
            return Ok(Poll::Ready(None));
        };
        let ended = match wait.is_zero() {
            true => running.next_within(wait),
            false => py.detach(|| running.next_within(wait)),
        };
        match ended {
            Poll::Pending => Ok(Poll::Pending),
            Poll::Ready(Some(Ok(ended))) => shown(py, ended).map(Poll::Ready),
            Poll::Ready(Some(Err(error))) => {
                let ended = outcomes.take();
                drop(outcomes);
                py.detach(|| drop(ended));
                Err(self::ended(py, &error))
            }
            Poll::Ready(None) => {
                *outcomes = None;
                Ok(Poll::Ready(None))
            }
        }
    }

    /// Reads a row and gives it; false when there is nothing to do but to wait.
    fn pull(&self, py: Python<'_>) -> PyResult<bool> {
        let (rows, at) = {
            let mut feed = lock(&self.feed);
            if !feed.has_room() {
                return Ok(false);
            }
            let Some(rows) = &feed.rows else {
                return Ok(false);
            };
            let rows = rows.clone_ref(py);
            feed.count += 1;
            (rows, feed.count - 1)
        };
        // No lock is held: the rows can be any code.
        let row = match rows
            .bind(py)
            .cast::<pyo3::types::PyIterator>()?
            .clone()
            .next()
        {
            Some(row) => row?,
            None => {
                let mut feed = lock(&self.feed);
                feed.sender = None;
                let rows = feed.rows.take();
                drop(feed);
                drop(rows);
                return Ok(true);
            }
        };
        let read = read(&row, at);
        lock(&self.feed).give(py, read)?;
        Ok(true)
    }

    /// Stops the import because of an exception; calls under way end and are written down.
    fn fail<T>(&self, error: PyErr) -> PyResult<T> {
        self.stop.cancel();
        lock(&self.feed).sender = None;
        Err(error)
    }

    fn tell(&self, py: Python<'_>, is_end: bool) -> PyResult<()> {
        let Some((report, last)) = &self.report else {
            return Ok(());
        };
        let mut told = lock(last);
        if !is_end && told.is_some_and(|told| told.elapsed() < REPORT) {
            return Ok(());
        }
        *told = Some(Instant::now());
        drop(told);
        match report.call1(py, (self.progress(py)?,)) {
            Ok(_) => Ok(()),
            Err(error) => self.fail(error),
        }
    }
}

impl Drop for ImportOutcomes {
    fn drop(&mut self) {
        self.stop.cancel();
        let outcomes = lock(&self.outcomes).take();
        lock(&self.feed).sender = None;
        if self.process != std::process::id() {
            // The threads are those of the parent.
            std::mem::forget(outcomes);
        } else if let Some(outcomes) = outcomes {
            Python::attach(|py| py.detach(|| drop(outcomes)));
        }
    }
}

impl Feed {
    /// Hands on the row that waits, and says whether there is room for another.
    fn has_room(&mut self) -> bool {
        if let Some(row) = self.waiting.take() {
            self.send(row);
        }
        self.waiting.is_none() && self.sender.is_some() && self.refused.is_empty()
    }

    fn send(&mut self, row: Row) {
        let Some(sender) = &self.sender else { return };
        match sender.try_send(row) {
            Ok(()) => {}
            Err(TrySendError::Full(row)) => self.waiting = Some(row),
            // The import has ended; its outcomes say why.
            Err(TrySendError::Disconnected(_)) => self.sender = None,
        }
    }

    fn give(&mut self, py: Python<'_>, read: Result<Row, (String, PyErr)>) -> PyResult<()> {
        static ERROR: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        match read {
            Ok(row) => self.send(row),
            Err((row_id, error)) => {
                let class = from_package(py, &ERROR, "_errors", "OpenintError")?;
                if !error.matches(py, class)? {
                    // Of the row's own code, or an interrupt.
                    return Err(error);
                }
                self.refused_count += 1;
                self.refused.push_back((row_id, error));
            }
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads row number `at`, or says which row it is and why it cannot be sent.
fn read(row: &Bound<'_, PyAny>, at: usize) -> Result<Row, (String, PyErr)> {
    static FIELDS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = row.py();
    let place = Path::Root("rows");
    let place = Path::Index(&place, at);
    let fields = || -> PyResult<Bound<'_, PyDict>> {
        let fields = from_package(py, &FIELDS, "_bulk", "fields_of")?.call1((row,))?;
        fields.cast_into::<PyDict>().map_err(|_| {
            let expected = format!("a mapping with `id`, not `{}`", kind(row));
            place.wrong_type(py, &expected)
        })
    };
    let fields = fields().map_err(|error| (String::new(), error))?;
    let id = id(&fields, place).map_err(|error| (String::new(), error))?;
    match CreateConnection::from_python(fields.as_any(), place) {
        Ok(params) => Ok(Row::new(id, params)),
        Err(error) => Err((id, error)),
    }
}

/// Takes the id out of the fields of a row.
fn id(fields: &Bound<'_, PyDict>, place: Path<'_>) -> PyResult<String> {
    let py = fields.py();
    let place = Path::Field(&place, "id");
    let name = intern!(py, "id");
    let Some(id) = fields.get_item(name)? else {
        return Err(place.invalid(py, "a value: it is missing"));
    };
    fields.del_item(name)?;
    match id.is_instance_of::<pyo3::types::PyString>() {
        true => String::from_python(&id, place),
        false => match u64::from_python(&id, place) {
            Ok(number) => Ok(number.to_string()),
            Err(_) => Err(place.wrong_type(py, "a string or an integer from 0")),
        },
    }
}

/// An outcome as Python has it.
fn shown<'py>(py: Python<'py>, ended: Outcome) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (status, connection, error) = match ended.ended {
        Ended::Created(connection) => ("created", Some(connection), None),
        Ended::Found(connection) => ("found", Some(connection), None),
        Ended::Failed(error) => {
            let error = exception(py, &error);
            if !error.is_instance_of::<PyException>(py) {
                // Ctrl-C, while the exception was made.
                return Err(error);
            }
            ("failed", None, Some(error))
        }
        Ended::Skipped => ("skipped", None, None),
    };
    let connection = connection.map(|connection| connection.into_python(py));
    outcome(py, &ended.row_id, status, connection.transpose()?, error)
}

fn outcome<'py>(
    py: Python<'py>,
    row_id: &str,
    status: &str,
    connection: Option<Bound<'py, PyAny>>,
    error: Option<PyErr>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    static OUTCOME: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = from_package(py, &OUTCOME, "_bulk", "ImportOutcome")?;
    class.call1((row_id, status, connection, error)).map(Some)
}

/// The exception of an import that ended before its rows did.
fn ended(py: Python<'_>, error: &ImportError) -> PyErr {
    match error {
        ImportError::Call(call) if call.attempts() == 0 => exception(py, call),
        ImportError::Call(call) | ImportError::Outage { error: call, .. } => {
            failure::with_message(py, call, error.to_string())
        }
        ImportError::Journal(_) => failure::of_import(py, "journal", error.to_string()),
        _ => failure::of_import(py, "import", error.to_string()),
    }
}
