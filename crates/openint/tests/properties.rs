//! Properties that hold for any input: what is sent arrives as it was given, and what is read is
//! given back.

mod support;

use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use openint::{
    Connection, ConnectorData, CreateConnection, Json, ListConnections, Method, Openint, Request,
    Timestamp,
};
use openint_sandbox::Sandbox;
use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A server for all inputs of one test, so that the last request is that of the last input.
struct Server(LazyLock<(Sandbox, Openint)>);

impl Server {
    const fn new() -> Self {
        Self(LazyLock::new(|| {
            let sandbox = Sandbox::builder().keep_digits().start().unwrap();
            let client = support::builder(&sandbox).max_retries(0).build().unwrap();
            (sandbox, client)
        }))
    }
}

/// Any JSON without numbers that serde_json itself would round.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            hash_map(".{0,8}", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A number as JSON may have it, with more digits than any machine's numbers.
fn any_number() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?"
}

/// An id as the API can take it: not empty and without NUL.
fn any_id() -> impl Strategy<Value = String> {
    "[^\0]{1,40}"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_kept_to_the_letter(value in any_json()) {
        let text = value.to_string();
        let json = Json::parse(text.clone()).unwrap();
        prop_assert_eq!(json.as_str(), &text);
        prop_assert_eq!(json.to_value().unwrap(), value);
        prop_assert_eq!(serde_json::to_string(&json).unwrap(), text);
    }

    #[test]
    fn any_number_keeps_its_digits_in_a_model(number in any_number()) {
        let text = format!(r#"{{"id":"conn_1","metadata":{{"n":{number}}},"unknown":{number}}}"#);
        let connection: Connection = serde_json::from_str(&text).unwrap();
        let back = serde_json::to_string(&connection).unwrap();
        prop_assert_eq!(back.matches(&format!(":{number}")).count(), 2, "{}", back);
    }

    #[test]
    fn any_instant_survives_its_text(micros in 0..4_102_444_800_000_000_u64) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_micros(micros);
        let timestamp = Timestamp::from(time);
        prop_assert_eq!(timestamp.to_system_time(), Some(time));
        // As a row has it: PostgreSQL's form of the same.
        let row = timestamp.as_str().replace('T', " ").replace('Z', "+00");
        prop_assert_eq!(Timestamp::new(row), timestamp);
    }

    #[test]
    fn any_text_stays_readable_as_a_time(text in ".*") {
        let timestamp = Timestamp::new(text.clone());
        prop_assert_eq!(timestamp.as_str(), text);
        prop_assert_eq!(timestamp.to_rfc3339().is_some(), timestamp.unix_millis().is_some());
    }

    #[test]
    fn any_model_gives_back_what_it_was_read_from(fields in hash_map("[a-z_]{1,12}", any_json(), 0..6)) {
        let mut fields: serde_json::Map<_, _> = fields.into_iter().collect();
        fields.insert("id".into(), "conn_1".into());
        let sent = Value::Object(fields);
        // A typed field of another type is refused; all else must come back.
        if let Ok(connection) = serde_json::from_str::<Connection>(&sent.to_string()) {
            prop_assert_eq!(serde_json::to_value(&connection).unwrap(), sent);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_id_arrives_as_one_segment(id in any_id().prop_filter("a step", |id| id != "." && id != "..")) {
        static SERVER: Server = Server::new();
        let (sandbox, client) = &*SERVER.0;
        let request = Request::new(Method::Get, "/unknown/{id}/end").path_param("id", &id);
        prop_assert_eq!(client.request::<Json>(&request).unwrap_err().status(), Some(404));
        let sent = sandbox.requests().pop().unwrap();
        let segments: Vec<_> = sent.path.split('/').collect();
        prop_assert_eq!(segments.len(), 5, "{}", sent.path);
        let decoded = percent_encoding::percent_decode_str(segments[3]).decode_utf8().unwrap().into_owned();
        prop_assert_eq!(decoded, id);
    }

    #[test]
    fn any_customer_is_found_again(id in any_id(), metadata in any_json()) {
        prop_assume!(!metadata.to_string().contains("\\u0000"));
        static SERVER: Server = Server::new();
        let (_, client) = &*SERVER.0;
        let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
        let create = CreateConnection::new("ccfg_", &id, data).metadata(json!({ "any": metadata }));
        let created = client.create_connection(&create).unwrap();
        prop_assert_eq!(created.customer_id.as_deref(), Some(id.as_str()));
        let stored = created.metadata.unwrap().to_value().unwrap();
        prop_assert_eq!(&stored["any"], &metadata);
        let list = ListConnections::new().customer_id(&id);
        let found: Vec<_> = client.iter(list).map(|row| row.unwrap().id).collect();
        prop_assert!(found.contains(&created.id));
    }
}
