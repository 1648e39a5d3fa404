//! A panic is a defect, and still no reason to end somebody's process: it becomes an error.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::NativeError;

/// Runs `call`; a panic in it becomes an error that leaves the panic's text out, because that can
/// hold what was being worked on. The panic hook has printed it to standard error.
pub(crate) fn caught<T>(
    is_write: bool,
    call: impl FnOnce() -> Result<T, NativeError>,
) -> Result<T, NativeError> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| Err(NativeError::internal(is_write)))
}

/// Panics right at the boundary.
///
/// # Errors
/// Never returns one: it panics.
#[cfg(feature = "test-panic")]
#[uniffi::export]
pub fn test_panic() -> Result<(), NativeError> {
    panic!("on purpose")
}

/// Panics in a future, on the thread that the blocking work is done on.
///
/// # Errors
/// Never returns one: it panics.
#[cfg(feature = "test-panic")]
#[uniffi::export]
pub async fn test_panic_async() -> Result<(), NativeError> {
    blocking::unblock(|| panic!("on purpose")).await
}
