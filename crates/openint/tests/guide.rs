//! The Rust code of the guide. Its pages show the sections that are marked here, so that all of
//! it compiles and runs.

#![allow(clippy::print_stdout)] // readers print

use std::path::Path;
use std::time::Duration;

use openint::{
    CancelToken, ConnectOptions, ConnectionStatus, ConnectorData, CreateConnection,
    CreateCustomerToken, ErrorKind, GetConnection, ListConnections, OAuth2Credentials, Openint,
    RequestOptions, Result, Secret,
};
use openint_sandbox::Sandbox;
use serde_json::json;

fn start() -> (Sandbox, Openint) {
    let sandbox = Sandbox::start().unwrap();
    let client = with_key(sandbox.api_key(), sandbox.base_url()).unwrap();
    (sandbox, client)
}

fn dummy() -> ConnectorData {
    ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }))
}

fn with_key(key: &str, base_url: &str) -> Result<Openint> {
    // --8<-- [start:api-key]
    let client = Openint::builder().api_key(key).base_url(base_url).build()?;
    // --8<-- [end:api-key]
    Ok(client)
}

#[test]
fn a_customers_client_sees_the_customers_rows() -> Result<()> {
    let (sandbox, client) = start();
    let base_url = sandbox.base_url();
    // --8<-- [start:customer-token]
    let token = client.create_customer_token(
        CreateCustomerToken::new("customer_42")
            .validity_in_seconds(600)
            .connect_options(ConnectOptions::new().connector_name("github")),
    )?;
    println!("{token:?}"); // the token and the link are [redacted]

    let customer = Openint::builder()
        .api_key(token.token)
        .base_url(base_url)
        .build()?;
    println!("{:?}", customer.viewer()?.customer_id);
    // --8<-- [end:customer-token]
    assert_eq!(
        customer.viewer()?.customer_id.as_deref(),
        Some("customer_42")
    );
    Ok(())
}

#[test]
fn a_provider_gives_keys() -> Result<()> {
    let (sandbox, _) = start();
    let base_url = sandbox.base_url();
    let key = sandbox.api_key().to_owned();
    let fetch_token = move || Ok::<_, std::io::Error>(Secret::new(key.as_str()));
    // --8<-- [start:key-provider]
    let client = Openint::builder()
        .api_key_provider(fetch_token) // asks your own server
        .base_url(base_url)
        .build()?;
    // --8<-- [end:key-provider]
    assert!(client.viewer()?.org_id.is_some());
    Ok(())
}

#[test]
fn a_connection_is_created_read_checked_and_deleted() -> Result<()> {
    let (sandbox, client) = start();
    // --8<-- [start:create]
    let credentials = OAuth2Credentials::new("gho_16C7e42F")
        .refresh_token("ghr_1B4a2e77")
        .expires_in(28_800);
    let connection = client.create_connection(
        &CreateConnection::new(
            "ccfg_github_sandbox",
            "customer_42",
            ConnectorData::oauth2("github", credentials),
        )
        .metadata(json!({ "plan": "pro" })),
    )?;
    // --8<-- [end:create]

    // --8<-- [start:read]
    let shown = client.get_connection(GetConnection::new(&connection.id).include_secrets(true))?;
    if let Some(token) = shown
        .settings
        .as_ref()
        .and_then(|settings| settings.access_token())
    {
        println!("{token:?} has {} bytes", token.expose().len()); // [redacted] has 12 bytes
    }

    let check = client.check_connection(&connection.id)?;
    if check.status != Some(ConnectionStatus::Healthy) {
        println!("ask the customer to connect again");
    }

    client.delete_connection(&connection.id)?;
    // --8<-- [end:read]
    assert_eq!(sandbox.connections(Some("customer_42")), 0);
    Ok(())
}

#[test]
fn lists_come_by_page_and_by_row() -> Result<()> {
    let (_sandbox, client) = start();
    client.create_connection(&CreateConnection::new("ccfg_", "customer_42", dummy()))?;
    // --8<-- [start:page]
    let page =
        client.list_connections(&ListConnections::new().customer_id("customer_42").limit(10))?;
    println!("{} of {:?}", page.items.len(), page.total);
    // --8<-- [end:page]
    assert_eq!(page.items.len(), 1);

    let mut seen = 0;
    // --8<-- [start:rows]
    for connection in client.iter(ListConnections::new().customer_id("customer_42")) {
        let connection = connection?;
        println!("{} {:?}", connection.id, connection.status);
        seen += 1;
    }
    // --8<-- [end:rows]
    assert_eq!(seen, 1);
    Ok(())
}

#[test]
fn errors_are_told_apart() {
    let (_sandbox, client) = start();
    let params = CreateConnection::new("ccfg_that_is_not_there", "customer_id", dummy());
    // --8<-- [start:errors]
    match client.create_connection(&params) {
        Ok(connection) => println!("{}", connection.id),
        Err(error) => match error.kind() {
            ErrorKind::InvalidInput {
                field, expected, ..
            } => println!("{field} must be {expected}"),
            ErrorKind::Api(api) if api.status == 404 => println!("make the connector config first"),
            ErrorKind::Api(api) => println!("{} {:?}", api.status, api.issues),
            _ if error.may_have_been_applied() => println!("look before repeating it: {error}"),
            _ => println!("{error}"),
        },
    }
    // --8<-- [end:errors]
    assert_eq!(
        client.create_connection(&params).unwrap_err().status(),
        Some(404)
    );
}

#[test]
fn a_call_has_options_and_can_be_cancelled() -> Result<()> {
    let (_sandbox, client) = start();
    // --8<-- [start:options]
    let patient = client.with_options(
        RequestOptions::new()
            .timeout(Duration::from_secs(120))
            .max_retries(5),
    );
    println!("{}", patient.health()?.ok);
    // --8<-- [end:options]

    // --8<-- [start:cancel]
    let token = CancelToken::new();
    let cancellable = client.with_options(RequestOptions::new().cancel(token.clone()));
    token.cancel(); // from any thread
    if let Err(error) = cancellable.viewer() {
        println!("{error}"); // cancelled
    }
    // --8<-- [end:cancel]
    assert!(matches!(
        cancellable.viewer().unwrap_err().kind(),
        ErrorKind::Cancelled
    ));
    Ok(())
}

#[test]
fn a_key_makes_one_row() -> Result<()> {
    let (sandbox, client) = start();
    let data = dummy();
    // --8<-- [start:idempotency]
    let order = CreateConnection::new("ccfg_", "customer_42", data).idempotency_key("order-1291");
    let connection = client.create_connection(&order)?;
    assert_eq!(client.create_connection(&order)?.id, connection.id);
    // --8<-- [end:idempotency]
    assert_eq!(sandbox.connections(Some("customer_42")), 1);
    Ok(())
}

// --8<-- [start:observer]
use openint::{Attempt, AttemptEnd, Observer};

struct Lines;

impl Observer for Lines {
    fn after_attempt(&self, attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
        println!(
            "{} #{}: {:?} in {:?}",
            attempt.operation, attempt.number, end.status, end.duration
        );
    }
}
// --8<-- [end:observer]

#[test]
fn an_observer_is_an_option_of_the_client() -> Result<()> {
    let (sandbox, _) = start();
    let builder = Openint::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url());
    // --8<-- [start:observed]
    let client = builder.observer(Lines).build()?;
    // --8<-- [end:observed]
    assert!(client.health()?.ok);
    Ok(())
}

// --8<-- [start:testing]
#[test]
fn an_order_connects_its_customer() -> Result<()> {
    let sandbox = Sandbox::start().unwrap(); // a server of this test's own
    let client = Openint::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
        .build()?;

    client.create_connection(&CreateConnection::new("ccfg_", "customer_7", dummy()))?;

    assert_eq!(sandbox.connections(Some("customer_7")), 1);
    Ok(())
}
// --8<-- [end:testing]

#[test]
fn a_lost_answer_is_told() -> Result<()> {
    let (sandbox, client) = start();
    // --8<-- [start:faults]
    use openint_sandbox::{Answer, Fault, Phase};

    let close = Fault::Close {
        at: Phase::BeforeResponse,
        reset: false,
    };
    sandbox.script([Answer::fault(close).after_processing()]);
    let lost = client.create_connection(&CreateConnection::new("ccfg_", "customer_7", dummy()));
    assert!(lost.unwrap_err().may_have_been_applied());
    // --8<-- [end:faults]
    assert_eq!(sandbox.connections(Some("customer_7")), 1);
    Ok(())
}

#[cfg(feature = "bulk")]
#[test]
fn rows_are_imported() -> std::result::Result<(), Box<dyn std::error::Error>> {
    use openint::bulk::{Ended, Import, Row};

    let (sandbox, client) = start();
    let folder = tempfile::tempdir()?;
    let journal = folder.path().join("spring-move.journal");
    let rows = (0..20).map(|number| {
        let customer = format!("customer_{number}");
        Row::new(
            number.to_string(),
            CreateConnection::new("ccfg_", customer, dummy()),
        )
    });
    let before = sandbox.connections(None);
    // --8<-- [start:import]
    let import = Import::new("spring-move").journal(&journal).concurrency(64);
    for outcome in import.start(&client, rows)? {
        let outcome = outcome?;
        if let Ended::Failed(error) = outcome.ended {
            eprintln!("row {}: {error}", outcome.row_id);
        }
    }
    // --8<-- [end:import]
    assert_eq!(sandbox.connections(None), before + 20);
    Ok(())
}

/// The text without indentation and empty lines, which differ from place to place.
fn lines(text: &str) -> String {
    let kept = text.lines().map(str::trim).filter(|line| !line.is_empty());
    kept.map(|line| format!("{line}\n")).collect()
}

/// Code of the READMEs is code that a suite runs.
#[test]
fn the_code_of_the_readmes_is_code_of_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let sources = [
        read("crates/openint/examples/quickstart.rs"),
        read("python/tests/test_guide.py"),
        read("kotlin/src/test/kotlin/dev/openint/sdk/samples/Samples.kt"),
        read("swift/Tests/OpenintSDKTests/GuideTests.swift"),
    ]
    .map(|source| lines(&source));
    let mut blocks = 0;
    for readme in ["README.md", "crates/openint/README.md"] {
        let text = read(readme);
        for language in ["rust", "python", "kotlin", "swift"] {
            for block in text.split(&format!("```{language}\n")).skip(1) {
                let block = lines(block.split("```").next().unwrap());
                blocks += 1;
                assert!(
                    sources.iter().any(|source| source.contains(&block)),
                    "{readme} has code that no suite runs:\n{block}"
                );
            }
        }
    }
    assert!(blocks >= 5, "{blocks} blocks");
}
