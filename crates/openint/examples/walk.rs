//! Walks the way that a product takes with OpenInt, from its settings to a customer's data.
//!
//! It takes `OPENINT_API_KEY`, and `OPENINT_BASE_URL` where that is set. `GITHUB_API_URL` names the
//! service whose data are wanted, which is GitHub unless it is set.

#![allow(clippy::print_stdout)] // printing is what it is for

use std::env;
use std::error::Error;

use openint::{
    ConnectorData, CreateConnection, CreateConnectorConfig, CreateCustomerToken, GetConnection,
    ListEvents, OAuth2Credentials, Openint, RefreshPolicy, Secret, UpsertCustomer,
};
use serde_json::{Value, json};

const CUSTOMER: &str = "acme";

fn main() -> Result<(), Box<dyn Error>> {
    let client = Openint::from_env()?;

    // Once: what GitHub calls your product.
    let oauth = json!({ "oauth": { "client_id": "Iv1.example", "client_secret": "example" } });
    let config =
        client.create_connector_config(&CreateConnectorConfig::new("github").config(oauth))?;
    println!("config for github");

    // For each customer: who it is, and a page on which it connects its GitHub account.
    let customer = UpsertCustomer::new(CUSTOMER).metadata(json!({ "plan": "pro" }));
    client.upsert_customer(&customer)?;
    let token = client
        .create_customer_token(CreateCustomerToken::new(CUSTOMER).validity_in_seconds(3600))?;
    let page = token.magic_link_url.map_or("missing", |_| "ready");
    println!("page for {CUSTOMER} is {page}");

    // The connection comes of that page, or of credentials that you hold already.
    let data = ConnectorData::oauth2("github", OAuth2Credentials::new("gho_example"));
    let create = CreateConnection::new(&config.id, CUSTOMER, data).idempotency_key("acme-github");
    let made = client.create_connection(&create)?;

    // Whenever its data are wanted: the access token, renewed if need be.
    let get = GetConnection::new(&made.id)
        .include_secrets(true)
        .refresh_policy(RefreshPolicy::Auto);
    let settings = client.get_connection(get)?.settings;
    let access_token = settings
        .and_then(|settings| settings.access_token())
        .ok_or("the connection has no access token")?;
    println!("account {} is connected", account(&access_token)?);

    client.delete_connection(&made.id)?;
    client.delete_connector_config(&config.id)?;
    for event in client.list_events(&ListEvents::new().limit(10))?.items {
        if event.customer_id.as_deref() == Some(CUSTOMER) {
            println!("event {}", event.name.unwrap_or_default());
        }
    }
    Ok(())
}

/// Asks GitHub whose token this is.
fn account(access_token: &Secret) -> Result<String, Box<dyn Error>> {
    let github = env::var("GITHUB_API_URL").unwrap_or("https://api.github.com".into());
    let answer = ureq::get(format!("{github}/user"))
        .header("Authorization", format!("Bearer {}", access_token.expose()))
        .header("User-Agent", "openint-example")
        .call()?;
    let user: Value = serde_json::from_reader(answer.into_body().into_reader())?;
    Ok(user["login"].as_str().unwrap_or_default().to_owned())
}
