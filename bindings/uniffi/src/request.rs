use std::fmt;

use openint::{Json, Method, Openint, Request, Response};

use crate::error::NativeError;
use crate::options::{NameValue, pairs};

/// What a call does.
#[derive(Clone, uniffi::Enum)]
pub enum NativeRequest {
    /// An operation.
    Operation {
        /// The name of the core's method.
        name: String,
        /// Its parameters, a JSON object.
        params: String,
    },
    /// Anything that the API may do.
    Route(RouteRequest),
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
opaque_debug!(NativeRequest, RouteRequest, NativeResponse);

impl NativeRequest {
    /// Whether a panic on the way could have left something behind.
    pub(crate) fn is_write(&self) -> bool {
        let is_read = match self {
            Self::Operation { name, .. } => {
                name.starts_with("get_")
                    || name.starts_with("list_")
                    || matches!(
                        name.as_str(),
                        "connector_status" | "health" | "health_echo" | "viewer"
                    )
            }
            Self::Route(route) => route.method == "GET",
        };
        !is_read
    }

    pub(crate) fn send(self, client: &Openint) -> Result<NativeResponse, NativeError> {
        match self {
            Self::Operation { name, params } => {
                let response = client.call(&name, json("params", params)?)?;
                let text = text(response.body());
                Ok(native(&response, text))
            }
            Self::Route(route) => {
                let response = client.request::<Json>(&route.build()?)?;
                let text = response.value.as_str().to_owned();
                Ok(native(&response, text))
            }
        }
    }
}

impl RouteRequest {
    fn build(self) -> Result<Request, NativeError> {
        #[cfg(feature = "test-panic")]
        if self.path == "/_test/panic" {
            panic!("on purpose");
        }
        let method = match self.method.as_str() {
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
        let mut request = Request::new(method, self.path);
        for (name, value) in pairs(self.path_params) {
            request = request.path_param(name, value);
        }
        for (name, value) in pairs(self.query) {
            request = request.query(name, value);
        }
        if let Some(body) = self.body {
            request = request.body(json("body", body)?);
        }
        if let Some(repeat_safe) = self.repeat_safe {
            request = request.repeat_safe(repeat_safe);
        }
        Ok(request)
    }
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

/// It nearly always is UTF-8, which the standard library's check finds ten times as fast as the
/// replacement of what is not.
fn text(body: &[u8]) -> String {
    match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(body).into_owned(),
    }
}

/// JSON text from the other side. The parser's own words stay out of the error: they can repeat
/// what was given.
pub(crate) fn json(field: &str, text: String) -> Result<Json, NativeError> {
    Json::parse(text).map_err(|_| NativeError::invalid_input(field, "JSON"))
}
