//! The examples, run as programs.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use openint_sandbox::Sandbox;
use serde_json::Value;

/// `cargo test` builds the examples beside the tests.
fn example(name: &str) -> Command {
    let mut path: PathBuf = std::env::current_exe().unwrap();
    path.pop();
    path.set_file_name("examples");
    path.push(format!("{name}{}", std::env::consts::EXE_SUFFIX));
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
    let output = example("create_connection").output().unwrap();
    assert!(created_id(&output).starts_with("conn_dummy-oauth2_"));
    assert!(text(&output.stderr).contains("embedded local server"));
}

#[test]
fn with_variables_it_creates_the_row_there() {
    let sandbox = Sandbox::start().unwrap();
    let output = example("create_connection")
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
    let output = example("create_connection")
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

/// Stands for GitHub: tells whose token `gho_example` is, for as long as the process lives.
fn github() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let is_known = head[0].starts_with("GET /user ")
                && head
                    .iter()
                    .any(|line| line.ends_with(": Bearer gho_example"));
            let body = r#"{"login":"octocat"}"#;
            let status = if is_known {
                "200 OK"
            } else {
                "401 Unauthorized"
            };
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            )
            .unwrap();
        }
    });
    format!("http://{address}")
}

#[test]
fn the_walk_prints_its_steps() {
    let sandbox = Sandbox::start().unwrap();
    let output = example("walk")
        .env("OPENINT_API_KEY", sandbox.api_key())
        .env("OPENINT_BASE_URL", sandbox.base_url())
        .env("GITHUB_API_URL", github())
        .output()
        .unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_eq!(
        text(&output.stdout),
        include_str!("../../../examples/walk.txt")
    );
    assert_eq!(sandbox.connections(None), 0, "it cleans up");
}

/// A program that ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_service_on_axum_answers() {
    let sandbox = Sandbox::start().unwrap();
    let mut service = Running(
        example("axum")
            .env("OPENINT_API_KEY", sandbox.api_key())
            .env("OPENINT_BASE_URL", sandbox.base_url())
            .env("PORT", "0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut address = String::new();
    let output = service.0.stdout.as_mut().unwrap();
    BufReader::new(output).read_line(&mut address).unwrap();
    let customers = format!("{}/customers", address.trim());
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .proxy(None)
        .build()
        .into();
    let read = |answer: ureq::http::Response<ureq::Body>| -> (u16, Value) {
        let status = answer.status().as_u16();
        let body = answer.into_body().into_reader();
        (status, serde_json::from_reader(body).unwrap())
    };

    let (status, token) = read(
        agent
            .post(format!("{customers}/acme/token"))
            .send_empty()
            .unwrap(),
    );
    assert_eq!(status, 200, "{token}");
    let customer = openint::Openint::builder()
        .api_key(token["token"].as_str().unwrap())
        .base_url(sandbox.base_url())
        .build()
        .unwrap();
    let data = openint::ConnectorData::new("dummy-oauth2", serde_json::json!({ "oauth": {} }));
    assert_eq!(
        customer.viewer().unwrap().customer_id.as_deref(),
        Some("acme")
    );
    let organisation = openint::Openint::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
        .build()
        .unwrap();
    let made = organisation
        .create_connection(&openint::CreateConnection::new("ccfg_", "acme", data))
        .unwrap();
    let list = || {
        read(
            agent
                .get(format!("{customers}/acme/connections"))
                .call()
                .unwrap(),
        )
    };
    let row = serde_json::json!([{ "id": made.id, "connector": "dummy-oauth2" }]);
    assert_eq!(list(), (200, row));

    sandbox.script([openint_sandbox::Answer::status(429)
        .header("retry-after", "0")
        .times(3)]);
    let (status, refused) = list();
    assert_eq!(status, 503, "{refused}");
    assert!(refused["detail"].as_str().unwrap().contains("429"));
}
