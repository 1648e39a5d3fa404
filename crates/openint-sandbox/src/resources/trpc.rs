//! `GET /v1/trpc/{procedure}`: the door for the server's own pages, as far as it needs no input.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use http::{HeaderValue, StatusCode, header};

use crate::call::Call;
use crate::error::{Failure, reply};
use crate::json::{Json, object};
use crate::resources::viewer;
use crate::state::State;

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new().route("/v1/trpc/{procedure}", get(query))
}

async fn query(call: Call) -> Response {
    let path = call.id();
    let outcome = match path {
        "viewer" => viewer::try_viewer(&call),
        "health" => call.viewer().map(|_| object([("ok", true.into())])),
        other => {
            let message = format!("No procedure found on path \"{other}\"");
            Err(Failure::not_found(message))
        }
    };
    let (status, body) = match outcome {
        Ok(data) => {
            let result = object([("data", data)]);
            (StatusCode::OK, object([("result", result)]))
        }
        Err(failure) => (failure.status(), object([("error", failure.trpc(path))])),
    };
    let mut response = reply(status, &body);
    let vary = HeaderValue::from_static("trpc-accept, *");
    response.headers_mut().insert(header::VARY, vary);
    response
}

impl Failure {
    /// The failure as tRPC tells it, with the number that JSON-RPC has for it.
    fn trpc(self, path: &str) -> Json {
        let number = match self.status() {
            StatusCode::UNAUTHORIZED => -32_001.0,
            StatusCode::NOT_FOUND => -32_004.0,
            _ => -32_603.0,
        };
        let data = self.data(Some(path));
        object([
            ("message", self.message().into()),
            ("code", number.into()),
            ("data", data),
        ])
    }
}
