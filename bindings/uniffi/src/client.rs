use std::fmt;
use std::sync::Arc;

use openint::{CancelToken, Openint};

use crate::cancel::{NativeCancelToken, waiting};
use crate::error::NativeError;
use crate::options::{CallOptions, ClientOptions};
use crate::pages::NativePages;
use crate::panics::caught;
use crate::registry::Registry;
use crate::request::{NativeRequest, NativeResponse, json};

static CLIENTS: Registry<Openint> = Registry::new();

/// A client of the API.
#[derive(uniffi::Object)]
pub struct NativeClient(u64);

#[uniffi::export]
impl NativeClient {
    /// Makes a client. Opens no connection.
    ///
    /// # Errors
    /// `invalid_input` with the option that cannot be used.
    #[uniffi::constructor]
    pub fn new(options: ClientOptions) -> Result<Arc<Self>, NativeError> {
        caught(false, || {
            Ok(Arc::new(Self(CLIENTS.insert(options.build()?))))
        })
    }

    /// What Kotlin's calls name it by.
    ///
    /// # Errors
    /// None; a `Result` lets a panic arrive as an error.
    pub fn number(&self) -> Result<u64, NativeError> {
        Ok(self.0)
    }

    /// Ends the use of this client; calls under way run to their end. The name leaves `close` to
    /// what uniffi writes.
    ///
    /// # Errors
    /// None; a `Result` lets a panic arrive as an error.
    pub fn shut_down(&self) -> Result<(), NativeError> {
        CLIENTS.remove(self.0);
        Ok(())
    }

    /// Carries out a call; for Swift. Dropping the future cancels.
    ///
    /// # Errors
    /// Any kind.
    pub async fn call(
        &self,
        request: NativeRequest,
        options: CallOptions,
        cancel: Arc<NativeCancelToken>,
    ) -> Result<NativeResponse, NativeError> {
        // Found before it waits for a thread: what began before the end of the client runs on.
        let client = caught(false, || with(self.0, options, Some(cancel.0.clone())))?;
        waiting(cancel, move |_| sent(&client, request)).await
    }

    /// Reads a list, by the name of the core's method, to its end.
    ///
    /// # Errors
    /// `invalid_input`, and `closed`.
    pub fn pages(
        &self,
        operation: String,
        params: String,
        options: CallOptions,
    ) -> Result<Arc<NativePages>, NativeError> {
        caught(false, || {
            let client = with(self.0, options, None)?;
            let pages = client.pages_by_name(&operation, json("params", params)?)?;
            Ok(Arc::new(NativePages::from(pages)))
        })
    }
}

impl Drop for NativeClient {
    fn drop(&mut self) {
        CLIENTS.remove(self.0);
    }
}

/// Carries out a call and blocks the thread meanwhile.
pub(crate) fn call(
    client: u64,
    request: NativeRequest,
    options: CallOptions,
    cancel: Option<CancelToken>,
) -> Result<NativeResponse, NativeError> {
    sent(&with(client, options, cancel)?, request)
}

fn sent(client: &Openint, request: NativeRequest) -> Result<NativeResponse, NativeError> {
    caught(request.is_write(), || request.send(client))
}

/// The core's client, for a call with these options.
fn with(
    client: u64,
    options: CallOptions,
    cancel: Option<CancelToken>,
) -> Result<Openint, NativeError> {
    let mut options = options.build()?;
    if let Some(token) = cancel {
        options = options.cancel(token);
    }
    let client = CLIENTS.get(client).ok_or_else(NativeError::closed)?;
    Ok(client.with_options(options))
}

impl fmt::Debug for NativeClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NativeClient")
    }
}
