//! The routes of the API, and what the server does before it looks at them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderValue, Method, StatusCode, header};

use crate::error::Failure;
use crate::resources::{
    ai, connections, connector_configs, connectors, customers, events, health, viewer,
};
use crate::state::State;

pub(crate) fn routes(state: Arc<State>) -> Router {
    Router::new()
        .merge(ai::routes())
        .merge(connections::routes())
        .merge(connector_configs::routes())
        .merge(connectors::routes())
        .merge(customers::routes())
        .merge(events::routes())
        .merge(health::routes())
        .merge(viewer::routes())
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
        .with_state(state)
}

/// The answers that need no route: the server gives them for any path.
pub(crate) fn early(method: &Method, path: &str) -> Option<Response> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("*"));
    match *method {
        Method::OPTIONS => Some(response),
        Method::HEAD if in_v1(path) => {
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
            Some(response)
        }
        _ => None,
    }
}

/// One slash at the end of a path under `/v1` is ignored: `/v1/connection/` is the list.
pub(crate) fn without_slash(path: &str) -> Option<&str> {
    path.strip_suffix('/')
        .filter(|rest| rest.starts_with("/v1/"))
}

fn in_v1(path: &str) -> bool {
    path == "/v1" || path.starts_with("/v1/")
}

async fn not_found(request: Request) -> Response {
    if in_v1(request.uri().path()) {
        return Failure::not_found("Not found").respond(None);
    }
    let mut response = Response::new("NOT_FOUND".into());
    *response.status_mut() = StatusCode::NOT_FOUND;
    let headers = response.headers_mut();
    let text = HeaderValue::from_static("text/plain;charset=UTF-8");
    headers.insert(header::CONTENT_TYPE, text);
    headers.insert(header::VARY, HeaderValue::from_static("*"));
    response
}
