//! The first program of the documentation: creates a connection and prints its id.

#![allow(clippy::print_stdout)] // printing is what it is for

// --8<-- [start:quickstart]
use openint::{ConnectorData, CreateConnection, Openint};
use serde_json::json;

fn main() -> openint::Result<()> {
    let client = Openint::from_env()?; // OPENINT_API_KEY
    let connection = client.create_connection(&CreateConnection::new(
        "ccfg_",
        "customer_id",
        ConnectorData::new("dummy-oauth2", json!({ "oauth": {} })),
    ))?;
    println!("{}", connection.id);
    Ok(())
}
// --8<-- [end:quickstart]
