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
use crate::store::{Event, EventFilter, Listed};
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
    let since = call.filter("since", &mut issues);
    let search = call.search(&mut issues);
    call.accept(issues)?;
    paging.accept()?;
    let since = since.map(|text| time::since(&text)).transpose();
    let since = since.map_err(|time::NoMoment(message)| Failure::database(message))?;
    let filter = EventFilter { since, search };
    let mut store = call.store();
    let total = store.events(&scope, &filter).count() as u64;
    let items = paging
        .cut(store.events(&scope, &filter))
        .into_iter()
        .map(Event::render)
        .collect();
    store.churn(Listed::Events);
    Ok(paging.wrap(items, total))
}
