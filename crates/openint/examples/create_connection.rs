//! Creates a connection and prints it as JSON: against the server in `OPENINT_BASE_URL` when
//! `OPENINT_API_KEY` is set, or else against a local one that it starts itself.

#![allow(clippy::print_stdout)] // printing is what it is for

use openint::{ConnectorData, CreateConnection, Openint};
use openint_sandbox::Sandbox;
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox;
    let client = if std::env::var_os("OPENINT_API_KEY").is_some() {
        Openint::from_env()?
    } else {
        sandbox = Sandbox::start()?;
        eprintln!(
            "OPENINT_API_KEY is not set: using the embedded local server at {}",
            sandbox.base_url()
        );
        Openint::builder()
            .api_key(sandbox.api_key())
            .base_url(sandbox.base_url())
            .build()?
    };

    let connection = client.create_connection(&CreateConnection::new(
        "ccfg_",
        "customer_id",
        ConnectorData::new("dummy-oauth2", json!({ "oauth": {} })),
    ))?;
    println!("{}", serde_json::to_string_pretty(&connection)?);
    Ok(())
}
