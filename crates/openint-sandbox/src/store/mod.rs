//! The rows, and what has to stay true of them.

mod churn;
mod configs;
mod connections;
mod customers;
mod events;

use std::collections::HashMap;

use fastrand::Rng;
use serde::Serialize;

use crate::auth::Viewer;
use crate::search::Search;
use crate::seed::Seed;
use crate::time::{self, Micros};

pub(crate) use churn::Listed;
pub use churn::{Churn, Churned};
pub(crate) use configs::{Change, Config};
pub(crate) use connections::{Filter, Row, Show};
pub(crate) use customers::{Customer, Customers, Group};
pub(crate) use events::{Event, EventFilter};

/// A test that keeps more than this has gone wrong, and must not take the machine with it.
const MAX_BYTES: usize = 512 << 20;

/// The ids of the rows that the organisation of [`crate::Sandbox::api_key`] sees.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Ids {
    /// Of connections, the one updated last first.
    pub connections: Vec<String>,
    /// Of the customers that a list shows: those with connections, in the order of the alphabet.
    pub customers: Vec<String>,
    /// Of connector configs, the one updated last first.
    pub connector_configs: Vec<String>,
    /// Of events, the newest first.
    pub events: Vec<String>,
}

/// The sandbox is full.
#[derive(Debug)]
pub(crate) struct Full;

#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) keys: HashMap<String, Viewer>,
    connections: connections::Connections,
    configs: configs::Configs,
    customers: customers::Records,
    events: events::Events,
    /// Of the next list of customers.
    order: Rng,
    churn: churn::State,
    main_org: String,
    bytes: usize,
    last: Micros,
}

impl Store {
    /// A store of these seeds, with orders of customers that follow from a number.
    pub(crate) fn new(seed: &Seed, order: u64) -> Store {
        let mut store = Store {
            keys: seed.keys(),
            connections: Default::default(),
            configs: Default::default(),
            customers: Default::default(),
            events: Default::default(),
            order: Rng::with_seed(order),
            churn: Default::default(),
            main_org: seed.main_org().to_owned(),
            bytes: 0,
            last: 0,
        };
        store.insert_seed(seed);
        store
    }

    /// The time of a new row, never the same twice: rows of one test then list in a certain order.
    pub(crate) fn tick(&mut self) -> Micros {
        self.last = time::now().max(self.last + 1);
        self.last
    }

    /// The time of an update, which the application writes, in its milliseconds. It is rounded up, so
    /// that what was updated is newer than all there was.
    fn tick_millis(&mut self) -> Micros {
        let now = self.tick();
        self.last = (now + 999) / 1_000 * 1_000;
        self.last
    }

    /// Begins the orders of customers anew, as they follow from a number.
    pub(crate) fn set_order(&mut self, seed: u64) {
        self.order = Rng::with_seed(seed);
        self.connections.forget();
    }

    /// The ids of the rows that the organisation sees which users of the sandbox are told the key of.
    pub(crate) fn ids(&mut self) -> Ids {
        let scope = self.main_scope();
        let org_id = &scope.org_id;
        let customers = self.connections.groups(org_id, None);
        let mut customers: Vec<_> = customers.iter().map(|group| group.id.clone()).collect();
        customers.sort();
        let connections = self.connections.iter().filter(|row| row.org_id == *org_id);
        let configs = self.configs(org_id, &[], None);
        let filter = EventFilter::default();
        Ids {
            connections: connections.map(|row| row.id.to_string()).collect(),
            customers,
            connector_configs: configs.iter().map(|config| config.id.clone()).collect(),
            events: self
                .events(&scope, &filter)
                .map(|event| event.id().to_owned())
                .collect(),
        }
    }

    /// Counts the bytes of a new row, if there is room for them.
    fn claim(&mut self, bytes: usize) -> Result<(), Full> {
        if self.bytes + bytes > MAX_BYTES {
            return Err(Full);
        }
        self.bytes += bytes;
        Ok(())
    }

    fn insert_seed(&mut self, seed: &Seed) {
        for config in &seed.configs {
            let config = config.build(self.tick());
            self.bytes += config.bytes();
            self.configs.insert(config.id.clone(), config);
        }
        for connection in &seed.connections {
            let now = self.tick();
            if let Some(config) = self.configs.get(connection.config_id()) {
                let row = connection.build(config, now);
                self.bytes += row.bytes();
                self.connections.put(row);
            }
        }
        for ((org_id, id), customer) in &seed.customers {
            let now = self.tick();
            self.bytes += customer.metadata.as_ref().map_or(0, |text| text.len());
            self.customers.insert(
                (org_id.clone(), id.clone()),
                Customer {
                    api_key: customer.api_key.clone(),
                    metadata: customer.metadata.clone(),
                    created_at: now,
                },
            );
        }
    }
}

/// Returns true if one of the texts is found, or nothing is searched for.
fn finds(search: Option<&Search>, texts: &[&str]) -> bool {
    search.is_none_or(|search| search.finds(texts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_given_back() {
        let mut store = Store::new(&Seed::standard(), 0);
        let start = store.bytes;
        let long = || Some(std::sync::Arc::from("x".repeat(1_000)));
        let scope = store.main_scope();

        store.upsert_customer("org_sandbox", "c", long()).unwrap();
        assert_eq!(store.bytes, start + 1_000);
        store.upsert_customer("org_sandbox", "c", None).unwrap();

        store.fill(1, Customers::One("c"), None).unwrap();
        let id = {
            let filter = Filter::default();
            let (page, _) = store.page(&scope, &filter, &crate::paging::Paging::first());
            page[0].1.clone()
        };
        assert!(store.bytes > start && store.touch(&id));
        store.remove(&scope, &id).unwrap();
        assert_eq!(store.bytes, start);

        let change = Change {
            config: long(),
            ..Change::default()
        };
        let id = "ccfg_github_sandbox";
        store.update_config("org_sandbox", id, change).unwrap();
        assert!(store.bytes > start);
        store.remove_config(id);
        assert!(store.bytes < start);
    }

    #[test]
    fn what_is_too_much_is_refused() {
        let mut store = Store::new(&Seed::standard(), 0);
        let start = store.bytes;
        store.bytes = MAX_BYTES;
        let metadata = Some("{}".into());
        assert!(store.upsert_customer("org_sandbox", "c", metadata).is_err());
        let change = Change {
            display_name: Some("n".into()),
            ..Change::default()
        };
        let refused = store.update_config("org_sandbox", "ccfg_github_sandbox", change);
        assert!(refused.is_err());
        assert!(store.fill(1, Customers::One("c"), None).is_err());
        store.bytes = start;
        assert!(store.fill(1_000_001, Customers::One("c"), None).is_err());
        assert_eq!(store.count(&Filter::default()), 0);
    }
}
