//! Models take what they know, keep what they do not, and give everything back.

mod support;

use std::time::Duration;

use openint::{
    Connection, ConnectionStatus, ConnectorData, CreateConnection, Json, OAuth2Credentials,
};
use openint_sandbox::{Answer, Sandbox};
use serde_json::{Value, json};

const TODAY: &str = r#"{"id":"conn_discord_01M85N74MVGK3G0SD7BMD3DV7V","customer_id":"cus_1","connector_config_id":"ccfg_discord_sandbox","integration_id":null,"status_message":"Connection was imported without checking its status","created_at":"2026-11-24 02:12:36.124453+00","updated_at":"2026-11-24 02:12:36.124453+00","display_name":null,"disabled":false,"status":"unknown","metadata":{"n":12345678901234567890123,"x":1.10},"connector_name":"discord","settings":{"oauth":{"credentials":{"access_token":"at","client_id":"c","scope":"identify","refresh_token":"rt","expires_in":604800,"expires_at":"2026-12-01T02:12:36.123Z","token_type":"Bearer","raw":{"guild":{"id":"1"}}}},"access_token":"at"},"connector":{"name":"discord","stage":"ga"}}"#;

/// The same JSON value by value, and digit by digit.
fn same_json(a: &str, b: &str) {
    let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(value(a), value(b));
    let digits = |text: &str| {
        let mut numbers: Vec<String> = text
            .split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        numbers.sort();
        numbers
    };
    assert_eq!(digits(a), digits(b));
}

#[test]
fn today_s_answer_typed_and_given_back() {
    let connection: Connection = serde_json::from_str(TODAY).unwrap();
    assert_eq!(connection.customer_id.as_deref(), Some("cus_1"));
    assert_eq!(connection.status, Some(ConnectionStatus::Unknown));
    assert_eq!(connection.disabled, Some(false));
    assert_eq!(
        connection.created_at.as_ref().unwrap().unix_millis(),
        Some(1_795_486_356_124)
    );
    let oauth = connection
        .settings
        .as_ref()
        .unwrap()
        .oauth2()
        .unwrap()
        .unwrap();
    let credentials = oauth.credentials.unwrap();
    assert_eq!(credentials.access_token.expose(), "at");
    assert_eq!(credentials.refresh_token.as_ref().unwrap().expose(), "rt");
    assert_eq!(
        credentials.expires_in.as_ref().unwrap().as_i64(),
        Some(604_800)
    );
    assert!(
        credentials
            .expires_at
            .as_ref()
            .unwrap()
            .to_system_time()
            .is_some()
    );
    assert_eq!(
        connection
            .metadata
            .as_ref()
            .unwrap()
            .get("x")
            .unwrap()
            .as_str(),
        "1.10"
    );
    same_json(TODAY, &serde_json::to_string(&connection).unwrap());
}

#[test]
fn absent_null_and_unknown_are_told_apart() {
    let text = r#"{"id":"conn_1","integration_id":null,"tier":"gold","flags":[1,2.50]}"#;
    let connection: Connection = serde_json::from_str(text).unwrap();
    assert_eq!(connection.integration_id, None);
    assert!(connection.extra.is_null("integration_id"));
    assert_eq!(connection.display_name, None);
    assert!(!connection.extra.is_null("display_name"));
    assert_eq!(
        connection
            .extra
            .get("tier")
            .unwrap()
            .to::<String>()
            .unwrap(),
        "gold"
    );
    assert_eq!(connection.extra.get("flags").unwrap().as_str(), "[1,2.50]");
    same_json(text, &serde_json::to_string(&connection).unwrap());
}

#[test]
fn a_field_that_was_null_and_is_set_is_written_once() {
    let mut connection: Connection =
        serde_json::from_str(r#"{"id":"conn_1","display_name":null}"#).unwrap();
    connection.display_name = Some("mine".into());
    assert_eq!(
        serde_json::to_string(&connection).unwrap(),
        r#"{"id":"conn_1","display_name":"mine"}"#
    );
}

#[test]
fn a_key_that_comes_twice_counts_as_it_came_last() {
    for (text, name, null) in [
        (
            r#"{"id":"conn_1","display_name":null,"display_name":"mine"}"#,
            Some("mine"),
            false,
        ),
        (
            r#"{"id":"conn_1","display_name":"mine","display_name":null}"#,
            None,
            true,
        ),
    ] {
        let connection: Connection = serde_json::from_str(text).unwrap();
        assert_eq!(connection.display_name.as_deref(), name);
        assert_eq!(connection.extra.is_null("display_name"), null);
    }
}

#[test]
fn every_field_but_the_id_may_be_null_or_absent() {
    let Value::Object(today) = serde_json::from_str::<Value>(TODAY).unwrap() else {
        unreachable!()
    };
    for name in today.keys() {
        for change in [Some(Value::Null), None] {
            let mut fields = today.clone();
            fields.remove(name);
            if let Some(value) = change {
                fields.insert(name.clone(), value);
            }
            let text = Value::Object(fields).to_string();
            let connection = serde_json::from_str::<Connection>(&text);
            if name == "id" {
                assert!(connection.is_err());
            } else {
                let back = serde_json::to_string(&connection.unwrap()).unwrap();
                assert_eq!(
                    serde_json::from_str::<Value>(&back).unwrap(),
                    serde_json::from_str::<Value>(&text).unwrap()
                );
            }
        }
    }
}

#[test]
fn settings_and_metadata_as_types_of_one_s_own() {
    #[derive(serde::Deserialize)]
    struct Guild {
        id: String,
    }
    #[derive(serde::Deserialize)]
    struct Raw {
        guild: Guild,
    }
    let connection: Connection = serde_json::from_str(TODAY).unwrap();
    let settings = connection.settings.unwrap();
    let raw = settings
        .oauth2()
        .unwrap()
        .unwrap()
        .credentials
        .unwrap()
        .raw
        .unwrap();
    assert_eq!(raw.to::<Raw>().unwrap().guild.id, "1");
    assert_eq!(settings.access_token().unwrap().expose(), "at");

    let error = settings.to::<Raw>().err().unwrap();
    assert!(error.to_string().contains("guild"), "{error}");
}

#[test]
fn an_api_key_is_found_under_either_name() {
    for field in ["api_key", "apiKey"] {
        let data = ConnectorData::api_key("any", field, "sk_1");
        assert_eq!(data.settings.api_key().unwrap().expose(), "sk_1");
        assert_eq!(data.settings.access_token(), None);
        assert_eq!(data.settings.oauth2().unwrap(), None);
    }
}

#[test]
fn oauth2_constructors_write_what_the_api_reads() {
    let mut credentials = OAuth2Credentials::new("at")
        .client_id("c")
        .scope("s")
        .refresh_token("rt")
        .expires_in(3600)
        .expires_at(std::time::UNIX_EPOCH + Duration::from_secs(1_795_486_355))
        .token_type("Bearer")
        .raw(json!({ "a": 1 }));
    credentials.extra.insert("team", json!("t"));
    let data = ConnectorData::oauth2("discord", credentials);
    assert_eq!(
        data.settings.json().to_value().unwrap(),
        json!({ "oauth": { "credentials": {
            "access_token": "at", "client_id": "c", "scope": "s", "refresh_token": "rt",
            "expires_in": 3600, "expires_at": "2026-11-24T02:12:35Z", "token_type": "Bearer",
            "raw": { "a": 1 }, "team": "t"
        } } })
    );
}

#[test]
fn deep_json_is_kept_unparsed() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([
        Answer::status(200).text(format!(r#"{{"id":"conn_1","metadata":{{"deep":{deep}}}}}"#))
    ]);
    let client = support::builder(&sandbox).build().unwrap();
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    let connection = client
        .create_connection(&CreateConnection::new("ccfg_", "cus_1", data))
        .unwrap();
    let metadata = connection.metadata.unwrap();
    assert_eq!(metadata.as_str().len(), deep.len() + r#"{"deep":}"#.len());
    assert!(
        metadata.to_value().is_err(),
        "parsing it is refused, not a crash"
    );
    assert!(Json::parse(deep).is_ok());
}

#[test]
fn an_answer_with_many_unknown_fields_is_read_soon_and_loses_none() {
    let fields: Vec<String> = (0..60_000).map(|n| format!("\"field_{n}\":{n}")).collect();
    let text = format!(
        "{{\"id\":\"conn_1\",{},\"field_7\":\"last\"}}",
        fields.join(",")
    );
    let started = std::time::Instant::now();
    let connection: openint::Connection = serde_json::from_str(&text).unwrap();
    let took = started.elapsed();
    assert!(took < std::time::Duration::from_secs(5), "{took:?}");
    assert_eq!(connection.extra.iter().count(), 60_000);
    assert_eq!(
        connection.extra.get("field_7").unwrap().as_str(),
        "\"last\""
    );
    let (place, _) = connection.extra.iter().nth(7).unwrap();
    assert_eq!(place, "field_7");
}
