//! The stop of an import before its rows end.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::ImportError;
use crate::cancel::{CancelToken, SLICE};

/// Fires when the caller's token does, or when something goes wrong that concerns every row.
#[derive(Default)]
pub(super) struct Stop {
    own: CancelToken,
    given: Option<CancelToken>,
    reason: Mutex<Option<ImportError>>,
}

impl Stop {
    /// The longest wait without a look at the token.
    pub(super) const SLICE: Duration = SLICE;

    pub(super) fn new(given: Option<CancelToken>) -> Self {
        Self {
            given,
            ..Self::default()
        }
    }

    pub(super) fn stop(&self) {
        self.own.cancel();
    }

    /// Stops because of an error; the first one counts.
    pub(super) fn stop_for(&self, error: ImportError) {
        let mut reason = self.reason.lock().unwrap_or_else(PoisonError::into_inner);
        reason.get_or_insert(error);
        self.stop();
    }

    pub(super) fn take_reason(&self) -> Option<ImportError> {
        let mut reason = self.reason.lock().unwrap_or_else(PoisonError::into_inner);
        reason.take()
    }

    pub(super) fn is_stopped(&self) -> bool {
        if let Some(given) = &self.given {
            given.poll();
            if given.is_cancelled() {
                return true;
            }
        }
        self.own.is_cancelled()
    }

    /// Waits; `false` when it ended early.
    pub(super) fn wait(&self, mut duration: Duration) -> bool {
        while !self.is_stopped() {
            if duration.is_zero() {
                return true;
            }
            let slice = duration.min(SLICE);
            self.own.wait(slice);
            duration -= slice;
        }
        false
    }
}
