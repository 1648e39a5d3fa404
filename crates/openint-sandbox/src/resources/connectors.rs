//! `GET /v1/connector` and `GET /v1/connector-status`. Neither needs a key.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::call::{Call, answer};
use crate::connectors::CATALOGUE;
use crate::error::Failure;
use crate::json::{Json, object};
use crate::paging::Paging;
use crate::state::State;

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/v1/connector", get(list))
        .route("/v1/connector-status", get(status))
}

async fn list(call: Call) -> Response {
    answer("listConnectors", try_list(&call))
}

async fn status(call: Call) -> Response {
    answer("connectorStatus", call.viewer().map(|_| statuses()))
}

fn try_list(call: &Call) -> Result<Json, Failure> {
    call.viewer()?;
    let mut issues = Vec::new();
    let paging = Paging::read(call, &mut issues);
    let expand = call.options("expand", &["schemas".to_owned()], &mut issues);
    call.accept(issues)?;
    let schemas = expand.is_some_and(|names| !names.is_empty());
    let items: Vec<Json> = paging
        .cut(CATALOGUE.iter())
        .into_iter()
        .map(|connector| connector.describe(schemas))
        .collect();
    // The server counts what it sends, and not what there is.
    let total = items.len() as u64;
    Ok(paging.wrap(items, total))
}

/// The statuses are about one organisation of the server's own, whoever asks. The sandbox has no
/// such organisation.
fn statuses() -> Json {
    let names = CATALOGUE.sorted_names();
    let count = names.len() as u64;
    let list = names.into_iter().map(|name| {
        object([
            ("name", name.into()),
            ("hasConnectionForOrg", false.into()),
            ("isHealthyForOrg", false.into()),
            ("hasDefaultCredentials", false.into()),
            ("complete", false.into()),
        ])
    });
    object([
        ("list", Json::Array(list.collect())),
        ("numTotalConnectors", count.into()),
        ("numWithConnectionForOrg", 0_u64.into()),
        ("numHealthyForOrg", 0_u64.into()),
        ("numWithDefaultCredentials", 0_u64.into()),
        ("numComplete", 0_u64.into()),
    ])
}
