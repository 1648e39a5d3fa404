//! `/v1/connection`: create, list, get, check, delete.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};

use crate::call::{Call, answer};
use crate::check::{NOT_CHECKED, Outcome, check, expired};
use crate::connectors::{CATALOGUE, Connector};
use crate::error::Failure;
use crate::ids;
use crate::json::{Json, object};
use crate::paging::Paging;
use crate::schema::{Field, Kind, Path, bad_discriminator, bad_option, bad_prefix, bad_type};
use crate::state::State;
use crate::store::{Filter, Row, Show};
use crate::time;

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/v1/connection", get(list).post(create))
        .route("/v1/connection/{id}", get(retrieve).delete(delete))
        .route("/v1/connection/{id}/check", post(recheck))
}

async fn create(call: Call) -> Response {
    answer("createConnection", try_create(&call))
}

async fn list(call: Call) -> Response {
    answer("listConnections", try_list(&call))
}

async fn retrieve(call: Call) -> Response {
    answer("getConnection", try_retrieve(&call))
}

async fn delete(call: Call) -> Response {
    answer("deleteConnection", try_delete(&call))
}

async fn recheck(call: Call) -> Response {
    answer("checkConnection", try_recheck(&call))
}

/// A body of `POST /v1/connection` that passed validation.
struct Creation {
    config_id: String,
    customer_id: String,
    connector: &'static Connector,
    settings: Option<Json>,
    metadata: Option<Json>,
    check: bool,
}

impl Creation {
    fn read(body: &Json) -> Result<Creation, Failure> {
        let root = Path::root();
        let mut issues = Vec::new();
        let mut field = |name: &str, kind, required| {
            Field {
                name: name.into(),
                kind,
                required,
            }
            .read(body, &root, &mut issues)
        };
        let config_id = field("connector_config_id", Kind::Prefix("ccfg_"), true);
        let metadata = field("metadata", Kind::Record, false);
        let customer_id = field("customer_id", Kind::String, true);
        let check = field("check_connection", Kind::Boolean, false);
        let data = read_data(body.get("data"), &root.key("data"), &mut issues);
        match (config_id, customer_id, data) {
            (Some(Json::String(config_id)), Some(Json::String(customer_id)), Some(data))
                if issues.is_empty() =>
            {
                Ok(Creation {
                    config_id,
                    customer_id,
                    connector: data.0,
                    settings: data.1,
                    metadata,
                    check: check == Some(Json::Bool(true)),
                })
            }
            _ => Err(Failure::invalid_input(issues)),
        }
    }

    fn has_nul(&self) -> bool {
        let json = |value: &Option<Json>| value.as_ref().is_some_and(Json::has_nul);
        self.config_id.contains('\0')
            || self.customer_id.contains('\0')
            || json(&self.settings)
            || json(&self.metadata)
    }
}

/// The union over connectors: the name decides what the settings must look like.
fn read_data(
    data: Option<&Json>,
    path: &Path,
    issues: &mut Vec<Json>,
) -> Option<(&'static Connector, Option<Json>)> {
    let Some(data @ Json::Object(_)) = data else {
        issues.push(bad_type("object", data, path));
        return None;
    };
    let name = data.get("connector_name").and_then(Json::as_str);
    let Some(connector) = name.and_then(|name| CATALOGUE.get(name)) else {
        issues.push(bad_discriminator(
            &CATALOGUE.names,
            &path.key("connector_name"),
        ));
        return None;
    };
    match data.get("settings") {
        None => Some((connector, None)),
        Some(settings) => {
            let settings = connector
                .settings
                .clean(settings, &path.key("settings"), issues)?;
            Some((connector, Some(settings)))
        }
    }
}

fn try_create(call: &Call) -> Result<Json, Failure> {
    let viewer = call.viewer()?;
    let org_id = viewer.admin()?;
    let creation = Creation::read(&call.json()?)?;
    if creation.has_nul() {
        return Err(Failure::internal());
    }
    let mut store = call.store();
    let Creation {
        config_id,
        customer_id,
        connector,
        ..
    } = creation;
    let configured = store
        .config(org_id, &config_id)
        .map(|config| config.connector)
        .ok_or_else(|| Failure::not_found(format!("Connector config {config_id} not found")))?;
    if configured.name != connector.name {
        return Err(Failure::bad_request(format!(
            "Connector name mismatch: config is {} but input is {}",
            configured.name, connector.name
        )));
    }
    let now = store.tick();
    let settings = creation.settings.unwrap_or_else(|| object([]));
    let settings = complete(settings, now).ok_or_else(Failure::internal)?;
    let (status, status_message) = if creation.check {
        check(connector, &settings, now)
    } else {
        (NOT_CHECKED.0, Some(NOT_CHECKED.1.to_owned()))
    };
    let mut issues = Vec::new();
    connector
        .settings
        .clean(&settings, &Path::root(), &mut issues);
    let row = Row {
        id: ids::connection(&connector.name, now).into(),
        org_id: org_id.to_owned(),
        customer_id,
        config_id,
        connector,
        created_at: now,
        updated_at: now,
        status,
        status_message,
        metadata: creation
            .metadata
            .map(|metadata| metadata.to_string().into()),
        settings: settings.to_string().into(),
        incomplete: !issues.is_empty(),
    };
    let row = store.insert(row)?;
    // From here on the row is saved, even if the answer is a failure.
    row.render(
        Show {
            secrets: true,
            connector: false,
        },
        &Path::root(),
    )
    .map_err(Failure::invalid_output)
}

/// Adds what the server derives: `expires_at`, and `access_token` where it is easier to reach.
/// `None` if the expiry is not a date.
fn complete(mut settings: Json, now: time::Micros) -> Option<Json> {
    let Json::Object(members) = &mut settings else {
        return Some(settings);
    };
    let credentials = members
        .iter_mut()
        .find(|(key, _)| key == "oauth")
        .and_then(|(_, oauth)| match oauth {
            Json::Object(oauth) => oauth.iter_mut().find(|(key, _)| key == "credentials"),
            _ => None,
        });
    let Some((_, Json::Object(credentials))) = credentials else {
        return Some(settings);
    };
    let place = credentials.iter().position(|(key, _)| key == "expires_in");
    if let (Some(place), false) = (place, credentials.iter().any(|(k, _)| k == "expires_at")) {
        let seconds = credentials[place].1.as_f64()?;
        let at = time::iso((now / 1_000) as f64 + seconds * 1_000.0)?;
        credentials.insert(place + 1, ("expires_at".into(), at.into()));
    }
    let token = credentials
        .iter()
        .find(|(key, _)| key == "access_token")
        .map(|(_, v)| v.clone());
    if let Some(token) = token {
        match members.iter_mut().find(|(key, _)| key == "access_token") {
            Some((_, old)) => *old = token,
            None => members.insert(1, ("access_token".into(), token)),
        }
    }
    Some(settings)
}

/// When a read renews what it shows.
#[derive(Clone, Copy, PartialEq)]
enum Refresh {
    None,
    Force,
    Auto,
}

/// The parameters that get and list share.
fn read_show(call: &Call, default: Refresh, issues: &mut Vec<Json>) -> (Show, Refresh) {
    let root = Path::root();
    let expand = call.options("expand", &["connector".to_owned()], issues);
    let refresh = match call.param("refresh_policy") {
        None => default,
        Some("none") => Refresh::None,
        Some("force") => Refresh::Force,
        Some("auto") => Refresh::Auto,
        Some(other) => {
            let options = ["none", "force", "auto"].map(str::to_owned);
            issues.push(bad_option(&options, other, &root.key("refresh_policy")));
            default
        }
    };
    let show = Show {
        secrets: call.flag("include_secrets"),
        connector: !expand.is_empty(),
    };
    (show, refresh)
}

/// What a read finds out about a row under this policy, if it looks at all.
fn renewal(row: &Row, policy: Refresh) -> Option<Outcome> {
    let now = time::now();
    let settings = (policy != Refresh::None).then(|| row.settings())?;
    (policy == Refresh::Force || expired(&settings, now))
        .then(|| check(row.connector, &settings, now))
}

/// The row as an answer shows it: with the status just found, but the time of its last update.
fn shown(mut row: Json, outcome: Option<&Outcome>) -> Json {
    if let (Json::Object(members), Some((status, message))) = (&mut row, outcome) {
        for (key, value) in members {
            match key.as_str() {
                "status" => *value = (*status).into(),
                "status_message" => *value = message.clone().into(),
                _ => {}
            }
        }
    }
    row
}

fn try_list(call: &Call) -> Result<Json, Failure> {
    let scope = call.viewer()?.scope()?;
    let root = Path::root();
    let mut issues = Vec::new();
    let paging = Paging::read(call, &mut issues);
    let connectors = call.options("connector_names", &CATALOGUE.sorted_names(), &mut issues);
    let filter = Filter {
        customer_id: call.given("customer_id"),
        config_id: call.param("connector_config_id").map(str::to_owned),
        connectors,
        search: call.given("search_query"),
    };
    if filter
        .config_id
        .as_ref()
        .is_some_and(|id| !id.starts_with("ccfg_"))
    {
        issues.push(bad_prefix("ccfg_", &root.key("connector_config_id")));
    }
    let (show, policy) = read_show(call, Refresh::None, &mut issues);
    call.accept(issues)?;
    let mut issues = Vec::new();
    let mut store = call.store();
    let (rows, total) = store.page(&scope, &filter, &paging);
    let mut items = Vec::with_capacity(rows.len());
    let mut renewed = Vec::new();
    for (index, row) in rows.into_iter().enumerate() {
        let outcome = renewal(row, policy);
        match row.render(show, &root.key("items").index(index)) {
            Ok(item) => items.push(shown(item, outcome.as_ref())),
            Err(found) => issues.extend(found),
        }
        renewed.extend(outcome.map(|outcome| (row.id.clone(), outcome)));
    }
    for (id, outcome) in renewed {
        store.set_status(&id, outcome);
    }
    if !issues.is_empty() {
        return Err(Failure::invalid_output(issues));
    }
    Ok(paging.wrap(items, total))
}

fn missing() -> Failure {
    Failure::not_found("Connection not found")
}

fn try_retrieve(call: &Call) -> Result<Json, Failure> {
    let scope = call.viewer()?.scope()?;
    let mut issues = Vec::new();
    let (show, policy) = read_show(call, Refresh::Auto, &mut issues);
    let id = call.id_of("conn_")?;
    if !issues.is_empty() {
        return Err(Failure::invalid_input(issues));
    }
    let mut store = call.store();
    let row = store.get(&scope, id).ok_or_else(missing)?;
    let rendered = row.render(show, &Path::root());
    let outcome = renewal(row, policy);
    let body = rendered.map(|row| shown(row, outcome.as_ref()));
    if let Some(outcome) = outcome {
        store.set_status(id, outcome);
    }
    body.map_err(Failure::invalid_output)
}

fn try_recheck(call: &Call) -> Result<Json, Failure> {
    let scope = call.viewer()?.scope()?;
    let id = call.id_of("conn_")?;
    call.json()?;
    let mut store = call.store();
    let row = store.get(&scope, id).ok_or_else(missing)?;
    let outcome = check(row.connector, &row.settings(), time::now());
    let told = [
        ("status", outcome.0.into()),
        ("status_message", outcome.1.clone().into()),
    ];
    let customer_id = row.customer_id.as_str().into();
    let [status, message] = told.clone();
    let data = object([
        ("connection_id", id.into()),
        status,
        message,
        ("customer_id", customer_id),
    ]);
    store.set_status(id, outcome);
    store.record(&scope, "connect.connection-checked", &data);
    let [status, message] = told;
    Ok(object([("id", id.into()), status, message]))
}

fn try_delete(call: &Call) -> Result<Json, Failure> {
    let scope = call.viewer()?.scope()?;
    let id = call.id_of("conn_")?;
    let mut store = call.store();
    let row = store.remove(&scope, id).ok_or_else(missing)?;
    let data = object([
        ("connection_id", id.into()),
        ("customer_id", row.customer_id.into()),
    ]);
    store.record(&scope, "connect.connection-deleted", &data);
    Ok(object([("id", id.into())]))
}
