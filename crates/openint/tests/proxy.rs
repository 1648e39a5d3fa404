//! Calls through a CONNECT proxy.

mod support;

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use openint::{ErrorKind, Json, Method, Openint, Request};
use openint_sandbox::Sandbox;

/// Tunnels one connection after another, and tells what heads it was sent; with another status it
/// refuses them.
fn proxy(status: &'static str) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, heads) = mpsc::channel();
    thread::spawn(move || {
        for client in listener.incoming() {
            let mut client = client.unwrap();
            let mut reader = BufReader::new(client.try_clone().unwrap());
            let mut head = String::new();
            while reader.read_line(&mut head).unwrap() > 2 {}
            let target = head.split(' ').nth(1).unwrap().to_owned();
            sender.send(head).unwrap();
            write!(client, "HTTP/1.1 {status}\r\n\r\n").unwrap();
            if status.starts_with("200") {
                let server = TcpStream::connect(target).unwrap();
                let (mut from, mut to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                thread::spawn(move || std::io::copy(&mut from, &mut to));
                thread::spawn(move || std::io::copy(&mut reader, &mut { server }));
            }
        }
    });
    (address, heads)
}

#[test]
fn a_call_goes_through_the_proxy_and_the_key_does_not_stop_there() {
    let sandbox = Sandbox::start().unwrap();
    let (address, heads) = proxy("200 OK");
    let client = support::builder(&sandbox)
        .proxy(format!("http://user:pass@{address}"))
        .build()
        .unwrap();
    let viewer = client
        .request::<Json>(&Request::new(Method::Get, "/viewer"))
        .unwrap();
    assert_eq!(viewer.value.get("role").unwrap().as_str(), "\"org\"");

    let head = heads.recv().unwrap();
    assert!(head.starts_with("CONNECT 127.0.0.1:"), "{head}");
    assert!(
        head.contains("Proxy-Authorization: Basic dXNlcjpwYXNz"),
        "{head}"
    );
    assert!(!head.contains(sandbox.api_key()), "{head}");
}

#[test]
fn a_proxy_that_refuses_is_a_failure_to_connect() {
    let (address, _heads) = proxy("407 Proxy Authentication Required");
    let client = Openint::builder()
        .api_key("key_test_123")
        .base_url("https://openint.invalid/v1")
        .proxy(format!("http://user:canary@{address}"))
        .max_retries(0)
        .build()
        .unwrap();
    let error = client
        .request::<Json>(&Request::new(Method::Get, "/viewer"))
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connect { .. }), "{error}");
    assert!(
        !format!("{error} {error:?}").contains("canary"),
        "{error:?}"
    );
}
