//! The API, one module a resource: parameters, models and methods.

pub(crate) mod connections;
pub(crate) mod connector_configs;
pub(crate) mod connectors;
pub(crate) mod customers;
pub(crate) mod events;
pub(crate) mod system;

use crate::model::model;

model! {
    /// The answer of a deletion.
    pub struct Deleted {
        required {
            /// The id of what was deleted.
            id: String,
        }
        optional {}
    }
}
