//! The sandbox over real sockets.

mod api;
mod binary;
mod connector_configs;
mod connectors;
mod control;
mod customers;
mod events;
mod faults;
mod keep_alive;
mod pages;
mod support;
