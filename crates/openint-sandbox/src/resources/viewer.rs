//! `GET /v1/viewer`: who the key stands for.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::auth::Viewer;
use crate::call::{Call, answer};
use crate::error::Failure;
use crate::json::{Json, object};
use crate::state::State;

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new().route("/v1/viewer", get(viewer))
}

async fn viewer(call: Call) -> Response {
    answer("viewer", try_viewer(&call))
}

pub(crate) fn try_viewer(call: &Call) -> Result<Json, Failure> {
    Ok(match call.viewer()? {
        Viewer::Anonymous => object([("role", "anon".into())]),
        Viewer::Org { org_id } => object([("role", "org".into()), ("orgId", org_id.into())]),
        Viewer::Customer {
            org_id,
            customer_id,
            by_token,
        } => {
            let org = ("orgId", org_id.into());
            let customer = ("customerId", customer_id.into());
            // A token was seen to be answered in the other order than a key.
            let [first, second] = if by_token {
                [customer, org]
            } else {
                [org, customer]
            };
            object([("role", "customer".into()), first, second])
        }
    })
}
