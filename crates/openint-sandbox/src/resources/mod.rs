//! The operations, one file per resource.

pub(crate) mod connections;
pub(crate) mod health;
pub(crate) mod viewer;
