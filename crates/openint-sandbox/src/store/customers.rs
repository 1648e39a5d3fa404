//! Customers: those an organisation has named, and those its connections have.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::auth::Viewer;
use crate::ids;
use crate::json::{Json, object};
use crate::search::Search;
use crate::store::{Full, Row, Store};
use crate::time::{self, Micros};

const MAX_CUSTOMERS: usize = 100_000;

/// By organisation and id.
pub(crate) type Records = BTreeMap<(String, String), Customer>;

#[derive(Debug)]
pub(crate) struct Customer {
    pub(crate) api_key: String,
    pub(crate) metadata: Option<Arc<str>>,
    /// The time of its last update as well: the server never writes that.
    pub(crate) created_at: Micros,
}

impl Customer {
    pub(crate) fn render(&self, org_id: &str, id: &str) -> Json {
        object([
            ("org_id", org_id.into()),
            ("id", id.into()),
            ("api_key", self.api_key.as_str().into()),
            (
                "metadata",
                self.metadata.clone().map_or(Json::Null, Json::Raw),
            ),
            ("created_at", time::postgres(self.created_at).into()),
            ("updated_at", time::postgres(self.created_at).into()),
        ])
    }
}

/// A customer as it is listed.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) id: String,
    connections: u64,
    created_at: Micros,
    updated_at: Micros,
}

impl Group {
    /// The customers of these rows, by id.
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Group> {
        let mut found: BTreeMap<&str, Group> = BTreeMap::new();
        for row in rows {
            let group = found.entry(&row.customer_id).or_insert_with(|| Group {
                id: row.customer_id.clone(),
                connections: 0,
                created_at: row.created_at,
                updated_at: row.updated_at,
            });
            group.connections += 1;
            group.created_at = group.created_at.min(row.created_at);
            group.updated_at = group.updated_at.max(row.updated_at);
        }
        found.into_values().collect()
    }

    pub(crate) fn render(&self) -> Json {
        object([
            ("id", self.id.as_str().into()),
            ("connection_count", self.connections.into()),
            ("created_at", time::postgres(self.created_at).into()),
            ("updated_at", time::postgres(self.updated_at).into()),
        ])
    }
}

/// The customers of rows that are made at once.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Customers<'a> {
    /// This one.
    One(&'a str),
    /// This many in turn, whose ids are this text with a number from 1.
    Many(&'a str, usize),
}

impl Customers<'_> {
    pub(super) fn id(self, row: usize) -> String {
        match self {
            Customers::One(id) => id.to_owned(),
            Customers::Many(id, count) => format!("{id}{}", row % count.max(1) + 1),
        }
    }
}

impl Store {
    /// Makes a customer, or gives the one there is other metadata. Its key stays.
    pub(crate) fn upsert_customer(
        &mut self,
        org_id: &str,
        id: &str,
        metadata: Option<Arc<str>>,
    ) -> Result<&Customer, Full> {
        let size = |metadata: &Option<Arc<str>>| metadata.as_ref().map_or(0, |text| text.len());
        self.claim(size(&metadata))?;
        let place = (org_id.to_owned(), id.to_owned());
        if let Some(customer) = self.customers.get_mut(&place) {
            self.bytes -= size(&customer.metadata);
            customer.metadata = metadata;
        } else {
            if self.customers.len() >= MAX_CUSTOMERS {
                self.bytes -= size(&metadata);
                return Err(Full);
            }
            let created_at = self.tick();
            let api_key = ids::customer_key(created_at);
            let viewer = Viewer::Customer {
                org_id: org_id.to_owned(),
                customer_id: id.to_owned(),
                by_token: false,
            };
            self.keys.insert(api_key.clone(), viewer);
            let customer = Customer {
                api_key,
                metadata,
                created_at,
            };
            self.customers.insert(place.clone(), customer);
        }
        self.customers.get(&place).ok_or(Full)
    }

    pub(crate) fn customer(&self, org_id: &str, id: &str) -> Option<&Customer> {
        self.customers.get(&(org_id.to_owned(), id.to_owned()))
    }

    /// The customers as they are listed: those with connections and no others, in no order. Each
    /// time it is another one, as if the database had found them another way.
    pub(crate) fn customers(&mut self, org_id: &str, search: Option<&Search>) -> &[Group] {
        let groups = self.connections.groups(org_id, search);
        self.order.shuffle(groups);
        groups
    }

    /// Returns the number of customers of this id, or of all, that were named in a seed, an upsert
    /// or a token.
    pub(crate) fn count_customers(&self, id: Option<&str>) -> usize {
        self.customers
            .keys()
            .filter(|(_, have)| id.is_none_or(|id| id == have))
            .count()
    }
}
