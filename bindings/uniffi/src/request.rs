use std::fmt;

use openint::Request;

use crate::options::{NameValue, pairs};
use crate::values::JsonValue;

/// An HTTP method of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum HttpMethod {
    /// Reads.
    Get,
    /// Creates, or does something that is not safe to repeat.
    Post,
    /// Replaces.
    Put,
    /// Changes in part.
    Patch,
    /// Deletes.
    Delete,
}

/// A request to any route.
#[derive(Clone, uniffi::Record)]
pub struct RouteRequest {
    /// The method.
    pub method: HttpMethod,
    /// The path's template under the base URL.
    pub path: String,
    /// Values of its placeholders.
    pub path_params: Vec<NameValue>,
    /// Query parameters.
    pub query: Vec<NameValue>,
    /// JSON.
    pub body: Option<JsonValue>,
    /// True if sending it twice is as good as once; absent, the method decides.
    pub repeat_safe: Option<bool>,
}

impl fmt::Debug for RouteRequest {
    /// The name alone: the fields can hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RouteRequest")
    }
}

impl RouteRequest {
    pub(crate) fn is_write(&self) -> bool {
        self.method != HttpMethod::Get
    }

    pub(crate) fn build(self) -> Request {
        #[cfg(feature = "test-panic")]
        if self.path == "/_test/panic" {
            panic!("on purpose");
        }
        let method = match self.method {
            HttpMethod::Get => openint::Method::Get,
            HttpMethod::Post => openint::Method::Post,
            HttpMethod::Put => openint::Method::Put,
            HttpMethod::Patch => openint::Method::Patch,
            HttpMethod::Delete => openint::Method::Delete,
        };
        let mut request = Request::new(method, self.path);
        for (name, value) in pairs(self.path_params) {
            request = request.path_param(name, value);
        }
        for (name, value) in pairs(self.query) {
            request = request.query(name, value);
        }
        if let Some(body) = self.body {
            request = request.body(body);
        }
        if let Some(repeat_safe) = self.repeat_safe {
            request = request.repeat_safe(repeat_safe);
        }
        request
    }
}
