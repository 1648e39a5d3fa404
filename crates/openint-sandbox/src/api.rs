//! The routes of the API, and what the server does before and after it looks at them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use crate::error::Failure;
use crate::resources::{
    ai, connections, connector_configs, connectors, customers, docs, events, health, trpc, viewer,
    webhooks,
};
use crate::state::State;

pub(crate) fn routes(state: Arc<State>) -> Router {
    Router::new()
        .merge(ai::routes())
        .merge(connections::routes())
        .merge(connector_configs::routes())
        .merge(connectors::routes())
        .merge(customers::routes())
        .merge(docs::routes())
        .merge(events::routes())
        .merge(health::routes())
        .merge(trpc::routes())
        .merge(viewer::routes())
        .merge(webhooks::routes())
        .fallback(not_found)
        .method_not_allowed_fallback(not_found)
        .with_state(state)
}

/// The answers that need no route: the server gives them for any path.
pub(crate) fn early(method: &Method, path: &str) -> Option<Response> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    match *method {
        Method::OPTIONS => {
            headers.insert(
                header::ACCESS_CONTROL_MAX_AGE,
                HeaderValue::from_static("5"),
            );
            Some(response)
        }
        Method::HEAD if in_v1(path) => {
            let json = HeaderValue::from_static("application/json");
            headers.insert(header::CONTENT_TYPE, json);
            Some(response)
        }
        _ => None,
    }
}

/// The path as the routes are written: the server ignores the case of their words, and one slash at
/// the end, so that `/v1/Connection/` is the list. An id stays as it is.
pub(crate) fn canonical(path: &str) -> Option<String> {
    let rest = path.strip_prefix("/v1/")?;
    let mut words: Vec<_> = rest.strip_suffix('/').unwrap_or(rest).split('/').collect();
    let lower: Vec<_> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
    for (place, word) in words.iter_mut().enumerate() {
        // The second is an id, but not that of a word among routes.
        if place != 1 || lower[0] == "ai" {
            *word = &lower[place];
        }
    }
    Some(format!("/v1/{}", words.join("/")))
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
    let text = HeaderValue::from_static("text/plain;charset=UTF-8");
    response.headers_mut().insert(header::CONTENT_TYPE, text);
    response
}

/// The headers that let pages of any origin read any answer.
pub(crate) fn cors(method: &Method, request: &HeaderMap) -> HeaderMap {
    let star = || HeaderValue::from_static("*");
    let mut names: Vec<_> = request.keys().map(http::HeaderName::as_str).collect();
    names.sort_unstable();
    let names = HeaderValue::try_from(names.join(", ")).unwrap_or_else(|_| star());
    let asked = request
        .get(header::ACCESS_CONTROL_REQUEST_METHOD)
        .filter(|_| *method == Method::OPTIONS)
        .cloned();
    let methods = asked.or_else(|| HeaderValue::try_from(method.as_str()).ok());
    let origin = request.get(header::ORIGIN).cloned();
    HeaderMap::from_iter([
        (header::VARY, star()),
        (
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            origin.unwrap_or_else(star),
        ),
        (
            header::ACCESS_CONTROL_ALLOW_METHODS,
            methods.unwrap_or_else(star),
        ),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone()),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, names),
        (
            header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HeaderValue::from_static("true"),
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn words_of_a_path_have_no_case_and_ids_do() {
        for (path, want) in [
            ("/v1/Connection/", "/v1/connection"),
            ("/v1/CONNECTION/conn_A/Check", "/v1/connection/conn_A/check"),
            ("/v1/AI/Message_Template", "/v1/ai/message_template"),
            ("/v1/customer//token", "/v1/customer//token"),
            ("/v1/", "/v1/"),
        ] {
            assert_eq!(canonical(path).as_deref(), Some(want));
        }
        assert_eq!(canonical("/V1/connection"), None);
        assert_eq!(canonical("/health/"), None);
    }
}
