use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

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

#[derive(Debug, Default)]
struct Inner {
    fired: AtomicBool,
    lock: Mutex<()>,
    wake: Condvar,
}

impl CancelToken {
    /// A token that has not fired.
    pub fn new() -> Self {
        Self::default()
    }

    /// Fires the token.
    pub fn cancel(&self) {
        self.0.fired.store(true, Ordering::Release);
        // Taking the lock means that a waiter is either before its check or already waiting.
        drop(self.0.lock.lock().unwrap_or_else(PoisonError::into_inner));
        self.0.wake.notify_all();
    }

    /// Whether the token has fired.
    pub fn is_cancelled(&self) -> bool {
        self.0.fired.load(Ordering::Acquire)
    }

    /// Waits for `duration`, or less if the token fires.
    pub(crate) fn wait(&self, duration: Duration) {
        let end = Instant::now() + duration;
        let mut guard = self.0.lock.lock().unwrap_or_else(PoisonError::into_inner);
        while !self.is_cancelled() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            guard = self
                .0
                .wake
                .wait_timeout(guard, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}
