use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The longest wait of a call between two looks at its token.
pub(crate) const SLICE: Duration = Duration::from_millis(50);

/// Ends calls from another thread.
///
/// A call that was given the token (see [`RequestOptions::cancel`](crate::RequestOptions::cancel))
/// ends with [`ErrorKind::Cancelled`](crate::ErrorKind::Cancelled) within 100 ms of
/// [`CancelToken::cancel`], whether it connects, sends, waits for the answer or waits to retry.
/// Clones are the same token; once fired it stays fired.
///
/// ```
/// use openint::{CancelToken, CreateConnection, ConnectorData, ErrorKind, Openint, RequestOptions};
/// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
/// # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
///
/// let cancel = CancelToken::new();
/// cancel.cancel(); // usually from a signal handler or another thread
/// let error = client
///     .with_options(RequestOptions::new().cancel(cancel))
///     .create_connection(&CreateConnection::new(
///         "ccfg_",
///         "customer_id",
///         ConnectorData::new("dummy-oauth2", serde_json::json!({ "oauth": {} })),
///     ))
///     .unwrap_err();
/// assert!(matches!(error.kind(), ErrorKind::Cancelled));
/// # Ok::<(), openint::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<Inner>);

#[derive(Default)]
struct Inner {
    fired: AtomicBool,
    lock: Mutex<()>,
    wake: Condvar,
    check: Option<Box<dyn Fn() -> bool + Send + Sync>>,
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inner")
            .field("fired", &self.fired)
            .field("polling", &self.check.is_some())
            .finish_non_exhaustive()
    }
}

impl CancelToken {
    /// A token that has not fired.
    pub fn new() -> Self {
        Self::default()
    }

    /// A token that also fires when `check` says so.
    ///
    /// `check` is asked on the thread that makes the call, whenever the call has waited for 50 ms,
    /// and at once when a signal interrupted its wait; never by a call that is quicker. This is how
    /// a language with signal handlers of its own lets them run, and end the call. `check` may make
    /// calls itself.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicBool, Ordering};
    /// use openint::CancelToken;
    ///
    /// static INTERRUPTED: AtomicBool = AtomicBool::new(false); // set by a signal handler
    /// let cancel = CancelToken::polling(|| INTERRUPTED.load(Ordering::Relaxed));
    /// assert!(!cancel.is_cancelled());
    /// ```
    pub fn polling(check: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            check: Some(Box::new(check)),
            ..Inner::default()
        }))
    }

    /// Fires the token.
    pub fn cancel(&self) {
        self.0.fired.store(true, Ordering::Release);
        // Taking the lock means that a waiter is either before its check or already waiting.
        drop(self.0.lock.lock().unwrap_or_else(PoisonError::into_inner));
        self.0.wake.notify_all();
    }

    /// Returns true once the token has fired.
    pub fn is_cancelled(&self) -> bool {
        self.0.fired.load(Ordering::Acquire)
    }

    /// Returns true if there is a function to ask.
    pub(crate) fn is_polling(&self) -> bool {
        self.0.check.is_some()
    }

    /// Asks `check`, and fires when it says so.
    pub(crate) fn poll(&self) {
        if let Some(check) = &self.0.check {
            if !self.is_cancelled() && check() {
                self.cancel();
            }
        }
    }

    /// Waits for `duration`, or less if the token fires.
    pub(crate) fn wait(&self, duration: Duration) {
        let end = Instant::now() + duration;
        while !self.is_cancelled() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            if self.is_polling() {
                self.wait_quietly(left.min(SLICE));
                self.poll();
            } else {
                self.wait_quietly(left);
            }
        }
    }

    fn wait_quietly(&self, duration: Duration) {
        let guard = self.0.lock.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_cancelled() {
            // Waking too early is as good as waking in time: the caller looks again.
            drop(self.0.wake.wait_timeout(guard, duration));
        }
    }
}
