//! Customers: those an organisation has named, and those its connections have.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::auth::Viewer;
use crate::ids;
use crate::json::{Json, object};
use crate::store::{Full, Store, matches};
use crate::time::{self, Micros};

const MAX_CUSTOMERS: usize = 100_000;

/// By organisation and id.
pub(crate) type Customers = BTreeMap<(String, String), Customer>;

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

    /// The customers as they are listed: those with connections and no others, by id.
    pub(crate) fn customers(&self, org_id: &str, search: Option<&str>) -> Vec<Json> {
        let mut found: BTreeMap<&str, (u64, Micros, Micros)> = BTreeMap::new();
        for row in self.connections.iter() {
            if row.org_id == org_id && matches(search, &[&row.customer_id, &row.connector.name]) {
                let (count, first, last) =
                    found
                        .entry(&row.customer_id)
                        .or_insert((0, row.created_at, row.updated_at));
                *count += 1;
                *first = row.created_at.min(*first);
                *last = row.updated_at.max(*last);
            }
        }
        found
            .into_iter()
            .map(|(id, (count, first, last))| {
                object([
                    ("id", id.into()),
                    ("connection_count", count.into()),
                    ("created_at", time::postgres(first).into()),
                    ("updated_at", time::postgres(last).into()),
                ])
            })
            .collect()
    }

    /// How many customers of this id, or in all, were named in a seed, an upsert or a token.
    pub(crate) fn count_customers(&self, id: Option<&str>) -> usize {
        self.customers
            .keys()
            .filter(|(_, have)| id.is_none_or(|id| id == have))
            .count()
    }
}
