use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use openint::{CancelToken, Pages, RequestOptions};

use crate::cancel::{NativeCancelToken, waiting};
use crate::error::NativeError;
use crate::panics::caught;
use crate::registry::Registry;

static LISTS: Registry<Arc<Mutex<Pages>>> = Registry::new();

/// The pages of a list. One page is asked for at a time.
#[derive(uniffi::Object)]
pub struct NativePages(u64);

#[uniffi::export]
impl NativePages {
    /// What Kotlin's calls name it by.
    ///
    /// # Errors
    /// None; a `Result` lets a panic arrive as an error.
    pub fn number(&self) -> Result<u64, NativeError> {
        Ok(self.0)
    }

    /// The rows of the next page that did not come before, as a JSON array; none at the end; for
    /// Swift. Dropping the future cancels.
    ///
    /// # Errors
    /// Any kind. The list has ended then.
    pub async fn next_page(
        &self,
        cancel: Arc<NativeCancelToken>,
    ) -> Result<Option<String>, NativeError> {
        let pages = self.0;
        waiting(cancel, move |token| next(pages, Some(token))).await
    }
}

/// The same, and blocks the thread meanwhile.
pub(crate) fn next(pages: u64, cancel: Option<CancelToken>) -> Result<Option<String>, NativeError> {
    caught(false, || {
        let mut options = RequestOptions::new();
        if let Some(token) = cancel {
            options = options.cancel(token);
        }
        let pages = LISTS.get(pages).ok_or_else(NativeError::closed)?;
        let mut pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(pages.next(options)?.map(|rows| rows.as_str().to_owned()))
    })
}

impl From<Pages> for NativePages {
    fn from(pages: Pages) -> Self {
        Self(LISTS.insert(Arc::new(Mutex::new(pages))))
    }
}

impl Drop for NativePages {
    fn drop(&mut self) {
        LISTS.remove(self.0);
    }
}

impl fmt::Debug for NativePages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NativePages")
    }
}
