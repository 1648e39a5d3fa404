//! `/v1/connector-config`: create, list, get, update, delete.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use crate::auth::Viewer;
use crate::call::{Call, answer, text};
use crate::connectors::CATALOGUE;
use crate::error::Failure;
use crate::ids;
use crate::json::{Json, object};
use crate::paging::Paging;
use crate::schema::{Field, Kind, Path};
use crate::state::State;
use crate::store::{Change, Config, Listed};

pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/v1/connector-config", get(list).post(create))
        .route(
            "/v1/connector-config/{id}",
            get(retrieve).put(update).delete(delete),
        )
}

async fn create(call: Call) -> Response {
    answer("createConnectorConfig", try_create(&call))
}

async fn list(call: Call) -> Response {
    answer("listConnectorConfigs", try_list(&call))
}

async fn retrieve(call: Call) -> Response {
    answer("getConnectorConfig", try_retrieve(&call))
}

async fn update(call: Call) -> Response {
    answer("updateConnectorConfig", try_update(&call))
}

async fn delete(call: Call) -> Response {
    answer("deleteConnectorConfig", try_delete(&call))
}

fn try_create(call: &Call) -> Result<Json, Failure> {
    let viewer = call.viewer()?;
    let org_id = viewer.admin()?;
    let fields = call.fields([
        Field::required("connector_name", Kind::String),
        Field::optional("display_name", Kind::or_null(Kind::String)),
        Field::optional("disabled", Kind::or_null(Kind::Truth)),
        Field::optional("metadata", Kind::record_or_null()),
        Field::optional("config", Kind::record_or_null()),
    ])?;
    let [name, display_name, disabled, metadata, config] = fields;
    let name = name.as_ref().and_then(Json::as_str).unwrap_or_default();
    let Some(connector) = CATALOGUE.get(name) else {
        return Err(Failure::bad_request("Invalid connector_name"));
    };
    let mut store = call.store();
    let now = store.tick();
    let config = Config {
        id: ids::config(name, now),
        org_id: org_id.to_owned(),
        connector,
        display_name: text(display_name),
        disabled: match disabled {
            None => Some(false),
            Some(Json::Bool(disabled)) => Some(disabled),
            Some(_) => None,
        },
        metadata: stored(metadata),
        config: column(config)?.unwrap_or_else(|| "{}".into()),
        created_at: now,
        updated_at: now,
    };
    let members = store.insert_config(config)?.render(&Path::root());
    members.map(Json::Object).map_err(Failure::invalid_output)
}

fn try_update(call: &Call) -> Result<Json, Failure> {
    let viewer = call.viewer()?;
    let org_id = viewer.admin()?;
    let id = call.id_of("ccfg_")?;
    let fields = call.fields([
        Field::optional("display_name", Kind::String),
        Field::optional("disabled", Kind::Truth),
        Field::optional("config", Kind::record_or_null()),
    ])?;
    let [display_name, disabled, config] = fields;
    let change = Change {
        display_name: text(display_name),
        disabled: disabled.map(|value| value == Json::Bool(true)),
        config: column(config)?,
    };
    let mut store = call.store();
    let config = store
        .update_config(org_id, id, change)?
        .ok_or_else(|| missing(id))?;
    let members = config.render(&Path::root());
    members.map(Json::Object).map_err(Failure::invalid_output)
}

fn try_delete(call: &Call) -> Result<Json, Failure> {
    let viewer = call.viewer()?;
    let org_id = viewer.admin()?;
    let id = call.id_of("ccfg_")?;
    let mut store = call.store();
    store.config(org_id, id).ok_or_else(|| missing(id))?;
    if store.connection_counts().contains_key(id) {
        return Err(Failure::database(
            "update or delete on table \"connector_config\" violates foreign key constraint \
             \"fk_connector_config_id\" on table \"connection\"",
        ));
    }
    store.remove_config(id);
    Ok(object([("id", id.into())]))
}

fn try_list(call: &Call) -> Result<Json, Failure> {
    let org_id = reader(call)?;
    let mut issues = Vec::new();
    let paging = Paging::read(call, &mut issues);
    let expand = Expand::read(call, &mut issues);
    let connectors = call.options("connector_names", &CATALOGUE.sorted_names(), &mut issues);
    let search = call.search(&mut issues);
    call.accept(issues)?;
    paging.accept()?;
    let mut issues = Vec::new();
    let mut store = call.store();
    let connectors = connectors.unwrap_or_default();
    let found = store.configs(&org_id, &connectors, search.as_ref());
    let total = found.len() as u64;
    let counts = expand.connection_count.then(|| store.connection_counts());
    let mut items = Vec::new();
    for (index, config) in paging.cut(found).into_iter().enumerate() {
        let path = Path::root().key("items").index(index);
        match config.render_read(&path) {
            Ok(members) => {
                let count = counts.as_ref().map(|all| all.get(config.id.as_str()));
                let count = count.map(|found| found.copied().unwrap_or_default());
                items.push(expand.apply(config, members, count));
            }
            Err(found) => issues.extend(found),
        }
    }
    store.churn(Listed::ConnectorConfigs);
    if !issues.is_empty() {
        return Err(Failure::invalid_output(issues));
    }
    Ok(paging.wrap(items, total))
}

fn try_retrieve(call: &Call) -> Result<Json, Failure> {
    let org_id = reader(call)?;
    let mut issues = Vec::new();
    let mut expand = Expand::read(call, &mut issues);
    // Of one config the schemas alone are not shown.
    expand.connector &= expand.by_name;
    let id = call.id_of("ccfg_")?;
    if !issues.is_empty() {
        return Err(Failure::invalid_input(issues));
    }
    let store = call.store();
    let config = store.config(&org_id, id).ok_or_else(|| missing(id))?;
    let members = config
        .render_read(&Path::root())
        .map_err(Failure::invalid_output)?;
    let count = expand.connection_count.then(|| {
        let counts = store.connection_counts();
        counts.get(id).copied().unwrap_or_default()
    });
    Ok(expand.apply(config, members, count))
}

/// The organisation that reads. The database lets no customer near the table.
fn reader(call: &Call) -> Result<String, Failure> {
    let viewer = call.viewer()?;
    let scope = viewer.scope()?;
    match viewer {
        Viewer::Org { .. } => Ok(scope.org_id),
        _ => Err(Failure::database(
            "permission denied for table connector_config",
        )),
    }
}

/// Parts that `expand` adds to a config.
struct Expand {
    connector: bool,
    /// The connector was named itself, and not through its schemas.
    by_name: bool,
    schemas: bool,
    connection_count: bool,
}

impl Expand {
    fn read(call: &Call, issues: &mut Vec<Json>) -> Expand {
        let known = ["connector", "connector.schemas", "connection_count"].map(str::to_owned);
        let names = call.options("expand", &known, issues).unwrap_or_default();
        let has = |name: &str| names.iter().any(|n| n == name);
        Expand {
            connector: has("connector") || has("connector.schemas"),
            by_name: has("connector"),
            schemas: has("connector.schemas"),
            connection_count: has("connection_count"),
        }
    }

    fn apply(&self, config: &Config, mut members: Vec<(String, Json)>, count: Option<u64>) -> Json {
        if self.connector {
            let connector = config.connector.describe(self.schemas);
            members.push(("connector".into(), connector));
        }
        if let Some(count) = count {
            members.push(("connection_count".into(), count.into()));
        }
        Json::Object(members)
    }
}

/// A JSON column's text; null is no value.
fn stored(value: Option<Json>) -> Option<Arc<str>> {
    value
        .filter(|value| *value != Json::Null)
        .map(|value| value.to_string().into())
}

/// The column of the config, which must not be null; one that is not given stays as it is.
fn column(config: Option<Json>) -> Result<Option<Arc<str>>, Failure> {
    if config == Some(Json::Null) {
        return Err(Failure::database(
            "null value in column \"config\" of relation \"connector_config\" violates not-null \
             constraint",
        ));
    }
    Ok(stored(config))
}

fn missing(id: &str) -> Failure {
    Failure::not_found(format!("Connector config with ID \"{id}\" not found"))
}
