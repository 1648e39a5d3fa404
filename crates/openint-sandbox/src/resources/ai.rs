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
use crate::schema::{Path, bad_option, bad_type};
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
    let root = Path::root();
    let mut issues = Vec::new();
    if let Some(language) = call.param("language") {
        let known = ["javascript".to_owned()];
        if !known.iter().any(|name| name == language) {
            issues.push(bad_option(&known, language, &root.key("language")));
        }
    }
    let Some(customer_id) = call.param("customer_id") else {
        issues.push(bad_type("string", None, &root.key("customer_id")));
        return Err(Failure::invalid_input(issues));
    };
    call.accept(issues)?;
    let mut store = call.store();
    // The key in the template comes from a token made on the way, with all that such a one does.
    let api_key = store
        .upsert_customer(org_id, customer_id, None)?
        .api_key
        .clone();
    let scope = Scope {
        org_id: org_id.to_owned(),
        customer_id: Some(customer_id.to_owned()),
    };
    let (rows, _) = store.page(&scope, &Filter::default(), &Paging::first());
    let table: String = rows
        .iter()
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
