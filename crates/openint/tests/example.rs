//! The example that the README begins with, run as a program.

use std::path::PathBuf;
use std::process::{Command, Output};

use openint_sandbox::Sandbox;
use serde_json::Value;

/// `cargo test` builds the examples beside the tests.
fn example() -> Command {
    let mut path: PathBuf = std::env::current_exe().unwrap();
    path.pop();
    path.set_file_name("examples");
    path.push(format!("create_connection{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.exists(),
        "cargo build --examples makes {}",
        path.display()
    );
    let mut command = Command::new(path);
    command
        .env_remove("OPENINT_API_KEY")
        .env_remove("OPENINT_BASE_URL");
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn created_id(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(&output.stderr));
    let connection: Value = serde_json::from_slice(&output.stdout).unwrap();
    connection["id"].as_str().unwrap().to_owned()
}

#[test]
fn without_variables_it_uses_the_embedded_server_and_says_so() {
    let output = example().output().unwrap();
    assert!(created_id(&output).starts_with("conn_dummy-oauth2_"));
    assert!(text(&output.stderr).contains("embedded local server"));
}

#[test]
fn with_variables_it_creates_the_row_there() {
    let sandbox = Sandbox::start().unwrap();
    let output = example()
        .env("OPENINT_API_KEY", sandbox.api_key())
        .env("OPENINT_BASE_URL", sandbox.base_url())
        .output()
        .unwrap();
    assert!(created_id(&output).starts_with("conn_dummy-oauth2_"));
    assert_eq!(sandbox.connections(Some("customer_id")), 1);
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn a_variable_that_cannot_be_used_is_named() {
    let output = example()
        .env("OPENINT_API_KEY", "key_test_123")
        .env("OPENINT_BASE_URL", "api.openint.dev")
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(
        text(&output.stderr).contains("base_url"),
        "{}",
        text(&output.stderr)
    );
}
