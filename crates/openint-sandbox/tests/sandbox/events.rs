use openint_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{body_for, call, create, failure, get, keys, send};

const ORG: &str = "key_test_123";
const CUSTOMER: &str = "key_cus_test_123";

/// A connection of `cus_1`, checked by its organisation and deleted by the customer.
fn live(sandbox: &Sandbox) -> String {
    let id = create(sandbox, &body_for("cus_1")).json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let one = format!("/v1/connection/{id}");
    assert_eq!(
        call(sandbox, "POST", &format!("{one}/check"), ORG, "{}").status,
        200
    );
    assert_eq!(call(sandbox, "DELETE", &one, CUSTOMER, "").status, 200);
    // What is refused did not happen.
    assert_eq!(call(sandbox, "DELETE", &one, CUSTOMER, "").status, 404);
    id
}

fn names(body: &Value) -> Vec<&str> {
    body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect()
}

const CHECKED: &str = "connect.connection-checked";
const DELETED: &str = "connect.connection-deleted";

#[test]
fn checks_and_deletes_leave_events() {
    let sandbox = Sandbox::start().unwrap();
    let id = live(&sandbox);
    let body = get(&sandbox, "/v1/event").json();
    assert_eq!(names(&body), [DELETED, CHECKED]);
    let [deleted, checked] = &body["items"].as_array().unwrap()[..] else {
        panic!("{body}");
    };
    for event in [deleted, checked] {
        let want = [
            "customer_id",
            "data",
            "id",
            "name",
            "org_id",
            "timestamp",
            "user",
            "user_id",
            "v",
        ];
        assert_eq!(keys(event), want);
        let ulid = event["id"].as_str().unwrap().strip_prefix("evt_").unwrap();
        assert_eq!(ulid.len(), 26);
        assert_eq!(event["org_id"], "org_sandbox");
        assert_eq!(
            (&event["v"], &event["user_id"]),
            (&Value::Null, &Value::Null)
        );
    }
    assert_eq!(
        deleted["user"],
        json!({"org_id": "org_sandbox", "customer_id": "cus_1"})
    );
    assert_eq!(deleted["customer_id"], "cus_1");
    assert_eq!(
        deleted["data"],
        json!({"connection_id": id, "customer_id": "cus_1"})
    );
    // The organisation did it, to a connection of the customer.
    assert_eq!(checked["user"], json!({"org_id": "org_sandbox"}));
    assert_eq!(checked["customer_id"], "cus_1");
    assert_eq!(
        keys(&checked["data"]),
        ["connection_id", "customer_id", "status", "status_message"]
    );
    assert_eq!(checked["data"]["status"], "error");
}

#[test]
fn events_are_filtered_and_paged() {
    let sandbox = Sandbox::start().unwrap();
    live(&sandbox);
    let last = get(&sandbox, "/v1/event?limit=1").json()["items"][0]["timestamp"].clone();
    let last = last.as_str().unwrap().replace("+00", "Z").replace(' ', "T");
    for (query, want, total, next) in [
        ("limit=1", vec![DELETED], 2, false),
        ("limit=1&offset=1", vec![CHECKED], 2, true),
        ("offset=2", vec![], 0, true),
        // Only ids of events are looked at.
        ("search_query=DELETED", vec![], 0, true),
        ("search_query=EVT_", vec![DELETED, CHECKED], 2, true),
        ("since=2020-01-01", vec![DELETED, CHECKED], 2, true),
        ("since=-infinity", vec![DELETED, CHECKED], 2, true),
        ("since=infinity", vec![], 0, true),
        ("since=today", vec![DELETED, CHECKED], 2, true),
        ("since=now", vec![], 0, true),
        (&format!("since={last}"), vec![DELETED], 1, true),
        ("since=2999-01-01T00:00:00Z", vec![], 0, true),
        ("since=", vec![DELETED, CHECKED], 2, true),
    ] {
        let body = get(&sandbox, &format!("/v1/event?{query}")).json();
        assert_eq!(names(&body), want, "{query}");
        assert_eq!(body["total"], total, "{query}");
        assert_eq!(body["has_next_page"], next, "{query}");
    }
    let plain = get(&sandbox, "/v1/event").json();
    let prompted = get(&sandbox, "/v1/event?include_prompt=true").json();
    assert_eq!(prompted, plain);
    for (query, message) in [
        (
            "soon",
            r#"invalid input syntax for type timestamp with time zone: "soon""#,
        ),
        (
            "2020-02-30",
            r#"date/time field value out of range: "2020-02-30""#,
        ),
    ] {
        let reply = get(&sandbox, &format!("/v1/event?since={query}"));
        assert_eq!((reply.status, reply.message().as_str()), (500, message));
    }
    for (query, status) in [
        ("limit=3001", 400),
        ("since=soon", 500),
        ("search_query=%00", 500),
    ] {
        assert_eq!(
            get(&sandbox, &format!("/v1/event?{query}")).status,
            status,
            "{query}"
        );
    }
}

#[test]
fn events_are_seen_by_those_they_are_of() {
    let sandbox = Sandbox::start().unwrap();
    live(&sandbox);
    for (key, want) in [
        (ORG, vec![DELETED, CHECKED]),
        (CUSTOMER, vec![DELETED, CHECKED]),
        ("key_test_other", vec![]),
    ] {
        let body = call(&sandbox, "GET", "/v1/event", key, "").json();
        assert_eq!(names(&body), want, "{key}");
    }
    let anonymous = send(&sandbox, "GET", "/v1/event", &[], "");
    assert_eq!(anonymous.status, 403);
    assert_eq!(
        failure(&anonymous, "listEvents").1,
        "Authentication required"
    );
    sandbox.reset();
    assert_eq!(get(&sandbox, "/v1/event").json()["items"], json!([]));
}
