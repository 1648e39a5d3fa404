//! One file a resource: its parameters, its models and its methods, together.

pub(crate) mod connections;
