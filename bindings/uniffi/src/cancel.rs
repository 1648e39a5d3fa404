use std::sync::Arc;

use blocking::unblock;
use openint::CancelToken;

use crate::error::NativeError;

/// Ends the calls it was given to, from any thread; for Swift.
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

/// The core blocks, so the work is done on a thread of a pool that grows as needed: Swift's few
/// threads may not wait. Dropping the future cancels the work.
pub(crate) async fn waiting<T: Send + 'static>(
    cancel: Arc<NativeCancelToken>,
    work: impl FnOnce(CancelToken) -> Result<T, NativeError> + Send + 'static,
) -> Result<T, NativeError> {
    let token = cancel.0.clone();
    let guard = CancelOnDrop::new(token.clone());
    let result = unblock(move || work(token)).await;
    guard.disarm();
    result
}

/// Fires the token when it is dropped before [`CancelOnDrop::disarm`]: an abandoned future ends
/// the request in flight.
struct CancelOnDrop(Option<CancelToken>);

impl CancelOnDrop {
    fn new(token: CancelToken) -> Self {
        Self(Some(token))
    }

    fn disarm(mut self) {
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
