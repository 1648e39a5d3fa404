//! `/v1/customer`: upsert, list, and a customer's token.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use form_urlencoded::Serializer;

use crate::call::{Call, answer, text};
use crate::connectors::CATALOGUE;
use crate::error::Failure;
use crate::ids;
use crate::json::{Json, object};
use crate::paging::Paging;
use crate::schema::{Field, Kind};
use crate::state::State;
use crate::store::{Group, Listed};

const THIRTY_DAYS: f64 = 2_592_000.0;

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/v1/customer", get(list).put(upsert))
        .route("/v1/customer/{id}/token", post(token))
}

async fn upsert(call: Call) -> Response {
    answer("upsertCustomer", try_upsert(&call))
}

async fn list(call: Call) -> Response {
    answer("listCustomers", try_list(&call))
}

async fn token(call: Call) -> Response {
    // The server's routes have no empty segments.
    if call.id().is_empty() {
        return Failure::not_found("Not found").respond(None);
    }
    answer("createToken", try_token(&call))
}

fn try_upsert(call: &Call) -> Result<Json, Failure> {
    let viewer = call.viewer()?;
    let org_id = viewer.admin()?;
    let [id, metadata] = call.fields([
        Field::optional("id", Kind::String),
        Field::optional("metadata", Kind::Record),
    ])?;
    let mut store = call.store();
    let id = match text(id) {
        Some(id) => id,
        None => ids::customer(store.tick()),
    };
    let metadata = metadata.map(|metadata| metadata.to_string().into());
    let customer = store.upsert_customer(org_id, &id, metadata)?;
    Ok(customer.render(org_id, &id))
}

fn try_list(call: &Call) -> Result<Json, Failure> {
    let viewer = call.viewer()?;
    let org_id = viewer.admin()?;
    let mut issues = Vec::new();
    let paging = Paging::read(call, &mut issues);
    let search = call.search(&mut issues);
    call.accept(issues)?;
    paging.accept()?;
    let mut store = call.store();
    let all = store.customers(org_id, search.as_ref());
    let total = all.len() as u64;
    let items = paging.cut(all).into_iter().map(Group::render).collect();
    store.churn(Listed::Connections);
    Ok(paging.wrap(items, total))
}

fn try_token(call: &Call) -> Result<Json, Failure> {
    let viewer = call.viewer()?;
    let org_id = viewer.admin()?;
    let [validity, options] = call.fields([
        Field::optional("validity_in_seconds", Kind::Numeric),
        Field::optional("connect_options", connect_options()),
    ])?;
    let validity = validity.and_then(|json| json.as_f64());
    let customer_id = call.id();
    let mut store = call.store();
    let now = store.tick();
    let token = call
        .state
        .signer
        .sign(
            org_id,
            customer_id,
            now,
            validity.unwrap_or(THIRTY_DAYS),
            options.clone(),
        )
        .ok_or_else(Failure::internal)?;
    // The upsert behind a token has no metadata, and so takes away what there was.
    let customer = store.upsert_customer(org_id, customer_id, None)?;
    let mut query = Serializer::new(String::new());
    query.append_pair("token", &token);
    if let Some(Json::Object(options)) = &options {
        for (key, value) in options {
            // What is no text is in the token alone.
            if let Json::String(text) = value {
                query.append_pair(key, text);
            }
        }
    }
    let link = format!("{}/connect?{}", call.origin(), query.finish());
    Ok(object([
        ("token", token.into()),
        ("magic_link_url", link.into()),
        ("api_key", customer.api_key.as_str().into()),
    ]))
}

fn connect_options() -> Kind {
    let names = Kind::Enum(CATALOGUE.sorted_names());
    let views = ["add", "manage"].map(str::to_owned).to_vec();
    Kind::Object(vec![
        Field::optional("return_url", Kind::String),
        Field::optional("connector_names", Kind::Commas(Box::new(names))),
        Field::optional("view", Kind::Enum(views)),
        Field::optional("debug", Kind::Truth),
        Field::optional("is_embedded", Kind::Truth),
        Field::optional("hide_navigation", Kind::Truth),
    ])
}
