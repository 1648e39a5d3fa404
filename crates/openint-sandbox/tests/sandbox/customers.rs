use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use openint_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{body_for, call, create, failure, get, keys, post, put, send};

const ORG: &str = "key_test_123";

fn token(sandbox: &Sandbox, customer: &str, body: &str) -> Value {
    let path = format!("/v1/customer/{customer}/token");
    let reply = call(sandbox, "POST", &path, ORG, body);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

/// Returns the claims of a token.
fn claims(token: &Value) -> Value {
    let part = token["token"].as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64.decode(part).unwrap()).unwrap()
}

#[test]
fn an_upsert_replaces_metadata_and_keeps_the_key() {
    let sandbox = Sandbox::start().unwrap();
    let first = put(
        &sandbox,
        "/v1/customer",
        r#"{"id":"cus_put","metadata":{"bb":1,"a":2}}"#,
    );
    let made = first.json();
    assert_eq!(
        keys(&made),
        [
            "api_key",
            "created_at",
            "id",
            "metadata",
            "org_id",
            "updated_at"
        ]
    );
    assert!(first.text().contains(r#""metadata":{"a":2,"bb":1}"#));
    let key = made["api_key"].as_str().unwrap();
    assert_eq!(key.strip_prefix("key_cus_").unwrap().len(), 26);
    let viewer = call(&sandbox, "GET", "/v1/viewer", key, "");
    assert_eq!(
        viewer.text(),
        r#"{"role":"customer","orgId":"org_sandbox","customerId":"cus_put"}"#
    );
    for (body, metadata) in [
        (r#"{"id":"cus_put","metadata":{"b":2}}"#, json!({"b": 2})),
        (r#"{"id":"cus_put"}"#, Value::Null),
    ] {
        let mut want = made.clone();
        want["metadata"] = metadata;
        assert_eq!(put(&sandbox, "/v1/customer", body).json(), want);
    }
    let named = put(&sandbox, "/v1/customer", "{}").json();
    assert!(named["id"].as_str().unwrap().starts_with("cus_"));
    let untyped = send(
        &sandbox,
        "PUT",
        "/v1/customer",
        &[
            ("authorization", "Bearer key_test_123"),
            ("content-type", ""),
        ],
        r#"{"id":"cus_put2"}"#,
    );
    assert_eq!(
        (untyped.status, untyped.json()["id"].clone()),
        (200, json!("cus_put2"))
    );
    // Another organisation's customer of the same id is another customer.
    let other = call(
        &sandbox,
        "PUT",
        "/v1/customer",
        "key_test_other",
        r#"{"id":"cus_put"}"#,
    );
    assert_eq!(other.json()["org_id"], "org_other");
    assert_ne!(other.json()["api_key"], made["api_key"]);
}

#[test]
fn customers_with_connections_are_listed() {
    let sandbox = Sandbox::start().unwrap();
    put(&sandbox, "/v1/customer", r#"{"id":"without"}"#);
    for customer in ["cus_b", "cus_a", "cus_b", ""] {
        assert_eq!(create(&sandbox, &body_for(customer)).status, 200);
    }
    let list = |query: &str| {
        let body = get(&sandbox, &format!("/v1/customer?{query}")).json();
        let mut items: Vec<_> = body["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| {
                assert_eq!(
                    keys(item),
                    ["connection_count", "created_at", "id", "updated_at"]
                );
                (
                    item["id"].as_str().unwrap().to_owned(),
                    item["connection_count"].as_u64().unwrap(),
                )
            })
            .collect();
        items.sort();
        (
            items,
            body["total"].as_u64().unwrap(),
            body["has_next_page"] == true,
        )
    };
    let all = [("", 1), ("cus_a", 1), ("cus_b", 2)].map(|(id, count)| (id.to_owned(), count));
    for (query, items, total, next) in [
        ("", &all[..], 3, true),
        ("offset=3", &[], 0, true),
        ("search_query=CUS_B", &all[2..], 1, true),
        ("search_query=%20us%25a%20", &all[1..2], 1, true),
        ("search_query=acme", &all, 3, true),
        ("search_query=without", &[], 0, true),
        ("search_query=", &all, 3, true),
    ] {
        assert_eq!(list(query), (items.to_vec(), total, next), "{query}");
    }
    for (query, count, next) in [("limit=1", 1, false), ("limit=2&offset=1", 2, true)] {
        let (items, total, has_next) = list(query);
        assert_eq!((items.len(), total, has_next), (count, 3, next), "{query}");
        assert!(items.iter().all(|item| all.contains(item)), "{query}");
    }
    let other = call(&sandbox, "GET", "/v1/customer", "key_test_other", "");
    assert_eq!(other.json()["items"], json!([]));
}

#[test]
fn a_token_wipes_metadata_and_has_a_link() {
    let sandbox = Sandbox::start().unwrap();
    let made = put(
        &sandbox,
        "/v1/customer",
        r#"{"id":"c","metadata":{"keep":"me"}}"#,
    )
    .json();
    let given = token(&sandbox, "c", "{}");
    assert_eq!(keys(&given), ["api_key", "magic_link_url", "token"]);
    assert_eq!(given["api_key"], made["api_key"]);
    let jwt = given["token"].as_str().unwrap();
    // The client called it `sandbox`, see the `host` it sends.
    assert_eq!(
        given["magic_link_url"],
        format!("http://sandbox/connect?token={jwt}")
    );
    assert_eq!(
        put(&sandbox, "/v1/customer", r#"{"id":"c"}"#).json()["metadata"],
        Value::Null
    );
    assert_eq!(token(&sandbox, "cus_1", "")["api_key"], "key_cus_test_123");

    let options = r#"{"validity_in_seconds":60,"connect_options":{"view":"add","connector_names":["acme-oauth2"],"return_url":"https://x.test/?a b","debug":true,"more":1}}"#;
    let given = token(&sandbox, "cus_new", options);
    let jwt = given["token"].as_str().unwrap();
    assert_eq!(
        given["magic_link_url"],
        format!(
            "http://sandbox/connect?token={jwt}&return_url=https%3A%2F%2Fx.test%2F%3Fa+b&view=add"
        )
    );
    let claims = claims(&given);
    assert_eq!(
        claims["connect_options"],
        json!({"return_url": "https://x.test/?a b", "connector_names": ["acme-oauth2"], "view": "add", "debug": true})
    );
    assert_eq!(claims["sub"], "org_sandbox/cus_new");
    assert!(claims["iat"].is_u64(), "{claims}");
    let valid = claims["exp"].as_f64().unwrap() - claims["iat"].as_f64().unwrap();
    assert!((60.0..62.0).contains(&valid), "{valid}");
}

#[test]
fn options_of_a_token_are_made_what_they_must_be() {
    let sandbox = Sandbox::start().unwrap();
    let given = token(
        &sandbox,
        "c",
        r#"{"validity_in_seconds":"0x10","connect_options":{"connector_names":"github,plaid","debug":"no","is_embedded":0,"hide_navigation":null}}"#,
    );
    let told = claims(&given);
    assert_eq!(
        told["connect_options"],
        json!({"connector_names": ["github", "plaid"], "debug": true, "is_embedded": false, "hide_navigation": false})
    );
    let valid = told["exp"].as_f64().unwrap() - told["iat"].as_f64().unwrap();
    assert!((16.0..18.0).contains(&valid), "{valid}");
    let long = token(&sandbox, "c", r#"{"validity_in_seconds":1e300}"#);
    assert_eq!(claims(&long)["exp"], 1e300);
}

#[test]
fn the_id_in_the_path_of_a_token_is_not_decoded() {
    let sandbox = Sandbox::start().unwrap();
    for (path, id) in [
        ("%E5%AE%A2%2Fa", "%E5%AE%A2%2Fa"),
        ("a%20b", "a%20b"),
        ("o%27brien", "o%27brien"),
        ("o'brien", "o'brien"),
        ("user@example.test", "user@example.test"),
        ("user%40example.test", "user%40example.test"),
        ("A:+$=&,;()!*b", "A:+$=&,;()!*b"),
    ] {
        let given = token(&sandbox, path, "{}");
        let key = given["api_key"].as_str().unwrap();
        let viewer = call(&sandbox, "GET", "/v1/viewer", key, "").json();
        assert_eq!(viewer["customerId"], id);
    }
    assert_eq!(post(&sandbox, "/v1/customer//token", "{}").status, 404);
    assert_eq!(post(&sandbox, "/v1/customer/a/b/token", "{}").status, 404);
}

#[test]
fn a_token_stands_for_its_customer() {
    let sandbox = Sandbox::start().unwrap();
    for customer in ["cus_1", "cus_1", "cus_2"] {
        create(&sandbox, &body_for(customer));
    }
    let given = token(&sandbox, "cus_1", "{}");
    let jwt = given["token"].as_str().unwrap();
    let viewer = call(&sandbox, "GET", "/v1/viewer", jwt, "");
    assert_eq!(
        viewer.text(),
        r#"{"role":"customer","customerId":"cus_1","orgId":"org_sandbox"}"#
    );
    assert_eq!(
        call(&sandbox, "GET", "/v1/connection", jwt, "").json()["total"],
        2
    );
    let refused = call(&sandbox, "POST", "/v1/connection", jwt, &body_for("cus_1"));
    assert_eq!(refused.message(), "Org admin only");

    let [header, body, signature] = jwt.split('.').collect::<Vec<_>>()[..] else {
        panic!("{jwt}");
    };
    let other = BASE64.encode(
        r#"{"role":"customer","exp":9000000000.5,"customer_id":"cus_2","org_id":"org_sandbox"}"#,
    );
    let short = token(&sandbox, "cus_1", r#"{"validity_in_seconds":-1.5}"#);
    let foreign = Sandbox::start().unwrap();
    let foreign = token(&foreign, "cus_1", "{}");
    for (bad, message) in [
        (
            format!("{header}.{other}.{signature}"),
            "JWSSignatureVerificationFailed",
        ),
        (
            format!("{header}.{body}.AAAA"),
            "JWSSignatureVerificationFailed",
        ),
        (
            foreign["token"].as_str().unwrap().into(),
            "JWSSignatureVerificationFailed",
        ),
        (short["token"].as_str().unwrap().into(), "JWTExpired"),
        (format!("{header}.{body}"), "JWSInvalid"),
    ] {
        let reply = call(&sandbox, "GET", "/v1/connection", &bad, "");
        assert_eq!(reply.status, 401, "{message}");
        let found = failure(&reply, "listConnections").1;
        assert!(
            found.starts_with(&format!("TRPCError: {message}")),
            "{found}"
        );
    }
    // A reset forgets the customers it did not begin with, but a signature stays good.
    sandbox.reset();
    assert_eq!(
        call(&sandbox, "GET", "/v1/connection", jwt, "").json()["total"],
        0
    );
}

#[test]
fn a_quote_in_its_id_breaks_what_a_customer_reads() {
    let sandbox = Sandbox::start().unwrap();
    let given = token(&sandbox, "o'brien", "{}");
    let connection = create(&sandbox, &body_for("o'brien")).json();
    let one = format!("/v1/connection/{}", connection["id"].as_str().unwrap());
    for key in [&given["token"], &given["api_key"]] {
        let key = key.as_str().unwrap();
        assert_eq!(call(&sandbox, "GET", "/v1/viewer", key, "").status, 200);
        for (target, operation) in [
            ("/v1/connection?limit=1", "listConnections"),
            (&one, "getConnection"),
            ("/v1/event", "listEvents"),
        ] {
            let reply = call(&sandbox, "GET", target, key, "");
            let (code, message, _) = failure(&reply, operation);
            assert_eq!(
                (reply.status, code.as_str()),
                (500, "INTERNAL_SERVER_ERROR")
            );
            assert_eq!(message, r#"syntax error at or near "brien""#);
        }
    }
    assert_eq!(get(&sandbox, &one).status, 200);
}

#[test]
fn customers_are_the_organisations_own_affair() {
    let sandbox = Sandbox::start().unwrap();
    for (method, target, operation) in [
        ("PUT", "/v1/customer", "upsertCustomer"),
        ("GET", "/v1/customer", "listCustomers"),
        ("POST", "/v1/customer/cus_1/token", "createToken"),
        (
            "GET",
            "/v1/ai/message_template?customer_id=c",
            "messageTemplate",
        ),
    ] {
        for (key, status, message) in [
            ("key_cus_test_123", 403, "Org admin only"),
            ("key_wrong", 401, "Invalid API key"),
        ] {
            let reply = call(&sandbox, method, target, key, "");
            assert_eq!(
                (reply.status, failure(&reply, operation).1.as_str()),
                (status, message)
            );
        }
        assert_eq!(
            send(&sandbox, method, target, &[], "").message(),
            "Org admin only"
        );
    }
    for (method, target, body, issue) in [
        (
            "PUT",
            "/v1/customer",
            r#"{"id":1}"#,
            "invalid_type id: Expected string, received number",
        ),
        (
            "PUT",
            "/v1/customer",
            r#"{"metadata":null}"#,
            "invalid_type metadata: Expected object, received null",
        ),
        (
            "GET",
            "/v1/customer?limit=-1",
            "",
            "too_small limit: Number must be greater than or equal to 0",
        ),
        (
            "POST",
            "/v1/customer/c/token",
            r#"{"validity_in_seconds":"soon"}"#,
            "invalid_type validity_in_seconds: Expected number, received nan",
        ),
        (
            "POST",
            "/v1/customer/c/token",
            r#"{"connect_options":{"view":"all"}}"#,
            "invalid_enum_value connect_options.view: Invalid enum value. Expected 'add' | 'manage', received 'all'",
        ),
        (
            "POST",
            "/v1/customer/c/token",
            r#"{"connect_options":{"connector_names":7}}"#,
            "invalid_type connect_options.connector_names: Expected array, received number",
        ),
    ] {
        let reply = call(&sandbox, method, target, ORG, body);
        assert_eq!(reply.status, 400, "{body}");
        let operation = reply.json()["data"]["path"].as_str().unwrap().to_owned();
        assert_eq!(failure(&reply, &operation).2, [issue]);
    }
    let nul = put(&sandbox, "/v1/customer", r#"{"id":"a\u0000"}"#);
    assert_eq!(nul.status, 500);
    let empty = call(&sandbox, "PUT", "/v1/customer", ORG, "");
    assert_eq!(empty.status, 200);
    let headers = [
        ("authorization", "Bearer key_test_123"),
        ("content-type", "application/json"),
    ];
    let parsed = send(&sandbox, "POST", "/v1/customer/c/token", &headers, "");
    assert_eq!(
        (parsed.status, parsed.json()["code"].clone()),
        (400, json!("PARSE_ERROR"))
    );
}

#[test]
fn a_message_template_holds_the_customers_key() {
    let sandbox = Sandbox::start().unwrap();
    let made = put(&sandbox, "/v1/customer", r#"{"id":"c","metadata":{"a":1}}"#).json();
    let id = create(&sandbox, &body_for("c")).json()["id"].clone();
    let template = |query: &str| {
        let reply = get(&sandbox, &format!("/v1/ai/message_template?{query}"));
        assert_eq!(keys(&reply.json()), ["language", "template"]);
        assert_eq!(reply.json()["language"], "javascript");
        reply.json()["template"].as_str().unwrap().to_owned()
    };
    let key = made["api_key"].as_str().unwrap();
    let plain = template("customer_id=c&language=javascript");
    assert!(plain.contains(&format!("apiKey: '{key}'")) && plain.contains(id.as_str().unwrap()));
    let variable = template("customer_id=c&use_environment_variables=true");
    assert!(
        variable.contains("apiKey: process.env.OPENINT_API_KEY"),
        "{variable}"
    );
    // The customer is left as it was; one that only its connections name has no record.
    let rows = || get(&sandbox, "/_sandbox/rows?customer_id=named_only").json();
    create(&sandbox, &body_for("named_only"));
    let missing = get(&sandbox, "/v1/ai/message_template?customer_id=named_only");
    let (code, message, _) = failure(&missing, "messageTemplate");
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("NOT_FOUND", "Customer not found")
    );
    assert_eq!(rows()["customers"], 0);
    for (query, issues) in [
        ("", vec!["invalid_type customer_id: Required"]),
        (
            "customer_id=a&customer_id=b",
            vec!["invalid_type customer_id: Expected string, received array"],
        ),
        (
            "language=rust&customer_id=c",
            vec![
                "invalid_enum_value language: Invalid enum value. Expected 'javascript', received 'rust'",
            ],
        ),
    ] {
        let reply = get(&sandbox, &format!("/v1/ai/message_template?{query}"));
        assert_eq!(reply.status, 400);
        assert_eq!(failure(&reply, "messageTemplate").2, issues);
    }
}
