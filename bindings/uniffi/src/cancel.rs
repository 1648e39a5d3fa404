use std::sync::Arc;

use crate::error::OpenintError;
use crate::threads;

/// Ends the calls it was given to, from any thread.
#[derive(Debug, Default, uniffi::Object)]
pub struct NativeCancelToken(pub(crate) openint::CancelToken);

#[uniffi::export]
impl NativeCancelToken {
    /// A token that has not fired.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Fires the token; once fired it stays fired.
    ///
    /// # Errors
    /// None; a `Result` lets a panic arrive as an error.
    pub fn cancel(&self) -> Result<(), OpenintError> {
        self.0.cancel();
        threads::look();
        Ok(())
    }
}
