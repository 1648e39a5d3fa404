//! Connections, in the order in which a list shows them.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::auth::Scope;
use crate::check::{NOT_CHECKED, Outcome};
use crate::connectors::Connector;
use crate::ids;
use crate::json::{Json, object};
use crate::paging::Paging;
use crate::schema::Path;
use crate::search::Search;
use crate::store::{Config, Customers, Full, Group, Store, finds};
use crate::time::{self, Micros};

const MAX_ROWS: usize = 1_000_000;

/// A connection. Settings and metadata are kept as JSON text, a third of the size of a tree.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: Arc<str>,
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
    pub(super) fn bytes(&self) -> usize {
        self.settings.len() + self.metadata.as_ref().map_or(0, |m| m.len()) + self.customer_id.len()
    }

    pub(crate) fn settings(&self) -> Json {
        Json::reread(&self.settings)
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
            ("id", (&*self.id).into()),
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
            members.push(("connector".into(), self.connector.describe(true)));
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
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Filter {
    pub(crate) customer_id: Option<String>,
    pub(crate) config_id: Option<String>,
    pub(crate) connectors: Option<Vec<String>>,
    pub(crate) search: Option<Search>,
}

impl Filter {
    fn keeps(&self, row: &Row) -> bool {
        let same = |want: &Option<String>, have: &str| want.as_deref().is_none_or(|w| w == have);
        same(&self.customer_id, &row.customer_id)
            && same(&self.config_id, &row.config_id)
            && (self.connectors.as_ref()).is_none_or(|names| names.contains(&row.connector.name))
            && finds(
                self.search.as_ref(),
                &[&row.id, &row.customer_id, &row.connector.name],
            )
    }
}

/// The place of a row in a list: newest update first, then by id.
pub(crate) type Place = (Reverse<Micros>, Arc<str>);

/// The rows stand in their order, so that a page is read off without a look-up for each row.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    rows: BTreeMap<Place, Row>,
    /// Each customer's places, because an import looks up every row by its customer.
    customers: HashMap<String, BTreeSet<Place>>,
    updates: HashMap<Arc<str>, Micros>,
    listing: Option<Listing>,
    groups: Option<Groups>,
}

/// The customers of the last list of them, kept likewise.
#[derive(Debug)]
struct Groups {
    org_id: String,
    search: Option<Search>,
    found: Vec<Group>,
}

/// All that the last list was about, kept until a row changes: reading many rows page by page then
/// takes no longer than reading them.
#[derive(Debug)]
struct Listing {
    scope: Scope,
    filter: Filter,
    places: Vec<Place>,
}

impl Connections {
    fn place(&self, id: &str) -> Option<Place> {
        let (id, updated_at) = self.updates.get_key_value(id)?;
        Some((Reverse(*updated_at), id.clone()))
    }

    pub(super) fn put(&mut self, row: Row) {
        self.forget();
        self.updates.insert(row.id.clone(), row.updated_at);
        let place = (Reverse(row.updated_at), row.id.clone());
        let customer = self.customers.entry(row.customer_id.clone()).or_default();
        customer.insert(place.clone());
        self.rows.insert(place, row);
    }

    fn take(&mut self, id: &str) -> Option<Row> {
        let place = self.place(id)?;
        self.forget();
        self.updates.remove(id);
        let row = self.rows.remove(&place)?;
        if let Entry::Occupied(mut customer) = self.customers.entry(row.customer_id.clone()) {
            customer.get_mut().remove(&place);
            if customer.get().is_empty() {
                customer.remove();
            }
        }
        Some(row)
    }

    pub(super) fn forget(&mut self) {
        self.listing = None;
        self.groups = None;
    }

    /// The customers that have connections, with what is known of them from these.
    pub(super) fn groups(&mut self, org_id: &str, search: Option<&Search>) -> &mut Vec<Group> {
        let known = self
            .groups
            .take()
            .filter(|groups| groups.org_id == org_id && groups.search.as_ref() == search);
        let groups = known.unwrap_or_else(|| {
            let ours = |row: &&Row| {
                row.org_id == org_id && finds(search, &[&row.customer_id, &row.connector.name])
            };
            Groups {
                org_id: org_id.to_owned(),
                search: search.cloned(),
                found: Group::of(self.rows.values().filter(ours)),
            }
        });
        &mut self.groups.insert(groups).found
    }

    fn list(&mut self, scope: &Scope, filter: &Filter) -> &[Place] {
        let known = self
            .listing
            .take()
            .filter(|listing| listing.scope == *scope && listing.filter == *filter);
        let listing = known.unwrap_or_else(|| Listing {
            scope: scope.clone(),
            filter: filter.clone(),
            places: self.places(scope, filter),
        });
        &self.listing.insert(listing).places
    }

    fn places(&self, scope: &Scope, filter: &Filter) -> Vec<Place> {
        let keeps = |row: &Row| sees(scope, row) && filter.keeps(row);
        let Some(customer) = &filter.customer_id else {
            let kept = self.rows.iter().filter(|(_, row)| keeps(row));
            return kept.map(|(place, _)| place.clone()).collect();
        };
        let places = self.customers.get(customer).into_iter().flatten();
        let kept = places.filter(|place| self.rows.get(place).is_some_and(keeps));
        kept.cloned().collect()
    }

    /// The rows of the sandbox, newest update first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.values()
    }
}

impl Store {
    pub(crate) fn insert(&mut self, row: Row) -> Result<&Row, Full> {
        self.room_for(1)?;
        self.claim(row.bytes())?;
        let place = (Reverse(row.updated_at), row.id.clone());
        self.connections.put(row);
        self.connections.rows.get(&place).ok_or(Full)
    }

    fn room_for(&self, rows: usize) -> Result<(), Full> {
        let free = MAX_ROWS.saturating_sub(self.connections.rows.len());
        if rows > free { Err(Full) } else { Ok(()) }
    }

    pub(crate) fn get(&self, scope: &Scope, id: &str) -> Option<&Row> {
        let place = self.connections.place(id)?;
        self.connections
            .rows
            .get(&place)
            .filter(|row| sees(scope, row))
    }

    pub(crate) fn remove(&mut self, scope: &Scope, id: &str) -> Option<Row> {
        self.get(scope, id)?;
        let row = self.connections.take(id)?;
        self.bytes -= row.bytes();
        Some(row)
    }

    /// Records the outcome of a check.
    pub(crate) fn set_status(&mut self, id: &str, (status, message): Outcome) {
        let now = self.tick_millis();
        if let Some(mut row) = self.connections.take(id) {
            row.updated_at = now;
            row.status = status;
            row.status_message = message;
            self.connections.put(row);
        }
    }

    /// Makes a row the last one updated. `false` if there is no such row.
    pub(crate) fn touch(&mut self, id: &str) -> bool {
        let now = self.tick();
        let Some(mut row) = self.connections.take(id) else {
            return false;
        };
        row.updated_at = now;
        self.connections.put(row);
        true
    }

    /// Makes many rows that look as if they had been imported.
    pub(crate) fn fill(
        &mut self,
        count: usize,
        customers: Customers<'_>,
        config_id: Option<&str>,
    ) -> Result<(), String> {
        let config = self
            .config_to_fill(config_id)
            .ok_or("there is no such connector config")?;
        let (config_id, org_id) = (config.id.clone(), config.org_id.clone());
        let connector = config.connector;
        let settings = connector
            .sample()
            .ok_or_else(|| format!("{} has settings that nobody can make up", connector.name))?;
        let full = |_: Full| "the sandbox is full".to_owned();
        self.room_for(count).map_err(full)?;
        let settings: Arc<str> = settings.to_string().into();
        for number in 0..count {
            let now = self.tick();
            let row = Row {
                id: ids::connection(&connector.name, now).into(),
                org_id: org_id.clone(),
                customer_id: customers.id(number),
                config_id: config_id.clone(),
                connector,
                created_at: now,
                updated_at: now,
                status: NOT_CHECKED.0,
                status_message: Some(NOT_CHECKED.1.to_owned()),
                metadata: None,
                settings: settings.clone(),
                incomplete: false,
            };
            self.insert(row).map_err(full)?;
        }
        Ok(())
    }

    /// One page, and how many rows there are in all.
    pub(crate) fn page(
        &mut self,
        scope: &Scope,
        filter: &Filter,
        paging: &Paging,
    ) -> (Vec<Place>, u64) {
        let places = self.connections.list(scope, filter);
        let total = places.len() as u64;
        let page = paging.cut(places).into_iter().cloned().collect();
        (page, total)
    }

    /// The rows of a page.
    pub(crate) fn rows(&self, page: &[Place]) -> impl Iterator<Item = &Row> {
        page.iter()
            .filter_map(|place| self.connections.rows.get(place))
    }

    /// The config that a row is of, as it is kept. It is there as long as the row is.
    pub(crate) fn config_of(&self, row: &Row) -> Json {
        self.config(&row.org_id, &row.config_id)
            .map_or(Json::Null, Config::stored)
    }

    /// Returns the number of rows, in all organisations.
    pub(crate) fn count(&self, filter: &Filter) -> usize {
        self.connections
            .iter()
            .filter(|row| filter.keeps(row))
            .count()
    }
}

fn sees(scope: &Scope, row: &Row) -> bool {
    row.org_id == scope.org_id
        && scope
            .customer_id
            .as_ref()
            .is_none_or(|customer| *customer == row.customer_id)
}
