//! `/v1/webhook/{connector_name}`: takes what anybody sends, and does nothing with it.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::call::{Call, answer};
use crate::connectors::CATALOGUE;
use crate::error::Failure;
use crate::json::{Json, object};
use crate::schema::{Path, bad_option};
use crate::state::State;

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new().route("/v1/webhook/{connector_name}", get(take).post(take))
}

async fn take(call: Call) -> Response {
    answer("handleWebhook", try_take(&call))
}

fn try_take(call: &Call) -> Result<Json, Failure> {
    call.viewer()?;
    let name = call.id();
    if CATALOGUE.get(name).is_none() {
        let path = Path::root().key("connector_name");
        let issue = bad_option(&CATALOGUE.sorted_names(), name, &path);
        return Err(Failure::invalid_input(vec![issue]));
    }
    let mut info = call.json()?;
    if let Json::Object(members) = &mut info {
        members.retain(|(key, _)| key != "connector_name");
        members.push(("connector_name".into(), name.into()));
    }
    Ok(object([("status", "ok".into()), ("info", info)]))
}
