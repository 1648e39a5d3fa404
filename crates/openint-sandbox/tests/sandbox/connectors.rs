use openint_sandbox::Sandbox;
use serde_json::json;

use crate::support::{call, failure, get, keys, send};

#[test]
fn connectors_are_listed_without_a_key() {
    let sandbox = Sandbox::start().unwrap();
    let anonymous = send(&sandbox, "GET", "/v1/connector?limit=3", &[], "");
    let body = anonymous.json();
    assert_eq!(anonymous.status, 200);
    assert_eq!(
        keys(&body),
        ["has_next_page", "items", "limit", "offset", "total"]
    );
    let facts: Vec<_> = body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            (
                item["name"].clone(),
                item["stage"].clone(),
                item["auth_type"].clone(),
            )
        })
        .collect();
    assert_eq!(
        json!(facts),
        json!([
            ["accelo", "alpha", "OAUTH2"],
            ["acme-apikey", "ga", "API_KEY"],
            ["acme-oauth2", "ga", "OAUTH2"],
        ])
    );
    assert_eq!(
        keys(&body["items"][0]),
        [
            "auth_type",
            "display_name",
            "has_openint_credentials",
            "logo_url",
            "name",
            "openint_allowed_scopes",
            "openint_default_scopes",
            "scopes",
            "stage",
        ]
    );
    assert_eq!(
        keys(&body["items"][1]),
        [
            "auth_type",
            "display_name",
            "has_openint_credentials",
            "logo_url",
            "name",
            "stage"
        ]
    );
    let wrong = call(&sandbox, "GET", "/v1/connector", "key_wrong", "");
    assert_eq!(wrong.status, 401);
    assert_eq!(failure(&wrong, "listConnectors").1, "Invalid API key");
}

#[test]
fn the_total_of_connectors_is_that_of_the_page() {
    let sandbox = Sandbox::start().unwrap();
    for (query, items, next) in [
        ("limit=1&offset=1", 1, true),
        ("", 50, true),
        ("limit=3000", 172, true),
        ("limit=50&offset=150", 22, true),
        ("limit=50&offset=172", 0, true),
        ("limit=0", 0, true),
    ] {
        let body = get(&sandbox, &format!("/v1/connector?{query}")).json();
        assert_eq!(body["items"].as_array().unwrap().len(), items, "{query}");
        assert_eq!(body["total"], items, "{query}");
        assert_eq!(body["has_next_page"], next, "{query}");
    }
    let with = get(&sandbox, "/v1/connector?limit=1&expand=schemas").json();
    assert!(with["items"][0]["schemas"]["connection_settings"]["required"].is_array());
    assert_eq!(
        get(&sandbox, "/v1/connector?expand=integrations").status,
        400
    );
    assert_eq!(get(&sandbox, "/v1/connector?limit=abc").status, 400);
}

#[test]
fn statuses_are_of_nobody_here() {
    let sandbox = Sandbox::start().unwrap();
    let reply = send(&sandbox, "GET", "/v1/connector-status", &[], "");
    let body = reply.json();
    assert_eq!(
        keys(&body),
        [
            "list",
            "numComplete",
            "numHealthyForOrg",
            "numTotalConnectors",
            "numWithConnectionForOrg",
            "numWithDefaultCredentials",
        ]
    );
    assert_eq!(body["numTotalConnectors"], 172);
    assert_eq!(
        body["list"][0],
        json!({"name": "accelo", "hasConnectionForOrg": false, "isHealthyForOrg": false, "hasDefaultCredentials": false, "complete": false})
    );
    assert_eq!(body["list"][6]["name"], "airtable");
    let wrong = call(&sandbox, "GET", "/v1/connector-status", "key_wrong", "");
    assert_eq!(failure(&wrong, "connectorStatus").0, "UNAUTHORIZED");
}
