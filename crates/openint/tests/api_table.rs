//! `docs/api.md` cannot go stale: every method in it is called, and its route compared.

mod support;

use std::path::Path;

use openint::{
    ConnectorData, CreateConnection, CreateConnectorConfig, GetMessageTemplate, ListConnections,
    ListConnectorConfigs, ListConnectors, ListCustomers, ListEvents, Openint, Result,
    UpdateConnectorConfig, UpsertCustomer,
};
use openint_sandbox::Sandbox;
use serde_json::json;

/// The id that stands for a placeholder of a route.
const CONNECTION: &str = "conn_dummy-oauth2_x";
const CONFIG: &str = "ccfg_x";
const CUSTOMER: &str = "cus_1";

type Call = fn(&Openint) -> Result<()>;

/// A method's name beside a call of it.
macro_rules! calls {
    ($($method:ident($($argument:expr),*)),* $(,)?) => {
        [$((stringify!($method), (|client| client.$method($($argument),*).map(drop)) as Call)),*]
    };
}

fn calls() -> Vec<(&'static str, Call)> {
    Vec::from(calls![
        create_connection(&CreateConnection::new(
            "ccfg_",
            CUSTOMER,
            ConnectorData::new("dummy-oauth2", json!({ "oauth": {} })),
        )),
        get_connection(CONNECTION),
        list_connections(&ListConnections::new()),
        delete_connection(CONNECTION),
        check_connection(CONNECTION),
        create_connector_config(&CreateConnectorConfig::new("github")),
        get_connector_config(CONFIG),
        list_connector_configs(&ListConnectorConfigs::new()),
        update_connector_config(&UpdateConnectorConfig::new(CONFIG)),
        delete_connector_config(CONFIG),
        list_connectors(&ListConnectors::new()),
        connector_status(),
        upsert_customer(&UpsertCustomer::new(CUSTOMER)),
        list_customers(&ListCustomers::new()),
        create_customer_token(CUSTOMER),
        list_events(&ListEvents::new()),
        viewer(),
        health(),
        health_echo(json!({})),
        message_template(&GetMessageTemplate::new(CUSTOMER)),
    ])
}

/// The rows of the table: operation, route, and the methods of Rust, Python, Kotlin and Swift.
fn table() -> Vec<[String; 6]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api.md");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .filter(|line| line.starts_with("| `") && line.contains(" /"))
        .map(|line| {
            let cell = |index| {
                let cell: &str = line.split('|').nth(index).unwrap();
                cell.trim().trim_matches('`').to_owned()
            };
            [cell(1), cell(2), cell(3), cell(4), cell(5), cell(6)]
        })
        .collect()
}

#[test]
fn every_operation_has_the_method_and_the_route_of_the_table() {
    let sandbox = Sandbox::start().unwrap();
    let client = support::builder(&sandbox).build().unwrap();
    let calls = calls();
    let table = table();
    let documented: Vec<&str> = table.iter().map(|row| row[2].as_str()).collect();
    let called: Vec<&str> = calls.iter().map(|(method, _)| *method).collect();
    assert_eq!(documented, called);

    for ([operation, route, method, ..], (_, call)) in table.iter().zip(calls) {
        if let Err(error) = call(&client) {
            // Rows that are not there are fine; a route that is not there says just this.
            let message = error.api().and_then(|api| api.message.clone());
            assert_ne!(
                message.as_deref(),
                Some("Not found"),
                "{operation}: no such route"
            );
            assert_eq!(error.status(), Some(404), "{method}: {error}");
        }
        let request = sandbox.requests().pop().unwrap();
        let path = request
            .path
            .replacen("/v1", "", 1)
            .replace(CONNECTION, "{id}")
            .replace(CONFIG, "{id}")
            .replace(CUSTOMER, "{customer_id}");
        assert_eq!(format!("{} {path}", request.method), *route, "{method}");
    }
}

#[test]
fn the_other_languages_have_the_same_names_in_their_own_spelling() {
    for [_, _, rust, python, kotlin, swift] in table() {
        let mut words = rust.split('_');
        let mut camel = words.next().unwrap().to_owned();
        for word in words {
            camel.push_str(&word[..1].to_uppercase());
            camel.push_str(&word[1..]);
        }
        assert_eq!([python, kotlin, swift], [rust, camel.clone(), camel]);
    }
}

/// The conformance cases are what every language replays.
#[test]
fn every_operation_has_cases_of_success_and_of_failure() {
    #[derive(serde::Deserialize)]
    struct File {
        cases: Vec<Case>,
    }
    #[derive(serde::Deserialize)]
    struct Case {
        call: Call,
        error: Option<serde_json::Value>,
    }
    #[derive(serde::Deserialize)]
    struct Call {
        method: String,
        #[serde(default)]
        all: bool,
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/cases");
    let mut covered = std::collections::BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for case in serde_json::from_str::<File>(&text).unwrap().cases {
            covered.insert((case.call.method, case.call.all, case.error.is_none()));
        }
    }
    for (name, _) in calls() {
        for succeeds in [true, false] {
            let wanted = (name.to_owned(), false, succeeds);
            assert!(
                covered.contains(&wanted),
                "{name}: no case, success: {succeeds}"
            );
        }
        if name.starts_with("list_") {
            assert!(covered.contains(&(name.to_owned(), true, true)), "{name}");
        }
    }
}
