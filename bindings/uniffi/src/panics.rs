//! A panic is a defect, and still no reason to end somebody's process: it becomes an error.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::OpenintError;

const MESSAGE: &str = "the SDK failed within itself (a panic); please report it";

/// Runs `call`; a panic in it becomes an error that leaves the panic's text out, because that can
/// hold what was being worked on. The panic hook has printed it to standard error.
pub(crate) fn caught<T>(call: impl FnOnce() -> Result<T, OpenintError>) -> Result<T, OpenintError> {
    caught_call(|| false, call)
}

/// The same for a call that may have changed something by then.
pub(crate) fn caught_call<T>(
    is_write: impl FnOnce() -> bool,
    call: impl FnOnce() -> Result<T, OpenintError>,
) -> Result<T, OpenintError> {
    catch_unwind(AssertUnwindSafe(call))
        .unwrap_or_else(|_| Err(OpenintError::internal(MESSAGE, is_write())))
}

/// Panics right at the boundary.
///
/// # Errors
/// Never returns one: it panics.
#[cfg(feature = "test-panic")]
#[uniffi::export]
pub fn test_panic() -> Result<(), OpenintError> {
    panic!("on purpose")
}

/// Panics in a future.
///
/// # Errors
/// Never returns one: it panics.
#[cfg(feature = "test-panic")]
#[uniffi::export]
pub async fn test_panic_async() -> Result<(), OpenintError> {
    panic!("on purpose")
}
