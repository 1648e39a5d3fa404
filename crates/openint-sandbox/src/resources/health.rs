//! `GET` and `POST /v1/health`, and `/health` of the host around it.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::call::{Call, answer};
use crate::error::reply;
use crate::json::{Json, object};
use crate::state::State;

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/health", get(host).post(host_echo))
        .route("/v1/health", get(health).post(echo))
}

async fn host() -> Response {
    reply(http::StatusCode::OK, &object([("healthy", true.into())]))
}

async fn host_echo(call: Call) -> Response {
    let body = match call.json() {
        Ok(body) => object([("healthy", true.into()), ("body", body)]),
        Err(failure) => return failure.respond(None),
    };
    reply(http::StatusCode::OK, &body)
}

async fn health(call: Call) -> Response {
    answer(
        "health",
        call.viewer().map(|_| object([("ok", true.into())])),
    )
}

async fn echo(call: Call) -> Response {
    let input = call.viewer().and_then(|_| call.json());
    let outcome = input.map(|mut input| {
        if let Json::Object(members) = &mut input {
            members.retain(|(key, _)| key != "__proto__");
        }
        object([("input", input)])
    });
    answer("healthEcho", outcome)
}
