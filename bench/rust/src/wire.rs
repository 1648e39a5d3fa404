//! Types that every peer sends and reads, made and parsed anew for each call.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

pub(crate) const API_KEY: &str = "key_bench";
pub(crate) const CONFIG: &str = "ccfg_acme-oauth2_01KATDFKS0G3Q7V5M2N8P4R6T9";
pub(crate) const CUSTOMER: &str = "customer_id";
pub(crate) const CONNECTOR: &str = "acme-oauth2";

pub(crate) fn settings() -> Value {
    json!({ "oauth": { "credentials": { "access_token": "ya29.a0AfH6SMBx4h2kJ7", "expires_in": 3600 } } })
}

#[derive(Serialize)]
pub(crate) struct Create {
    connector_config_id: String,
    customer_id: String,
    data: Data,
}

#[derive(Serialize)]
struct Data {
    connector_name: String,
    settings: Value,
}

impl Create {
    pub(crate) fn new() -> Self {
        Self {
            connector_config_id: CONFIG.to_owned(),
            customer_id: CUSTOMER.to_owned(),
            data: Data {
                connector_name: CONNECTOR.to_owned(),
                settings: settings(),
            },
        }
    }

    pub(crate) fn bytes() -> Vec<u8> {
        serde_json::to_vec(&Self::new()).expect("it has a JSON form")
    }
}

/// The fields of the answer that the SDK has types for.
#[derive(Deserialize)]
#[expect(dead_code, reason = "parsed, as a user's program would, and looked at no further")]
pub(crate) struct Connection {
    pub(crate) id: String,
    customer_id: Option<String>,
    connector_config_id: Option<String>,
    integration_id: Option<String>,
    created_at: String,
    updated_at: String,
    display_name: Option<String>,
    disabled: Option<bool>,
    metadata: Option<Box<RawValue>>,
    connector_name: String,
    settings: Option<Box<RawValue>>,
    status: Option<String>,
    status_message: Option<String>,
}

/// Parses an answer and looks at it, so that no work can be left out.
pub(crate) fn check(body: &[u8]) {
    let connection: Connection = serde_json::from_slice(body).expect("a connection");
    assert!(connection.id.starts_with("conn_"));
}
