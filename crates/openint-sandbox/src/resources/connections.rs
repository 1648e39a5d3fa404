//! `/v1/connection`: create, list, get, check, delete.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};

use crate::call::{Call, answer, storable, text_column};
use crate::check::{NOT_CHECKED, Outcome, check, expired};
use crate::connectors::{CATALOGUE, Connector};
use crate::error::Failure;
use crate::ids;
use crate::js;
use crate::json::{Json, object, well_formed};
use crate::paging::Paging;
use crate::schema::{Field, Kind, Path, bad_discriminator, bad_prefix, bad_type};
use crate::state::State;
use crate::store::{Filter, Listed, Row, Show, Store};
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
                required,
                ..Field::optional(name, kind)
            }
            .read(body, &root, &mut issues)
        };
        let config_id = field("connector_config_id", Kind::Prefix("ccfg_"), true);
        let metadata = field("metadata", Kind::Record, false);
        let customer_id = field("customer_id", Kind::String, true);
        let check = field("check_connection", Kind::Truth, false);
        let data = read_data(body.get("data"), &root.key("data"), &mut issues);
        match (config_id, customer_id, data) {
            (Some(Json::String(config_id)), Some(Json::String(customer_id)), Some(data))
                if issues.is_empty() =>
            {
                Ok(Creation {
                    config_id,
                    customer_id: well_formed(&customer_id).into_owned(),
                    connector: data.0,
                    settings: data.1,
                    metadata,
                    check: check == Some(Json::Bool(true)),
                })
            }
            _ => Err(Failure::invalid_input(issues)),
        }
    }

    fn storable(&self) -> Result<(), Failure> {
        text_column(&self.config_id)?;
        text_column(&self.customer_id)?;
        [&self.settings, &self.metadata]
            .into_iter()
            .flatten()
            .try_for_each(storable)
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
    creation.storable()?;
    let mut store = call.store();
    let Creation {
        config_id,
        customer_id,
        connector,
        ..
    } = creation;
    let config = store
        .config(org_id, &config_id)
        .ok_or_else(|| Failure::not_found(format!("Connector config {config_id} not found")))?;
    let configured = &config.connector.name;
    if *configured != connector.name {
        return Err(Failure::bad_request(format!(
            "Connector name mismatch: config is {configured} but input is {}",
            connector.name
        )));
    }
    let config = config.stored();
    let now = store.tick();
    let settings = creation.settings.unwrap_or_else(|| object([]));
    let settings =
        complete(settings, now).ok_or_else(|| Failure::database("Invalid time value"))?;
    let (status, status_message) = if creation.check {
        check(connector, &config, &settings, now)?
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
    // An empty expiry is none, and so is a lifetime of 0.
    let place = |name| {
        credentials
            .iter()
            .position(|(key, value)| key == name && js::truthy(value))
    };
    if let (Some(place), None) = (place("expires_in"), place("expires_at")) {
        let seconds = credentials[place].1.as_f64()?;
        let at = time::iso((now / 1_000) as f64 + seconds * 1_000.0)?;
        credentials.retain(|(key, _)| key != "expires_at");
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
    let expand = call.options("expand", &["connector".to_owned()], issues);
    let policy = call.option("refresh_policy", &["none", "force", "auto"], issues);
    let show = Show {
        secrets: call.flag("include_secrets"),
        connector: expand.is_some_and(|names| !names.is_empty()),
    };
    let refresh = match policy.as_deref() {
        // Without the secrets nothing is renewed that could be shown.
        _ if !show.secrets => Refresh::None,
        Some("none") => Refresh::None,
        Some("force") => Refresh::Force,
        Some("auto") => Refresh::Auto,
        _ => default,
    };
    (show, refresh)
}

/// Returns what a read finds out about a row under this policy, if it looks at all.
fn renewal(store: &Store, row: &Row, policy: Refresh) -> Result<Option<Outcome>, Failure> {
    let now = time::now();
    if policy == Refresh::None {
        return Ok(None);
    }
    let settings = row.settings();
    if policy == Refresh::Auto && !expired(&settings, now) {
        return Ok(None);
    }
    check(row.connector, &store.config_of(row), &settings, now).map(Some)
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
    let config_id = call.string("connector_config_id", &mut issues);
    let filter = Filter {
        customer_id: call.filter("customer_id", &mut issues),
        config_id: config_id.map(str::to_owned),
        // An empty list keeps nothing, while other empty filters keep everything.
        connectors: call.options("connector_names", &CATALOGUE.sorted_names(), &mut issues),
        search: call.search(&mut issues),
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
    paging.accept()?;
    let mut issues = Vec::new();
    let mut store = call.store();
    let (page, total) = store.page(&scope, &filter, &paging);
    let mut items = Vec::with_capacity(page.len());
    let mut renewed = Vec::new();
    for (index, row) in store.rows(&page).enumerate() {
        let outcome = renewal(&store, row, policy)?;
        match row.render(show, &root.key("items").index(index)) {
            Ok(item) => items.push(shown(item, outcome.as_ref())),
            Err(found) => issues.extend(found),
        }
        renewed.extend(outcome.map(|outcome| (row.id.clone(), outcome)));
    }
    for (id, outcome) in renewed {
        store.set_status(&id, outcome);
    }
    store.churn(Listed::Connections);
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
    let outcome = renewal(&store, row, policy)?;
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
    let config = store.config_of(row);
    let outcome = check(row.connector, &config, &row.settings(), time::now())?;
    let told = [
        ("status", outcome.0.into()),
        ("status_message", outcome.1.clone().into()),
    ];
    let customer_id = row.customer_id.clone();
    let [status, message] = told.clone();
    let data = object([
        ("connection_id", id.into()),
        status,
        message,
        ("customer_id", customer_id.as_str().into()),
    ]);
    store.set_status(id, outcome);
    store.record(&scope, &customer_id, "connect.connection-checked", &data);
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
        ("customer_id", row.customer_id.as_str().into()),
    ]);
    store.record(
        &scope,
        &row.customer_id,
        "connect.connection-deleted",
        &data,
    );
    Ok(object([("id", id.into())]))
}
