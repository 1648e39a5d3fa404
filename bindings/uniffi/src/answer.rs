use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use openint::Response;

use crate::error::OpenintError;
use crate::options::NameValue;

/// Holder of a call's answer as it came.
#[derive(Debug, Default, uniffi::Object)]
pub struct NativeAnswer(Mutex<Option<RawAnswer>>);

#[uniffi::export]
impl NativeAnswer {
    /// One without an answer.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Takes the answer of the last call that succeeded.
    ///
    /// # Errors
    /// None; a `Result` lets a panic arrive as an error.
    pub fn take(&self) -> Result<Option<RawAnswer>, OpenintError> {
        Ok(self.lock().take())
    }

    /// Returns the answer of the last call that succeeded, and keeps it.
    ///
    /// # Errors
    /// None; a `Result` lets a panic arrive as an error.
    pub fn last(&self) -> Result<Option<RawAnswer>, OpenintError> {
        Ok(self.lock().clone())
    }
}

impl NativeAnswer {
    pub(crate) fn keep<T>(&self, response: &Response<T>) {
        let headers = response.headers().map(|(name, value)| NameValue {
            name: name.into(),
            value: value.into(),
        });
        let answer = RawAnswer {
            status: response.status.into(),
            headers: headers.collect(),
            attempts: response.attempts.try_into().unwrap_or(i32::MAX),
            body: response.body().to_vec(),
        };
        *self.lock() = Some(answer);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<RawAnswer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An answer that is a success, as it came.
#[derive(Clone, uniffi::Record)]
pub struct RawAnswer {
    /// The HTTP status.
    pub status: i32,
    /// All headers that are text, with lower-case names.
    pub headers: Vec<NameValue>,
    /// The number of times that the request was sent or tried to be sent.
    pub attempts: i32,
    /// The body. It can hold secrets.
    pub body: Vec<u8>,
}

impl fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawAnswer")
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
