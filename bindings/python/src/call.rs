//! Interpreter's part in a call under way: to let it go, to let signal handlers run, and to hand
//! over log lines.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

use log::{LevelFilter, Log, Metadata, Record};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

use crate::json::from_package;

/// The target of the core's own lines. Nothing else is forwarded: the HTTP library's lines can
/// hold URLs and bytes.
const TARGET: &str = "openint";

/// Ends calls from another thread, within 100 ms. Once fired it stays fired.
#[pyclass(frozen, module = "openint_sdk")]
#[derive(Default)]
pub(crate) struct CancelToken(openint::CancelToken);

#[pymethods]
impl CancelToken {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// Fires the token.
    fn cancel(&self) {
        self.0.cancel();
    }

    /// True once the token has fired.
    #[getter]
    fn cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    fn __repr__(&self) -> &'static str {
        match self.0.is_cancelled() {
            true => "CancelToken(cancelled=True)",
            false => "CancelToken(cancelled=False)",
        }
    }
}

impl CancelToken {
    pub(crate) fn core(&self) -> openint::CancelToken {
        self.0.clone()
    }
}

/// An exception that Python code raised in the middle of a call: a signal handler, or a log
/// handler.
#[derive(Clone, Default)]
struct Raised(Arc<Mutex<Option<PyErr>>>);

impl Raised {
    fn set(&self, error: PyErr) {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The first one is why the call ends.
        slot.get_or_insert(error);
    }

    fn is_set(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    fn take(&self) -> Option<PyErr> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Surroundings of a call.
pub(crate) struct Surroundings {
    /// Ends the call.
    cancel: Option<openint::CancelToken>,
    /// True where signal handlers are run, which is on the main thread alone.
    interruptible: bool,
    /// Logger that lines go to; none when nobody would see them.
    logger: Option<Py<PyAny>>,
}

impl Surroundings {
    pub(crate) fn new(py: Python<'_>, cancel: Option<openint::CancelToken>) -> PyResult<Self> {
        static MODULES: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let modules = MODULES.import(py, "sys", "modules")?.cast::<PyDict>()?;
        Ok(Self {
            cancel,
            interruptible: on_main_thread(modules)?,
            logger: logger(modules)?,
        })
    }

    /// Runs `act`, with a token that ends it, while other threads have the interpreter.
    pub(crate) fn run<T: Send>(
        self,
        py: Python<'_>,
        act: impl FnOnce(Option<openint::CancelToken>) -> T + Send,
    ) -> PyResult<T> {
        let raised = Raised::default();
        let token = match self.interruptible {
            true => Some(signal_token(self.cancel, raised.clone())),
            false => self.cancel,
        };
        let call = Call {
            logger: self.logger,
            raised: raised.clone(),
        };
        let result = py.detach(move || {
            let _guard = CallGuard(CALL.replace(Some(call)));
            act(token)
        });
        match raised.take() {
            Some(error) => Err(error),
            None => Ok(result),
        }
    }
}

fn on_main_thread(modules: &Bound<'_, PyDict>) -> PyResult<bool> {
    // The names are taken at use: gevent replaces them.
    let Some(threading) = modules.get_item(intern!(modules.py(), "threading"))? else {
        return Ok(true);
    };
    let py = modules.py();
    let here = threading.call_method0(intern!(py, "get_ident"))?;
    let main = threading.call_method0(intern!(py, "main_thread"))?;
    here.eq(main.getattr(intern!(py, "ident"))?)
}

/// The logger, if it would show the lines of a call. Without the module `logging`, nobody has set
/// a level or a handler.
fn logger(modules: &Bound<'_, PyDict>) -> PyResult<Option<Py<PyAny>>> {
    static ACTIVE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = modules.py();
    if !modules.contains(intern!(py, "logging"))? {
        return Ok(None);
    }
    let logger = from_package(py, &ACTIVE, "_log", "active")?.call0()?;
    Ok((!logger.is_none()).then(|| logger.unbind()))
}

/// A token that lets Python's signal handlers run and fires when one raises, as Ctrl-C does.
fn signal_token(cancel: Option<openint::CancelToken>, raised: Raised) -> openint::CancelToken {
    let fired = cancel
        .as_ref()
        .is_some_and(openint::CancelToken::is_cancelled);
    let token = openint::CancelToken::polling(move || {
        if cancel
            .as_ref()
            .is_some_and(openint::CancelToken::is_cancelled)
            || raised.is_set()
        {
            return true;
        }
        match Python::try_attach(|py| py.check_signals()) {
            Some(Err(error)) => {
                raised.set(error);
                true
            }
            _ => false,
        }
    });
    if fired {
        token.cancel();
    }
    token
}

/// State of the callbacks of a call, on its thread.
struct Call {
    logger: Option<Py<PyAny>>,
    raised: Raised,
}

thread_local! {
    static CALL: RefCell<Option<Call>> = const { RefCell::new(None) };
}

/// Puts back what was there before: a handler may make calls of its own inside a call.
struct CallGuard(Option<Call>);

impl Drop for CallGuard {
    fn drop(&mut self) {
        CALL.set(self.0.take());
    }
}

/// Ends the call of this thread with an exception that a callback raised.
pub(crate) fn raise(error: PyErr) {
    CALL.with_borrow(|call| {
        if let Some(call) = call {
            call.raised.set(error);
        }
    });
}

struct PythonLogger;

impl Log for PythonLogger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == TARGET
            && CALL.with_borrow(|call| call.as_ref().is_some_and(|call| call.logger.is_some()))
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let line = record.args().to_string();
        let _ = Python::try_attach(|py| {
            let logger = CALL.with_borrow(|call| {
                let logger = call.as_ref()?.logger.as_ref()?;
                Some(logger.clone_ref(py))
            });
            // No borrow is held here: a log handler may make calls of its own.
            if let Some(logger) = logger {
                let level = match record.level() {
                    log::Level::Error | log::Level::Warn => "warning",
                    _ => "debug",
                };
                if let Err(error) = logger.call_method1(py, level, (line,)) {
                    raise(error);
                }
            }
        });
    }

    fn flush(&self) {}
}

/// Takes the lines of the core. The level is the highest that the core uses itself, so that what
/// others log below it is never even formatted.
pub(crate) fn install_logger() {
    if log::set_logger(&PythonLogger).is_ok() {
        log::set_max_level(LevelFilter::Debug);
    }
}
