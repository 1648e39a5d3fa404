#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Client, KEY};

fn run(args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_openint-sandbox"))
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    line
}

fn signal(child: &Child, name: &str) {
    let pid = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-s", name, &pid])
            .status()
            .unwrap()
            .success()
    );
}

fn errors(mut child: Child) -> String {
    let mut text = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    child.wait().unwrap();
    text
}

#[test]
fn it_says_where_it_is_and_stops_on_a_signal() {
    for name in ["TERM", "INT"] {
        let mut child = run(&["--port", "0", "--api-key", "key_mine"]);
        let line = first_line(&mut child);
        assert!(
            line.starts_with(r#"{"base_url":"http://127.0.0.1:"#),
            "{line}"
        );
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["api_key"], "key_mine");
        let address = line["base_url"].as_str().unwrap();
        let address = address
            .strip_prefix("http://")
            .unwrap()
            .strip_suffix("/v1")
            .unwrap();

        let mut client = Client::new(address.parse().unwrap());
        client.send(
            "GET",
            "/v1/viewer",
            &[("authorization", "Bearer key_mine")],
            "",
        );
        assert_eq!(client.receive("GET").unwrap().json()["role"], "org");
        client.send("GET", "/v1/viewer", &[("authorization", KEY)], "");
        assert_eq!(client.receive("GET").unwrap().status, 401);

        // A connection that is open does not keep it from stopping.
        let start = Instant::now();
        signal(&child, name);
        assert_eq!(child.wait().unwrap().code(), Some(0), "{name}");
        assert!(
            start.elapsed() < Duration::from_secs(2),
            "{:?}",
            start.elapsed()
        );
    }
}

#[test]
fn digits_are_kept_on_request() {
    for (args, want) in [
        (&["--port", "0"][..], r#"{"input":{"n":1}}"#),
        (
            &["--port", "0", "--keep-digits", "--customer-order", "7"],
            r#"{"input":{"n":1.0}}"#,
        ),
    ] {
        let mut child = run(args);
        let line: Value = serde_json::from_str(&first_line(&mut child)).unwrap();
        let address = line["base_url"].as_str().unwrap();
        let address = address
            .trim_start_matches("http://")
            .trim_end_matches("/v1");
        let mut client = Client::new(address.parse().unwrap());
        client.send("POST", "/v1/health", &[], r#"{"n":1.0}"#);
        assert_eq!(client.receive("POST").unwrap().text(), want, "{args:?}");
        signal(&child, "TERM");
        child.wait().unwrap();
    }
}

#[test]
fn a_seed_file_is_read() {
    let path = std::env::temp_dir().join(format!("openint-sandbox-{}.json", std::process::id()));
    std::fs::write(
        &path,
        r#"{"replace":true,"organisations":[{"id":"org_a","api_key":"key_a"}],
            "customers":[{"id":"c","org_id":"org_a","api_key":"key_c"}]}"#,
    )
    .unwrap();
    let mut child = run(&["--port", "0", "--seed", path.to_str().unwrap()]);
    let line: Value = serde_json::from_str(&first_line(&mut child)).unwrap();
    signal(&child, "TERM");
    child.wait().unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(line["api_key"], "key_a");
}

#[test]
fn what_is_wrong_with_the_start_is_said() {
    let text = errors(run(&["--seed", "/no/such/file"]));
    assert!(text.contains("/no/such/file"), "{text}");

    let mut first = run(&["--port", "0"]);
    let line: Value = serde_json::from_str(&first_line(&mut first)).unwrap();
    let port = line["base_url"]
        .as_str()
        .unwrap()
        .rsplit([':', '/'])
        .nth(1)
        .unwrap()
        .to_owned();
    let text = errors(run(&["--port", &port]));
    assert!(
        text.contains("cannot start") && text.contains(&port),
        "{text}"
    );
    signal(&first, "TERM");
    first.wait().unwrap();
}

#[test]
fn an_address_beyond_loopback_is_pointed_out() {
    let mut child = run(&["--host", "0.0.0.0", "--port", "0"]);
    let line = first_line(&mut child);
    assert!(line.contains("http://127.0.0.1:"), "{line}");
    signal(&child, "TERM");
    let text = errors(child);
    assert!(text.contains("other machines can reach"), "{text}");
}
