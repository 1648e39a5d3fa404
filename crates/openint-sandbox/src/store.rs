//! The rows, and what has to stay true of them.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::auth::{Scope, Viewer};
use crate::check::Outcome;
use crate::connectors::{CATALOGUE, Connector};
use crate::json::{Json, object};
use crate::schema::Path;
use crate::seed::{Config, Seed};
use crate::time::{self, Micros};

/// A test that makes more rows than this has gone wrong, and must not take the machine with it.
const MAX_ROWS: usize = 1_000_000;
const MAX_BYTES: usize = 512 << 20;

/// A connection. Settings and metadata are kept as JSON text, a third of the size of a tree.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) org_id: String,
    pub(crate) customer_id: String,
    pub(crate) config_id: String,
    pub(crate) connector: &'static Connector,
    pub(crate) created_at: Micros,
    pub(crate) updated_at: Micros,
    pub(crate) status: &'static str,
    pub(crate) status_message: Option<String>,
    pub(crate) metadata: Option<Arc<str>>,
    pub(crate) settings: Arc<str>,
    /// The settings lack what the connector requires; such a row cannot be shown with its secrets.
    pub(crate) incomplete: bool,
}

impl Row {
    fn bytes(&self) -> usize {
        self.settings.len() + self.metadata.as_ref().map_or(0, |m| m.len()) + self.customer_id.len()
    }

    pub(crate) fn settings(&self) -> Json {
        Json::parse(&self.settings).unwrap_or(Json::Null)
    }

    /// The row as it is sent, or the server's complaints about its own output.
    pub(crate) fn render(&self, show: Show, path: &Path) -> Result<Json, Vec<Json>> {
        if show.secrets && self.incomplete {
            let mut issues = Vec::new();
            self.connector
                .settings
                .clean(&self.settings(), &path.key("settings"), &mut issues);
            return Err(issues);
        }
        let row = object([
            ("id", self.id.as_str().into()),
            ("customer_id", self.customer_id.as_str().into()),
            ("connector_config_id", self.config_id.as_str().into()),
            ("integration_id", Json::Null),
            ("status_message", self.status_message.clone().into()),
            ("created_at", time::postgres(self.created_at).into()),
            ("updated_at", time::postgres(self.updated_at).into()),
            ("display_name", Json::Null),
            ("disabled", false.into()),
            ("status", self.status.into()),
            (
                "metadata",
                self.metadata.clone().map_or(Json::Null, Json::Raw),
            ),
            ("connector_name", self.connector.name.as_str().into()),
        ]);
        let Json::Object(mut members) = row else {
            unreachable!("object() makes objects")
        };
        if show.secrets {
            members.push(("settings".into(), Json::Raw(self.settings.clone())));
        }
        if show.connector {
            members.push(("connector".into(), self.connector.describe()));
        }
        Ok(Json::Object(members))
    }
}

/// The optional parts of a rendered row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Show {
    pub(crate) secrets: bool,
    pub(crate) connector: bool,
}

/// Which rows a list is about.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub(crate) customer_id: Option<String>,
    pub(crate) config_id: Option<String>,
    pub(crate) connectors: Vec<String>,
    pub(crate) search: Option<String>,
}

impl Filter {
    fn keeps(&self, row: &Row) -> bool {
        let same = |want: &Option<String>, have: &str| want.as_deref().is_none_or(|w| w == have);
        same(&self.customer_id, &row.customer_id)
            && same(&self.config_id, &row.config_id)
            && (self.connectors.is_empty() || self.connectors.contains(&row.connector.name))
            && self.search.as_ref().is_none_or(|words| {
                let words = words.to_lowercase();
                [&row.id, &row.customer_id, &row.config_id]
                    .iter()
                    .any(|text| text.to_lowercase().contains(&words))
            })
    }
}

/// The sandbox is full.
#[derive(Debug)]
pub(crate) struct Full;

#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) keys: HashMap<String, Viewer>,
    configs: HashMap<String, Config>,
    rows: HashMap<String, Row>,
    /// Ids in the order of a list: newest update first.
    order: BTreeSet<(Reverse<Micros>, String)>,
    bytes: usize,
    last: Micros,
}

impl Store {
    pub(crate) fn new(seed: &Seed) -> Store {
        Store {
            keys: seed.keys(),
            configs: seed.configs.clone(),
            rows: HashMap::new(),
            order: BTreeSet::new(),
            bytes: 0,
            last: 0,
        }
    }

    /// The time of a new row, never the same twice: rows of one test then list in a certain order.
    pub(crate) fn tick(&mut self) -> Micros {
        self.last = time::now().max(self.last + 1);
        self.last
    }

    /// A connector config and its connector, if the organisation has it.
    pub(crate) fn config(&self, org_id: &str, id: &str) -> Option<&'static Connector> {
        let config = self
            .configs
            .get(id)
            .filter(|config| config.org_id == org_id)?;
        CATALOGUE.get(&config.connector)
    }

    pub(crate) fn insert(&mut self, row: Row) -> Result<&Row, Full> {
        if self.rows.len() >= MAX_ROWS || self.bytes + row.bytes() > MAX_BYTES {
            return Err(Full);
        }
        self.bytes += row.bytes();
        self.order.insert((Reverse(row.updated_at), row.id.clone()));
        Ok(self.rows.entry(row.id.clone()).or_insert(row))
    }

    pub(crate) fn get(&self, scope: &Scope, id: &str) -> Option<&Row> {
        self.rows.get(id).filter(|row| sees(scope, row))
    }

    pub(crate) fn remove(&mut self, scope: &Scope, id: &str) -> Option<Row> {
        self.get(scope, id)?;
        let row = self.rows.remove(id)?;
        self.order
            .remove(&(Reverse(row.updated_at), row.id.clone()));
        self.bytes -= row.bytes();
        Some(row)
    }

    /// Records the outcome of a check. The application writes this time, in its milliseconds.
    pub(crate) fn set_status(&mut self, id: &str, (status, message): Outcome) {
        let now = self.tick() / 1_000 * 1_000;
        if let Some(row) = self.rows.get_mut(id) {
            self.order
                .remove(&(Reverse(row.updated_at), row.id.clone()));
            // Milliseconds lag behind the row's microseconds; an update is never older than the row.
            row.updated_at = if now < row.updated_at {
                row.updated_at
            } else {
                now
            };
            row.status = status;
            row.status_message = message;
            self.order.insert((Reverse(row.updated_at), row.id.clone()));
        }
    }

    /// One page, and how many rows there are in all.
    pub(crate) fn page(
        &self,
        scope: &Scope,
        filter: &Filter,
        offset: u64,
        limit: u64,
    ) -> (Vec<&Row>, u64) {
        let mut total = 0;
        let mut page = Vec::new();
        for (_, id) in &self.order {
            let row = &self.rows[id];
            if sees(scope, row) && filter.keeps(row) {
                if total >= offset && (page.len() as u64) < limit {
                    page.push(row);
                }
                total += 1;
            }
        }
        (page, total)
    }

    /// How many rows there are, in all organisations.
    pub(crate) fn count(&self, filter: &Filter) -> usize {
        self.rows.values().filter(|row| filter.keeps(row)).count()
    }
}

fn sees(scope: &Scope, row: &Row) -> bool {
    row.org_id == scope.org_id
        && scope
            .customer_id
            .as_ref()
            .is_none_or(|customer| *customer == row.customer_id)
}
