//! Calls with one key at the same time share one result.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Instant;

use crate::cancel::SLICE;
use crate::error::{Error, ErrorKind, Phase, Result};
use crate::http::Limits;

pub(crate) struct Flights<T> {
    under_way: Mutex<HashMap<String, Arc<Flight<T>>>>,
    /// The error of a call that would wait for the one that it is made in.
    nested: fn() -> Error,
}

/// A call that others wait for.
struct Flight<T> {
    thread: ThreadId,
    state: Mutex<State<T>>,
    landed: Condvar,
}

enum State<T> {
    Flying,
    Succeeded(T),
    Failed,
}

impl<T: Clone> Flights<T> {
    pub(crate) fn new(nested: fn() -> Error) -> Self {
        Self {
            under_way: Mutex::new(HashMap::new()),
            nested,
        }
    }

    /// Makes the call, or waits for the one with the same key that is under way. If that one fails,
    /// the next makes the call itself.
    pub(crate) fn share(
        &self,
        key: &str,
        limits: &Limits,
        call: impl FnOnce() -> Result<T>,
    ) -> Result<Shared<T>> {
        loop {
            match self.join(key) {
                Ok(other) if other.thread == thread::current().id() => {
                    return Err((self.nested)());
                }
                Ok(other) => match other.wait(limits)? {
                    Some(value) => return Ok(Shared::Joined(value)),
                    None => continue,
                },
                Err(own) => {
                    let landing = Landing {
                        flights: self,
                        key,
                        flight: &own,
                    };
                    let value = call()?;
                    landing.succeed(value.clone());
                    return Ok(Shared::Made(value));
                }
            }
        }
    }

    /// Returns the call with that key that is under way, or the own one that begins.
    fn join(&self, key: &str) -> Result<Arc<Flight<T>>, Arc<Flight<T>>> {
        let mut flights = lock(&self.under_way);
        if let Some(other) = flights.get(key) {
            return Ok(Arc::clone(other));
        }
        let own = Arc::new(Flight {
            thread: thread::current().id(),
            state: Mutex::new(State::Flying),
            landed: Condvar::new(),
        });
        flights.insert(key.to_owned(), Arc::clone(&own));
        Err(own)
    }
}

/// The result of a call that may have been another's.
pub(crate) enum Shared<T> {
    Made(T),
    Joined(T),
}

impl<T: Clone> Flight<T> {
    /// Waits for the end: the value, or `None` after a failure.
    fn wait(&self, limits: &Limits) -> Result<Option<T>> {
        let mut state = lock(&self.state);
        loop {
            match &*state {
                State::Succeeded(value) => return Ok(Some(value.clone())),
                State::Failed => return Ok(None),
                State::Flying => {}
            }
            let left = limits.deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Error::before_sending(ErrorKind::Timeout {
                    phase: Phase::Waiting,
                    limit: limits.total_timeout,
                    option: "total_timeout",
                }));
            }
            drop(self.landed.wait_timeout(state, SLICE.min(left)));
            if let Some(token) = &limits.cancel {
                token.poll();
                if token.is_cancelled() {
                    return Err(Error::before_sending(ErrorKind::Cancelled));
                }
            }
            state = lock(&self.state);
        }
    }
}

/// Ends a call for those who wait, also when it fails or panics.
struct Landing<'a, T> {
    flights: &'a Flights<T>,
    key: &'a str,
    flight: &'a Flight<T>,
}

impl<T> Landing<'_, T> {
    fn succeed(self, value: T) {
        *lock(&self.flight.state) = State::Succeeded(value);
    }
}

impl<T> Drop for Landing<'_, T> {
    fn drop(&mut self) {
        lock(&self.flights.under_way).remove(self.key);
        let mut state = lock(&self.flight.state);
        if matches!(*state, State::Flying) {
            *state = State::Failed;
        }
        self.flight.landed.notify_all();
    }
}

/// Locks, also after a panic of another holder.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
