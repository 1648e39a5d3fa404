//! A server can send as much, as deep and as slowly as it likes: memory and time stay bounded, and
//! the error says which limit was reached.

#[cfg(target_os = "linux")]
#[path = "support/child.rs"]
mod child;
#[path = "support/endless.rs"]
mod endless;
#[path = "support/raw.rs"]
mod raw;
#[cfg(target_os = "linux")]
#[path = "support/resident.rs"]
mod resident;
mod support;

use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use openint::{
    ConnectorData, CreateConnection, Error, ErrorKind, Json, ListConnections, Method, Openint,
    Phase, Request, RequestOptions, ResponsePart,
};
use openint_sandbox::{Answer, Fault, Sandbox};
use serde_json::json;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

fn viewer() -> Request {
    Request::new(Method::Get, "/viewer")
}

fn read(client: &Openint) -> Result<Json, Error> {
    Ok(client.request::<Json>(&viewer())?.value)
}

/// A client of a server below HTTP.
fn client_of(base_url: &str) -> Openint {
    Openint::builder()
        .api_key("key_test_123")
        .base_url(base_url)
        .max_retries(0)
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}

fn client(sandbox: &Sandbox) -> Openint {
    support::builder(sandbox).max_retries(0).build().unwrap()
}

#[track_caller]
fn too_large(error: &Error, expected: ResponsePart, most: u64) {
    match error.kind() {
        ErrorKind::ResponseTooLarge { part, limit, .. } => {
            assert_eq!((*part, *limit), (expected, most), "{error}");
        }
        _ => panic!("{error}"),
    }
    assert!(error.to_string().contains(&most.to_string()), "{error}");
    assert!(!error.is_retryable(), "more of the same does not help");
}

/// A table of answers from below HTTP, and what becomes of each.
#[test]
fn an_answer_that_never_ends_or_is_no_http_ends_the_call() {
    type Serve = fn(&mut std::net::TcpStream);
    type Expected = fn(&Error) -> bool;
    let too_large: Expected = |error| error.kind().name() == "response_too_large";
    let interrupted: Expected = |error| error.kind().name() == "interrupted";
    // By the limit of the head, or where they come slowly by that of the time.
    let either: Expected = |error| matches!(error.kind().name(), "response_too_large" | "timeout");
    let cases: [(&str, Serve, Expected); 12] = [
        (
            "headers for ever",
            |stream| {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
                endless::for_ever(stream, b"x-a: b\r\n");
            },
            too_large,
        ),
        (
            "one header for ever",
            |stream| {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nx-a: ");
                endless::for_ever(stream, b"aaaaaaaaaaaaaaaa");
            },
            too_large,
        ),
        (
            "a status line for ever",
            |stream| {
                let _ = stream.write_all(b"HTTP/1.1 200 ");
                endless::for_ever(stream, b"aaaaaaaaaaaaaaaa");
            },
            too_large,
        ),
        (
            "a chunked body for ever",
            |stream| {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
                endless::for_ever(stream, b"10\r\naaaaaaaaaaaaaaaa\r\n");
            },
            too_large,
        ),
        (
            "a body without length for ever",
            |stream| {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
                endless::for_ever(stream, b"aaaaaaaaaaaaaaaa");
            },
            too_large,
        ),
        (
            "the size of a chunk for ever",
            |stream| {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
                endless::for_ever(stream, b"0000000000000000");
            },
            interrupted,
        ),
        (
            "the extension of a chunk for ever",
            |stream| {
                let _ =
                    stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;");
                endless::for_ever(stream, b"aaaaaaaaaaaaaaaa");
            },
            interrupted,
        ),
        (
            "informational answers for ever",
            |stream| {
                endless::for_ever(stream, b"HTTP/1.1 100 Continue\r\n\r\n");
            },
            either,
        ),
        (
            "two lengths that differ",
            |stream| {
                let _ = stream.write_all(
                    b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 4\r\n\r\nnull",
                );
            },
            interrupted,
        ),
        (
            "a length beyond 64 bits",
            |stream| {
                let _ = stream.write_all(
                    b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\nnull",
                );
            },
            interrupted,
        ),
        (
            "no HTTP",
            |stream| {
                let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n\r\n");
            },
            interrupted,
        ),
        (
            "a header without a name",
            |stream| {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n: x\r\n\r\n");
            },
            interrupted,
        ),
    ];
    for (name, serve, expected) in cases {
        let client = Openint::builder()
            .api_key("key_test_123")
            .base_url(raw::serve(serve))
            .max_retries(0)
            .max_response_bytes(MIB)
            .timeout(Duration::from_secs(2))
            .build()
            .unwrap();
        let started = Instant::now();
        let error = read(&client).expect_err(name);
        assert!(expected(&error), "{name}: {error}");
        assert!(started.elapsed() < Duration::from_secs(8), "{name}");
    }
}

#[test]
fn a_length_that_is_a_lie_reserves_nothing() {
    let base_url = raw::serve(|stream| {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9000000000000000000\r\n\r\n{\"a\":");
    });
    let error = read(&client_of(&base_url)).unwrap_err();
    assert!(
        matches!(
            error.kind(),
            ErrorKind::Interrupted {
                phase: Phase::Reading,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn headers_are_limited_in_number_and_in_size() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let answer = |count| Answer::real().with_fault(Fault::ManyHeaders { count });
    sandbox.script([answer(100), answer(200)]);
    read(&client).expect("a hundred headers are many and fine");
    too_large(&read(&client).unwrap_err(), ResponsePart::HeaderCount, 128);

    let header = |size: usize| Answer::real().header("x-large", &"a".repeat(size));
    sandbox.script([header(60 << 10), header(66 << 10)]);
    read(&client).expect("60 KiB of headers are fine");
    too_large(&read(&client).unwrap_err(), ResponsePart::Head, 64 * KIB);
}

#[test]
fn a_write_whose_answer_has_too_many_headers_may_have_been_applied() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([Answer::real().with_fault(Fault::ManyHeaders { count: 200 })]);
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    let create = CreateConnection::new("ccfg_", "cus_headers", data);
    let error = client(&sandbox).create_connection(&create).unwrap_err();
    too_large(&error, ResponsePart::HeaderCount, 128);
    assert!(error.may_have_been_applied());
    assert_eq!(sandbox.connections(Some("cus_headers")), 1);
}

#[test]
fn the_cap_holds_for_what_is_unpacked_and_for_refusals() {
    let sandbox = Sandbox::start().unwrap();
    let client = support::builder(&sandbox)
        .max_retries(0)
        .max_response_bytes(MIB)
        .build()
        .unwrap();
    let bomb = || Fault::GzipBomb { bytes: 10 << 30 };
    sandbox.script([
        Answer::fault(bomb()),
        Answer::status(500).with_fault(bomb()),
        Answer::status(400).text("x".repeat(2 << 20)),
    ]);
    for _ in 0..3 {
        let started = Instant::now();
        too_large(&read(&client).unwrap_err(), ResponsePart::Body, MIB);
        assert!(started.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn a_drip_does_not_outlive_the_timeout_wherever_it_starts() {
    for at in [
        openint_sandbox::Phase::BeforeResponse,
        openint_sandbox::Phase::Body,
    ] {
        let sandbox = Sandbox::start().unwrap();
        sandbox.script([Answer::real().with_fault(Fault::Drip {
            bytes: 1,
            every_ms: 40,
            at,
        })]);
        let client = client(&sandbox)
            .with_options(RequestOptions::new().timeout(Duration::from_millis(700)));
        let started = Instant::now();
        let error = read(&client).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Timeout { .. }), "{error}");
        let took = started.elapsed();
        assert!(
            (Duration::from_millis(690)..Duration::from_secs(4)).contains(&took),
            "{took:?}"
        );
    }
}

#[test]
fn the_total_timeout_ends_attempts_and_waits_together() {
    let sandbox = Sandbox::start().unwrap();
    let client = |sandbox, total| {
        support::builder(sandbox)
            .timeout(Duration::from_millis(700))
            .total_timeout(Duration::from_millis(total))
            .max_retries(9)
            .build()
            .unwrap()
    };
    let stall = Fault::Stall {
        at: openint_sandbox::Phase::BeforeResponse,
    };
    sandbox.script([Answer::fault(stall).times(99)]);
    let started = Instant::now();
    let error = read(&client(&sandbox, 1800)).unwrap_err();
    let took = started.elapsed();
    // 700 ms, a wait of 375 to 500 ms, and what is left of it.
    assert_eq!(error.attempts(), 2, "{error}");
    assert!(matches!(error.kind(), ErrorKind::Timeout { .. }), "{error}");
    assert!(
        (Duration::from_millis(1000)..Duration::from_millis(2300)).contains(&took),
        "{took:?}"
    );

    // The client's own waits count too.
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([Answer::status(503).times(99)]);
    let started = Instant::now();
    let error = read(&client(&sandbox, 800)).unwrap_err();
    assert_eq!(
        (error.status(), error.attempts()),
        (Some(503), 2),
        "{error}"
    );
    assert!(
        error.to_string().contains("`total_timeout` (0.8 s)"),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_millis(800));
    assert!(error.is_retryable());
}

#[test]
fn a_total_timeout_is_more_than_nothing_and_at_most_a_day() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    for wrong in [Duration::ZERO, Duration::from_secs(86_401)] {
        let built = support::builder(&sandbox).total_timeout(wrong).build();
        for error in [
            built.unwrap_err(),
            read(&client.with_options(RequestOptions::new().total_timeout(wrong))).unwrap_err(),
        ] {
            assert!(error.to_string().contains("`total_timeout`"), "{error}");
            assert_eq!(error.attempts(), 0);
        }
    }
    assert!(sandbox.requests().is_empty());
}

#[test]
fn a_head_of_any_size_that_is_allowed_goes_out_whole() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let sizes = (10..=18).chain([32, 60]).map(|size| size << 10);
    for size in sizes.chain([1]) {
        let options = RequestOptions::new()
            .extra_header("x-large", "a".repeat(size))
            .extra_query("q", "b".repeat(1 << 10));
        let client = client.with_options(options);
        read(&client).unwrap_or_else(|error| panic!("{size}: {error}"));
        let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
        let create = CreateConnection::new("ccfg_", "cus_heads", data);
        client
            .create_connection(&create)
            .unwrap_or_else(|error| panic!("{size}: {error}"));
        for request in &sandbox.requests()[sandbox.requests().len() - 2..] {
            let sent = request.header("x-large").map(str::len);
            assert_eq!(sent, Some(size));
        }
    }
}

#[test]
fn headers_and_paths_beyond_what_can_be_sent_are_bad_input() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let header = |bytes: usize| RequestOptions::new().extra_header("x-large", "a".repeat(bytes));
    for options in [
        header((64 << 10) + 1),
        RequestOptions::new().extra_query("q", "a".repeat(64 << 10)),
    ] {
        let error = read(&client.with_options(options)).unwrap_err();
        assert_eq!(error.kind().name(), "invalid_input", "{error}");
    }
    assert!(sandbox.requests().is_empty());
}

#[test]
fn depth_is_kept_as_text_or_refused_and_never_a_crash() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let depth = 1 << 20;
    let deep = || Fault::DeepJson { depth };
    sandbox.script([
        Answer::fault(deep()),
        Answer::fault(deep()),
        Answer::status(400).with_fault(deep()),
        Answer::fault(deep()),
    ]);
    assert_eq!(read(&client).unwrap().as_str().len(), 2 * depth);
    let error = client.viewer().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Decode { .. }), "{error}");
    assert_eq!(read(&client).unwrap_err().status(), Some(400));
    let value = client.request::<serde_json::Value>(&viewer()).unwrap_err();
    assert!(matches!(value.kind(), ErrorKind::Decode { .. }), "{value}");
}

#[test]
fn issues_without_end_are_cut_and_the_message_stays() {
    let issues = format!("[{}{{}}]", "{},".repeat(500_000));
    let body = format!(r#"{{"message":"no","code":"BAD_REQUEST","issues":{issues}}}"#);
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([Answer::status(400).text(body)]);
    let error = read(&client(&sandbox)).unwrap_err();
    let api = error.api().unwrap();
    assert_eq!(
        (api.issues.len(), api.message.as_deref()),
        (100, Some("no"))
    );
    assert!(error.to_string().len() < 1_000);
}

/// Each in a process of its own: the most memory that a process ever held cannot be reset.
#[cfg(target_os = "linux")]
mod memory {
    use super::*;

    /// Returns how far the peak of this process goes beyond its memory now.
    fn peak_of(act: impl FnOnce()) -> u64 {
        let (before, _) = resident::resident();
        act();
        let (_, peak) = resident::resident();
        u64::try_from(peak - before).unwrap_or(0)
    }

    #[test]
    fn a_gzip_bomb_takes_no_more_than_a_few_times_the_cap() {
        child::run(
            "memory::a_gzip_bomb_takes_no_more_than_a_few_times_the_cap",
            "",
            &[],
            |_| {
                let sandbox = Sandbox::start().unwrap();
                let client = support::builder(&sandbox)
                    .max_response_bytes(16 * MIB)
                    .build()
                    .unwrap();
                read(&client).unwrap();
                sandbox.script([Answer::fault(Fault::GzipBomb { bytes: 4 << 30 })]);
                let peak = peak_of(|| {
                    too_large(&read(&client).unwrap_err(), ResponsePart::Body, 16 * MIB);
                });
                assert!(peak < 64 * MIB, "{} MiB", peak / MIB);
            },
        );
    }

    #[test]
    fn an_answer_that_nests_and_breaks_off_takes_little_more_than_itself() {
        let test = "memory::an_answer_that_nests_and_breaks_off_takes_little_more_than_itself";
        child::run(test, "", &[], |_| {
            const SIZE: u64 = 16 * MIB;
            let sandbox = Sandbox::start().unwrap();
            let client = client(&sandbox);
            let deep = "[".repeat(SIZE as usize);
            sandbox.script([Answer::status(200).text(format!(r#"{{"ok":true,"new":{deep}"#))]);
            drop(deep);
            let peak = peak_of(|| {
                let error = client.health().unwrap_err();
                assert!(matches!(error.kind(), ErrorKind::Decode { .. }), "{error}");
                assert!(error.to_string().len() < 1_000);
            });
            assert!(peak < 6 * SIZE, "{} MiB", peak / MIB);
        });
    }

    #[test]
    fn a_page_of_a_hundred_thousand_rows_is_read_in_bounded_memory_and_time() {
        child::run(
            "memory::a_page_of_a_hundred_thousand_rows_is_read_in_bounded_memory_and_time",
            "",
            &[],
            |_| {
                let rows: Vec<String> = (0..100_000)
                    .map(|n| format!(r#"{{"id":"conn_many_{n:06}","metadata":{{"n":{n}}}}}"#))
                    .collect();
                let body = format!(r#"{{"items":[{}],"total":100000}}"#, rows.join(","));
                drop(rows);
                let size = body.len() as u64;
                let sandbox = Sandbox::start().unwrap();
                let client = client(&sandbox);
                sandbox.script([Answer::status(200).text(body)]);
                read(&client_of(&raw::serve(|stream| {
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
                })))
                .unwrap();
                let started = Instant::now();
                let peak = peak_of(|| {
                    let page = client.list_connections(&ListConnections::new()).unwrap();
                    assert_eq!(page.items.len(), 100_000);
                });

                assert!(peak < 30 * size, "{peak} bytes for {size} on the wire");
                assert!(
                    started.elapsed() < Duration::from_secs(20),
                    "{:?}",
                    started.elapsed()
                );
            },
        );
    }
}

#[test]
fn a_request_that_the_server_does_not_read_ends_by_the_timeout() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
    let _held = thread::spawn(move || {
        listener.accept().map(|held| {
            thread::sleep(Duration::from_secs(6));
            drop(held);
        })
    });
    let client = client_of(&base_url)
        .with_options(RequestOptions::new().timeout(Duration::from_millis(800)));
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    let create = CreateConnection::new("ccfg_", "cus_1", data)
        .metadata(json!({ "large": "x".repeat(32 << 20) }));
    let error = client.create_connection(&create).unwrap_err();
    assert!(
        matches!(
            error.kind(),
            ErrorKind::Timeout {
                phase: Phase::Sending,
                ..
            }
        ),
        "{error}"
    );
    assert!(error.may_have_been_applied());
}
