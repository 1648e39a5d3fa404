//! Many rows, and pages that shift while they are read.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use openint_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{Client, KEY, get, post};

fn page(client: &mut Client, query: &str) -> Value {
    let target = format!("/v1/connection?{query}");
    client.send("GET", &target, &[("authorization", KEY)], "");
    client.receive("GET").unwrap().json()
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    let id = |item: &Value| item["id"].as_str().unwrap().to_owned();
    items.iter().map(id).collect()
}

#[test]
fn a_hundred_thousand_rows_are_read_page_by_page() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fill(100_000, "cus_many");
    let start = Instant::now();
    let mut client = Client::new(sandbox.address());
    let mut seen = HashSet::new();
    for offset in (0..=100_000).step_by(1_000) {
        let page = page(&mut client, &format!("limit=1000&offset={offset}"));
        // The flag is the wrong way round: it is true of the last full page and of none before.
        assert_eq!(page["has_next_page"], offset >= 99_000, "{offset}");
        let total = if offset < 100_000 { 100_000 } else { 0 };
        assert_eq!(page["total"], total, "{offset}");
        seen.extend(ids(&page));
    }
    assert_eq!(seen.len(), 100_000);
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn filled_rows_are_like_others() {
    let sandbox = Sandbox::start().unwrap();
    let mut client = Client::new(sandbox.address());
    let body = r#"{"connections":3,"customer_id":"cus_1"}"#;
    assert_eq!(
        post(&sandbox, "/_sandbox/fill", body).text(),
        r#"{"ok":true}"#
    );
    let body =
        r#"{"connections":2,"customer_id":"x","connector_config_id":"ccfg_discord_sandbox"}"#;
    assert_eq!(post(&sandbox, "/_sandbox/fill", body).status, 200);
    let page = page(&mut client, "include_secrets=true&limit=3");
    let names: Vec<_> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["connector_name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["discord", "discord", "acme-oauth2"]);
    let last = &page["items"][2];
    assert_eq!(last["customer_id"], "cus_1");
    assert_eq!(last["connector_config_id"], "ccfg_acme-oauth2_sandbox");
    assert_eq!(last["status"], "unknown");
    assert_eq!(
        last["settings"],
        json!({"oauth": {"credentials": {"access_token": "x"}}, "access_token": "x"})
    );
    let rows = get(&sandbox, "/_sandbox/rows").json();
    assert_eq!(
        rows,
        json!({"connections": 5, "customers": 1, "connector_configs": 9, "events": 0})
    );
    for (body, word) in [
        (r#"{"connections":1}"#, "customer_id"),
        (
            r#"{"connections":1,"customer_id":"a","connector_config_id":"ccfg_x"}"#,
            "no such connector config",
        ),
        (
            r#"{"connections":1,"customer_id":"a","connector_config_id":"ccfg_plaid_sandbox"}"#,
            "plaid",
        ),
        (r#"{"connections":1000000,"customer_id":"a"}"#, "full"),
    ] {
        let reply = post(&sandbox, "/_sandbox/fill", body);
        let error = reply.json()["error"].as_str().unwrap().to_owned();
        assert!(reply.status == 400 && error.contains(word), "{error}");
    }
    assert_eq!(sandbox.connections(None), 5);
}

#[test]
fn a_touched_row_shifts_the_pages() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fill(4, "a");
    let mut client = Client::new(sandbox.address());
    let all = ids(&page(&mut client, ""));
    assert_eq!(ids(&page(&mut client, "limit=2")), all[..2]);
    assert!(sandbox.touch(&all[3]));
    // The second page begins with a row that was on the first, and one row is on neither.
    assert_eq!(ids(&page(&mut client, "limit=2&offset=2")), all[1..3]);

    let body = json!({"id": all[2]}).to_string();
    assert_eq!(post(&sandbox, "/_sandbox/touch", &body).status, 200);
    let after = page(&mut client, "");
    assert_eq!(
        ids(&after),
        [&all[2], &all[3], &all[0], &all[1]].map(String::clone)
    );
    let times: Vec<_> = after["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["updated_at"].clone())
        .collect();
    assert_ne!(times[0], after["items"][0]["created_at"]);
    assert!(!sandbox.touch("conn_nope"));
    for body in [r#"{"id":"conn_nope"}"#, "{}"] {
        assert_eq!(post(&sandbox, "/_sandbox/touch", body).status, 400);
    }
}

#[test]
fn rows_of_every_kind_are_counted() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fill(2, "cus_1");
    post(&sandbox, "/v1/customer/cus_2/token", "{}");
    let id = ids(&get(&sandbox, "/v1/connection").json())[0].clone();
    post(&sandbox, &format!("/v1/connection/{id}/check"), "{}");
    post(
        &sandbox,
        "/v1/connector-config",
        r#"{"connector_name":"github"}"#,
    );
    for (query, connections, customers, configs, events) in [
        ("", 2, 2, 10, 1),
        ("?customer_id=cus_2", 0, 1, 10, 0),
        ("?connector_config_id=ccfg_acme-oauth2_sandbox", 2, 2, 1, 1),
        ("?connector_config_id=ccfg_nope", 0, 2, 0, 1),
    ] {
        assert_eq!(
            get(&sandbox, &format!("/_sandbox/rows{query}")).json(),
            json!({"connections": connections, "customers": customers, "connector_configs": configs, "events": events}),
            "{query}"
        );
    }
}

#[test]
fn seeds_may_carry_config_and_metadata() {
    let sandbox = Sandbox::builder()
        .seed(
            r#"{"replace":true,
                "organisations":[{"id":"org_sandbox","api_key":"key_test_123"}],
                "customers":[{"id":"c","api_key":"key_c","metadata":{"plan":1}}],
                "connector_configs":[{"id":"ccfg_mine","connector_name":"github","display_name":"Mine",
                    "metadata":{"bb":1,"a":2},"config":{"oauth":{"client_secret":"s"}}}]}"#,
        )
        .start()
        .unwrap();
    let config = get(&sandbox, "/v1/connector-config/ccfg_mine").json();
    assert_eq!(config["display_name"], "Mine");
    assert_eq!(config["metadata"], json!({"a": 2, "bb": 1}));
    assert_eq!(config["config"]["oauth"]["client_secret"], "s");
    sandbox.fill(1, "c");
    assert_eq!(sandbox.connections(Some("c")), 1);
    assert_eq!(
        get(&sandbox, "/_sandbox/rows").json(),
        json!({"connections": 1, "customers": 1, "connector_configs": 1, "events": 0})
    );
}
