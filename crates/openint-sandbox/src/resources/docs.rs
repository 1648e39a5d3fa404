//! `GET /v1`, which is a page for people, and `GET /v1/openapi.json`.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use http::{HeaderValue, StatusCode, header};

use crate::error::reply;
use crate::json::{Json, object};
use crate::state::State;

const PAGE: &str = "<!doctype html>\n<html>\n  <head><title>OpenInt sandbox</title></head>\n  \
    <body><a href=\"/v1/openapi.json\">The operations of this server</a></body>\n</html>\n";

/// Path, method and name of each operation, those of a path together.
const OPERATIONS: [(&str, &str, &str); 22] = [
    ("/ai/message_template", "get", "messageTemplate"),
    ("/connection", "get", "listConnections"),
    ("/connection", "post", "createConnection"),
    ("/connection/{id}", "delete", "deleteConnection"),
    ("/connection/{id}", "get", "getConnection"),
    ("/connection/{id}/check", "post", "checkConnection"),
    ("/connector", "get", "listConnectors"),
    ("/connector-config", "get", "listConnectorConfigs"),
    ("/connector-config", "post", "createConnectorConfig"),
    ("/connector-config/{id}", "delete", "deleteConnectorConfig"),
    ("/connector-config/{id}", "get", "getConnectorConfig"),
    ("/connector-config/{id}", "put", "updateConnectorConfig"),
    ("/connector-status", "get", "connectorStatus"),
    ("/customer", "get", "listCustomers"),
    ("/customer", "put", "upsertCustomer"),
    ("/customer/{customer_id}/token", "post", "createToken"),
    ("/event", "get", "listEvents"),
    ("/health", "get", "health"),
    ("/health", "post", "healthEcho"),
    ("/viewer", "get", "viewer"),
    ("/webhook/{connector_name}", "get", "handleWebhook"),
    ("/webhook/{connector_name}", "post", "handleWebhook"),
];

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/v1", get(page))
        .route("/v1/", get(page))
        .route("/v1/openapi.json", get(openapi))
}

async fn page() -> Response {
    let mut response = Response::new(PAGE.into());
    let html = HeaderValue::from_static("text/html; charset=utf8");
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response
}

/// Lists the operations, without the schemas that the real server's description has.
async fn openapi() -> Response {
    let mut paths: Vec<(String, Json)> = Vec::new();
    for (path, method, name) in OPERATIONS {
        let operation = (method.to_owned(), object([("operationId", name.into())]));
        match paths.last_mut() {
            Some((last, Json::Object(methods))) if last == path => methods.push(operation),
            _ => paths.push((path.into(), Json::Object(vec![operation]))),
        }
    }
    let info = object([
        ("title", "OpenInt sandbox".into()),
        ("version", env!("CARGO_PKG_VERSION").into()),
    ]);
    let document = object([
        ("openapi", "3.1.0".into()),
        ("info", info),
        ("paths", Json::Object(paths)),
    ]);
    reply(StatusCode::OK, &document)
}
