//! The rows, and what has to stay true of them.

mod configs;
mod connections;
mod customers;
mod events;

use std::collections::HashMap;

use crate::auth::Viewer;
use crate::seed::Seed;
use crate::time::{self, Micros};

pub(crate) use configs::{Change, Config};
pub(crate) use connections::{Filter, Row, Show};
pub(crate) use customers::Customer;
pub(crate) use events::EventFilter;

/// A test that keeps more than this has gone wrong, and must not take the machine with it.
const MAX_BYTES: usize = 512 << 20;

/// The sandbox is full.
#[derive(Debug)]
pub(crate) struct Full;

#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) keys: HashMap<String, Viewer>,
    connections: connections::Connections,
    configs: configs::Configs,
    customers: customers::Customers,
    events: events::Events,
    main_org: String,
    bytes: usize,
    last: Micros,
}

impl Store {
    pub(crate) fn new(seed: &Seed) -> Store {
        let mut store = Store {
            keys: seed.keys(),
            connections: Default::default(),
            configs: Default::default(),
            customers: Default::default(),
            events: Default::default(),
            main_org: seed.main_org().to_owned(),
            bytes: 0,
            last: 0,
        };
        store.plant(seed);
        store
    }

    /// The time of a new row, never the same twice: rows of one test then list in a certain order.
    pub(crate) fn tick(&mut self) -> Micros {
        self.last = time::now().max(self.last + 1);
        self.last
    }

    /// Counts the bytes of a new row, if there is room for them.
    fn claim(&mut self, bytes: usize) -> Result<(), Full> {
        if self.bytes + bytes > MAX_BYTES {
            return Err(Full);
        }
        self.bytes += bytes;
        Ok(())
    }

    fn plant(&mut self, seed: &Seed) {
        for config in &seed.configs {
            let config = config.plant(self.tick());
            self.bytes += config.bytes();
            self.configs.insert(config.id.clone(), config);
        }
        for connection in &seed.connections {
            let now = self.tick();
            if let Some(config) = self.configs.get(connection.config_id()) {
                let row = connection.plant(config, now);
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

/// Whether one of the texts contains what is searched for, whatever the case. Nothing searched for
/// is in every text.
fn matches(search: Option<&str>, texts: &[&str]) -> bool {
    let Some(search) = search else {
        return true;
    };
    let search = search.to_lowercase();
    texts
        .iter()
        .any(|text| text.to_lowercase().contains(&search))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::Scope;

    #[test]
    fn bytes_are_given_back() {
        let mut store = Store::new(&Seed::standard());
        let start = store.bytes;
        let long = || Some(std::sync::Arc::from("x".repeat(1_000)));
        let scope = Scope {
            org_id: "org_sandbox".into(),
            customer_id: None,
        };

        store.upsert_customer("org_sandbox", "c", long()).unwrap();
        assert_eq!(store.bytes, start + 1_000);
        store.upsert_customer("org_sandbox", "c", None).unwrap();

        store.fill(1, "c", None).unwrap();
        let id = {
            let filter = Filter::default();
            let (rows, _) = store.page(&scope, &filter, &crate::paging::Paging::first());
            rows[0].id.clone()
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
        let mut store = Store::new(&Seed::standard());
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
        assert!(store.fill(1, "c", None).is_err());
        store.bytes = start;
        assert!(store.fill(1_000_001, "c", None).is_err());
        assert_eq!(store.count(&Filter::default()), 0);
    }
}
