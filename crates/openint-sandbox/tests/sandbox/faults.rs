use std::io::{ErrorKind, Read};
use std::time::{Duration, Instant};

use openint_sandbox::{Answer, Fault, Phase, Sandbox};
use serde_json::Value;

use crate::support::{Client, KEY, Reply, body_for, post};

/// A sandbox whose next answer has this fault, and a connection on which it was asked for.
fn ask(answer: Answer) -> (Sandbox, Client) {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([answer]);
    let mut client = Client::new(sandbox.address());
    client.send("GET", "/v1/viewer", &[("authorization", KEY)], "");
    (sandbox, client)
}

fn reply(fault: Fault) -> Reply {
    let (_sandbox, mut client) = ask(Answer::fault(fault));
    client.receive("GET").unwrap()
}

/// Head and body of what was received, if the head came whole.
fn split(bytes: &[u8]) -> (String, Option<String>) {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    match text.split_once("\r\n\r\n") {
        Some((head, body)) => (head.to_owned(), Some(body.to_owned())),
        None => (text, None),
    }
}

#[test]
fn close_ends_the_connection_where_it_says() {
    const VIEWER: &str = r#"{"role":"org","orgId":"org_sandbox"}"#;
    for (at, reset) in [
        (Phase::BeforeResponse, false),
        (Phase::BeforeResponse, true),
        (Phase::Headers, false),
        (Phase::Body, false),
        (Phase::Body, true),
    ] {
        let (_sandbox, mut client) = ask(Answer::real().with_fault(Fault::Close { at, reset }));
        let (bytes, end) = client.rest();
        match end {
            Ok(()) => assert!(!reset, "{at:?} ended with FIN"),
            Err(error) => {
                assert!(
                    reset && error.kind() == ErrorKind::ConnectionReset,
                    "{at:?} {error}"
                );
            }
        }
        let (head, body) = split(&bytes);
        match at {
            Phase::BeforeResponse => assert!(head.is_empty()),
            Phase::Headers => assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && body.is_none()),
            // What a reset leaves of the bytes before it is the peer's affair.
            Phase::Body if reset => {}
            Phase::Body => {
                assert!(head.contains("content-length: 36"), "{head}");
                assert_eq!(body.as_deref(), Some(&VIEWER[..18]));
            }
        }
    }
}

#[test]
fn a_fault_can_follow_the_work() {
    let sandbox = Sandbox::start().unwrap();
    let fault = Fault::Close {
        at: Phase::BeforeResponse,
        reset: true,
    };
    sandbox.script([Answer::real()
        .with_fault(fault)
        .on("POST", "/v1/connection")]);
    let mut client = Client::new(sandbox.address());
    client.send(
        "POST",
        "/v1/connection",
        &[("authorization", KEY)],
        &body_for("a"),
    );
    assert!(client.rest().1.is_err());
    assert_eq!(sandbox.connections(Some("a")), 1);
}

#[test]
fn stall_is_silent_until_a_reset() {
    for at in [Phase::BeforeResponse, Phase::Headers, Phase::Body] {
        let (sandbox, mut client) = ask(Answer::real().with_fault(Fault::Stall { at }));
        let quiet = Duration::from_millis(150);
        client.stream().set_read_timeout(Some(quiet)).unwrap();
        let (bytes, end) = client.rest();
        assert!(
            matches!(
                end.unwrap_err().kind(),
                ErrorKind::WouldBlock | ErrorKind::TimedOut
            ),
            "{at:?}"
        );
        let (head, body) = split(&bytes);
        assert_eq!(
            (head.is_empty(), body.is_some()),
            (at == Phase::BeforeResponse, at == Phase::Body)
        );
        client
            .stream()
            .set_read_timeout(Some(Duration::from_secs(5)))
            .unwrap();
        post(&sandbox, "/_sandbox/reset", "");
        assert!(client.rest().1.is_ok());
    }
}

#[test]
fn drip_sends_the_answer_in_pieces() {
    let drip = |at| Fault::Drip {
        bytes: 10,
        every_ms: 20,
        at,
    };
    for (at, least) in [(Phase::BeforeResponse, 200), (Phase::Body, 60)] {
        let (_sandbox, mut client) = ask(Answer::real().with_fault(drip(at)));
        let start = Instant::now();
        let reply = client.receive("GET").unwrap();
        assert_eq!(reply.json()["role"], "org");
        let took = start.elapsed();
        assert!(took >= Duration::from_millis(least), "{at:?} {took:?}");
        assert_eq!(reply.header("connection"), Some("close"));
        assert!(client.rest().1.is_ok());
    }
    let (_sandbox, mut client) = ask(Answer::real().with_fault(drip(Phase::BeforeResponse)));
    let mut piece = [0; 100];
    let mut stream = client.stream();
    assert_eq!(stream.read(&mut piece).unwrap(), 10);
    drop(client.rest());
}

#[test]
fn the_length_can_be_wrong() {
    let (_sandbox, mut client) = ask(Answer::real().with_fault(Fault::WrongLength));
    let (head, body) = split(&client.rest().0);
    assert!(head.contains("content-length: 136"), "{head}");
    assert_eq!(body.unwrap().len(), 36);
}

#[test]
fn a_chunk_can_be_cut() {
    let (_sandbox, mut client) = ask(Answer::fault(Fault::TruncatedChunk));
    let (bytes, end) = client.rest();
    let (head, body) = split(&bytes);
    assert!(
        end.is_ok() && head.contains("transfer-encoding: chunked"),
        "{head}"
    );
    assert_eq!(body.unwrap(), "66\r\n{}");
}

#[test]
fn a_redirect_points_elsewhere() {
    let to = "http://127.0.0.1:9/v1/viewer".to_owned();
    let redirect = reply(Fault::Redirect {
        to: to.clone(),
        status: 308,
    });
    assert_eq!(
        (redirect.status, redirect.header("location")),
        (308, Some(to.as_str()))
    );
    let (sandbox, mut client) = ask(Answer::status(200));
    client.receive("GET").unwrap();
    post(
        &sandbox,
        "/_sandbox/script",
        r#"{"answers":[{"fault":{"kind":"redirect","to":"/x"}}]}"#,
    );
    client.send("GET", "/v1/viewer", &[], "");
    assert_eq!(client.receive("GET").unwrap().status, 307);
}

#[test]
fn a_gzip_bomb_is_small_on_the_wire() {
    const BYTES: u64 = 100 << 20;
    let bomb = reply(Fault::GzipBomb { bytes: BYTES });
    assert_eq!(
        (bomb.status, bomb.header("content-encoding")),
        (200, Some("gzip"))
    );
    assert!(bomb.body.len() < 200_000, "{}", bomb.body.len());
    // Unpacking all of it takes long without optimisation; the size is in the last four bytes.
    let size = u32::from_le_bytes(bomb.body[bomb.body.len() - 4..].try_into().unwrap());
    assert_eq!(u64::from(size), BYTES);
    let mut start = [0; 12];
    flate2::read::GzDecoder::new(&bomb.body[..])
        .read_exact(&mut start)
        .unwrap();
    assert_eq!(&start, b"{\"padding\":\"");
}

#[test]
fn bodies_can_be_bad() {
    let json = |reply: &Reply| serde_json::from_slice::<Value>(&reply.body).is_ok();

    let broken = reply(Fault::InvalidJson);
    assert!(broken.status == 200 && !json(&broken));
    assert_eq!(broken.header("content-type"), Some("application/json"));

    let bytes = reply(Fault::InvalidUtf8);
    assert!(String::from_utf8(bytes.body).is_err());

    let html = reply(Fault::Html);
    assert!(html.text().starts_with("<!DOCTYPE html>"));
    assert_eq!(html.header("content-type"), Some("text/html"));

    let empty = reply(Fault::Empty);
    assert_eq!(
        (empty.status, empty.header("content-length")),
        (200, Some("0"))
    );

    let deep = reply(Fault::DeepJson { depth: 100_000 });
    assert_eq!(deep.body.len(), 200_000);
    assert!(!json(&deep), "serde_json has a limit");

    let many = reply(Fault::ManyHeaders { count: 2_000 });
    assert_eq!(
        many.headers
            .iter()
            .filter(|(name, _)| name.starts_with("x-many-"))
            .count(),
        2_000
    );
}

#[test]
fn a_fault_has_the_status_it_is_given() {
    let (_sandbox, mut client) = ask(Answer::status(502).with_fault(Fault::Html));
    assert_eq!(client.receive("GET").unwrap().status, 502);
}

#[test]
fn other_connections_are_served_meanwhile() {
    let (sandbox, _stalled) = ask(Answer::fault(Fault::Stall { at: Phase::Body }));
    while sandbox.requests().is_empty() {
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(post(&sandbox, "/v1/health", "{}").status, 200);
}
