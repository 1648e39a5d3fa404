//! The sandbox over real sockets.

mod api;
mod binary;
mod control;
mod faults;
mod keep_alive;
mod support;
