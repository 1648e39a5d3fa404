//! `GET` and `POST /v1/health`, and `GET /health` of the host around it.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::call::{Call, answer};
use crate::error::reply;
use crate::json::object;
use crate::state::State;

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/health", get(host))
        .route("/v1/health", get(health).post(echo))
}

async fn host() -> Response {
    reply(http::StatusCode::OK, &object([("healthy", true.into())]))
}

async fn health(call: Call) -> Response {
    answer(
        "health",
        call.viewer().map(|_| object([("ok", true.into())])),
    )
}

async fn echo(call: Call) -> Response {
    let outcome = call
        .viewer()
        .and_then(|_| call.json())
        .map(|input| object([("input", input)]));
    answer("healthEcho", outcome)
}
