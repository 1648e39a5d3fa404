use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use blocking::unblock;
use openint::{CancelToken, Json, Method, Openint, Request, Response};

use crate::cancel::{CancelOnDrop, NativeCancelToken};
use crate::error::NativeError;
use crate::options::{CallOptions, ClientOptions, NameValue, pairs};
use crate::pages::NativePages;
use crate::panics::caught;

/// A client of the API.
#[derive(uniffi::Object)]
pub struct NativeClient(RwLock<Option<Openint>>);

/// All that the call of an operation takes. It is one record because Kotlin pays for each argument
/// that is not a number, with memory that it has to have freed.
#[derive(Clone, uniffi::Record)]
pub struct OperationCall {
    /// The name of the core's method.
    pub operation: String,
    /// A JSON object.
    pub params: String,
    /// The options of this call.
    pub options: CallOptions,
    /// Ends it.
    pub cancel: Option<Arc<NativeCancelToken>>,
}

/// A request to any route.
#[derive(Clone, uniffi::Record)]
pub struct RouteRequest {
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    pub method: String,
    /// The path's template under the base URL.
    pub path: String,
    /// What its placeholders are filled with.
    pub path_params: Vec<NameValue>,
    /// Query parameters.
    pub query: Vec<NameValue>,
    /// JSON.
    pub body: Option<String>,
    /// Whether twice is as good as once; the method's nature where it is absent.
    pub repeat_safe: Option<bool>,
}

/// An answer that is a success.
#[derive(Clone, uniffi::Record)]
pub struct NativeResponse {
    /// The HTTP status.
    pub status: i32,
    /// All headers that are text, with lower-case names.
    pub headers: Vec<NameValue>,
    /// How often the request was sent or tried to be sent.
    pub attempts: i32,
    /// The body, valid JSON; `null` for an answer without content.
    pub json: String,
}

/// What a thread of the pool does for a future. Boxed, so that what runs it is compiled once.
type Work = Box<dyn FnOnce(&Openint) -> Result<NativeResponse, NativeError> + Send>;

#[uniffi::export]
impl NativeClient {
    /// Makes a client. Opens no connection.
    ///
    /// # Errors
    /// `invalid_input` with the option that cannot be used.
    #[uniffi::constructor]
    pub fn new(options: ClientOptions) -> Result<Arc<Self>, NativeError> {
        caught(false, || {
            Ok(Arc::new(Self(RwLock::new(Some(options.build()?)))))
        })
    }

    /// Ends the use of this client; calls under way run to their end. The name leaves `close` to
    /// what uniffi writes.
    ///
    /// # Errors
    /// None; a `Result` lets a panic arrive as an error.
    pub fn shut_down(&self) -> Result<(), NativeError> {
        let client = self
            .0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        drop(client);
        Ok(())
    }

    /// Carries out an operation by the name of the core's method, with its parameters as a JSON
    /// object; for Swift. Dropping the future cancels.
    ///
    /// # Errors
    /// Any kind.
    pub async fn call(&self, call: OperationCall) -> Result<NativeResponse, NativeError> {
        let is_write = is_write(&call.operation);
        let work: Work = Box::new(move |client| operate(client, &call.operation, call.params));
        self.run_async(is_write, call.options, call.cancel, work)
            .await
    }

    /// Carries out an operation and blocks the thread meanwhile.
    ///
    /// # Errors
    /// Any kind.
    pub fn call_blocking(&self, call: OperationCall) -> Result<NativeResponse, NativeError> {
        let is_write = is_write(&call.operation);
        self.run(is_write, call.options, call.cancel, |client| {
            operate(client, &call.operation, call.params)
        })
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
        self.run(false, options, None, |client| {
            let pages = client.pages(&operation, json("params", params)?)?;
            Ok(Arc::new(NativePages::from(pages)))
        })
    }

    /// Sends a request to any route; for Swift. Dropping the future cancels.
    ///
    /// # Errors
    /// Any kind.
    pub async fn send(
        &self,
        request: RouteRequest,
        options: CallOptions,
        cancel: Option<Arc<NativeCancelToken>>,
    ) -> Result<NativeResponse, NativeError> {
        let is_write = request.method != "GET";
        let work: Work = Box::new(move |client| send(client, request));
        self.run_async(is_write, options, cancel, work).await
    }

    /// Sends a request to any route and blocks the thread meanwhile.
    ///
    /// # Errors
    /// Any kind.
    pub fn send_blocking(
        &self,
        request: RouteRequest,
        options: CallOptions,
        cancel: Option<Arc<NativeCancelToken>>,
    ) -> Result<NativeResponse, NativeError> {
        let is_write = request.method != "GET";
        self.run(is_write, options, cancel, |client| send(client, request))
    }
}

impl NativeClient {
    /// The core's client, for a call with these options.
    fn with(
        &self,
        options: CallOptions,
        cancel: Option<CancelToken>,
    ) -> Result<Openint, NativeError> {
        let mut options = options.build()?;
        if let Some(token) = cancel {
            options = options.cancel(token);
        }
        let client = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let client = client.as_ref().ok_or_else(NativeError::closed)?;
        Ok(client.with_options(options))
    }

    fn run<T>(
        &self,
        is_write: bool,
        options: CallOptions,
        cancel: Option<Arc<NativeCancelToken>>,
        call: impl FnOnce(&Openint) -> Result<T, NativeError>,
    ) -> Result<T, NativeError> {
        let token = cancel.map(|token| token.0.clone());
        caught(is_write, || call(&self.with(options, token)?))
    }

    /// The core blocks, so the work is done on a thread of a pool that grows as needed: Swift's few
    /// threads may not wait.
    async fn run_async(
        &self,
        is_write: bool,
        options: CallOptions,
        cancel: Option<Arc<NativeCancelToken>>,
        work: Work,
    ) -> Result<NativeResponse, NativeError> {
        let token = cancel.map_or_else(CancelToken::new, |token| token.0.clone());
        let client = caught(false, || self.with(options, Some(token.clone())))?;
        let guard = CancelOnDrop::new(token);
        let result = unblock(move || caught(is_write, || work(&client))).await;
        guard.disarm();
        result
    }
}

impl fmt::Debug for NativeClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NativeClient")
    }
}

macro_rules! opaque_debug {
    ($($record:ident),*) => {$(
        impl fmt::Debug for $record {
            /// The name alone: the fields can hold secrets.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($record))
            }
        }
    )*};
}
opaque_debug!(OperationCall, RouteRequest, NativeResponse);

/// Whether a panic on the way could have left something behind.
fn is_write(operation: &str) -> bool {
    let is_read = operation.starts_with("get_")
        || operation.starts_with("list_")
        || matches!(
            operation,
            "connector_status" | "health" | "health_echo" | "viewer"
        );
    !is_read
}

fn operate(
    client: &Openint,
    operation: &str,
    params: String,
) -> Result<NativeResponse, NativeError> {
    let response = client.call(operation, json("params", params)?)?;
    let text = String::from_utf8_lossy(response.body()).into_owned();
    Ok(native(&response, text))
}

fn send(client: &Openint, route: RouteRequest) -> Result<NativeResponse, NativeError> {
    #[cfg(feature = "test-panic")]
    if route.path == "/_test/panic" {
        panic!("on purpose");
    }
    let method = match route.method.as_str() {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        _ => {
            return Err(NativeError::invalid_input(
                "method",
                "GET, POST, PUT, PATCH or DELETE",
            ));
        }
    };
    let mut request = Request::new(method, route.path);
    for (name, value) in pairs(route.path_params) {
        request = request.path_param(name, value);
    }
    for (name, value) in pairs(route.query) {
        request = request.query(name, value);
    }
    if let Some(body) = route.body {
        request = request.body(json("body", body)?);
    }
    if let Some(repeat_safe) = route.repeat_safe {
        request = request.repeat_safe(repeat_safe);
    }
    let response = client.request::<Json>(&request)?;
    let text = response.value.as_str().to_owned();
    Ok(native(&response, text))
}

fn native<T>(response: &Response<T>, json: String) -> NativeResponse {
    NativeResponse {
        status: response.status.into(),
        headers: response
            .headers()
            .map(|(name, value)| NameValue {
                name: name.into(),
                value: value.into(),
            })
            .collect(),
        attempts: response.attempts.try_into().unwrap_or(i32::MAX),
        json,
    }
}

/// JSON text from the other side. The parser's own words stay out of the error: they can repeat
/// what was given.
pub(crate) fn json(field: &str, text: String) -> Result<Json, NativeError> {
    Json::parse(text).map_err(|_| NativeError::invalid_input(field, "JSON"))
}
