use std::collections::HashSet;

use openint_sandbox::Sandbox;
use serde_json::Value;

use crate::support::{KEY, body_for, create, failure, get, keys, post, send};

/// A create of this config, with `data` as JSON text and more fields before it.
fn creation(config: &str, more: &str, data: &str) -> String {
    format!(r#"{{"connector_config_id":"{config}","customer_id":"cus_1",{more}"data":{data}}}"#)
}

fn good(name: &str, settings: &str) -> String {
    let data = format!(r#"{{"connector_name":"{name}","settings":{settings}}}"#);
    creation(&format!("ccfg_{name}_sandbox"), "", &data)
}

#[test]
fn the_documented_request_is_answered() {
    let sandbox = Sandbox::start().unwrap();
    let reply = create(
        &sandbox,
        r#"{"connector_config_id":"ccfg_","customer_id":"customer_id","data":{"connector_name":"dummy-oauth2","settings":{"oauth":{}}}}"#,
    );
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert_eq!(reply.header("vary"), Some("*"));
    let body = reply.json();
    let want = [
        "connector_config_id",
        "connector_name",
        "created_at",
        "customer_id",
        "disabled",
        "display_name",
        "id",
        "integration_id",
        "metadata",
        "settings",
        "status",
        "status_message",
        "updated_at",
    ];
    assert_eq!(keys(&body), want);
    assert_eq!(body["settings"], serde_json::json!({"oauth": {}}));
    let id = body["id"]
        .as_str()
        .unwrap()
        .strip_prefix("conn_dummy-oauth2_")
        .unwrap();
    assert!(
        id.len() == 26
            && id
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    );
    let at = body["created_at"].as_str().unwrap();
    assert!(
        at.len() >= 22 && at.as_bytes()[10] == b' ' && at.ends_with("+00"),
        "{at}"
    );
}

#[test]
fn good_creates_come_back_as_recorded() {
    let sandbox = Sandbox::start().unwrap();
    let full = r#"{"oauth":{"x":1,"metadata":{"bb":1,"a":null},"credentials":{"raw":{"zz":1.50,"a":[]},"unknown":1,"token_type":"Bearer","scope":"s","access_token":"at","client_id":"c"}},"extra":1}"#;
    for (name, settings, want) in [
        (
            "acme-apikey",
            r#"{"api_key":"sk","more":1}"#,
            r#"{"api_key":"sk"}"#,
        ),
        ("greenhouse", r#"{"apiKey":"g"}"#, r#"{"apiKey":"g"}"#),
        ("acme-oauth2", r#"{"oauth":{}}"#, r#"{"oauth":{}}"#),
        (
            "github",
            r#"{"access_token":"old","oauth":{"credentials":{"access_token":"new"}}}"#,
            r#"{"oauth":{"credentials":{"access_token":"new"}},"access_token":"new"}"#,
        ),
        (
            "discord",
            full,
            r#"{"oauth":{"credentials":{"access_token":"at","client_id":"c","scope":"s","token_type":"Bearer","raw":{"a":[],"zz":1.5}},"metadata":{"a":null,"bb":1}},"access_token":"at"}"#,
        ),
        (
            "plaid",
            r#"{"accessToken":"p","itemId":null,"institution":[1]}"#,
            r#"{"accessToken":"p","institution":[1],"itemId":null}"#,
        ),
    ] {
        let reply = create(&sandbox, &good(name, settings));
        assert_eq!(reply.status, 200, "{name} {}", reply.text());
        assert!(
            reply.text().ends_with(&format!(r#""settings":{want}}}"#)),
            "{}",
            reply.text()
        );
        assert_eq!(reply.json()["status"], "unknown");
        assert_eq!(
            reply.json()["status_message"],
            "Connection was imported without checking its status"
        );
    }
}

#[test]
fn metadata_goes_through_javascript_and_jsonb() {
    let metadata = concat!(
        r#""metadata":{"plan":1.10,"n":12345678901234567890,"x":1,"o":{"bb":-0.0,"c":1e400,"#,
        r#""__proto__":2},"__proto__":{"y":1},"10":true,"9":false,"x":"last"},"#
    );
    let data = r#"{"connector_name":"acme-apikey","settings":{"api_key":"k"}}"#;
    let body = creation("ccfg_acme-apikey_sandbox", metadata, data);
    for (builder, want) in [
        (
            Sandbox::builder(),
            r#""metadata":{"9":false,"10":true,"n":12345678901234567000,"o":{"c":null,"bb":0,"__proto__":2},"x":"last","plan":1.1}"#,
        ),
        (
            Sandbox::builder().keep_digits(),
            r#""metadata":{"9":false,"10":true,"n":12345678901234567890,"o":{"c":1e400,"bb":-0.0,"__proto__":2},"x":"last","plan":1.10}"#,
        ),
    ] {
        let sandbox = builder.start().unwrap();
        let reply = create(&sandbox, &body);
        assert!(reply.text().contains(want), "{}", reply.text());
        let listed = get(&sandbox, "/v1/connection?include_secrets=true");
        assert!(listed.text().contains(want), "{}", listed.text());
    }
}

#[test]
fn seeds_go_through_javascript_too() {
    let seed = r#"{"connections":[{"id":"conn_1","connector_config_id":"ccfg_","customer_id":"c","metadata":{"n":1.50},"settings":{"oauth":{}}}]}"#;
    for (builder, want) in [
        (Sandbox::builder(), r#""metadata":{"n":1.5}"#),
        (Sandbox::builder().keep_digits(), r#""metadata":{"n":1.50}"#),
    ] {
        let sandbox = builder.seed(seed).start().unwrap();
        for again in [false, true] {
            if again {
                sandbox.seed(seed).unwrap();
            }
            let reply = get(&sandbox, "/v1/connection/conn_1");
            assert!(reply.text().contains(want), "{}", reply.text());
        }
    }
}

#[test]
fn a_lone_surrogate_breaks_json_columns_alone() {
    let sandbox = Sandbox::start().unwrap();
    let metadata = |json: &str| body_for("a").replacen('{', &format!(r#"{{"metadata":{json},"#), 1);
    for body in [
        metadata(r#"{"a":"\ud83d"}"#),
        metadata(r#"{"a\udc00":1}"#),
        body_for("a").replace(r#""x""#, r#""\ud83d""#),
    ] {
        let reply = create(&sandbox, &body);
        assert_eq!(reply.status, 500, "{body}");
        assert_eq!(
            failure(&reply, "createConnection").1,
            "invalid input syntax for type json"
        );
    }
    assert_eq!(sandbox.connections(None), 0);
    assert_eq!(
        create(&sandbox, &metadata(r#"{"a":"\ud83d\ude00"}"#)).status,
        200
    );
    let text = create(&sandbox, &body_for(r"a\ud83d")).json();
    assert_eq!(text["customer_id"], "a\u{fffd}");
    let dropped = body_for("a").replacen('{', r#"{"more":"\ud83d","#, 1);
    assert_eq!(create(&sandbox, &dropped).status, 200);
}

#[test]
fn an_expiry_is_derived_from_the_lifetime() {
    let sandbox = Sandbox::start().unwrap();
    let expiry = |credentials: &str| {
        let settings =
            format!(r#"{{"oauth":{{"credentials":{{"access_token":"x",{credentials}}}}}}}"#);
        let reply = create(&sandbox, &good("discord", &settings));
        (
            reply.status,
            reply.json()["settings"]["oauth"]["credentials"]["expires_at"].clone(),
        )
    };
    let (_, at) = expiry(r#""expires_in":3600"#);
    let at = at.as_str().unwrap();
    assert!(
        at.len() == 24 && at.as_bytes()[10] == b'T' && at.ends_with('Z'),
        "{at}"
    );
    let at: jiff::Timestamp = at.parse().unwrap();
    let wait = at.as_second() - jiff::Timestamp::now().as_second();
    assert!((3595..=3600).contains(&wait), "{wait}");
    assert_eq!(expiry(r#""expires_in":1,"expires_at":"soon""#).1, "soon");
    let empty = expiry(r#""expires_in":1,"expires_at":"" "#).1;
    assert!(empty.as_str().unwrap().ends_with('Z'));
    assert_eq!(expiry(r#""expires_in":0"#).1, Value::Null);
    let far = expiry(r#""expires_in":1e12"#).1;
    assert!(far.as_str().unwrap().starts_with("+033"), "{far}");
    for never in ["1e18", "1e300", "1e400"] {
        let body = good(
            "discord",
            &format!(
                r#"{{"oauth":{{"credentials":{{"access_token":"x","expires_in":{never}}}}}}}"#
            ),
        );
        let reply = create(&sandbox, &body);
        let (_, message, _) = failure(&reply, "createConnection");
        assert_eq!(
            (reply.status, message.as_str()),
            (500, "Invalid time value")
        );
    }
}

#[test]
fn checks_end_as_recorded() {
    let sandbox = Sandbox::start().unwrap();
    let token = r#"{"oauth":{"credentials":{"access_token":"x"}}}"#;
    let expired = r#"{"oauth":{"credentials":{"access_token":"x","expires_in":-5}}}"#;
    let renewable =
        r#"{"oauth":{"credentials":{"access_token":"x","refresh_token":"rt","expires_in":-5}}}"#;
    for (name, settings, status, message) in [
        (
            "acme-oauth2",
            token,
            "error",
            "Token introspection failed with error Missing introspectUrl. Cannot introspect token",
        ),
        (
            "acme-apikey",
            r#"{"api_key":"k"}"#,
            "disconnected",
            "Failed to parse URL from {{baseURLs.api}}/acme-apikey/authorize",
        ),
        (
            "greenhouse",
            r#"{"apiKey":"k"}"#,
            "disconnected",
            "Failed to connect to Greenhouse: TypeError: fetch failed",
        ),
        ("discord", token, "healthy", ""),
        (
            "discord",
            r#"{"oauth":{}}"#,
            "error",
            "Unable to check connection. Unknown error.",
        ),
        ("dummy-oauth2", token, "healthy", ""),
        ("github", expired, "disconnected", "Access token expired"),
        (
            "github",
            renewable,
            "error",
            "Failed to refresh with refresh_token=rt",
        ),
    ] {
        let data = format!(r#"{{"connector_name":"{name}","settings":{settings}}}"#);
        let config = format!("ccfg_{name}_sandbox");
        let made = create(
            &sandbox,
            &creation(&config, r#""check_connection":true,"#, &data),
        )
        .json();
        let said = |body: &Value| {
            let message = body["status_message"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            (body["status"].as_str().unwrap().to_owned(), message)
        };
        let want = (status.to_owned(), message.to_owned());
        assert_eq!(said(&made), want, "{name}");
        assert_eq!(made["created_at"], made["updated_at"]);

        let id = made["id"].as_str().unwrap();
        for body in ["", "{}"] {
            let headers = [("authorization", KEY)];
            let path = format!("/v1/connection/{id}/check");
            let checked = send(&sandbox, "POST", &path, &headers, body).json();
            assert_eq!(keys(&checked), ["id", "status", "status_message"]);
            assert_eq!(said(&checked), want, "{name}");
        }
    }
}

#[test]
fn some_checks_fail_and_write_nothing() {
    let sandbox = Sandbox::start().unwrap();
    sandbox
        .seed(
            r#"{"connector_configs":[{"id":"ccfg_coda","connector_name":"coda"}],
                "connections":[
                    {"id":"conn_linear_1","connector_config_id":"ccfg_linear_bare","customer_id":"c","settings":{"oauth":{"credentials":{"access_token":"x"}}}},
                    {"id":"conn_plaid_1","connector_config_id":"ccfg_plaid_sandbox","customer_id":"c","settings":{"accessToken":"x"}},
                    {"id":"conn_coda_1","connector_config_id":"ccfg_coda","customer_id":"c","settings":{"apiKey":"x"}}]}"#,
        )
        .unwrap();
    for (id, config, settings, status, code, message) in [
        (
            "conn_linear_1",
            "ccfg_linear_bare",
            r#"{"oauth":{"credentials":{"access_token":"x"}}}"#,
            500,
            "INTERNAL_SERVER_ERROR",
            "Missing default credentials for connector linear",
        ),
        (
            "conn_plaid_1",
            "ccfg_plaid_sandbox",
            r#"{"accessToken":"x"}"#,
            500,
            "INTERNAL_SERVER_ERROR",
            "Missing default credentials for connector plaid",
        ),
        (
            "conn_coda_1",
            "ccfg_coda",
            r#"{"apiKey":"x"}"#,
            501,
            "NOT_IMPLEMENTED",
            "Connector coda does not support check_connection",
        ),
    ] {
        let name = id.split('_').nth(1).unwrap();
        let data = format!(r#"{{"connector_name":"{name}","settings":{settings}}}"#);
        let body = creation(config, r#""check_connection":true,"#, &data);
        let one = format!("/v1/connection/{id}");
        let forced = format!("{one}?include_secrets=true&refresh_policy=force");
        let before = get(&sandbox, &one).json();
        for (reply, operation) in [
            (create(&sandbox, &body), "createConnection"),
            (
                post(&sandbox, &format!("{one}/check"), "{}"),
                "checkConnection",
            ),
            (get(&sandbox, &forced), "getConnection"),
        ] {
            let (found, said, _) = failure(&reply, operation);
            assert_eq!(
                (reply.status, found.as_str()),
                (status, code),
                "{operation}"
            );
            assert_eq!(said, message);
        }
        assert_eq!(get(&sandbox, &one).json(), before);
        // Unasked the connection is made.
        assert_eq!(create(&sandbox, &creation(config, "", &data)).status, 200);
    }
    assert_eq!(sandbox.connections(None), 6);
    assert!(sandbox.ids().events.is_empty());
}

#[test]
fn an_expired_token_is_renewed_with_the_secrets_alone() {
    let sandbox = Sandbox::start().unwrap();
    let settings = r#"{"oauth":{"credentials":{"access_token":"x","expires_in":-5}}}"#;
    let made = create(&sandbox, &good("github", settings)).json();
    let path = format!("/v1/connection/{}", made["id"].as_str().unwrap());
    for query in [
        "",
        "?refresh_policy=force",
        "?refresh_policy=auto&include_secrets=",
    ] {
        let shown = get(&sandbox, &format!("{path}{query}")).json();
        assert_eq!(shown["status"], "unknown", "{query}");
    }
    let kept = format!("{path}?include_secrets=1&refresh_policy=none");
    assert_eq!(get(&sandbox, &kept).json()["status"], "unknown");
    let renewed = get(&sandbox, &format!("{path}?include_secrets=1")).json();
    assert_eq!(renewed["status"], "disconnected");
    assert_eq!(get(&sandbox, &path).json()["status"], "disconnected");
}

#[test]
fn the_key_decides() {
    const BEARER: &str = "Invalid Authorization header, expecting Bearer with token";
    let sandbox = Sandbox::start().unwrap();
    let body = body_for("cus_1");
    let id = create(&sandbox, &body).json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let one = format!("/v1/connection/{id}");
    let check = format!("{one}/check");
    let jws = "TRPCError: JWSInvalid: JWS Protected Header is invalid";
    for (method, target, operation, key, status, message) in [
        (
            "POST",
            "/v1/connection",
            "createConnection",
            None,
            403,
            "Org admin only",
        ),
        (
            "POST",
            "/v1/connection",
            "createConnection",
            Some("Bearer key_wrong"),
            401,
            "Invalid API key",
        ),
        (
            "POST",
            "/v1/connection",
            "createConnection",
            Some("Basic a2V5Og=="),
            401,
            BEARER,
        ),
        (
            "POST",
            "/v1/connection",
            "createConnection",
            Some("bearer key_test_123"),
            401,
            BEARER,
        ),
        (
            "POST",
            "/v1/connection",
            "createConnection",
            Some("Bearer "),
            401,
            BEARER,
        ),
        (
            "POST",
            "/v1/connection",
            "createConnection",
            Some("key_test_123"),
            401,
            BEARER,
        ),
        (
            "POST",
            "/v1/connection",
            "createConnection",
            Some("Bearer a.b.c"),
            401,
            jws,
        ),
        (
            "POST",
            "/v1/connection",
            "createConnection",
            Some("Bearer key_cus_test_123"),
            403,
            "Org admin only",
        ),
        (
            "POST",
            "/v1/connection",
            "createConnection",
            Some("Bearer key_test_other"),
            404,
            "Connector config ccfg_acme-oauth2_sandbox not found",
        ),
        (
            "GET",
            "/v1/connection",
            "listConnections",
            None,
            403,
            "Authentication required",
        ),
        (
            "GET",
            &one,
            "getConnection",
            None,
            403,
            "Authentication required",
        ),
        (
            "GET",
            &one,
            "getConnection",
            Some("Bearer key_test_other"),
            404,
            "Connection not found",
        ),
        ("GET", &one, "getConnection", Some("Bearer a.b.c"), 401, jws),
        (
            "POST",
            &check,
            "checkConnection",
            None,
            403,
            "Authentication required",
        ),
        (
            "POST",
            &check,
            "checkConnection",
            Some("Bearer key_test_other"),
            404,
            "Connection not found",
        ),
        (
            "DELETE",
            &one,
            "deleteConnection",
            None,
            403,
            "Authentication required",
        ),
        (
            "DELETE",
            &one,
            "deleteConnection",
            Some("Bearer key_test_other"),
            404,
            "Connection not found",
        ),
        (
            "GET",
            "/v1/viewer",
            "viewer",
            Some("Bearer nope"),
            401,
            "Invalid API key",
        ),
        (
            "GET",
            "/v1/viewer",
            "viewer",
            Some("Bearer  key_test_123"),
            401,
            "Invalid API key",
        ),
        (
            "POST",
            "/v1/connection",
            "createConnection",
            Some(""),
            403,
            "Org admin only",
        ),
        (
            "GET",
            "/v1/health",
            "health",
            Some("Bearer nope"),
            401,
            "Invalid API key",
        ),
    ] {
        let headers: Vec<_> = key.map(|key| ("authorization", key)).into_iter().collect();
        let body = if target == "/v1/connection" && method == "POST" {
            body.as_str()
        } else {
            ""
        };
        let reply = send(&sandbox, method, target, &headers, body);
        let (_, said, _) = failure(&reply, operation);
        assert_eq!(
            (reply.status, said.as_str()),
            (status, message),
            "{method} {target} {key:?}"
        );
    }
    assert_eq!(sandbox.connections(None), 1);

    // Without a key the body is not even looked at.
    let reply = send(
        &sandbox,
        "POST",
        "/v1/connection",
        &[("content-type", "application/json")],
        "{",
    );
    assert_eq!(
        (reply.status, reply.message()),
        (403, "Org admin only".into())
    );
}

#[test]
fn bad_creates_are_told_all_that_is_wrong() {
    let sandbox = Sandbox::start().unwrap();
    let oauth = |inner: &str| good("discord", &format!(r#"{{"oauth":{inner}}}"#));
    let credentials = |inner: &str| oauth(&format!(r#"{{"credentials":{inner}}}"#));
    let shop = |subdomain: &str| {
        let data = format!(
            r#"{{"connector_name":"shopify","settings":{{"oauth":{{}},"subdomain":{subdomain}}}}}"#
        );
        creation("ccfg_acme-oauth2_sandbox", "", &data)
    };
    let wise = |env: &str| {
        let data = format!(r#"{{"connector_name":"wise","settings":{{"envName":{env}}}}}"#);
        creation("ccfg_acme-oauth2_sandbox", "", &data)
    };
    for (body, issues) in [
        (
            "{}".to_owned(),
            &["invalid_type connector_config_id: Required", "invalid_type customer_id: Required", "invalid_type data: Required"][..],
        ),
        (
            r#"{"connector_config_id":1,"customer_id":null,"metadata":[],"check_connection":"yes","data":"x"}"#.into(),
            &[
                "invalid_type connector_config_id: Expected string, received number",
                "invalid_type metadata: Expected object, received array",
                "invalid_type customer_id: Expected string, received null",
                "invalid_type data: Expected object, received string",
            ],
        ),
        (
            body_for("a").replace("ccfg_", "cfg_"),
            &[r#"invalid_string connector_config_id: Invalid input: must start with "ccfg_""#],
        ),
        (good("acme-oauth2", "{}"), &["invalid_type data.settings.oauth: Required"]),
        (good("acme-oauth2", "null"), &["invalid_type data.settings: Expected object, received null"]),
        (good("acme-apikey", "{}"), &["invalid_type data.settings.api_key: Required"]),
        (good("acme-apikey", r#"{"api_key":1}"#), &["invalid_type data.settings.api_key: Expected string, received number"]),
        (oauth("[]"), &["invalid_type data.settings.oauth: Expected object, received array"]),
        (oauth(r#"{"created_at":1,"metadata":1}"#), &[
            "invalid_type data.settings.oauth.created_at: Expected string, received number",
            "invalid_type data.settings.oauth.metadata: Expected object, received number",
        ]),
        (credentials("{}"), &["invalid_type data.settings.oauth.credentials.access_token: Required"]),
        (credentials("null"), &["invalid_type data.settings.oauth.credentials: Expected object, received null"]),
        (credentials(r#"{"access_token":"x","expires_in":"1","raw":"r"}"#), &[
            "invalid_type data.settings.oauth.credentials.expires_in: Expected number, received string",
            "invalid_type data.settings.oauth.credentials.raw: Expected object, received string",
        ]),
        (shop("1"), &["invalid_type data.settings.subdomain: Expected string, received number"]),
        (shop(r#""nowhere""#), &["invalid_string data.settings.subdomain: Invalid"]),
        (wise(r#""x""#), &["invalid_enum_value data.settings.envName: Invalid enum value. Expected 'sandbox' | 'live', received 'x'"]),
    ] {
        let reply = create(&sandbox, &body);
        assert_eq!(reply.status, 400, "{body}");
        let (code, message, found) = failure(&reply, "createConnection");
        assert_eq!((code.as_str(), message.as_str()), ("BAD_REQUEST", "Input validation failed"));
        assert_eq!(found, issues, "{body}");
    }
    assert_eq!(sandbox.connections(None), 0);
}

#[test]
fn an_unknown_connector_is_told_all_the_known_ones() {
    let sandbox = Sandbox::start().unwrap();
    for name in [r#""connector_name":"nope""#, r#""connector_name":1"#, ""] {
        let data = format!("{{{name}}}");
        let issue =
            create(&sandbox, &creation("ccfg_acme-oauth2_sandbox", "", &data)).json()["issues"][0]
                .clone();
        assert_eq!(issue["code"], "invalid_union_discriminator");
        assert_eq!(issue["path"], serde_json::json!(["data", "connector_name"]));
        assert_eq!(issue["options"].as_array().unwrap().len(), 172);
        let message = issue["message"].as_str().unwrap();
        assert!(
            message
                .starts_with("Invalid discriminator value. Expected 'accelo' | 'acme-apikey' | ")
        );
    }
}

#[test]
fn a_config_must_be_there_and_fit() {
    let sandbox = Sandbox::start().unwrap();
    let unknown = create(&sandbox, &body_for("a").replace("_sandbox", "_nope"));
    let (code, message, _) = failure(&unknown, "createConnection");
    assert_eq!((unknown.status, code.as_str()), (404, "NOT_FOUND"));
    assert_eq!(message, "Connector config ccfg_acme-oauth2_nope not found");
    let other = create(&sandbox, &body_for("a").replace("_sandbox", "_other"));
    assert_eq!(other.status, 404);

    let data = r#"{"connector_name":"greenhouse","settings":{"apiKey":"k"}}"#;
    let mismatch = create(&sandbox, &creation("ccfg_acme-oauth2_sandbox", "", data));
    let (code, message, _) = failure(&mismatch, "createConnection");
    assert_eq!((mismatch.status, code.as_str()), (400, "BAD_REQUEST"));
    assert_eq!(
        message,
        "Connector name mismatch: config is acme-oauth2 but input is greenhouse"
    );
}

#[test]
fn a_body_is_parsed_whatever_it_is_called() {
    let sandbox = Sandbox::start().unwrap();
    let good = body_for("a");
    let json = Some("application/json");
    for (content_type, body, status, code) in [
        (json, good.as_str(), 200, ""),
        (Some("application/json; charset=utf-8"), &good, 200, ""),
        (None, &good, 200, ""),
        (Some(""), &good, 200, ""),
        (Some("text/plain"), &good, 200, ""),
        (Some("application/vnd.api+json"), &good, 200, ""),
        (json, "{\"a\":", 400, "PARSE_ERROR"),
        (json, "", 400, "PARSE_ERROR"),
        (Some("text/plain"), "{\"a\":", 500, "INTERNAL_SERVER_ERROR"),
        (None, "", 400, "BAD_REQUEST"),
        (json, "null", 400, "BAD_REQUEST"),
        (json, "[1]", 400, "BAD_REQUEST"),
        (Some("Application/JSON"), &good, 200, ""),
        (Some("application/octet-stream"), &good, 200, ""),
        (
            Some("application/x-www-form-urlencoded"),
            &good,
            400,
            "BAD_REQUEST",
        ),
    ] {
        let mut headers = vec![("authorization", KEY), ("accept", "application/xml")];
        headers.extend(content_type.map(|value| ("content-type", value)));
        let reply = send(&sandbox, "POST", "/v1/connection", &headers, body);
        assert_eq!(reply.status, status, "{content_type:?} {body}");
        if status != 200 {
            assert_eq!(
                failure(&reply, "createConnection").0,
                code,
                "{content_type:?} {body}"
            );
        }
    }
}

#[test]
fn a_row_can_be_saved_under_an_error() {
    let sandbox = Sandbox::start().unwrap();
    let body = creation(
        "ccfg_acme-oauth2_sandbox",
        "",
        r#"{"connector_name":"acme-oauth2"}"#,
    );
    let reply = create(&sandbox, &body);
    let (code, message, issues) = failure(&reply, "createConnection");
    assert_eq!(
        (reply.status, code.as_str()),
        (500, "INTERNAL_SERVER_ERROR")
    );
    assert_eq!(message, "Output validation failed");
    assert_eq!(issues, ["invalid_type settings.oauth: Required"]);
    assert!(reply.json().get("output_issues").is_some());
    assert_eq!(sandbox.connections(Some("cus_1")), 1);

    create(&sandbox, &body_for("cus_1"));
    let listed = get(&sandbox, "/v1/connection");
    assert_eq!(
        (listed.status, listed.json()["total"].as_u64()),
        (200, Some(2))
    );
    let broken = get(&sandbox, "/v1/connection?include_secrets=true");
    let (_, message, issues) = failure(&broken, "listConnections");
    assert_eq!(
        (broken.status, message.as_str()),
        (500, "Output validation failed")
    );
    assert_eq!(issues, ["invalid_type items.1.settings.oauth: Required"]);
    let id = listed.json()["items"][1]["id"].as_str().unwrap().to_owned();
    assert_eq!(get(&sandbox, &format!("/v1/connection/{id}")).status, 200);
    assert_eq!(
        get(&sandbox, &format!("/v1/connection/{id}?include_secrets=1")).status,
        500
    );
}

#[test]
fn repeating_a_create_makes_another_row() {
    let sandbox = Sandbox::start().unwrap();
    let headers = [("authorization", KEY), ("idempotency-key", "same")];
    let ids: HashSet<String> = (0..2)
        .map(|_| {
            send(&sandbox, "POST", "/v1/connection", &headers, &body_for("a")).json()["id"]
                .to_string()
        })
        .collect();
    assert_eq!((ids.len(), sandbox.connections(Some("a"))), (2, 2));
}

#[test]
fn odd_customer_ids_are_kept_and_a_nul_is_not() {
    let sandbox = Sandbox::start().unwrap();
    for customer in ["", "客户_ñ_😀/ a?&", "o'brien"] {
        assert_eq!(
            create(&sandbox, &body_for(customer)).json()["customer_id"],
            customer
        );
    }
    let metadata = body_for("a").replacen('{', r#"{"metadata":{"a\u0000":1},"#, 1);
    let token = body_for("a").replace(r#""x""#, r#""\u0000""#);
    for (body, want) in [
        (
            body_for(r"a\u0000"),
            r#"invalid byte sequence for encoding "UTF8": 0x00"#,
        ),
        (metadata, "unsupported Unicode escape sequence"),
        (token, "unsupported Unicode escape sequence"),
    ] {
        let reply = create(&sandbox, &body);
        let (code, message, _) = failure(&reply, "createConnection");
        assert_eq!(
            (reply.status, code.as_str()),
            (500, "INTERNAL_SERVER_ERROR")
        );
        assert_eq!(message, want);
    }
    assert_eq!(get(&sandbox, "/v1/connection?customer_id=%00").status, 500);
    assert_eq!(sandbox.connections(None), 3);
}

#[test]
fn a_connection_is_shown_as_far_as_asked() {
    let sandbox = Sandbox::start().unwrap();
    let made = create(&sandbox, &body_for("cus_1")).json();
    let path = format!("/v1/connection/{}", made["id"].as_str().unwrap());
    let mut plain = made.clone();
    let settings = plain.as_object_mut().unwrap().remove("settings").unwrap();
    for query in ["", "?include_secrets=", "?refresh_policy=none", "?zap=1"] {
        assert_eq!(
            get(&sandbox, &format!("{path}{query}")).json(),
            plain,
            "{query}"
        );
    }
    for query in [
        "?include_secrets=true",
        "?include_secrets=false",
        "?include_secrets=0",
    ] {
        assert_eq!(
            get(&sandbox, &format!("{path}{query}")).json()["settings"],
            settings,
            "{query}"
        );
    }
    let expanded = get(&sandbox, &format!("{path}?expand=connector")).json();
    let connector = &expanded["connector"];
    for key in ["name", "display_name", "logo_url", "stage", "schemas"] {
        assert!(!connector[key].is_null(), "{key}");
    }
    assert_eq!(
        connector["schemas"]["connection_settings"]["required"],
        serde_json::json!(["oauth"])
    );

    // A forced renewal is seen in the status at once, and in the time afterwards.
    let forced = format!("{path}?include_secrets=true&refresh_policy=force");
    let at_once = get(&sandbox, &forced).json();
    assert_eq!(
        (&at_once["status"], &at_once["updated_at"]),
        (&"error".into(), &made["updated_at"])
    );
    get(&sandbox, &forced);
    let after = get(&sandbox, &path).json();
    assert_ne!(after["updated_at"], made["updated_at"]);
    assert_eq!(after["created_at"], made["created_at"]);

    let customer = [("authorization", "Bearer key_cus_test_123")];
    assert_eq!(send(&sandbox, "GET", &path, &customer, "").json(), after);

    for (target, issue) in [
        (
            format!("{path}?refresh_policy=x"),
            "invalid_enum_value refresh_policy: Invalid enum value. Expected 'none' | 'force' | 'auto', received 'x'",
        ),
        (
            format!("{path}?expand=connector,x"),
            "invalid_enum_value expand.1: Invalid enum value. Expected 'connector', received 'x'",
        ),
        (
            "/v1/connection/nope".into(),
            r#"invalid_string id: Invalid input: must start with "conn_""#,
        ),
    ] {
        let reply = get(&sandbox, &target);
        assert_eq!(
            (reply.status, failure(&reply, "getConnection").2),
            (400, vec![issue.into()])
        );
    }
    let unknown = get(&sandbox, "/v1/connection/conn_acme-oauth2_nope");
    assert_eq!(
        (unknown.status, unknown.message()),
        (404, "Connection not found".into())
    );
    // The path is not decoded: this is no other way to write the id.
    assert_eq!(get(&sandbox, &path.replace("conn_", "conn%5F")).status, 400);
}

/// Customers `a` to `d` with a connection each, and one of greenhouse for `a`.
fn populated() -> Sandbox {
    let sandbox = Sandbox::start().unwrap();
    for customer in ["a", "b", "c", "d"] {
        create(&sandbox, &body_for(customer));
    }
    create(
        &sandbox,
        &good("greenhouse", r#"{"apiKey":"k"}"#).replace("cus_1", "a"),
    );
    sandbox
}

#[test]
fn lists_are_filtered_and_paged() {
    let sandbox = populated();
    for (query, count, total, next) in [
        ("", 5, 5, true),
        ("?limit=2", 2, 5, false),
        ("?limit=2&offset=4", 1, 5, true),
        ("?limit=2&offset=1&zap=1", 2, 5, false),
        ("?offset=5", 0, 0, true),
        ("?limit=0", 0, 0, true),
        ("?limit=", 0, 0, true),
        ("?limit=3000&customer_id=nobody", 0, 0, true),
        ("?customer_id=a", 2, 2, true),
        ("?customer_id=a&connector_names=greenhouse", 1, 1, true),
        (
            "?connector_names=greenhouse,acme-oauth2&limit=1",
            1,
            5,
            false,
        ),
        (
            "?connector_names=greenhouse&connector_names=acme-oauth2",
            5,
            5,
            true,
        ),
        ("?connector_names%5B%5D=greenhouse", 5, 5, true),
        ("?connector_config_id=ccfg_greenhouse_sandbox", 1, 1, true),
        ("?search_query=GREENHOUSE", 1, 1, true),
        ("?search_query=%20green%25se%20", 1, 1, true),
        ("?search_query=nothing", 0, 0, true),
        ("?search_query=_", 5, 5, true),
        ("?search_query=%20", 5, 5, true),
        // A config is not looked at.
        ("?search_query=ccfg", 0, 0, true),
        // Empty filters are none, but an empty list keeps nothing.
        ("?customer_id=", 5, 5, true),
        ("?connector_names=", 0, 0, true),
        ("?connector_names=,,greenhouse,,", 1, 1, true),
        ("?limit=0x2&offset=%201e0", 2, 5, false),
        ("?expand=connector&expand=connector&limit=1", 1, 5, false),
    ] {
        let reply = get(&sandbox, &format!("/v1/connection{query}"));
        let body = reply.json();
        assert_eq!(
            keys(&body),
            ["has_next_page", "items", "limit", "offset", "total"]
        );
        assert_eq!(body["items"].as_array().unwrap().len(), count, "{query}");
        assert_eq!(
            (&body["total"], &body["has_next_page"]),
            (&total.into(), &next.into()),
            "{query}"
        );
    }
    let body = get(&sandbox, "/v1/connection/?limit=1&expand=connector").json();
    assert_eq!(body["items"][0]["connector"]["name"], "greenhouse");
    assert!(body["items"][0].get("settings").is_none());
}

#[test]
fn lists_begin_with_the_latest_update() {
    let sandbox = populated();
    let customers = || -> Vec<String> {
        let body = get(&sandbox, "/v1/connection?connector_names=acme-oauth2").json();
        let items = body["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item["customer_id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(customers(), ["d", "c", "b", "a"]);
    let body = get(&sandbox, "/v1/connection?customer_id=b").json();
    let id = body["items"][0]["id"].as_str().unwrap();
    post(&sandbox, &format!("/v1/connection/{id}/check"), "{}");
    assert_eq!(customers(), ["b", "d", "c", "a"]);
}

#[test]
fn bad_lists_are_told_why() {
    let sandbox = Sandbox::start().unwrap();
    for (query, issues) in [
        (
            "limit=3001",
            &["too_big limit: Number must be less than or equal to 3000"][..],
        ),
        (
            "limit=-1",
            &["too_small limit: Number must be greater than or equal to 0"],
        ),
        (
            "limit=abc",
            &["invalid_type limit: Expected number, received nan"],
        ),
        (
            "limit=1.5",
            &["invalid_type limit: Expected integer, received float"],
        ),
        (
            "limit=-1.5&offset=Infinity",
            &[
                "invalid_type limit: Expected integer, received float",
                "too_small limit: Number must be greater than or equal to 0",
                "invalid_type offset: Expected integer, received float",
            ],
        ),
        (
            "limit=1&limit=2&customer_id=a&customer_id=b&search_query=a&search_query=b",
            &[
                "invalid_type limit: Expected number, received nan",
                "invalid_type customer_id: Expected string, received array",
                "invalid_type search_query: Expected string, received array",
            ],
        ),
        (
            "refresh_policy=none&refresh_policy=none",
            &["invalid_type refresh_policy: Expected 'none' | 'force' | 'auto', received array"],
        ),
        (
            "offset=-1&connector_config_id=x&refresh_policy=now",
            &[
                "too_small offset: Number must be greater than or equal to 0",
                r#"invalid_string connector_config_id: Invalid input: must start with "ccfg_""#,
                "invalid_enum_value refresh_policy: Invalid enum value. Expected 'none' | 'force' | 'auto', received 'now'",
            ],
        ),
    ] {
        let reply = get(&sandbox, &format!("/v1/connection?{query}"));
        let (code, message, found) = failure(&reply, "listConnections");
        assert_eq!(
            (reply.status, code.as_str()),
            (400, "BAD_REQUEST"),
            "{query}"
        );
        assert_eq!(
            (message.as_str(), &found[..]),
            (
                "Input validation failed",
                &issues.iter().map(|i| (*i).to_owned()).collect::<Vec<_>>()[..]
            )
        );
    }
    assert_eq!(
        get(&sandbox, "/v1/connection?connector_names=nope").status,
        400
    );
}

#[test]
fn a_customer_sees_its_own_connections() {
    let sandbox = populated();
    let id = create(&sandbox, &body_for("cus_1")).json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let customer = [("authorization", "Bearer key_cus_test_123")];
    let as_customer = |method, target: &str| send(&sandbox, method, target, &customer, "");
    let listed = as_customer("GET", "/v1/connection").json();
    assert_eq!(
        (&listed["total"], &listed["items"][0]["id"]),
        (&1.into(), &id.as_str().into())
    );
    assert_eq!(
        as_customer("GET", "/v1/connection?customer_id=a").json()["total"],
        0
    );
    let foreign = get(&sandbox, "/v1/connection?customer_id=a").json();
    let foreign = format!(
        "/v1/connection/{}",
        foreign["items"][0]["id"].as_str().unwrap()
    );
    for (method, target) in [
        ("GET", foreign.clone()),
        ("DELETE", foreign.clone()),
        ("POST", format!("{foreign}/check")),
    ] {
        assert_eq!(
            as_customer(method, &target).status,
            404,
            "{method} {target}"
        );
    }
    assert_eq!(
        as_customer("DELETE", &format!("/v1/connection/{id}")).status,
        200
    );
    let other = [("authorization", "Bearer key_test_other")];
    assert_eq!(
        send(&sandbox, "GET", "/v1/connection", &other, "").json()["total"],
        0
    );
}

#[test]
fn a_connection_is_deleted_once() {
    let sandbox = Sandbox::start().unwrap();
    let id = create(&sandbox, &body_for("a")).json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let delete = || {
        send(
            &sandbox,
            "DELETE",
            &format!("/v1/connection/{id}"),
            &[("authorization", KEY)],
            "",
        )
    };
    assert_eq!(delete().text(), format!(r#"{{"id":"{id}"}}"#));
    assert_eq!(sandbox.connections(None), 0);
    let again = delete();
    let (code, message, _) = failure(&again, "deleteConnection");
    assert_eq!((again.status, code.as_str()), (404, "NOT_FOUND"));
    assert_eq!(message, "Connection not found");
}

#[test]
fn the_rest_of_the_routes() {
    const JSON: Option<&str> = Some("application/json");
    const NOT_FOUND: &str = r#"{"message":"Not found","code":"NOT_FOUND","data":{"code":"NOT_FOUND","httpStatus":404}}"#;
    let sandbox = Sandbox::start().unwrap();
    let customer = "Bearer key_cus_test_123";
    for (method, target, key, body, status, content_type, want) in [
        ("GET", "/v1/health", "", "", 200, JSON, r#"{"ok":true}"#),
        (
            "POST",
            "/v1/health",
            "",
            r#"{"warm":1.0}"#,
            200,
            JSON,
            r#"{"input":{"warm":1}}"#,
        ),
        (
            "POST",
            "/v1/health?q=1",
            "",
            r#""s""#,
            200,
            JSON,
            r#"{"input":{"0":"s"}}"#,
        ),
        (
            "POST",
            "/v1/health",
            "",
            "null",
            200,
            JSON,
            r#"{"input":{}}"#,
        ),
        ("GET", "/health", "", "", 200, JSON, r#"{"healthy":true}"#),
        (
            "POST",
            "/health",
            "",
            r#"{"a":1}"#,
            200,
            JSON,
            r#"{"healthy":true,"body":{"a":1}}"#,
        ),
        (
            "POST",
            "/v1/webhook/plaid",
            "",
            r#"{"a":1}"#,
            200,
            JSON,
            r#"{"status":"ok","info":{"a":1,"connector_name":"plaid"}}"#,
        ),
        (
            "GET",
            "/v1/VIEWER/",
            KEY,
            "",
            200,
            JSON,
            r#"{"role":"org","orgId":"org_sandbox"}"#,
        ),
        (
            "GET",
            "/V1/viewer",
            KEY,
            "",
            404,
            Some("text/plain;charset=UTF-8"),
            "NOT_FOUND",
        ),
        (
            "GET",
            "/v1/viewer",
            KEY,
            "",
            200,
            JSON,
            r#"{"role":"org","orgId":"org_sandbox"}"#,
        ),
        (
            "GET",
            "/v1/viewer",
            customer,
            "",
            200,
            JSON,
            r#"{"role":"customer","orgId":"org_sandbox","customerId":"cus_1"}"#,
        ),
        ("GET", "/v1/viewer", "", "", 200, JSON, r#"{"role":"anon"}"#),
        ("GET", "/v1/nope", KEY, "", 404, JSON, NOT_FOUND),
        ("GET", "/v1/../nope", KEY, "", 404, JSON, NOT_FOUND),
        ("PUT", "/v1/connection", KEY, "", 404, JSON, NOT_FOUND),
        ("DELETE", "/v1/connection/", KEY, "", 404, JSON, NOT_FOUND),
        ("POST", "/v1/viewer", KEY, "", 404, JSON, NOT_FOUND),
        (
            "GET",
            "/nope",
            KEY,
            "",
            404,
            Some("text/plain;charset=UTF-8"),
            "NOT_FOUND",
        ),
        ("HEAD", "/v1/connection", KEY, "", 204, JSON, ""),
        ("HEAD", "/v1/nope", KEY, "", 204, JSON, ""),
        ("OPTIONS", "/v1/connection", "", "", 204, None, ""),
    ] {
        let headers: Vec<_> = Some(("authorization", key))
            .filter(|(_, k)| !k.is_empty())
            .into_iter()
            .collect();
        let reply = send(&sandbox, method, target, &headers, body);
        assert_eq!(
            (reply.status, reply.text()),
            (status, want),
            "{method} {target}"
        );
        assert_eq!(
            reply.header("content-type"),
            content_type,
            "{method} {target}"
        );
        assert_eq!(reply.header("vary"), Some("*"), "{method} {target}");
    }
}

#[test]
fn other_doors_are_there() {
    let sandbox = Sandbox::start().unwrap();
    for path in ["/v1", "/v1/"] {
        let page = send(&sandbox, "GET", path, &[], "");
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf8"));
        assert!(page.status == 200 && page.text().starts_with("<!doctype html>"));
    }
    let described = send(&sandbox, "GET", "/v1/openapi.json", &[], "").json();
    assert_eq!(
        described["paths"]["/connection"]["post"]["operationId"],
        "createConnection"
    );
    // What is described is there: it is not the answer of a route that does not exist.
    for (path, methods) in described["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let target = format!("/v1{}", path.replace(['{', '}'], ""));
            let key = [("authorization", "Bearer no")];
            let reply = send(&sandbox, &method.to_uppercase(), &target, &key, "");
            assert_eq!(
                reply.json()["data"]["path"],
                operation["operationId"],
                "{target}"
            );
        }
    }
    let viewer = get(&sandbox, "/v1/trpc/viewer");
    assert_eq!(
        viewer.text(),
        r#"{"result":{"data":{"role":"org","orgId":"org_sandbox"}}}"#
    );
    assert_eq!(viewer.header("vary"), Some("trpc-accept, *"));
    let unknown = get(&sandbox, "/v1/trpc/nope");
    assert_eq!(unknown.status, 404);
    assert_eq!(unknown.json()["error"]["data"]["code"], "NOT_FOUND");
    assert_eq!(post(&sandbox, "/v1/webhook/nope", "{}").status, 400);
}

#[test]
fn any_origin_may_read_any_answer() {
    let sandbox = Sandbox::start().unwrap();
    for (method, target) in [
        ("GET", "/v1/viewer"),
        ("GET", "/v1/nope"),
        ("GET", "/nope"),
        ("PUT", "/v1/customer"),
        ("HEAD", "/v1/connection"),
    ] {
        let plain = send(&sandbox, method, target, &[], "");
        for (name, value) in [
            ("access-control-allow-origin", "*"),
            ("access-control-allow-methods", method),
            ("access-control-allow-headers", "host"),
            ("access-control-expose-headers", "host"),
            ("access-control-allow-credentials", "true"),
            ("vary", "*"),
        ] {
            assert_eq!(plain.header(name), Some(value), "{method} {target} {name}");
        }
    }
    let headers = [
        ("origin", "https://app.test"),
        ("access-control-request-method", "POST"),
    ];
    let asked = send(&sandbox, "OPTIONS", "/v1/connection", &headers, "");
    assert_eq!(asked.status, 204);
    for (name, value) in [
        ("access-control-allow-origin", "https://app.test"),
        ("access-control-allow-methods", "POST"),
        ("access-control-max-age", "5"),
    ] {
        assert_eq!(asked.header(name), Some(value), "{name}");
    }
}

#[test]
fn offsets_beyond_the_database_are_told_so() {
    let sandbox = Sandbox::start().unwrap();
    for target in ["connection", "connector-config", "customer", "event"] {
        for (offset, message) in [
            ("1e30", r#"invalid input syntax for type bigint: "1e+30""#),
            (
                "9223372036854775808",
                r#"value "9223372036854776000" is out of range for type bigint"#,
            ),
        ] {
            let reply = get(&sandbox, &format!("/v1/{target}?offset={offset}"));
            assert_eq!(
                (reply.status, reply.message().as_str()),
                (500, message),
                "{target}"
            );
        }
        let far = get(
            &sandbox,
            &format!("/v1/{target}?offset=4611686018427387904"),
        );
        assert_eq!(far.json()["items"], serde_json::json!([]), "{target}");
    }
    // Connectors are in no database.
    assert_eq!(get(&sandbox, "/v1/connector?offset=1e30").status, 200);
}
