//! The routes under `/_sandbox/`, for tests in any language.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{RawQuery, State as Extract};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use crate::call::pairs;
use crate::chaos::{Chaos, Injector};
use crate::dispatch::Connection;
use crate::error::{refusal, reply};
use crate::journal::RecordedRequest;
use crate::json::{Json, object};
use crate::script;
use crate::server::Command;
use crate::state::State;
use crate::store::{Churn, Customers, Filter};

const LONGEST_REFUSAL: u64 = 600_000;

pub(crate) fn routes(state: Arc<State>) -> Router {
    Router::new()
        .route("/_sandbox/script", post(append_script))
        .route("/_sandbox/chaos", post(inject_faults).get(injected))
        .route("/_sandbox/refuse", post(refuse))
        .route("/_sandbox/requests", get(requests))
        .route("/_sandbox/rows", get(rows))
        .route("/_sandbox/seed", post(seed))
        .route("/_sandbox/ids", get(ids))
        .route("/_sandbox/fill", post(fill))
        .route("/_sandbox/churn", post(churn).get(churned))
        .route("/_sandbox/order", post(order))
        .route("/_sandbox/touch", post(touch))
        .route("/_sandbox/reset", post(reset))
        .with_state(state)
}

fn json(document: &impl Serialize) -> Response {
    let text = serde_json::to_string(document).unwrap_or_default();
    reply(StatusCode::OK, &Json::Raw(text.into()))
}

fn done() -> Response {
    reply(StatusCode::OK, &object([("ok", true.into())]))
}

async fn append_script(Extract(state): Extract<Arc<State>>, body: Bytes) -> Response {
    match script::read(&body) {
        Ok(answers) => {
            state.script().extend(answers);
            done()
        }
        Err(error) => refusal(&error),
    }
}

async fn inject_faults(Extract(state): Extract<Arc<State>>, body: Bytes) -> Response {
    let injector = serde_json::from_slice::<Chaos>(&body)
        .map_err(|error| error.to_string())
        .and_then(Injector::new);
    match injector {
        Ok(injector) => {
            *state.injector() = injector;
            done()
        }
        Err(error) => refusal(&error),
    }
}

async fn injected(Extract(state): Extract<Arc<State>>) -> Response {
    let injected = state.injector().injected;
    reply(StatusCode::OK, &object([("injected", injected.into())]))
}

async fn refuse(Extension(connection): Extension<Connection>, body: Bytes) -> Response {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Refusal {
        for_ms: u64,
    }
    let wanted = match serde_json::from_slice::<Refusal>(&body) {
        Ok(refusal) if refusal.for_ms <= LONGEST_REFUSAL => Duration::from_millis(refusal.for_ms),
        Ok(_) => return refusal(&format!("for_ms must be at most {LONGEST_REFUSAL}")),
        Err(error) => return refusal(&error.to_string()),
    };
    let (sender, receiver) = oneshot::channel();
    let command = Command::Refuse {
        wanted,
        // This connection lives until its answer is sent.
        spare: Some(connection.ordinal),
        done: Box::new(move || {
            let _ = sender.send(());
        }),
    };
    if connection.commands.send(command).is_ok() {
        let _ = receiver.await;
    }
    let mut response = done();
    response
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

async fn requests(Extract(state): Extract<Arc<State>>) -> Response {
    #[derive(Serialize)]
    struct Document {
        requests: Vec<RecordedRequest>,
        dropped: u64,
    }
    let document = {
        let journal = state.journal();
        Document {
            requests: journal.requests(),
            dropped: journal.dropped(),
        }
    };
    json(&document)
}

async fn rows(Extract(state): Extract<Arc<State>>, RawQuery(text): RawQuery) -> Response {
    let mut filter = Filter::default();
    for (name, value) in pairs(text.as_deref().unwrap_or_default().as_bytes()) {
        let value = Some(value).filter(|value| !value.is_empty());
        match name.as_str() {
            "customer_id" => filter.customer_id = value,
            "connector_config_id" => filter.config_id = value,
            other => return refusal(&format!("unknown parameter `{other}`")),
        }
    }
    let store = state.store();
    let (customer, config) = (filter.customer_id.as_deref(), filter.config_id.as_deref());
    let count = |n: usize| Json::from(n as u64);
    let body = object([
        ("connections", count(store.count(&filter))),
        ("customers", count(store.count_customers(customer))),
        ("connector_configs", count(store.count_configs(config))),
        ("events", count(store.count_events(customer))),
    ]);
    reply(StatusCode::OK, &body)
}

async fn seed(Extract(state): Extract<Arc<State>>, document: String) -> Response {
    match state.reseed(&document) {
        Ok(()) => done(),
        Err(error) => refusal(&error),
    }
}

async fn fill(Extract(state): Extract<Arc<State>>, body: Bytes) -> Response {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Filling {
        connections: usize,
        customer_id: String,
        customers: Option<usize>,
        connector_config_id: Option<String>,
    }
    let filled = serde_json::from_slice::<Filling>(&body)
        .map_err(|error| error.to_string())
        .and_then(|wanted| {
            let customers = match wanted.customers {
                None => Customers::One(&wanted.customer_id),
                Some(0) => return Err("customers must be at least 1".into()),
                Some(count) => Customers::Many(&wanted.customer_id, count),
            };
            let config_id = wanted.connector_config_id.as_deref();
            state.store().fill(wanted.connections, customers, config_id)
        });
    match filled {
        Ok(()) => done(),
        Err(error) => refusal(&error),
    }
}

async fn ids(Extract(state): Extract<Arc<State>>) -> Response {
    json(&state.store().ids())
}

async fn churn(Extract(state): Extract<Arc<State>>, body: Bytes) -> Response {
    match serde_json::from_slice::<Churn>(&body) {
        Ok(churn) => {
            state.store().set_churn(churn);
            done()
        }
        Err(error) => refusal(&error.to_string()),
    }
}

async fn churned(Extract(state): Extract<Arc<State>>) -> Response {
    json(&state.store().churned())
}

async fn order(Extract(state): Extract<Arc<State>>, body: Bytes) -> Response {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Order {
        seed: u64,
    }
    match serde_json::from_slice::<Order>(&body) {
        Ok(Order { seed }) => {
            state.store().set_order(seed);
            done()
        }
        Err(error) => refusal(&error.to_string()),
    }
}

async fn touch(Extract(state): Extract<Arc<State>>, body: Bytes) -> Response {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Touch {
        id: String,
    }
    match serde_json::from_slice::<Touch>(&body) {
        Ok(Touch { id }) if state.store().touch(&id) => done(),
        Ok(Touch { id }) => refusal(&format!("there is no connection {id}")),
        Err(error) => refusal(&error.to_string()),
    }
}

async fn reset(Extract(state): Extract<Arc<State>>) -> Response {
    state.reset();
    done()
}
