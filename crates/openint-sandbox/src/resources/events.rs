//! `GET /v1/event`: what happened.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::call::{Call, answer};
use crate::error::Failure;
use crate::json::Json;
use crate::paging::Paging;
use crate::state::State;
use crate::store::EventFilter;
use crate::time;

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new().route("/v1/event", get(list))
}

async fn list(call: Call) -> Response {
    answer("listEvents", try_list(&call))
}

fn try_list(call: &Call) -> Result<Json, Failure> {
    let scope = call.viewer()?.scope()?;
    let mut issues = Vec::new();
    let paging = Paging::read(call, &mut issues);
    call.accept(issues)?;
    let since = match call.given("since") {
        None => None,
        Some(text) => Some(time::parse(&text).ok_or_else(|| {
            let message = "invalid input syntax for type timestamp with time zone";
            Failure::database(format!("{message}: \"{text}\""))
        })?),
    };
    let filter = EventFilter {
        since,
        search: call.given("search_query"),
    };
    let store = call.store();
    let total = store.events(&scope, &filter).count() as u64;
    let with_prompt = call.flag("include_prompt");
    let items = paging
        .cut(store.events(&scope, &filter))
        .into_iter()
        .map(|event| event.render(with_prompt))
        .collect();
    Ok(paging.wrap(items, total))
}
