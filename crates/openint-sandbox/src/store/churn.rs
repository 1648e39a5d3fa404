//! Rows that change at random while a list is read.

use fastrand::Rng;
use serde::{Deserialize, Serialize};

use crate::auth::Scope;
use crate::ids;
use crate::json::object;
use crate::store::{Config, Row, Store};

/// Random changes after each request that lists rows, so that the pages of a list shift while they
/// are read.
///
/// After a list of connections or customers connections change, after one of connector configs
/// these, and after one of events there are new ones. A row that is updated moves to the front; an
/// inserted connection is of a customer that has some or of a new one; a config with connections is
/// not deleted. What changes follows from the seed and the rows.
///
/// ```
/// use openint_sandbox::{Churn, Sandbox};
///
/// let sandbox = Sandbox::start()?;
/// sandbox.fill_customers(100, "cus_");
/// sandbox.churn(Churn::new(7).updates(2).inserts(1).deletes(1));
/// // … pages are read, and meanwhile rows come, go and change …
/// sandbox.churn(Churn::default());
/// assert_eq!(sandbox.churned().inserts, 0);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[must_use]
pub struct Churn {
    seed: u64,
    updates: u32,
    inserts: u32,
    deletes: u32,
    customer_id: Option<String>,
}

impl Churn {
    /// No changes yet; those to come follow from this number.
    pub fn new(seed: u64) -> Churn {
        Churn {
            seed,
            ..Churn::default()
        }
    }

    /// Updates this many rows after each list.
    pub fn updates(mut self, count: u32) -> Churn {
        self.updates = count;
        self
    }

    /// Inserts this many rows after each list.
    pub fn inserts(mut self, count: u32) -> Churn {
        self.inserts = count;
        self
    }

    /// Deletes this many rows after each list.
    pub fn deletes(mut self, count: u32) -> Churn {
        self.deletes = count;
        self
    }

    /// Changes connections of this customer alone.
    pub fn customer_id(mut self, id: impl Into<String>) -> Churn {
        self.customer_id = Some(id.into());
        self
    }
}

/// The numbers of rows that a [`Churn`] has changed so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Churned {
    /// Rows that were updated.
    pub updates: u64,
    /// Rows that were inserted.
    pub inserts: u64,
    /// Rows that were deleted.
    pub deletes: u64,
}

/// The kind of rows that was just listed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Listed {
    Connections,
    ConnectorConfigs,
    Events,
}

#[derive(Debug, Default)]
pub(super) struct State {
    churn: Churn,
    random: Option<Rng>,
    churned: Churned,
}

impl Store {
    /// Begins with other changes, or ends them.
    pub(crate) fn set_churn(&mut self, churn: Churn) {
        self.churn = State {
            random: Some(Rng::with_seed(churn.seed)),
            churned: Churned::default(),
            churn,
        };
    }

    pub(crate) fn churned(&self) -> Churned {
        self.churn.churned
    }

    /// Changes rows of the kind that was just listed.
    pub(crate) fn churn(&mut self, listed: Listed) {
        let Some(mut random) = self.churn.random.take() else {
            return;
        };
        let Churn {
            updates,
            inserts,
            deletes,
            ..
        } = self.churn.churn;
        for _ in 0..updates {
            let done = self.update_any(listed, &mut random).is_some();
            self.churn.churned.updates += u64::from(done);
        }
        for _ in 0..inserts {
            let done = self.insert_any(listed, &mut random).is_some();
            self.churn.churned.inserts += u64::from(done);
        }
        for _ in 0..deletes {
            let done = self.delete_any(listed, &mut random).is_some();
            self.churn.churned.deletes += u64::from(done);
        }
        self.churn.random = Some(random);
    }

    fn any_connection(&self, random: &mut Rng) -> Option<&Row> {
        let customer = self.churn.churn.customer_id.as_deref();
        let ours = || {
            self.connections.iter().filter(|row| {
                row.org_id == self.main_org && customer.is_none_or(|id| id == row.customer_id)
            })
        };
        let count = ours().count();
        (count > 0).then(|| ours().nth(random.usize(..count)))?
    }

    fn any_config(&self, random: &mut Rng) -> Option<&Config> {
        let ours = self.configs(&self.main_org, &[], None);
        (!ours.is_empty()).then(|| ours[random.usize(..ours.len())])
    }

    fn update_any(&mut self, listed: Listed, random: &mut Rng) -> Option<()> {
        match listed {
            Listed::Connections => {
                let id = self.any_connection(random)?.id.clone();
                self.touch(&id).then_some(())
            }
            Listed::ConnectorConfigs => {
                let id = self.any_config(random)?.id.clone();
                let now = self.tick();
                self.configs.get_mut(&id)?.updated_at = now;
                Some(())
            }
            Listed::Events => None,
        }
    }

    fn insert_any(&mut self, listed: Listed, random: &mut Rng) -> Option<()> {
        let now = self.tick();
        match listed {
            Listed::Connections => {
                let known = self.any_connection(random)?;
                let mut row = known.clone();
                row.id = ids::connection(&row.connector.name, now).into();
                (row.created_at, row.updated_at) = (now, now);
                if self.churn.churn.customer_id.is_none() && random.bool() {
                    row.customer_id = ids::customer(now);
                }
                self.insert(row).ok().map(|_| ())
            }
            Listed::ConnectorConfigs => {
                let mut config = self.any_config(random)?.clone();
                config.id = ids::config(&config.connector.name, now);
                (config.created_at, config.updated_at) = (now, now);
                self.insert_config(config).ok().map(|_| ())
            }
            Listed::Events => {
                self.record_deletion(&ids::connection("acme-oauth2", now), &ids::customer(now));
                Some(())
            }
        }
    }

    fn delete_any(&mut self, listed: Listed, random: &mut Rng) -> Option<()> {
        match listed {
            Listed::Connections => {
                let row = self.any_connection(random)?;
                let (id, customer) = (row.id.clone(), row.customer_id.clone());
                let scope = self.main_scope();
                self.remove(&scope, &id)?;
                self.record_deletion(&id, &customer);
                Some(())
            }
            Listed::ConnectorConfigs => {
                let id = self.any_config(random)?.id.clone();
                if self.connection_counts().contains_key(id.as_str()) {
                    return None;
                }
                self.remove_config(&id);
                Some(())
            }
            Listed::Events => None,
        }
    }

    fn record_deletion(&mut self, id: &str, customer_id: &str) {
        let data = object([
            ("connection_id", id.into()),
            ("customer_id", customer_id.into()),
        ]);
        let scope = self.main_scope();
        self.record(&scope, customer_id, "connect.connection-deleted", &data);
    }

    /// All that the organisation sees which users of the sandbox are told the key of.
    pub(super) fn main_scope(&self) -> Scope {
        Scope {
            org_id: self.main_org.clone(),
            customer_id: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::seed::Seed;
    use crate::store::Customers;

    fn ids(store: &mut Store) -> BTreeSet<String> {
        store.ids().connections.into_iter().collect()
    }

    #[test]
    fn rows_change_as_often_as_asked() {
        let mut store = Store::new(&Seed::standard(), 0);
        store.fill(50, Customers::Many("c", 10), None).unwrap();
        let before = ids(&mut store);
        store.churn(Listed::Connections);
        assert_eq!(ids(&mut store), before);

        store.set_churn(Churn::new(1).updates(3).inserts(2).deletes(1));
        for _ in 0..10 {
            store.churn(Listed::Connections);
        }
        let churned = store.churned();
        assert_eq!(
            (churned.updates, churned.inserts, churned.deletes),
            (30, 20, 10)
        );
        let after = ids(&mut store);
        assert_eq!(after.len(), 60);
        // One that was inserted may be gone already.
        assert!(after.difference(&before).count() <= 20);
        assert!(store.ids().customers.len() > 10);
        assert_eq!(store.ids().events.len(), 10);

        store.set_churn(Churn::default());
        store.churn(Listed::Connections);
        assert_eq!(ids(&mut store), after);
    }

    #[test]
    fn each_kind_of_row_has_changes_of_its_own() {
        let mut store = Store::new(&Seed::standard(), 0);
        store.fill(5, Customers::One("c"), None).unwrap();
        let before = store.ids();
        store.set_churn(Churn::new(1).updates(1).inserts(1).deletes(1));
        for _ in 0..4 {
            store.churn(Listed::ConnectorConfigs);
        }
        let after = store.ids();
        assert_eq!(after.connections, before.connections);
        assert_ne!(after.connector_configs, before.connector_configs);
        for _ in 0..4 {
            store.churn(Listed::Events);
        }
        assert_eq!(store.ids().events.len(), 4);

        store.set_churn(Churn::new(1).inserts(3).customer_id("c"));
        store.churn(Listed::Connections);
        assert_eq!(store.ids().customers, ["c"]);
        assert_eq!(store.ids().connections.len(), 8);
    }
}
