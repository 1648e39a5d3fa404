//! The operations, one file per resource.

pub(crate) mod ai;
pub(crate) mod connections;
pub(crate) mod connector_configs;
pub(crate) mod connectors;
pub(crate) mod customers;
pub(crate) mod docs;
pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod trpc;
pub(crate) mod viewer;
pub(crate) mod webhooks;
