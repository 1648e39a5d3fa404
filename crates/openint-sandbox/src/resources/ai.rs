//! `GET /v1/ai/message_template`: what to tell an AI agent about a customer's connections.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::auth::Scope;
use crate::call::{Call, answer};
use crate::error::Failure;
use crate::json::{Json, object};
use crate::paging::Paging;
use crate::state::State;
use crate::store::Filter;

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new().route("/v1/ai/message_template", get(message_template))
}

async fn message_template(call: Call) -> Response {
    answer("messageTemplate", try_message_template(&call))
}

fn try_message_template(call: &Call) -> Result<Json, Failure> {
    let viewer = call.viewer()?;
    let org_id = viewer.admin()?;
    let mut issues = Vec::new();
    call.option("language", &["javascript"], &mut issues);
    let customer_id = call.required("customer_id", &mut issues);
    call.accept(issues)?;
    let customer_id = customer_id.unwrap_or_default();
    let mut store = call.store();
    // A customer that is only named by its connections has no key.
    let api_key = store
        .customer(org_id, customer_id)
        .map(|customer| customer.api_key.clone())
        .ok_or_else(|| Failure::not_found("Customer not found"))?;
    let scope = Scope {
        org_id: org_id.to_owned(),
        customer_id: Some(customer_id.to_owned()),
    };
    let (page, _) = store.page(&scope, &Filter::default(), &Paging::first());
    let table: String = store
        .rows(&page)
        .map(|row| format!("{} | {}\n", row.id, row.connector.name))
        .collect();
    let key = if call.flag("use_environment_variables") {
        "process.env.OPENINT_API_KEY".to_owned()
    } else {
        format!("'{api_key}'")
    };
    let template = format!(
        "The user's integrations are managed by OpenInt.\n\
         The API key to read them with is: {api_key}\n\n\
         Connection | Connector\n{table}\n\
         const openint = new Openint({{apiKey: {key}}})\n\
         const {{items}} = await openint.listConnections({{include_secrets: true}})\n"
    );
    Ok(object([
        ("language", "javascript".into()),
        ("template", template.into()),
    ]))
}
