//! Real handshakes on loopback, with certificates made here.

#[path = "support/child.rs"]
mod child;
#[path = "support/tls.rs"]
mod tls;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use openint::{Error, ErrorKind, Json, Method, Openint, Phase, Request};
use openint_sandbox::Sandbox;
use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, KeyPair, date_time_ymd};

use tls::{ANSWER, Authority, Bundle, Identity};

fn health_at(origin: &str, bundle: Option<&Bundle>) -> Result<Json, Error> {
    let mut builder = Openint::builder()
        .api_key("key_test_123")
        .base_url(format!("{origin}/v1"))
        .max_retries(0);
    if let Some(bundle) = bundle {
        builder = builder.ca_bundle(&bundle.0);
    }
    let request = Request::new(Method::Get, "/health");
    Ok(builder.build()?.request::<Json>(&request)?.value)
}

fn health(port: u16, bundle: Option<&Bundle>) -> Result<Json, Error> {
    health_at(&format!("https://localhost:{port}"), bundle)
}

#[track_caller]
fn refused(result: Result<Json, Error>) -> String {
    let error = result.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Tls { .. }), "{error}");
    assert_eq!(error.attempts(), 1, "a certificate does not mend itself");
    assert!(!error.may_have_been_applied());
    error.to_string()
}

#[test]
fn a_private_authority_is_trusted_through_its_bundle() {
    let authority = Authority::new();
    let bundle = Bundle::new("trusted", &authority.pem);
    let port = authority.sign("localhost", |_| ()).serve();
    assert_eq!(
        health(port, Some(&bundle)).unwrap().as_str(),
        r#"{"ok":true}"#
    );

    let port = authority.sign("127.0.0.1", |_| ()).serve();
    health_at(&format!("https://127.0.0.1:{port}"), Some(&bundle)).unwrap();
}

#[test]
fn both_versions_of_tls_that_are_safe_are_spoken() {
    let authority = Authority::new();
    let bundle = Bundle::new("versions", &authority.pem);
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let identity = authority.sign("localhost", |_| ());
        health(identity.serve_with(&[version], ANSWER, true), Some(&bundle)).unwrap();
    }
}

/// A certificate that vouches for itself.
fn self_signed() -> Identity {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    Identity::new(&params.self_signed(&key).unwrap(), &key)
}

#[test]
fn a_certificate_that_proves_nothing_is_refused() {
    let authority = Authority::new();
    let bundle = Bundle::new("proves", &authority.pem);
    let other = Bundle::new("other", &Authority::new().pem);
    let good = || authority.sign("localhost", |_| ());

    // An unknown authority: of the system's, and of a bundle.
    refused(health(good().serve(), None));
    refused(health(good().serve(), Some(&other)));

    // Another host, by name, by a wildcard of another domain, and by address.
    for name in ["example.test", "*.localhost", "127.0.0.1", "127.0.0.2"] {
        refused(health(authority.sign(name, |_| ()).serve(), Some(&bundle)));
    }

    // Out of its time, and for another purpose.
    let expired = authority.sign("localhost", |params| {
        params.not_after = date_time_ymd(2020, 1, 1);
    });
    let said = refused(health(expired.serve(), Some(&bundle)));
    assert!(said.contains("expired"), "{said}");
    let early = authority.sign("localhost", |params| {
        params.not_before = date_time_ymd(2990, 1, 1);
    });
    refused(health(early.serve(), Some(&bundle)));
    let of_a_client = authority.sign("localhost", |params| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    });
    refused(health(of_a_client.serve(), Some(&bundle)));

    // Signed by itself.
    refused(health(self_signed().serve(), Some(&bundle)));
    refused(health(self_signed().serve(), None));
}

/// A server of the old days: it answers any greeting with a `ServerHello` of its version.
fn old_server(minor: u8) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut hello = [0; 2048];
            let _ = stream.read(&mut hello);
            let mut body = vec![3, minor];
            body.extend([7; 32]); // random
            body.push(0); // no session
            body.extend([0xc0, 0x13, 0]); // ECDHE_RSA_WITH_AES_128_CBC_SHA, no compression
            let length = body.len() as u8;
            let mut record = vec![22, 3, minor, 0, length + 4, 2, 0, 0, length];
            record.extend(body);
            let _ = stream.write_all(&record);
            // Held until the client has spoken its alert and left.
            let _ = stream.read_to_end(&mut Vec::new());
        }
    });
    port
}

#[test]
fn a_server_that_only_speaks_tls_1_0_or_1_1_is_refused() {
    for minor in [1, 2] {
        let said = refused(health(old_server(minor), None));
        assert!(said.contains("incompatible"), "{said}");
    }
}

#[test]
fn an_answer_that_is_cut_inside_tls_is_no_answer() {
    let authority = Authority::new();
    let bundle = Bundle::new("cut", &authority.pem);
    let answer = "HTTP/1.1 200 OK\r\n\r\n{\"ok\":true}";
    for (close, whole) in [(true, true), (false, false)] {
        let identity = authority.sign("localhost", |_| ());
        let port = identity.serve_with(rustls::ALL_VERSIONS, answer, close);
        match health(port, Some(&bundle)) {
            Ok(_) => assert!(
                whole,
                "without TLS's goodbye nobody knows whether that was all"
            ),
            Err(error) => assert!(
                !whole
                    && matches!(
                        error.kind(),
                        ErrorKind::Interrupted {
                            phase: Phase::Reading,
                            ..
                        }
                    ),
                "{error}"
            ),
        }
    }
}

#[test]
fn the_system_s_authorities_are_those_in_ssl_cert_file() {
    let authority = Authority::new();
    let bundle = Bundle::new("system", &authority.pem);
    let other = Bundle::new("system-other", &Authority::new().pem);
    let port = authority.sign("localhost", |_| ()).serve().to_string();
    let test = "the_system_s_authorities_are_those_in_ssl_cert_file";
    for (file, expected) in [(&bundle, "trusted"), (&other, "refused")] {
        let file = file.0.to_str().unwrap();
        child::run(
            test,
            &format!("{expected} {port}"),
            &[("SSL_CERT_FILE", file), ("SSL_CERT_DIR", "")],
            |argument| {
                let (expected, port) = argument.split_once(' ').unwrap();
                let result = health(port.parse().unwrap(), None);
                match expected {
                    "trusted" => assert_eq!(result.unwrap().as_str(), r#"{"ok":true}"#),
                    _ => drop(refused(result)),
                }
            },
        );
    }
}

#[test]
fn a_redirect_from_tls_to_plain_http_is_not_followed() {
    let sandbox = Sandbox::start().unwrap();
    let authority = Authority::new();
    let bundle = Bundle::new("redirect", &authority.pem);
    let answer = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {}/health\r\ncontent-length: 0\r\n\
         connection: close\r\n\r\n",
        sandbox.base_url()
    );
    let identity = authority.sign("localhost", |_| ());
    let port = identity.serve_with(rustls::ALL_VERSIONS, answer, true);
    let error = health(port, Some(&bundle)).unwrap_err();
    assert_eq!(error.status(), Some(307), "{error}");
    assert!(sandbox.requests().is_empty());
}

#[test]
fn plain_http_beyond_loopback_needs_a_choice() {
    let build = |allow: bool| {
        Openint::builder()
            .api_key("key_test_123")
            .base_url("http://openint.invalid/v1")
            .allow_plain_http(allow)
            .build()
    };
    let error = build(false).unwrap_err();
    assert!(error.to_string().contains("allow_plain_http"), "{error}");
    build(true).unwrap();
}

#[test]
fn a_bundle_without_a_certificate_is_bad_input() {
    let bundle = Bundle::new("empty", "no certificate\n");
    let error = health(1, Some(&bundle)).unwrap_err();
    assert!(error.to_string().contains("ca_bundle"), "{error}");
}
