use std::sync::Arc;

use openint::CancelToken;

use crate::error::NativeError;

/// Ends the calls it was given to, from any thread.
#[derive(Debug, Default, uniffi::Object)]
pub struct NativeCancelToken(pub(crate) CancelToken);

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
    pub fn cancel(&self) -> Result<(), NativeError> {
        self.0.cancel();
        Ok(())
    }
}

/// Fires the token when it is dropped before [`CancelOnDrop::disarm`]: an abandoned future ends
/// the request in flight.
pub(crate) struct CancelOnDrop(Option<CancelToken>);

impl CancelOnDrop {
    pub(crate) fn new(token: CancelToken) -> Self {
        Self(Some(token))
    }

    pub(crate) fn disarm(mut self) {
        self.0 = None;
    }
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if let Some(token) = &self.0 {
            token.cancel();
        }
    }
}
