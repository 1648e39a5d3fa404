//! Observers of the calls of a client, for traces, metrics and logs of the user's own.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use ureq::http::HeaderMap;

use crate::error::Error;
use crate::http::headers;
use crate::http::request::Method;

/// Watches every attempt of the calls of a client.
///
/// It is given to [`OpenintBuilder::observer`](crate::OpenintBuilder::observer), and its methods run
/// on the thread of the call, so they should be quick. A panic in one is logged and breaks no call.
/// An observer never sees a body, a key, a query or an id in a path.
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use openint::{Attempt, AttemptEnd, Observer, Openint};
/// # use openint_sandbox::{Answer, Sandbox};
/// # let sandbox = Sandbox::start().unwrap();
/// # sandbox.script([Answer::status(500)]);
///
/// #[derive(Default)]
/// struct Lines(Mutex<Vec<String>>);
///
/// impl Observer for Lines {
///     fn after_attempt(&self, attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
///         let line = format!("{} #{}: {:?}", attempt.operation, attempt.number, end.status);
///         self.0.lock().unwrap().push(line);
///     }
/// }
///
/// let lines = Arc::new(Lines::default());
/// let client = Openint::builder()
///     .observer(Arc::clone(&lines))
/// #   .api_key(sandbox.api_key()).base_url(sandbox.base_url())
///     .build()?;
/// client.health()?;
/// assert_eq!(*lines.0.lock().unwrap(), ["health #1: Some(500)", "health #2: Some(200)"]);
/// # Ok::<(), openint::Error>(())
/// ```
pub trait Observer: Send + Sync {
    /// Called before an attempt is sent. May add headers, such as `traceparent`.
    fn before_attempt(&self, attempt: &Attempt<'_>, headers: &mut AttemptHeaders<'_>) {
        let _ = (attempt, headers);
    }

    /// Called after an attempt, with how it ended. It runs on the same thread as
    /// [`before_attempt`](Self::before_attempt) did, with no other attempt of that thread between.
    fn after_attempt(&self, attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
        let _ = (attempt, end);
    }

    /// Called before the wait that follows an attempt which is to be repeated.
    fn before_wait(&self, attempt: &Attempt<'_>, wait: Duration) {
        let _ = (attempt, wait);
    }
}

impl<T: Observer + ?Sized> Observer for Arc<T> {
    fn before_attempt(&self, attempt: &Attempt<'_>, headers: &mut AttemptHeaders<'_>) {
        (**self).before_attempt(attempt, headers);
    }

    fn after_attempt(&self, attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
        (**self).after_attempt(attempt, end);
    }

    fn before_wait(&self, attempt: &Attempt<'_>, wait: Duration) {
        (**self).before_wait(attempt, wait);
    }
}

/// An attempt of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The operation, such as `create_connection`; `request` for a request of the caller's own.
    pub operation: &'a str,
    /// The HTTP method.
    pub method: Method,
    /// The path with placeholders in place of ids, such as `/connection/{id}`. That of a request of
    /// the caller's own is as it was given.
    pub path_template: &'a str,
    /// The host of the base URL.
    pub server_address: &'a str,
    /// The port of the base URL, or that of its scheme.
    pub server_port: u16,
    /// Counts the attempts of the call from 1.
    pub number: u32,
    /// The length of the body that is sent, in bytes.
    pub request_bytes: usize,
}

/// End of an attempt: with an answer, or with an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AttemptEnd<'a> {
    /// Duration of the attempt.
    pub duration: Duration,
    /// The HTTP status of the answer.
    pub status: Option<u16>,
    /// The id that the server gave the request, for its support.
    pub request_id: Option<&'a str>,
    /// The length of the answer's body in bytes, after decompression.
    pub response_bytes: Option<usize>,
    /// The name of the error's kind, as [`ErrorKind::name`](crate::ErrorKind::name) gives it; `api`
    /// for an answer that is not a success.
    pub error_kind: Option<&'static str>,
}

/// The headers of an attempt that is about to be sent: an observer can add to them, not read them.
pub struct AttemptHeaders<'a>(pub(crate) &'a mut HeaderMap);

impl AttemptHeaders<'_> {
    /// Adds a header to this attempt. One that cannot be sent, or that the call has already
    /// (`authorization` and so on), is left out with a warning in the log.
    pub fn insert(&mut self, name: &str, value: &str) {
        const FIELD: &str = "header of an observer";
        let added = if self.0.contains_key(name) {
            let expected =
                format!("a name that the call does not send already, as it does `{name}`");
            Err(Error::invalid_input(FIELD, expected))
        } else {
            headers::insert(self.0, FIELD, name, value)
        };
        if let Err(error) = added {
            log::warn!(target: "openint", "{error}");
        }
    }
}

impl fmt::Debug for AttemptHeaders<'_> {
    /// Names alone: values can be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

/// The observers of a client.
#[derive(Clone, Default)]
pub(crate) struct Observers(Vec<Arc<dyn Observer>>);

impl Observers {
    pub(crate) fn push(&mut self, observer: Arc<dyn Observer>) {
        self.0.push(observer);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn before_attempt(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        self.each(|observer| observer.before_attempt(attempt, &mut AttemptHeaders(headers)));
    }

    pub(crate) fn after_attempt(&self, attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
        self.each(|observer| observer.after_attempt(attempt, end));
    }

    pub(crate) fn before_wait(&self, attempt: &Attempt<'_>, wait: Duration) {
        self.each(|observer| observer.before_wait(attempt, wait));
    }

    fn each(&self, mut call: impl FnMut(&dyn Observer)) {
        for observer in &self.0 {
            if catch_unwind(AssertUnwindSafe(|| call(&**observer))).is_err() {
                log::warn!(target: "openint", "an observer panicked; the call goes on");
            }
        }
    }
}
