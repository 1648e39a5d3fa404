use std::time::{Duration, Instant};

use openint_sandbox::Sandbox;

use crate::support::{Client, get};

#[test]
fn a_kept_connection_is_closed_when_it_was_idle_for_too_long() {
    let idle = Duration::from_millis(300);
    let sandbox = Sandbox::builder().idle_timeout(idle).start().unwrap();
    let mut client = Client::new(sandbox.address());
    for _ in 0..2 {
        client.send("GET", "/v1/health", &[], "");
        assert_eq!(
            client.receive("GET").unwrap().header("connection"),
            Some("keep-alive")
        );
    }
    let start = Instant::now();
    let (rest, end) = client.rest();
    assert!(rest.is_empty() && end.is_ok(), "{rest:?} {end:?}");
    assert!(
        start.elapsed() >= Duration::from_millis(250),
        "{:?}",
        start.elapsed()
    );
    assert!(
        start.elapsed() < Duration::from_secs(3),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(
        sandbox.requests()[0].connection,
        sandbox.requests()[1].connection
    );
}

#[test]
fn the_idle_time_is_announced_as_node_does() {
    let sandbox = Sandbox::start().unwrap();
    assert_eq!(
        get(&sandbox, "/v1/health").header("keep-alive"),
        Some("timeout=5")
    );
}

#[test]
fn a_connection_is_closed_at_once_for_who_asks() {
    let sandbox = Sandbox::start().unwrap();
    let mut client = Client::new(sandbox.address());
    client.send("GET", "/v1/health", &[("connection", "close")], "");
    let reply = client.receive("GET").unwrap();
    assert_eq!(reply.header("keep-alive"), None);
    let start = Instant::now();
    assert!(client.rest().1.is_ok());
    assert!(start.elapsed() < Duration::from_secs(1));
}
