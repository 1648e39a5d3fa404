//! Every model takes the answers of three ages: the API's first description, today's server, and
//! one that does not exist yet. Nothing is lost of any of them, and no secret is printed.

mod support;

use std::collections::BTreeMap;
use std::fmt::Debug;

use openint::{
    ConnectorConfigExpand, ConnectorData, CreateConnection, CreateConnectorConfig, Error,
    GetConnectorConfig, GetMessageTemplate, ListConnections, ListConnectorConfigs, ListConnectors,
    ListCustomers, ListEvents, Openint, UpdateConnectorConfig, UpsertCustomer,
};
use openint_sandbox::{Answer, Sandbox};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

const CANARY: &str = "canary7f3a";

#[derive(Deserialize)]
struct Ages {
    required: Vec<String>,
    seed: Value,
    today: Value,
}

/// Result of a call: the model as JSON, and as it prints.
struct Seen {
    json: Value,
    printed: String,
}

fn seen<T: Serialize + Debug>(model: T) -> Seen {
    Seen {
        json: serde_json::from_str(&serde_json::to_string(&model).unwrap()).unwrap(),
        printed: format!("{model:?} {model:#?}"),
    }
}

type Call = fn(&Openint) -> Result<Seen, Error>;

/// Each way to read a model: the model's name in `answers.json`, whether it comes in a page, and
/// the call.
const CALLS: &[(&str, bool, Call)] = &[
    ("connection", false, |client| {
        let data = ConnectorData::new("discord", json!({ "oauth": {} }));
        let create = CreateConnection::new("ccfg_", "cus_1", data);
        client.create_connection(&create).map(seen)
    }),
    ("connection", false, |client| {
        client.get_connection("conn_1").map(seen)
    }),
    ("connection", true, |client| {
        client
            .list_connections(&ListConnections::new())
            .map(|page| seen(page.items))
    }),
    ("check", false, |client| {
        client.check_connection("conn_1").map(seen)
    }),
    ("deleted", false, |client| {
        client.delete_connection("conn_1").map(seen)
    }),
    ("connector_config", false, |client| {
        client
            .create_connector_config(&CreateConnectorConfig::new("discord"))
            .map(seen)
    }),
    ("connector_config", false, |client| {
        let get = GetConnectorConfig::new("ccfg_1").expand([ConnectorConfigExpand::Connector]);
        client.get_connector_config(get).map(seen)
    }),
    ("connector_config", false, |client| {
        client
            .update_connector_config(&UpdateConnectorConfig::new("ccfg_1"))
            .map(seen)
    }),
    ("connector_config", true, |client| {
        client
            .list_connector_configs(&ListConnectorConfigs::new())
            .map(|page| seen(page.items))
    }),
    ("deleted", false, |client| {
        client.delete_connector_config("ccfg_1").map(seen)
    }),
    ("connector", true, |client| {
        client
            .list_connectors(&ListConnectors::new())
            .map(|page| seen(page.items))
    }),
    ("connector_status", false, |client| {
        client.connector_status().map(seen)
    }),
    ("customer", false, |client| {
        client
            .upsert_customer(&UpsertCustomer::new("cus_1"))
            .map(seen)
    }),
    ("customer", true, |client| {
        client
            .list_customers(&ListCustomers::new())
            .map(|page| seen(page.items))
    }),
    ("token", false, |client| {
        client.create_customer_token("cus_1").map(seen)
    }),
    ("event", true, |client| {
        client
            .list_events(&ListEvents::new())
            .map(|page| seen(page.items))
    }),
    ("viewer", false, |client| client.viewer().map(seen)),
    ("health", false, |client| client.health().map(seen)),
    ("message_template", false, |client| {
        client
            .message_template(&GetMessageTemplate::new("cus_1"))
            .map(seen)
    }),
];

/// Fields whose values the API chooses from a list that grows.
const CHOSEN: [&str; 5] = ["status", "stage", "auth_type", "role", "language"];

/// An answer that does not exist yet: more fields everywhere, with nulls and secrets in them, and
/// words that nobody knows.
fn of_tomorrow(today: &Value) -> Value {
    match today {
        Value::Object(fields) => {
            let mut grown: Map<String, Value> = fields
                .iter()
                .map(|(name, value)| match value {
                    Value::String(_) if CHOSEN.contains(&name.as_str()) => {
                        (name.clone(), "a word of tomorrow".into())
                    }
                    value => (name.clone(), of_tomorrow(value)),
                })
                .collect();
            grown.insert("new_field".into(), json!({ "a": [1.5, null, CANARY] }));
            grown.insert("new_null".into(), Value::Null);
            grown.insert("new_text".into(), CANARY.into());
            Value::Object(grown)
        }
        Value::Array(list) => list.iter().map(of_tomorrow).collect(),
        value => value.clone(),
    }
}

/// `today` with each optional field in turn null, and absent.
fn with_gaps(ages: &Ages) -> Vec<Value> {
    let fields = ages.today.as_object().unwrap();
    let optional = fields.keys().filter(|name| !ages.required.contains(name));
    optional
        .flat_map(|name| {
            let mut null = fields.clone();
            null.insert(name.clone(), Value::Null);
            let mut absent = fields.clone();
            absent.remove(name);
            [Value::Object(null), Value::Object(absent)]
        })
        .collect()
}

fn ages() -> BTreeMap<String, Ages> {
    serde_json::from_str(include_str!("compatibility/answers.json")).unwrap()
}

#[test]
fn every_model_takes_the_answers_of_three_ages_and_loses_nothing() {
    let sandbox = Sandbox::start().unwrap();
    let client = support::builder(&sandbox).max_retries(0).build().unwrap();
    let ages = ages();
    for (name, in_page, call) in CALLS {
        let ages = &ages[*name];
        let mut answers = vec![
            ages.seed.clone(),
            ages.today.clone(),
            of_tomorrow(&ages.today),
        ];
        answers.extend(with_gaps(ages));
        for answer in answers {
            let sent = if *in_page {
                json!({ "items": [answer], "total": 1, "limit": 50, "offset": 0,
                        "has_next_page": false, "next": null })
            } else {
                answer.clone()
            };
            sandbox.script([Answer::status(200).text(sent.to_string())]);
            let seen = call(&client).unwrap_or_else(|error| panic!("{name}: {error}: {answer}"));
            let expected = if *in_page { json!([answer]) } else { answer };
            assert_eq!(seen.json, expected, "{name}");
            assert!(!seen.printed.contains(CANARY), "{name}: {}", seen.printed);
        }
    }
}

#[test]
fn what_a_model_cannot_do_without_is_named() {
    let sandbox = Sandbox::start().unwrap();
    let client = support::builder(&sandbox).max_retries(0).build().unwrap();
    for (name, in_page, call) in CALLS {
        let ages = &ages()[*name];
        for field in &ages.required {
            let mut fields = ages.today.as_object().unwrap().clone();
            fields.remove(field);
            let sent = if *in_page {
                json!({ "items": [fields] })
            } else {
                Value::Object(fields)
            };
            sandbox.script([Answer::status(200).text(sent.to_string())]);
            let error = call(&client).err().unwrap();
            let printed = format!("{error} {error:?}");
            assert_eq!(error.kind().name(), "decode", "{name}: {error}");
            assert!(printed.contains(field.as_str()), "{name}: {error}");
            assert!(!printed.contains(CANARY), "{name}: {printed}");
        }
    }
}

#[test]
fn every_model_in_the_table_is_read_by_a_call() {
    for name in ages().keys() {
        assert!(CALLS.iter().any(|(called, ..)| called == name), "{name}");
    }
}

#[test]
fn a_refusal_of_any_age_keeps_its_status_and_what_can_be_read() {
    let sandbox = Sandbox::start().unwrap();
    let client = support::builder(&sandbox).max_retries(0).build().unwrap();
    for (body, code, message, issues) in [
        // Of the first description: nothing but a message.
        (r#"{"message":"no"}"#, None, Some("no"), 0),
        // Today's.
        (
            r#"{"message":"no","code":"BAD_REQUEST","data":{"code":"BAD_REQUEST","httpStatus":400},
                "issues":[{"code":"invalid_type","path":["data","settings"],"message":"Required"}]}"#,
            Some("BAD_REQUEST"),
            Some("no"),
            1,
        ),
        // Of shapes that do not exist yet: each part is read by itself.
        (
            r#"{"message":"no","code":17,"issues":null}"#,
            None,
            Some("no"),
            0,
        ),
        (
            r#"{"message":{"en":"no"},"code":"NEW","issues":{}}"#,
            Some("NEW"),
            None,
            0,
        ),
        (
            r#"{"message":"no","code":null,"issues":[{"path":["a",0],"message":"x","hint":{}}],"output_issues":[{}]}"#,
            None,
            Some("no"),
            2,
        ),
        (r#"["no"]"#, None, None, 0),
        ("no", None, None, 0),
    ] {
        sandbox.script([Answer::status(400).text(body)]);
        let error = client.viewer().unwrap_err();
        let api = error.api().unwrap();
        assert_eq!(api.status, 400, "{body}");
        assert_eq!(api.code.as_deref(), code, "{body}");
        assert_eq!(api.message.as_deref(), message, "{body}");
        assert_eq!(api.issues.len(), issues, "{body}");
        assert_eq!(api.body(), body.as_bytes());
    }
}
