//! Everything one sandbox knows, shared by its connections and its owner.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::watch;

use crate::chaos::Injector;
use crate::journal::Journal;
use crate::json::Numbers;
use crate::script::Script;
use crate::seed::Seed;
use crate::store::Store;
use crate::token::Signer;

/// Settings of a sandbox that its answers depend on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rules {
    pub(crate) numbers: Numbers,
    /// From this the orders of customers follow.
    pub(crate) order: u64,
}

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) rules: Rules,
    seed: Seed,
    store: Mutex<Store>,
    journal: Mutex<Journal>,
    script: Mutex<Script>,
    injector: Mutex<Injector>,
    pub(crate) started: Instant,
    pub(crate) signer: Signer,
    /// Counts the resets; a held connection watches it.
    pub(crate) resets: watch::Sender<u64>,
}

impl State {
    pub(crate) fn new(seed: Seed, rules: Rules) -> State {
        State {
            rules,
            store: Mutex::new(Store::new(&seed, rules.order)),
            journal: Mutex::default(),
            script: Mutex::default(),
            injector: Mutex::default(),
            started: Instant::now(),
            signer: Signer::random(),
            resets: watch::Sender::new(0),
            seed,
        }
    }

    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        lock(&self.journal)
    }

    pub(crate) fn script(&self) -> MutexGuard<'_, Script> {
        lock(&self.script)
    }

    pub(crate) fn injector(&self) -> MutexGuard<'_, Injector> {
        lock(&self.injector)
    }

    /// Starts over with the rows of the seeds and of `document`; a reset ends that.
    pub(crate) fn reseed(&self, document: &str) -> Result<(), String> {
        let mut seed = self.seed.clone();
        seed.extend(document, self.rules.numbers)?;
        *self.store() = Store::new(&seed, self.rules.order);
        Ok(())
    }

    pub(crate) fn reset(&self) {
        *self.store() = Store::new(&self.seed, self.rules.order);
        *self.journal() = Journal::default();
        *self.script() = Script::default();
        *self.injector() = Injector::default();
        self.resets.send_modify(|count| *count += 1);
    }
}

/// A panic of one request must not take the sandbox from the others.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
