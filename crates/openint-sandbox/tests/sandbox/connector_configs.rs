use openint_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{body_for, call, create, failure, get, keys, post, put};

const LIST: &str = "/v1/connector-config";

const KEYS: [&str; 9] = [
    "config",
    "connector_name",
    "created_at",
    "disabled",
    "display_name",
    "id",
    "metadata",
    "org_id",
    "updated_at",
];

fn ids(sandbox: &Sandbox, query: &str) -> Vec<String> {
    let reply = get(sandbox, &format!("{LIST}?{query}"));
    assert_eq!(reply.status, 200, "{query} {}", reply.text());
    let items = reply.json()["items"].as_array().unwrap().clone();
    items
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn seeded_configs_hold_their_secrets() {
    let sandbox = Sandbox::start().unwrap();
    for (name, display_name, config) in [
        (
            "github",
            Value::Null,
            json!({"oauth": {"client_id": "gh_client", "client_secret": "gh_secret", "scopes": []}}),
        ),
        (
            "discord",
            json!("Discord sandbox"),
            json!({"oauth": {"client_id": "discord_client", "client_secret": "discord_secret", "scopes": ["identify"]}}),
        ),
        (
            "plaid",
            Value::Null,
            json!({"envName": "sandbox", "credentials": null, "clientName": "Sandbox", "products": ["transactions"], "countryCodes": ["US"], "language": "en"}),
        ),
        ("acme-apikey", Value::Null, json!({})),
    ] {
        let body = get(&sandbox, &format!("{LIST}/ccfg_{name}_sandbox")).json();
        assert_eq!(keys(&body), KEYS);
        assert_eq!(body["config"], config, "{name}");
        assert_eq!(body["display_name"], display_name, "{name}");
        assert_eq!(body["org_id"], "org_sandbox");
        assert_eq!(
            (&body["disabled"], &body["metadata"]),
            (&json!(false), &Value::Null)
        );
    }
}

#[test]
fn a_created_config_takes_connections() {
    let sandbox = Sandbox::start().unwrap();
    let body = r#"{"connector_name":"acme-oauth2","display_name":"made by api","metadata":{"bb":1,"a":2},"config":{"oauth":{"client_secret":"b","client_id":"a","more":1},"more":1}}"#;
    let reply = post(&sandbox, LIST, body);
    let made = reply.json();
    assert_eq!((reply.status, keys(&made)), (200, KEYS.to_vec()));
    // What a create answers lacks the scopes that reads add.
    assert!(
        reply
            .text()
            .ends_with(r#""metadata":{"a":2,"bb":1},"connector_name":"acme-oauth2","config":{"oauth":{"client_id":"a","client_secret":"b"}}}"#),
        "{}",
        reply.text()
    );
    assert_eq!(made["created_at"], made["updated_at"]);
    assert_eq!(made["disabled"], false);
    let id = made["id"].as_str().unwrap();
    assert_eq!(id.strip_prefix("ccfg_acme-oauth2_").unwrap().len(), 26);
    assert_eq!(ids(&sandbox, "limit=1"), [id]);

    let connection = body_for("cus_1").replace("ccfg_acme-oauth2_sandbox", id);
    assert_eq!(create(&sandbox, &connection).status, 200);
    let read = get(&sandbox, &format!("{LIST}/{id}?expand=connection_count")).json();
    assert_eq!(read["connection_count"], 1);
    assert_eq!(read["config"]["oauth"]["scopes"], json!([]));

    let bare = post(
        &sandbox,
        LIST,
        r#"{"connector_name":"github","disabled":null}"#,
    );
    assert_eq!(bare.json()["config"], json!({}));
    assert_eq!(bare.json()["disabled"], Value::Null);

    let least = post(
        &sandbox,
        LIST,
        r#"{"connector_name":"plaid","disabled":"false","config":{"envName":"sandbox","more":1}}"#,
    )
    .json();
    assert_eq!(least["disabled"], true);
    assert_eq!(
        least["config"],
        json!({"envName": "sandbox", "clientName": "This Application", "products": ["transactions"], "countryCodes": ["US", "CA"], "language": "en"})
    );
}

#[test]
fn a_config_without_what_it_needs_is_saved_and_breaks_the_list() {
    for (name, config, issue) in [
        ("plaid", "", "invalid_type config.envName: Required"),
        ("teller", "", "invalid_type config.applicationId: Required"),
        ("merge", "", "invalid_type config.apiKey: Required"),
        (
            "plaid",
            r#","config":{"envName":"moon"}"#,
            "invalid_enum_value config.envName: Invalid enum value. Expected 'sandbox' | 'development' | 'production', received 'moon'",
        ),
    ] {
        let sandbox = Sandbox::start().unwrap();
        let before = sandbox.ids().connector_configs;
        let body = format!(r#"{{"connector_name":"{name}"{config}}}"#);
        let reply = post(&sandbox, LIST, &body);
        let (_, message, issues) = failure(&reply, "createConnectorConfig");
        assert_eq!(
            (reply.status, message.as_str()),
            (500, "Output validation failed")
        );
        assert_eq!(issues, [issue]);
        let mut saved = sandbox.ids().connector_configs;
        saved.retain(|id| !before.contains(id));
        assert_eq!(saved.len(), 1);

        assert_eq!(get(&sandbox, LIST).status, 500);
        let one = format!("{LIST}/{}", saved[0]);
        assert_eq!(get(&sandbox, &one).status, 500);
        assert_eq!(
            get(&sandbox, &format!("{LIST}?connector_names=discord")).status,
            200
        );
        assert_eq!(
            call(&sandbox, "DELETE", &one, "key_test_123", "").status,
            200
        );
        assert_eq!(get(&sandbox, LIST).status, 200);
    }
}

#[test]
fn a_config_is_never_null() {
    let sandbox = Sandbox::start().unwrap();
    let before = get(&sandbox, LIST).json();
    for (reply, operation) in [
        (
            post(
                &sandbox,
                LIST,
                r#"{"connector_name":"github","config":null}"#,
            ),
            "createConnectorConfig",
        ),
        (
            put(
                &sandbox,
                &format!("{LIST}/ccfg_github_sandbox"),
                r#"{"config":null}"#,
            ),
            "updateConnectorConfig",
        ),
    ] {
        let (_, message, _) = failure(&reply, operation);
        assert_eq!(reply.status, 500);
        assert!(
            message.contains("violates not-null constraint"),
            "{message}"
        );
    }
    assert_eq!(get(&sandbox, LIST).json(), before);
}

#[test]
fn an_update_sets_what_it_is_given() {
    let sandbox = Sandbox::start().unwrap();
    let path = format!("{LIST}/ccfg_github_sandbox");
    let secrets = json!({"oauth": {"client_id": "gh_client", "client_secret": "gh_secret"}});
    for (body, display_name, disabled, config) in [
        (r#"{"disabled":true}"#, Value::Null, true, secrets.clone()),
        (r#"{"display_name":"n"}"#, json!("n"), true, secrets.clone()),
        ("{}", json!("n"), true, secrets),
        (
            r#"{"disabled":false,"config":{"oauth":{"scopes":["a"]}}}"#,
            json!("n"),
            false,
            json!({"oauth": {"scopes": ["a"]}}),
        ),
        (
            r#"{"disabled":null}"#,
            json!("n"),
            false,
            json!({"oauth": {"scopes": ["a"]}}),
        ),
        (
            r#"{"disabled":"no"}"#,
            json!("n"),
            true,
            json!({"oauth": {"scopes": ["a"]}}),
        ),
    ] {
        let reply = put(&sandbox, &path, body);
        let found = reply.json();
        assert_eq!((reply.status, keys(&found)), (200, KEYS.to_vec()), "{body}");
        assert_eq!(found["display_name"], display_name, "{body}");
        assert_eq!(found["disabled"], disabled, "{body}");
        assert_eq!(found["config"], config, "{body}");
        assert_ne!(found["updated_at"], found["created_at"]);
    }
    assert_eq!(ids(&sandbox, "limit=1"), ["ccfg_github_sandbox"]);
}

#[test]
fn a_config_of_the_wrong_shape_is_saved_and_breaks_reads() {
    let sandbox = Sandbox::start().unwrap();
    let path = format!("{LIST}/ccfg_github_sandbox");
    let reply = put(&sandbox, &path, r#"{"config":{"oauth":{"client_id":7}}}"#);
    let (code, message, issues) = failure(&reply, "updateConnectorConfig");
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("INTERNAL_SERVER_ERROR", "Output validation failed")
    );
    assert_eq!(
        issues,
        ["invalid_type config.oauth.client_id: Expected string, received number"]
    );
    let (_, _, issues) = failure(&get(&sandbox, LIST), "listConnectorConfigs");
    assert_eq!(
        issues,
        ["invalid_type items.0.config.oauth.client_id: Expected string, received number"]
    );
    assert_eq!(ids(&sandbox, "connector_names=discord").len(), 1);
    // A text of scopes is one scope where it is written, and as many as it has where it is read.
    let texts = r#"{"config":{"oauth":{"scopes":"a, b,c"}}}"#;
    let written = put(&sandbox, &path, texts).json();
    assert_eq!(written["config"]["oauth"]["scopes"], json!(["a, b,c"]));
    let read = get(&sandbox, &path).json();
    assert_eq!(read["config"]["oauth"]["scopes"], json!(["a", "b", "c"]));
}

#[test]
fn configs_are_listed_newest_first_and_filtered() {
    let sandbox = Sandbox::start().unwrap();
    let all = ids(&sandbox, "");
    assert_eq!(all.len(), 9);
    assert_eq!(all[..2], ["ccfg_linear_bare", "ccfg_plaid_sandbox"]);
    assert_eq!(ids(&sandbox, "limit=2&offset=1"), all[1..3]);
    let both = ["ccfg_github_sandbox", "ccfg_discord_sandbox"];
    for (query, want) in [
        ("connector_names=github,discord", &both[..]),
        ("connector_names=github&connector_names=discord", &both),
        ("search_query=DISCORD%20SAND", &both[1..]),
        ("search_query=github", &both[..1]),
        ("search_query=dis%25box", &both[1..]),
        ("search_query=nothing", &[]),
    ] {
        assert_eq!(ids(&sandbox, query), want, "{query}");
    }
    assert_eq!(ids(&sandbox, "connector_names%5B%5D=github"), all);
    assert_eq!(ids(&sandbox, "connector_names="), all);
}

#[test]
fn expand_adds_what_is_named() {
    let sandbox = Sandbox::start().unwrap();
    for (query, connector, schemas, count) in [
        ("", false, false, false),
        ("expand=connector", true, false, false),
        ("expand=connector.schemas", true, true, false),
        ("expand=connector,connector.schemas", true, true, false),
        ("expand=connector,connection_count", true, false, true),
        (
            "expand=connector&expand=connection_count",
            true,
            false,
            true,
        ),
        ("expand=connection_count", false, false, true),
    ] {
        let one = get(&sandbox, &format!("{LIST}/ccfg_plaid_sandbox?{query}")).json();
        let list = format!("{LIST}?limit=1&connector_names=plaid&{query}");
        let listed = get(&sandbox, &list).json();
        for body in [&one, &listed["items"][0]] {
            if query == "expand=connector.schemas" && *body == one {
                // Of one config the schemas alone are not shown.
                assert!(body.get("connector").is_none());
                continue;
            }
            assert_eq!(body.get("connector").is_some(), connector, "{query}");
            assert_eq!(
                body["connector"].get("schemas").is_some(),
                schemas,
                "{query}"
            );
            assert_eq!(body.get("connection_count").is_some(), count, "{query}");
        }
        if connector && !schemas {
            let want = [
                "auth_type",
                "display_name",
                "has_openint_credentials",
                "logo_url",
                "name",
                "stage",
            ];
            assert_eq!(keys(&one["connector"]), want);
        }
    }
}

#[test]
fn a_config_is_deleted_unless_connections_are_of_it() {
    let sandbox = Sandbox::start().unwrap();
    let connection = create(&sandbox, &body_for("cus_1")).json();
    let path = format!("{LIST}/ccfg_acme-oauth2_sandbox");
    let delete = || call(&sandbox, "DELETE", &path, "key_test_123", "");
    let (code, message, _) = failure(&delete(), "deleteConnectorConfig");
    assert_eq!(code, "INTERNAL_SERVER_ERROR");
    assert!(message.contains("fk_connector_config_id"), "{message}");
    let one = format!("/v1/connection/{}", connection["id"].as_str().unwrap());
    assert_eq!(
        call(&sandbox, "DELETE", &one, "key_test_123", "").status,
        200
    );
    assert_eq!(delete().json(), json!({"id": "ccfg_acme-oauth2_sandbox"}));
    let (code, message, _) = failure(&delete(), "deleteConnectorConfig");
    assert_eq!(code, "NOT_FOUND");
    assert_eq!(
        message,
        r#"Connector config with ID "ccfg_acme-oauth2_sandbox" not found"#
    );
    let refused = create(&sandbox, &body_for("cus_1"));
    assert_eq!(
        refused.message(),
        "Connector config ccfg_acme-oauth2_sandbox not found"
    );
    sandbox.reset();
    assert_eq!(get(&sandbox, &path).status, 200);
}

#[test]
fn the_key_decides() {
    const DENIED: &str = "permission denied for table connector_config";
    const ONE: &str = "/v1/connector-config/ccfg_github_sandbox";
    const MISSING: &str = r#"Connector config with ID "ccfg_github_sandbox" not found"#;
    let sandbox = Sandbox::start().unwrap();
    for (method, target, operation, customer, other) in [
        (
            "GET",
            LIST,
            "listConnectorConfigs",
            (500, DENIED),
            (200, ""),
        ),
        (
            "GET",
            ONE,
            "getConnectorConfig",
            (500, DENIED),
            (404, MISSING),
        ),
        (
            "POST",
            LIST,
            "createConnectorConfig",
            (403, "Org admin only"),
            (400, "Input validation failed"),
        ),
        (
            "PUT",
            ONE,
            "updateConnectorConfig",
            (403, "Org admin only"),
            (404, MISSING),
        ),
        (
            "DELETE",
            ONE,
            "deleteConnectorConfig",
            (403, "Org admin only"),
            (404, MISSING),
        ),
    ] {
        let anonymous = match method {
            "GET" => (403, "Authentication required"),
            _ => (403, "Org admin only"),
        };
        let body = if method == "GET" { "" } else { "{}" };
        for (key, (status, message)) in [
            ("Bearer key_cus_test_123", customer),
            ("Bearer key_test_other", other),
            ("Bearer key_wrong", (401, "Invalid API key")),
            ("", anonymous),
        ] {
            let headers: &[_] = if key.is_empty() {
                &[]
            } else {
                &[("authorization", key)]
            };
            let reply = crate::support::send(&sandbox, method, target, headers, body);
            assert_eq!(
                reply.status,
                status,
                "{method} {target} {key} {}",
                reply.text()
            );
            if status != 200 {
                assert_eq!(
                    failure(&reply, operation).1,
                    message,
                    "{method} {target} {key}"
                );
            }
        }
    }
    let own = call(&sandbox, "GET", LIST, "key_test_other", "").json();
    assert_eq!(own["items"][0]["id"], "ccfg_acme-oauth2_other");
    assert_eq!(own["total"], 1);
}

#[test]
fn bad_input_is_refused() {
    let sandbox = Sandbox::start().unwrap();
    for (method, target, body, status, issues) in [
        (
            "POST",
            LIST,
            "{}",
            400,
            vec!["invalid_type connector_name: Required"],
        ),
        (
            "POST",
            LIST,
            r#"{"connector_name":1,"display_name":1,"disabled":"x","metadata":[],"config":"c"}"#,
            400,
            vec![
                "invalid_type connector_name: Expected string, received number",
                "invalid_type display_name: Expected string, received number",
                "invalid_type metadata: Expected object, received array",
                "invalid_type config: Expected object, received string",
            ],
        ),
        (
            "PUT",
            "/v1/connector-config/ccfg_github_sandbox",
            r#"{"display_name":null}"#,
            400,
            vec!["invalid_type display_name: Expected string, received null"],
        ),
        (
            "PUT",
            "/v1/connector-config/x",
            "{}",
            400,
            vec!["invalid_string id: Invalid input: must start with \"ccfg_\""],
        ),
        ("POST", LIST, r#"{"connector_name":"a\u0000"}"#, 500, vec![]),
        (
            "GET",
            "/v1/connector-config?search_query=%00",
            "",
            500,
            vec![],
        ),
    ] {
        let reply = call(&sandbox, method, target, "key_test_123", body);
        assert_eq!(reply.status, status, "{target} {body} {}", reply.text());
        let operation = reply.json()["data"]["path"].as_str().unwrap().to_owned();
        assert_eq!(failure(&reply, &operation).2, issues, "{target} {body}");
    }
    for query in [
        "limit=3001",
        "offset=-1",
        "expand=enabled_integrations",
        "connector_names=nope",
    ] {
        assert_eq!(
            get(&sandbox, &format!("{LIST}?{query}")).status,
            400,
            "{query}"
        );
    }
    let unknown = post(&sandbox, LIST, r#"{"connector_name":"nope"}"#);
    let (_, message, issues) = failure(&unknown, "createConnectorConfig");
    assert_eq!(
        (unknown.status, message.as_str(), issues.len()),
        (400, "Invalid connector_name", 0)
    );
}
