use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use blocking::unblock;
use openint::{CancelToken, Pages, RequestOptions};

use crate::cancel::{CancelOnDrop, NativeCancelToken};
use crate::error::NativeError;
use crate::panics::caught;

/// The pages of a list. One page is asked for at a time.
#[derive(uniffi::Object)]
pub struct NativePages(Arc<Mutex<Pages>>);

#[uniffi::export]
impl NativePages {
    /// The rows of the next page that did not come before, as a JSON array; none at the end; for
    /// Swift. Dropping the future cancels.
    ///
    /// # Errors
    /// Any kind. The list has ended then.
    pub async fn next_page(
        &self,
        cancel: Option<Arc<NativeCancelToken>>,
    ) -> Result<Option<String>, NativeError> {
        let token = cancel.map_or_else(CancelToken::new, |token| token.0.clone());
        let guard = CancelOnDrop::new(token.clone());
        let pages = Arc::clone(&self.0);
        let result = unblock(move || next(&pages, Some(token))).await;
        guard.disarm();
        result
    }

    /// The same, and blocks the thread meanwhile.
    ///
    /// # Errors
    /// Any kind. The list has ended then.
    pub fn next_page_blocking(
        &self,
        cancel: Option<Arc<NativeCancelToken>>,
    ) -> Result<Option<String>, NativeError> {
        next(&self.0, cancel.map(|token| token.0.clone()))
    }
}

fn next(pages: &Mutex<Pages>, cancel: Option<CancelToken>) -> Result<Option<String>, NativeError> {
    caught(false, || {
        let mut options = RequestOptions::new();
        if let Some(token) = cancel {
            options = options.cancel(token);
        }
        let mut pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(pages.next(options)?.map(|rows| rows.as_str().to_owned()))
    })
}

impl From<Pages> for NativePages {
    fn from(pages: Pages) -> Self {
        Self(Arc::new(Mutex::new(pages)))
    }
}

impl fmt::Debug for NativePages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NativePages")
    }
}
