//! The call that a thread is in: its deadline, its token, and how far it has come.
//!
//! Timeouts and cancellation are ours: sockets wait in short slices, and between two slices the
//! call's deadline and cancel token are looked at. A connection outlives the call that opened it, so
//! it finds the call that uses it now in a thread-local: a call never leaves its thread.

use std::cell::RefCell;
use std::io;
use std::time::{Duration, Instant};

use crate::cancel::{CancelToken, SLICE};
use crate::error::{ErrorKind, Phase};

/// The bounds of one attempt.
pub(crate) struct Limits {
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) cancel: Option<CancelToken>,
}

pub(super) struct Call {
    started: Instant,
    timeout: Duration,
    connect_timeout: Duration,
    connect_started: Instant,
    cancel: Option<CancelToken>,
    /// When a polling token is to be asked next.
    poll_at: Instant,
    phase: Phase,
    /// A proxy's connection is opened inside that of its target.
    opening: u32,
    sent: bool,
    stopped: Option<ErrorKind>,
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
    pub(super) fn begin(limits: &Limits) -> CallGuard {
        let now = Instant::now();
        CallGuard(CALL.replace(Some(Self {
            started: now,
            timeout: limits.timeout,
            connect_timeout: limits.connect_timeout,
            connect_started: now,
            cancel: limits.cancel.clone(),
            poll_at: now + SLICE,
            phase: Phase::Sending,
            opening: 0,
            sent: false,
            stopped: None,
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
                call.connect_started = Instant::now();
                call.phase = Phase::Connecting;
            }
            call.opening += 1;
        });
    }

    /// It is open. What is sent when all are open is the request.
    pub(super) fn opened() {
        Self::with(|call| {
            call.opening -= 1;
            if call.opening == 0 {
                call.phase = Phase::Sending;
            }
        });
    }

    /// How long opening a connection may take.
    pub(super) fn connect_budget() -> Duration {
        Self::with(|call| call.connect_timeout.min(call.timeout))
    }

    /// Bytes went out. TLS may write what is left of the request while it waits for the answer.
    pub(super) fn wrote() {
        Self::with(|call| {
            call.sent |= !matches!(call.phase, Phase::Connecting | Phase::Handshake);
        });
    }

    /// Whether a byte of the request may have left.
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

    /// How long the next wait may be; an error, of which [`Call::take_stopped`] tells the reason,
    /// when the call is over.
    pub(super) fn check() -> io::Result<Duration> {
        Self::poll();
        Self::with(|call| {
            let now = Instant::now();
            let total = (call.started + call.timeout).saturating_duration_since(now);
            let (left, limit) = match call.phase {
                Phase::Connecting | Phase::Handshake => {
                    let connect = (call.connect_started + call.connect_timeout)
                        .saturating_duration_since(now);
                    if connect < total {
                        (connect, call.connect_timeout)
                    } else {
                        (total, call.timeout)
                    }
                }
                _ => (total, call.timeout),
            };
            if call.cancel.as_ref().is_some_and(CancelToken::is_cancelled) {
                call.stopped = Some(ErrorKind::Cancelled);
            } else if left.is_zero() {
                let phase = call.phase;
                call.stopped = Some(ErrorKind::Timeout { phase, limit });
            } else {
                return Ok(left.min(SLICE));
            }
            Err(io::ErrorKind::TimedOut.into())
        })
    }
}
