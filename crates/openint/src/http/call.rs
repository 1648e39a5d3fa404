//! The attempt that a thread is in: its deadline, its token, and how far it has come.
//!
//! Timeouts and cancellation are ours: sockets wait in short slices, and between two slices the
//! deadline and the cancel token are looked at. A connection outlives the attempt that opened it,
//! so it finds the attempt that uses it now in a thread-local: a call never leaves its thread.

use std::cell::RefCell;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::tcp::Link;
use crate::cancel::{CancelToken, SLICE};
use crate::error::{ErrorKind, Phase};

/// The bounds of a call and of each of its attempts.
pub(crate) struct Limits {
    /// Of one attempt.
    pub(crate) timeout: Duration,
    /// Of opening a connection, within an attempt.
    pub(crate) connect_timeout: Duration,
    /// Of the whole call, which ends at `deadline`.
    pub(crate) total_timeout: Duration,
    pub(crate) deadline: Instant,
    pub(crate) cancel: Option<CancelToken>,
}

impl Limits {
    /// Returns true if the call is over after so long a wait.
    pub(crate) fn has_passed(&self, wait: Duration) -> bool {
        wait >= self.deadline.saturating_duration_since(Instant::now())
    }
}

/// The end of a period, and how long the period is.
#[derive(Clone, Copy)]
struct Limit {
    at: Instant,
    length: Duration,
    option: &'static str,
}

impl Limit {
    fn sooner(self, other: Self) -> Self {
        if other.at < self.at { other } else { self }
    }
}

pub(super) struct Call {
    end: Limit,
    connect_timeout: Duration,
    connect_end: Limit,
    cancel: Option<CancelToken>,
    /// When a polling token is to be asked next.
    poll_at: Instant,
    phase: Phase,
    /// A proxy's connection is opened inside that of its target.
    opening: u32,
    head_bytes: usize,
    /// True if the head of the request is to wait for the body, so that they leave in one packet.
    holds_head: bool,
    sent: bool,
    stopped: Option<ErrorKind>,
    link: Option<Arc<Link>>,
}

thread_local! {
    static CALL: RefCell<Option<Call>> = const { RefCell::new(None) };
}

/// Puts back what was there before: a logger may make calls of its own inside a call.
pub(super) struct CallGuard(Option<Call>);

impl Drop for CallGuard {
    fn drop(&mut self) {
        CALL.set(self.0.take());
    }
}

impl Call {
    pub(super) fn begin(limits: &Limits, head_bytes: usize, has_body: bool) -> CallGuard {
        let now = Instant::now();
        let attempt = Limit {
            at: now + limits.timeout,
            length: limits.timeout,
            option: "timeout",
        };
        let end = attempt.sooner(Limit {
            at: limits.deadline,
            length: limits.total_timeout,
            option: "total_timeout",
        });
        CallGuard(CALL.replace(Some(Self {
            end,
            connect_timeout: limits.connect_timeout,
            connect_end: end,
            cancel: limits.cancel.clone(),
            poll_at: now + SLICE,
            phase: Phase::Sending,
            opening: 0,
            head_bytes,
            holds_head: has_body,
            sent: false,
            stopped: None,
            link: None,
        })))
    }

    fn with<T>(act: impl FnOnce(&mut Call) -> T) -> T {
        CALL.with_borrow_mut(|call| act(call.as_mut().expect("a transport is used inside a call")))
    }

    pub(super) fn enter(phase: Phase) {
        Self::with(|call| call.phase = phase);
    }

    pub(super) fn phase() -> Phase {
        Self::with(|call| call.phase)
    }

    /// A connection begins to be opened, perhaps inside another.
    pub(super) fn opens() {
        Self::with(|call| {
            if call.opening == 0 {
                call.phase = Phase::Connecting;
                call.connect_end = call.end.sooner(Limit {
                    at: Instant::now() + call.connect_timeout,
                    length: call.connect_timeout,
                    option: "connect_timeout",
                });
            }
            call.opening += 1;
        });
    }

    /// It is open. What is sent when all are open is the request.
    pub(super) fn opened() {
        Self::with(|call| {
            call.opening -= 1;
            call.phase = match call.opening {
                0 => Phase::Sending,
                _ => Phase::Connecting,
            };
        });
    }

    pub(super) fn connect_timeout() -> Duration {
        Self::with(|call| call.connect_timeout)
    }

    /// The request goes over this connection.
    pub(super) fn uses(link: &Arc<Link>) {
        Self::with(|call| call.link = Some(Arc::clone(link)));
    }

    pub(super) fn link() -> Option<Arc<Link>> {
        Self::with(|call| call.link.clone())
    }

    /// About the size of the request's head.
    pub(super) fn head_bytes() -> usize {
        Self::with(|call| call.head_bytes)
    }

    /// Returns true if the bytes to send now are a head that waits for its body; once at the most.
    pub(super) fn holds_head() -> bool {
        Self::with(|call| {
            matches!(call.phase, Phase::Sending) && std::mem::take(&mut call.holds_head)
        })
    }

    /// Bytes went out. TLS may write what is left of the request while it waits for the answer.
    pub(super) fn wrote() {
        Self::with(|call| {
            call.sent |= !matches!(call.phase, Phase::Connecting | Phase::Handshake);
        });
    }

    /// An answer is waited for. Opening a connection waits for answers too.
    pub(super) fn awaits() {
        Self::with(|call| {
            if matches!(call.phase, Phase::Sending) {
                call.phase = Phase::Waiting;
            }
        });
    }

    /// Returns true if a byte of the request may have left.
    pub(super) fn has_sent() -> bool {
        Self::with(|call| call.sent)
    }

    /// Why the call was ended from here, if it was.
    pub(super) fn take_stopped() -> Option<ErrorKind> {
        Self::with(|call| call.stopped.take())
    }

    /// A signal came: its handler may have something for a polling token.
    pub(super) fn poll_soon() {
        Self::with(|call| call.poll_at = Instant::now());
    }

    /// Asks a polling token when it is due. Its check runs outside of the borrow, because it may
    /// make calls of its own.
    fn poll() {
        let due = Self::with(|call| {
            let token = call.cancel.as_ref().filter(|token| token.is_polling())?;
            let now = Instant::now();
            if now < call.poll_at {
                return None;
            }
            call.poll_at = now + SLICE;
            Some(token.clone())
        });
        if let Some(token) = due {
            token.poll();
        }
    }

    /// Returns the longest next wait; an error, of which [`Call::take_stopped`] tells the reason,
    /// when the call is over.
    pub(super) fn check() -> io::Result<Duration> {
        Self::poll();
        Self::with(|call| {
            let limit = match call.phase {
                Phase::Connecting | Phase::Handshake => call.connect_end,
                _ => call.end,
            };
            let left = limit.at.saturating_duration_since(Instant::now());
            let stopped = if call.cancel.as_ref().is_some_and(CancelToken::is_cancelled) {
                ErrorKind::Cancelled
            } else if left.is_zero() {
                ErrorKind::Timeout {
                    phase: call.phase,
                    limit: limit.length,
                    option: limit.option,
                }
            } else {
                return Ok(left.min(SLICE));
            };
            // TLS swallows an error and goes on: the first reason is the true one.
            call.stopped.get_or_insert(stopped);
            Err(io::ErrorKind::TimedOut.into())
        })
    }
}
