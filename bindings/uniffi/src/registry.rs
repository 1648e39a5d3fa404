use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Values that the other side knows by a number: one that is no longer valid finds nothing, where
/// an address would find other memory.
pub(crate) struct Registry<T>(RwLock<Entries<T>>);

struct Entries<T> {
    last: u64,
    by_number: BTreeMap<u64, T>,
}

impl<T: Clone> Registry<T> {
    pub(crate) const fn new() -> Self {
        Self(RwLock::new(Entries {
            last: 0,
            by_number: BTreeMap::new(),
        }))
    }

    /// Its number, which is never given again and never 0.
    pub(crate) fn insert(&self, value: T) -> u64 {
        let mut entries = self.write();
        entries.last += 1;
        let number = entries.last;
        entries.by_number.insert(number, value);
        number
    }

    pub(crate) fn get(&self, number: u64) -> Option<T> {
        self.read().by_number.get(&number).cloned()
    }

    pub(crate) fn remove(&self, number: u64) {
        // Dropped after the lock is free.
        let _removed = self.write().by_number.remove(&number);
    }

    fn read(&self) -> RwLockReadGuard<'_, Entries<T>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Entries<T>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}
