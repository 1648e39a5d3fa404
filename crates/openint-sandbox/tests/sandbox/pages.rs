//! Many rows, and pages that shift while they are read.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use openint_sandbox::{Churn, Sandbox};
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
        json!({"connections": 5, "customers": 2, "connector_configs": 10, "events": 0})
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
        (
            r#"{"connections":1,"customer_id":"a","customers":0}"#,
            "customers",
        ),
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
        ("", 2, 3, 11, 1),
        ("?customer_id=cus_1", 2, 1, 11, 1),
        ("?customer_id=cus_2", 0, 1, 11, 0),
        ("?connector_config_id=ccfg_acme-oauth2_sandbox", 2, 3, 1, 1),
        ("?connector_config_id=ccfg_nope", 0, 3, 0, 1),
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

fn customers(client: &mut Client, query: &str) -> Vec<String> {
    let target = format!("/v1/customer?{query}");
    client.send("GET", &target, &[("authorization", KEY)], "");
    ids(&client.receive("GET").unwrap().json())
}

/// All that one walk through the pages of the customers shows.
fn walk(client: &mut Client, rows: usize, limit: usize) -> Vec<String> {
    (0..rows)
        .step_by(limit)
        .flat_map(|offset| customers(client, &format!("limit={limit}&offset={offset}")))
        .collect()
}

#[test]
fn pages_of_customers_lose_some() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fill_customers(3_500, "cus_");
    let all: HashSet<_> = (1..=3_500).map(|n| format!("cus_{n}")).collect();
    assert_eq!(sandbox.ids().customers.len(), 3_500);
    let mut client = Client::new(sandbox.address());
    for limit in [50, 500] {
        let walked = walk(&mut client, 3_500, limit);
        let distinct: HashSet<_> = walked.iter().cloned().collect();
        assert_eq!(walked.len(), 3_500);
        assert!(distinct.is_subset(&all));
        // Each page is drawn from all of them.
        assert!(distinct.len() < 3_300, "{} of 3500", distinct.len());
    }
    // Large pages lose fewer, and some walks more find the rest.
    let mut seen: HashSet<String> = HashSet::new();
    let mut walks = 0;
    while seen.len() < 3_500 {
        seen.extend(walk(&mut client, 3_500, 3_000));
        walks += 1;
    }
    assert!((2..=12).contains(&walks), "{walks}");
    let found = customers(&mut client, "search_query=cus_35&limit=3000");
    assert_eq!(found.len(), 12);
}

#[test]
fn orders_of_customers_follow_from_their_seed() {
    let orders = |sandbox: &Sandbox| -> Vec<_> {
        let mut client = Client::new(sandbox.address());
        (0..3).map(|_| customers(&mut client, "")).collect()
    };
    let start = |seed| {
        let sandbox = Sandbox::builder().customer_order(seed).start().unwrap();
        sandbox.fill_customers(40, "c");
        sandbox
    };
    let sandbox = start(7);
    let first = orders(&sandbox);
    assert_ne!(first[0], first[1]);
    assert_ne!(first[1], first[2]);
    assert_eq!(orders(&start(7)), first);
    assert_ne!(orders(&start(8)), first);
    assert_ne!(orders(&sandbox), first);
    sandbox.customer_order(7);
    assert_eq!(orders(&sandbox), first);
    assert_eq!(
        post(&sandbox, "/_sandbox/order", r#"{"seed":7}"#).status,
        200
    );
    assert_eq!(orders(&sandbox), first);
    assert_eq!(post(&sandbox, "/_sandbox/order", "{}").status, 400);
}

#[test]
fn many_rows_are_spread_over_customers() {
    let sandbox = Sandbox::start().unwrap();
    let body = r#"{"connections":10,"customers":4,"customer_id":"c"}"#;
    assert_eq!(post(&sandbox, "/_sandbox/fill", body).status, 200);
    let counts = ["c1", "c2", "c3", "c4"].map(|id| sandbox.connections(Some(id)));
    assert_eq!(counts, [3, 3, 2, 2]);
    let told = get(&sandbox, "/_sandbox/ids").json();
    assert_eq!(told["customers"], json!(["c1", "c2", "c3", "c4"]));
    let listed = ids(&get(&sandbox, "/v1/connection").json());
    assert_eq!(told["connections"], json!(listed));
    assert_eq!(told["connector_configs"].as_array().unwrap().len(), 9);
    assert_eq!(told["events"], json!([]));
}

#[test]
fn rows_change_between_pages() {
    let run = |start: &dyn Fn(&Sandbox)| {
        let sandbox = Sandbox::start().unwrap();
        sandbox.fill(60, "c");
        start(&sandbox);
        let before: HashSet<_> = sandbox.ids().connections.into_iter().collect();
        let mut client = Client::new(sandbox.address());
        let mut walked = Vec::new();
        for offset in (0..60).step_by(10) {
            walked.extend(ids(&page(
                &mut client,
                &format!("limit=10&offset={offset}"),
            )));
        }
        let after: HashSet<_> = sandbox.ids().connections.into_iter().collect();
        let stayed: HashSet<_> = before.intersection(&after).cloned().collect();
        let distinct: HashSet<_> = walked.iter().cloned().collect();
        let churned = get(&sandbox, "/_sandbox/churn").json();
        let missed = stayed.difference(&distinct).count();
        let repeated = walked.len() - distinct.len();
        (stayed.len(), missed, repeated, after.len(), churned)
    };
    let churn = |sandbox: &Sandbox| {
        sandbox.churn(Churn::new(3).updates(2).inserts(1).deletes(2));
    };
    let told = run(&churn);
    let (stayed, missed, repeated, after, churned) = &told;
    assert_eq!(
        *churned,
        json!({"updates": 12, "inserts": 6, "deletes": 12})
    );
    assert_eq!(*after, 54);
    assert!((48..60).contains(stayed), "{stayed}");
    // Rows that moved to the front are missed, and push others onto the next page.
    assert!(*missed > 0 && *repeated > 0, "{told:?}");

    // Which rows change is seen in their places, and so it is the same by either way.
    let by_route = |sandbox: &Sandbox| {
        let body = r#"{"seed":3,"updates":2,"inserts":1,"deletes":2}"#;
        assert_eq!(post(sandbox, "/_sandbox/churn", body).status, 200);
    };
    assert_eq!(run(&by_route), told);

    let quiet = |sandbox: &Sandbox| {
        churn(sandbox);
        sandbox.reset();
        sandbox.fill(60, "c");
    };
    let (stayed, missed, repeated, ..) = run(&quiet);
    assert_eq!((stayed, missed, repeated), (60, 0, 0));
    let sandbox = Sandbox::start().unwrap();
    let bad = post(&sandbox, "/_sandbox/churn", r#"{"seed":1,"update":1}"#);
    assert_eq!(bad.status, 400);
}

#[test]
fn lists_of_every_kind_change_between_pages() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fill_customers(20, "c");
    sandbox.churn(Churn::new(5).updates(1).inserts(2).deletes(1));
    let kinds = || {
        let ids = sandbox.ids();
        [ids.connections, ids.connector_configs, ids.events].map(|list| list.len())
    };
    assert_eq!(kinds(), [20, 9, 0]);
    for (target, want) in [
        ("/v1/connection", [21, 9, 1]),
        ("/v1/customer", [22, 9, 2]),
        ("/v1/event", [22, 9, 4]),
    ] {
        assert_eq!(get(&sandbox, target).status, 200);
        assert_eq!(kinds(), want, "{target}");
    }
    get(&sandbox, "/v1/connector-config");
    // One that has connections is not deleted.
    assert!((10..=11).contains(&kinds()[1]));
    assert!(sandbox.churned().updates >= 3);
}
