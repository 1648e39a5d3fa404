//! Calls through a CONNECT proxy. Where the environment names it, the client is a process of its
//! own.

#[path = "support/child.rs"]
mod child;
#[path = "support/endless.rs"]
mod endless;
#[path = "support/raw.rs"]
mod raw;
#[path = "support/tls.rs"]
mod tls;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use openint::{Error, ErrorKind, Json, Method, Openint, Request};
use openint_sandbox::Sandbox;

use tls::{Authority, Bundle};

/// `user:p@ss`, as its URL and its header have it.
const IN_URL: &str = "user:p%40ss";
const IN_HEADER: &str = "Proxy-Authorization: Basic dXNlcjpwQHNz";

/// Proxy that sends every tunnel to one place, whatever host was asked for, and notes the request.
struct Proxy {
    address: String,
    heads: Receiver<String>,
}

/// A proxy that asks for `user:p@ss` and tunnels to `port` on this machine.
fn proxy(port: u16) -> Proxy {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, heads) = mpsc::channel();
    thread::spawn(move || {
        for client in listener.incoming() {
            let mut client = client.unwrap();
            let mut reader = BufReader::new(client.try_clone().unwrap());
            let mut head = String::new();
            while reader.read_line(&mut head).unwrap() > 2 {}
            let admitted = head.contains(IN_HEADER);
            sender.send(head).unwrap();
            if !admitted {
                let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\n\
                               proxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n";
                client.write_all(refusal.as_bytes()).unwrap();
                continue;
            }
            write!(client, "HTTP/1.1 200 Connection established\r\n\r\n").unwrap();
            let server = TcpStream::connect(("127.0.0.1", port)).unwrap();
            tunnel(reader, client, server);
        }
    });
    Proxy { address, heads }
}

fn tunnel(
    mut from_client: impl Read + Send + 'static,
    mut to_client: TcpStream,
    server: TcpStream,
) {
    let (mut from_server, mut to_server) = (server.try_clone().unwrap(), server);
    thread::spawn(move || {
        let _ = std::io::copy(&mut from_server, &mut to_client);
        let _ = to_client.shutdown(std::net::Shutdown::Both);
    });
    thread::spawn(move || {
        let _ = std::io::copy(&mut from_client, &mut to_server);
        let _ = to_server.shutdown(std::net::Shutdown::Both);
    });
}

fn viewer(client: &Openint) -> Result<Json, Error> {
    let request = Request::new(Method::Get, "/viewer");
    Ok(client.request::<Json>(&request)?.value)
}

#[test]
fn a_call_goes_through_the_proxy_and_the_key_does_not_stop_there() {
    let sandbox = Sandbox::start().unwrap();
    let proxy = proxy(sandbox.address().port());
    let client = Openint::builder()
        .api_key(sandbox.api_key())
        .base_url("http://openint.test/v1")
        .allow_plain_http(true)
        .proxy(format!("http://{IN_URL}@{}", proxy.address))
        .build()
        .unwrap();
    let answer = viewer(&client).unwrap();
    assert_eq!(answer.get("role").unwrap().as_str(), "\"org\"");
    viewer(&client).unwrap();

    let head = proxy.heads.recv().unwrap();
    assert!(head.starts_with("CONNECT openint.test:80 "), "{head}");
    assert!(head.contains(IN_HEADER), "{head}");
    assert!(!head.contains(sandbox.api_key()), "{head}");
    let requests = sandbox.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.header("proxy-authorization").is_none())
    );
    assert_eq!(
        requests[0].connection, requests[1].connection,
        "a tunnel is kept"
    );
    assert!(proxy.heads.try_recv().is_err());
}

#[test]
fn a_proxy_that_refuses_is_a_failure_to_connect() {
    let proxy = proxy(1);
    let client = Openint::builder()
        .api_key("key_test_123")
        .base_url("https://openint.invalid/v1")
        .proxy(format!("http://user:canary@{}", proxy.address))
        .max_retries(0)
        .build()
        .unwrap();
    let error = viewer(&client).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connect { .. }), "{error}");
    assert!(error.to_string().contains("407"), "{error}");
    assert!(!error.may_have_been_applied());
    assert!(
        !format!("{error} {error:?}").contains("canary"),
        "{error:?}"
    );
}

#[test]
fn a_proxy_that_answers_for_ever_is_a_failure_to_connect() {
    let endless: [fn(&mut TcpStream); 3] = [
        |stream| endless::for_ever(stream, b"x-a: b\r\n"),
        |stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            endless::for_ever(stream, b"x-a: b\r\n");
        },
        |stream| {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nx-a: ");
            endless::for_ever(stream, b"aaaaaaaaaaaaaaaa");
        },
    ];
    for answer in endless {
        let address = raw::serve(answer).replace("/v1", "");
        let client = Openint::builder()
            .api_key("key_test_123")
            .base_url("https://openint.invalid/v1")
            .proxy(address)
            .max_retries(0)
            .build()
            .unwrap();
        let started = Instant::now();
        let error = viewer(&client).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Connect { .. }), "{error}");
        assert!(started.elapsed() < Duration::from_secs(8));
    }
}

/// Returns the result of a client in an environment of its own: `base URL`, `CA bundle`.
fn in_environment(
    test: &str,
    base_url: &str,
    bundle: &Bundle,
    environment: &[(&str, &str)],
    expect: fn(Result<Json, Error>),
) {
    let none = [
        "ALL_PROXY",
        "all_proxy",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "no_proxy",
    ];
    let unset = none.iter().map(|name| (*name, ""));
    let environment: Vec<_> = unset.chain(environment.iter().copied()).collect();
    let argument = format!("{base_url} {}", bundle.0.display());
    child::run(test, &argument, &environment, |argument| {
        let (base_url, bundle) = argument.split_once(' ').unwrap();
        let client = Openint::builder()
            .api_key("key_test_123")
            .base_url(base_url)
            .allow_plain_http(true)
            .ca_bundle(bundle)
            .connect_timeout(Duration::from_secs(1))
            .max_retries(0)
            .build();
        expect(client.and_then(|client| viewer(&client)));
    });
}

#[test]
fn the_environment_names_the_proxy() {
    let authority = Authority::new();
    let bundle = Bundle::new("environment", &authority.pem);
    let port = authority.sign("openint.test", |_| ()).serve();
    let proxy = proxy(port);
    let url = format!("http://{IN_URL}@{}", proxy.address);
    in_environment(
        "the_environment_names_the_proxy",
        "https://openint.test/v1",
        &bundle,
        &[("HTTPS_PROXY", &url)],
        |result| assert_eq!(result.unwrap().as_str(), r#"{"ok":true}"#),
    );
    let head = proxy.heads.recv().unwrap();
    assert!(head.starts_with("CONNECT openint.test:443 "), "{head}");
    assert!(head.contains(IN_HEADER), "{head}");
    assert!(!head.to_lowercase().contains("bearer"), "{head}");
}

/// The variables of an environment, and whether its proxy is asked for a call to `base_url`.
fn asked(test: &str, base_url: &str, environment: &[(&str, &str)]) {
    let bundle = Bundle::new(test, &Authority::new().pem);
    in_environment(test, base_url, &bundle, environment, |result| {
        // The proxy of these tests admits nobody without a password.
        let error = result.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Connect { .. }), "{error}");
    });
}

const HTTPS: &str = "https://openint.invalid/v1";
const HTTP: &str = "http://openint.invalid/v1";

#[test]
fn the_scheme_s_own_variable_comes_first_and_serves_no_other() {
    let test = "the_scheme_s_own_variable_comes_first_and_serves_no_other";
    let proxy = proxy(1);
    let url = format!("http://{}", proxy.address);
    let url = url.as_str();
    let padded = format!("  {url} ");
    let without_scheme = proxy.address.as_str();
    let nobody = "http://127.0.0.1:9";
    for (base_url, environment) in [
        (
            HTTPS,
            &[("HTTPS_PROXY", url), ("ALL_PROXY", "socks5://127.0.0.1:9")] as &[_],
        ),
        (HTTPS, &[("https_proxy", url), ("HTTPS_PROXY", nobody)]),
        (HTTPS, &[("ALL_PROXY", url), ("http_proxy", nobody)]),
        (
            HTTPS,
            &[("all_proxy", url), ("HTTP_PROXY", "quic://canary")],
        ),
        (HTTPS, &[("HTTPS_PROXY", &padded)]),
        (HTTPS, &[("HTTPS_PROXY", without_scheme)]),
        (HTTP, &[("http_proxy", url), ("all_proxy", nobody)]),
        (HTTP, &[("HTTP_PROXY", url), ("HTTPS_PROXY", nobody)]),
        (HTTP, &[("all_proxy", url), ("HTTPS_PROXY", nobody)]),
        // A CGI program has the header `Proxy` of its client in this variable.
        (
            HTTP,
            &[
                ("REQUEST_METHOD", "GET"),
                ("HTTP_PROXY", nobody),
                ("ALL_PROXY", url),
            ],
        ),
        (HTTP, &[("REQUEST_METHOD", "GET"), ("http_proxy", url)]),
        (HTTPS, &[("REQUEST_METHOD", "GET"), ("HTTPS_PROXY", url)]),
    ] {
        asked(test, base_url, environment);
        let head = proxy.heads.try_recv();
        assert!(
            head.is_ok(),
            "{base_url} with {environment:?} did not ask it"
        );
    }
    for (base_url, environment) in [
        (HTTPS, [("http_proxy", url), ("HTTP_PROXY", url)]),
        (HTTP, [("https_proxy", url), ("HTTPS_PROXY", url)]),
        (HTTP, [("REQUEST_METHOD", "GET"), ("HTTP_PROXY", url)]),
    ] {
        asked(test, base_url, &environment);
        let head = proxy.heads.try_recv();
        assert!(head.is_err(), "{base_url} with {environment:?} asked it");
    }
}

#[test]
fn no_proxy_is_passed_by() {
    let test = "no_proxy_is_passed_by";
    let proxy = proxy(1);
    let url = format!("http://{}", proxy.address);
    let url = url.as_str();
    for (name, exempt, base_url, passed) in [
        ("NO_PROXY", "openint.invalid", HTTPS, true),
        ("no_proxy", ".invalid", HTTPS, true),
        ("NO_PROXY", "other.test , openint.invalid", HTTPS, true),
        ("NO_PROXY", "OpenInt.Invalid:443", HTTPS, true),
        ("NO_PROXY", "openint.invalid:80", HTTPS, false),
        ("NO_PROXY", "*", HTTPS, true),
        ("NO_PROXY", "int.invalid", HTTPS, false),
        ("NO_PROXY", "192.0.2.0/24", "https://192.0.2.1:1/v1", true),
        ("NO_PROXY", "192.0.2.1", "https://192.0.2.1:1/v1", true),
        (
            "NO_PROXY",
            "198.51.100.0/24",
            "https://192.0.2.1:1/v1",
            false,
        ),
        (
            "NO_PROXY",
            "2001:db8::/32",
            "https://[2001:db8::1]:1/v1",
            true,
        ),
        (
            "NO_PROXY",
            "2001:db9::/32",
            "https://[2001:db8::1]:1/v1",
            false,
        ),
    ] {
        let bundle = Bundle::new("no-proxy", &Authority::new().pem);
        let environment = [("HTTPS_PROXY", url), (name, exempt)];
        in_environment(test, base_url, &bundle, &environment, |result| {
            // Nobody answers there, and not for long.
            assert!(!result.unwrap_err().may_have_been_applied());
        });
        let asked = proxy.heads.try_recv().is_ok();
        assert_eq!(!asked, passed, "{name}={exempt} for {base_url}");
    }
}

#[test]
fn a_server_on_this_machine_needs_no_proxy() {
    let authority = Authority::new();
    let bundle = Bundle::new("loopback", &authority.pem);
    let port = authority.sign("localhost", |_| ()).serve();
    in_environment(
        "a_server_on_this_machine_needs_no_proxy",
        &format!("https://localhost:{port}/v1"),
        &bundle,
        &[
            ("HTTPS_PROXY", "http://127.0.0.1:9"),
            ("ALL_PROXY", "socks5://127.0.0.1:9"),
        ],
        |result| assert_eq!(result.unwrap().as_str(), r#"{"ok":true}"#),
    );
}

#[test]
fn a_proxy_that_cannot_be_used_is_never_passed_by_in_silence() {
    let bundle = Bundle::new("socks", &Authority::new().pem);
    for (name, value) in [
        ("ALL_PROXY", "socks5://user:canary@127.0.0.1:9"),
        ("all_proxy", "socks5h://127.0.0.1:9"),
        ("HTTPS_PROXY", "\"http://canary@127.0.0.1:9\""),
        ("https_proxy", "quic://canary@127.0.0.1:9"),
        ("https_proxy", "http://user:ca%nary@127.0.0.1:9"),
        ("https_proxy", "http://user:canary@127.0.0.1:99999"),
    ] {
        in_environment(
            "a_proxy_that_cannot_be_used_is_never_passed_by_in_silence",
            HTTPS,
            &bundle,
            &[(name, value), ("NAMED", name)],
            |result| {
                let error = result.unwrap_err();
                let ErrorKind::InvalidInput { field, .. } = error.kind() else {
                    panic!("{error}");
                };
                assert_eq!(*field, std::env::var("NAMED").unwrap());
                assert!(!error.to_string().contains("canary"), "{error}");
            },
        );
    }
    for given in [
        "socks5://127.0.0.1:9",
        "http://127.0.0.1:99999",
        "http://127.1:9",
    ] {
        let error = Openint::builder().api_key("key").proxy(given).build();
        let error = error.unwrap_err().to_string();
        assert!(error.contains("`proxy`"), "{error}");
    }
}
