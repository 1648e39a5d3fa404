//! Answers as real servers and proxies give them, from a server below HTTP.

#[path = "support/raw.rs"]
mod raw;
#[path = "support/tls.rs"]
#[expect(dead_code)] // servers that give every request the same answer
mod tls;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use openint::{ConnectorData, CreateConnection, Error, ErrorKind, Json, Openint, Response};
use openint::{Method, Phase, Request};
use serde_json::json;
use tls::{Authority, Bundle};

fn client(base_url: &str) -> Openint {
    Openint::builder()
        .api_key("key_test_123")
        .base_url(base_url)
        .timeout(Duration::from_secs(5))
        .max_retries(0)
        .build()
        .unwrap()
}

fn viewer(client: &Openint) -> Result<Response<Json>, Error> {
    client.request(&Request::new(Method::Get, "/viewer"))
}

/// Returns the result of a read that is answered with `head` and `body`.
fn read(head: &str, body: &[u8]) -> Result<Response<Json>, Error> {
    let answer = [head.as_bytes(), b"\r\n", body].concat();
    let base_url = raw::serve(move |stream| stream.write_all(&answer).unwrap());
    viewer(&client(&base_url))
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// A create whose body is a few megabytes.
fn large() -> CreateConnection {
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    CreateConnection::new("ccfg_", "cus_1", data).metadata(json!({ "large": "x".repeat(8 << 20) }))
}

#[test]
fn packed_bodies_read_however_their_encoding_is_spelt() {
    let packed = gzip(br#"{"ok":true}"#);
    for encoding in ["gzip", "GZIP", "x-gzip", "gzip, identity", "identity,gzip"] {
        for framing in [
            format!("content-length: {}\r\n", packed.len()),
            String::new(),
        ] {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\n{framing}");
            let answer = read(&head, &packed).unwrap();
            assert_eq!(answer.value.as_str(), r#"{"ok":true}"#, "{head}");
        }
    }
}

#[test]
fn the_cap_holds_however_the_encoding_is_spelt() {
    let packed = gzip(&[b' '; 100_000]);
    for encoding in ["gzip", "gzip, identity"] {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\n\r\n");
        let answer = [head.as_bytes(), &packed].concat();
        let base_url = raw::serve(move |stream| stream.write_all(&answer).unwrap());
        let client = Openint::builder()
            .api_key("key_test_123")
            .base_url(base_url)
            .max_response_bytes(50_000)
            .build()
            .unwrap();
        let error = viewer(&client).unwrap_err();
        assert_eq!(error.kind().name(), "response_too_large", "{error}");
    }
}

#[test]
fn a_packed_body_without_a_byte_is_an_empty_one() {
    for encoding in ["gzip", "gzip, identity"] {
        let head = |status| {
            format!("HTTP/1.1 {status}\r\ncontent-encoding: {encoding}\r\ncontent-length: 0\r\n")
        };
        let none = read(&head("204 No Content"), b"").unwrap();
        assert_eq!((none.status, none.value.as_str()), (204, "null"));
        let error = read(&head("401 Unauthorized"), b"").unwrap_err();
        assert_eq!(error.status(), Some(401), "{error}");
        let error = read(&head("200 OK"), b"").unwrap_err();
        assert!(error.to_string().contains("empty body"), "{error}");
    }
}

#[test]
fn a_packed_body_that_is_cut_is_no_answer() {
    let packed = gzip(&[b'7'; 1000]);
    let cut = &packed[..packed.len() - 9];
    for encoding in ["gzip", "gzip, identity"] {
        for length in [cut.len(), packed.len()] {
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: {length}\r\n"
            );
            let error = read(&head, cut).unwrap_err();
            assert_eq!(error.kind().name(), "interrupted", "{error}");
            assert!(error.is_retryable());
        }
    }
}

#[test]
fn an_unknown_encoding_is_named_and_does_not_hide_a_refusal() {
    let head = |status| format!("HTTP/1.1 {status}\r\ncontent-encoding: br\r\n");
    let error = read(&head("200 OK"), b"\x0b\x02\x80").unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Decode { .. }), "{error}");
    assert!(error.to_string().contains("`br`"), "{error}");
    assert!(!error.is_retryable());
    let error = read(&head("429 Slow down"), b"\x0b\x02\x80").unwrap_err();
    assert_eq!(error.status(), Some(429));
    assert_eq!(
        read(&head("204 No content"), b"").unwrap().value.as_str(),
        "null"
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_json() {
    let answer = read("HTTP/1.1 200 OK\r\n", b"\xef\xbb\xbf{\"ok\":true}").unwrap();
    assert_eq!(answer.value.as_str(), r#"{"ok":true}"#);
    let refusal = b"\xef\xbb\xbf{\"code\":\"FORBIDDEN\"}";
    let error = read("HTTP/1.1 403 Forbidden\r\n", refusal).unwrap_err();
    assert_eq!(error.api().unwrap().code.as_deref(), Some("FORBIDDEN"));
}

#[test]
fn a_change_of_protocol_is_an_error_and_other_interim_answers_are_passed_over() {
    let error = read("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n", b"").unwrap_err();
    assert!(error.to_string().contains("another protocol"), "{error}");
    assert_eq!(error.kind().name(), "interrupted");

    let interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n";
    let head = format!("{interim}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n");
    assert_eq!(read(&head, b"{}").unwrap().value.as_str(), "{}");
}

#[test]
fn a_connection_is_kept_no_longer_than_the_server_says() {
    // After `wait`, is the second request on the first's connection?
    let is_kept = |keep_alive: &str, wait: u64| {
        let head = format!("HTTP/1.1 200 OK\r\n{keep_alive}content-length: 2\r\n\r\n{{}}");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
        let (sender, connections) = mpsc::channel();
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let (mut stream, sender, head) = (stream.unwrap(), sender.clone(), head.clone());
                thread::spawn(move || {
                    while raw::read_request(&stream).is_some() {
                        sender.send(number).unwrap();
                        stream.write_all(head.as_bytes()).unwrap();
                    }
                });
            }
        });
        let client = client(&base_url);
        viewer(&client).unwrap();
        thread::sleep(Duration::from_millis(wait));
        viewer(&client).unwrap();
        connections.recv().unwrap() == connections.recv().unwrap()
    };
    assert!(is_kept("", 1200));
    assert!(is_kept("keep-alive: timeout=60\r\n", 1200));
    assert!(is_kept("keep-alive: timeout=2, max=100\r\n", 200));
    assert!(!is_kept("keep-alive: timeout=2, max=100\r\n", 1200));
    assert!(!is_kept("keep-alive: timeout=1\r\n", 0));
}

#[test]
fn a_refusal_in_the_middle_of_a_large_body_is_the_answer() {
    type Then = fn(TcpStream);
    let close: Then = drop;
    // It stays open, and reads no more.
    let stay: Then = |stream| {
        drop(thread::spawn(move || {
            thread::sleep(Duration::from_secs(6));
            drop(stream);
        }))
    };
    let drain: Then = |mut stream| {
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    };
    for (status, then) in [(413, close), (401, close), (413, stay), (413, drain)] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                stream.read_exact(&mut [0; 1000]).unwrap();
                let body = r#"{"code":"NO"}"#;
                let answer = format!(
                    "HTTP/1.1 {status} No\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                );
                stream.write_all(answer.as_bytes()).unwrap();
                then(stream);
            }
        });
        let client = client(&base_url);
        let started = Instant::now();
        let error = client.create_connection(&large()).unwrap_err();
        assert_eq!(error.status(), Some(status), "{error}");
        assert_eq!(error.api().unwrap().code.as_deref(), Some("NO"));
        assert!(!error.may_have_been_applied());
        assert!(started.elapsed() < Duration::from_secs(3));
        // The rest of that request is not taken for the beginning of the next.
        let error = client.create_connection(&large()).unwrap_err();
        assert_eq!(error.status(), Some(status), "{error}");
    }
}

#[test]
fn a_connection_that_breaks_in_the_middle_of_a_large_body_is_no_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            stream.unwrap().read_exact(&mut [0; 1000]).unwrap();
        }
    });
    let error = client(&base_url).create_connection(&large()).unwrap_err();
    let ErrorKind::Interrupted { phase, .. } = error.kind() else {
        panic!("{error}");
    };
    assert_eq!(*phase, Phase::Sending, "{error}");
    assert!(error.may_have_been_applied());
}

#[test]
fn a_refusal_in_the_middle_of_a_large_body_is_the_answer_in_tls_too() {
    let authority = Authority::new();
    let bundle = Bundle::new("refusal", &authority.pem);
    let answer = "HTTP/1.1 413 No\r\ncontent-length: 2\r\n\r\n{}";
    // One server closes, and one stays and reads no more.
    for stays in [false, true] {
        let identity = authority.sign("localhost", |_| ());
        let port = identity.serve_each(rustls::ALL_VERSIONS, move |stream| {
            stream.write_all(answer.as_bytes()).unwrap();
            stream.flush().unwrap();
            if stays {
                thread::sleep(Duration::from_secs(4));
            }
        });
        let client = Openint::builder()
            .api_key("key_test_123")
            .base_url(format!("https://localhost:{port}/v1"))
            .ca_bundle(&bundle.0)
            .max_retries(0)
            .build()
            .unwrap();
        let started = Instant::now();
        let error = client.create_connection(&large()).unwrap_err();
        assert_eq!(error.status(), Some(413), "{error}");
        assert!(started.elapsed() < Duration::from_secs(3));
    }
}

#[test]
fn a_server_that_reads_slowly_gets_the_whole_body() {
    let authority = Authority::new();
    let bundle = Bundle::new("slowly", &authority.pem);
    let (sender, received) = mpsc::channel();
    let identity = authority.sign("localhost", |_| ());
    // TLS 1.3 says something after the handshake, which nobody reads while the body is sent.
    let port = identity.serve_each(rustls::ALL_VERSIONS, move |stream| {
        let mut body = Vec::new();
        let mut piece = vec![0; 1 << 18];
        while !body.ends_with(b"}}") {
            if body.len() % (1 << 20) < 1 << 16 {
                thread::sleep(Duration::from_millis(60));
            }
            let read = stream.read(&mut piece).unwrap();
            body.extend(&piece[..read]);
        }
        sender.send(body).unwrap();
        stream.write_all(tls::ANSWER.as_bytes()).unwrap();
        stream.conn.send_close_notify();
        stream.flush().unwrap();
    });
    let client = Openint::builder()
        .api_key("key_test_123")
        .base_url(format!("https://localhost:{port}/v1"))
        .ca_bundle(&bundle.0)
        .max_retries(0)
        .build()
        .unwrap();
    let text: String = (0..2_000_000)
        .map(|n: u32| char::from(b'a' + (n % 26) as u8))
        .collect();
    let body = json!({ "a": text, "b": {} });
    let request = Request::new(Method::Post, "/anything").body(body.clone());
    assert_eq!(
        client.request::<Json>(&request).unwrap().value.as_str(),
        r#"{"ok":true}"#
    );
    let received: serde_json::Value = serde_json::from_slice(&received.recv().unwrap()).unwrap();
    assert!(received == body, "the body came as it was sent");
}

#[test]
fn a_connection_that_is_reset_is_not_the_end_of_a_body() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            // What is not read of the request makes the system reset the connection.
            stream.read_exact(&mut [0; 10]).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n{}").unwrap();
        }
    });
    let client = client(&base_url);
    for result in [
        viewer(&client).err(),
        client.create_connection(&large()).err(),
    ] {
        let error = result.expect("the body may have gone on");
        let ErrorKind::Interrupted { phase, .. } = error.kind() else {
            panic!("{error}");
        };
        assert_eq!(*phase, Phase::Reading, "{error}");
    }
}

#[test]
fn head_and_body_leave_in_one_packet() {
    let (sender, first_reads) = mpsc::channel();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut bytes = vec![0; 1 << 16];
            let read = stream.read(&mut bytes).unwrap();
            sender.send(bytes[..read].to_vec()).unwrap();
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
        }
    });
    let request = Request::new(Method::Post, "/anything").body(json!({ "last": "byte" }));
    for _ in 0..20 {
        // Each on a connection of its own.
        client(&base_url).request::<Json>(&request).unwrap();
        let first = String::from_utf8(first_reads.recv().unwrap()).unwrap();
        assert!(
            first.starts_with("POST /v1/anything HTTP/1.1\r\n"),
            "{first}"
        );
        assert!(first.ends_with(r#"{"last":"byte"}"#), "{first}");
    }
}
