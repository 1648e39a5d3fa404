//! One call at a time for each key: others wait for their turn.

use std::collections::HashSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::cancel::{CancelToken, SLICE};
use crate::error::{Error, Result};

#[derive(Default)]
pub(crate) struct Turns {
    taken: Mutex<HashSet<String>>,
    freed: Condvar,
}

/// The turn of a key, until it is dropped.
pub(crate) struct Turn<'a> {
    turns: &'a Turns,
    key: String,
}

impl Turns {
    /// Waits until nobody else has the turn of `key`.
    pub(crate) fn take(&self, key: String, cancel: Option<&CancelToken>) -> Result<Turn<'_>> {
        loop {
            let mut taken = self.lock();
            if taken.insert(key.clone()) {
                return Ok(Turn { turns: self, key });
            }
            let waited = self.freed.wait_timeout(taken, SLICE);
            drop(waited);
            if let Some(token) = cancel {
                token.poll();
                if token.is_cancelled() {
                    return Err(Error::cancelled());
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<String>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turns.lock().remove(&self.key);
        self.turns.freed.notify_all();
    }
}
