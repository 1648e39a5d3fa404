//! Real handshakes on loopback, with certificates made here.

#[path = "support/child.rs"]
mod child;
#[path = "support/tls.rs"]
mod tls;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::thread;

use openint::{Error, ErrorKind, Json, Method, Openint, Phase, Request};
use openint_sandbox::Sandbox;
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, KeyPair, date_time_ymd,
};

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
    assert_eq!(error.attempts(), 1, "a certificate stays as it is");
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
    for bundle in [None, Some(&other)] {
        let said = refused(health(good().serve(), bundle));
        assert!(said.contains("set `ca_bundle`"), "{said}");
    }

    // Another host, by name, by a wildcard of another domain, and by address.
    for name in ["example.test", "*.localhost", "127.0.0.1", "127.0.0.2"] {
        refused(health(authority.sign(name, |_| ()).serve(), Some(&bundle)));
    }

    // Out of its time, and for another purpose.
    let expired = authority.sign("localhost", |params| {
        params.not_after = date_time_ymd(2020, 1, 1);
    });
    let said = refused(health(expired.serve(), Some(&bundle)));
    assert!(
        said.contains("expired") && !said.contains("ca_bundle"),
        "{said}"
    );
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

/// Returns the result of a client without a bundle where these variables are set.
fn in_environment(test: &str, port: u16, environment: &[(&str, &str)]) -> (bool, String) {
    child::start(test, &port.to_string(), environment, |port| {
        match health(port.parse().unwrap(), None) {
            Ok(answer) => assert_eq!(answer.as_str(), r#"{"ok":true}"#),
            Err(error) => panic!("{}: {error}", error.kind().name()),
        }
    })
}

#[test]
fn the_environment_names_authorities() {
    let authority = Authority::new();
    let bundle = Bundle::new("system", &authority.pem);
    let other = Bundle::new("system-other", &Authority::new().pem);
    let directory = Directory::new("system");
    std::fs::write(directory.0.join("ca.pem"), &authority.pem).unwrap();
    std::fs::write(directory.0.join("README"), "no certificate").unwrap();
    let [bundle, other] = [&bundle, &other].map(|bundle| bundle.0.to_str().unwrap());
    let directory = directory.0.to_str().unwrap();
    let several = format!("/usr:{directory}");
    let port = authority.sign("localhost", |_| ()).serve();
    for (file, directories, expected) in [
        (bundle, "", None),
        (bundle, "/usr", None),
        ("", directory, None),
        (other, directory, None),
        ("", &several, None),
        (other, "", Some("tls: ")),
        // Empty ones count as unset, so the system's authorities are asked.
        ("", "", Some("UnknownIssuer")),
        ("/nonexistent/ca.pem", "", Some("`SSL_CERT_FILE`")),
        ("/nonexistent/ca.pem", "", Some("/nonexistent/ca.pem")),
        ("", "/nonexistent/certs", Some("`SSL_CERT_DIR`")),
        (bundle, "/nonexistent/certs", Some("/nonexistent/certs")),
        ("", "/usr", Some("`SSL_CERT_DIR`")),
    ] {
        let environment = [("SSL_CERT_FILE", file), ("SSL_CERT_DIR", directories)];
        let (succeeded, said) =
            in_environment("the_environment_names_authorities", port, &environment);
        assert_eq!(succeeded, expected.is_none(), "{environment:?}: {said}");
        assert!(said.contains(expected.unwrap_or_default()), "{said}");
    }
}

#[test]
fn the_environment_s_authorities_are_read_only_where_they_count() {
    let authority = Authority::new();
    let bundle = Bundle::new("given", &authority.pem);
    let port = authority.sign("localhost", |_| ()).serve();
    let argument = format!("{port} {}", bundle.0.display());
    child::run(
        "the_environment_s_authorities_are_read_only_where_they_count",
        &argument,
        &[("SSL_CERT_FILE", "/nonexistent/ca.pem")],
        |argument| {
            let (port, bundle) = argument.split_once(' ').unwrap();
            let builder = || Openint::builder().api_key("key_test_123");
            let given = builder()
                .base_url(format!("https://localhost:{port}/v1"))
                .ca_bundle(bundle);
            given.build().unwrap().health().unwrap();
            builder().base_url("http://127.0.0.1:9/v1").build().unwrap();
        },
    );
}

/// A directory that is there as long as this is.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("openint-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn an_authority_s_certificate_is_not_a_server_s() {
    // What `openssl req -x509` makes.
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let certificate = params.self_signed(&key).unwrap();
    let bundle = Bundle::new("authority", &certificate.pem());
    let port = Identity::new(&certificate, &key).serve();
    let said = refused(health(port, Some(&bundle)));
    assert!(said.contains("that of an authority"), "{said}");
    assert!(!said.contains("ca_bundle"), "{said}");
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
    let begin = "-----BEGIN CERTIFICATE-----";
    let end = "-----END CERTIFICATE-----";
    for (name, pem) in [
        ("empty", "no certificate\n".to_owned()),
        ("no-base64", format!("{begin}\n!!!\n{end}\n")),
        ("no-der", format!("{begin}\nbm8gY2VydGlmaWNhdGU=\n{end}\n")),
        ("key", KeyPair::generate().unwrap().serialize_pem()),
    ] {
        let bundle = Bundle::new(name, &pem);
        let built = Openint::builder()
            .api_key("key")
            .ca_bundle(&bundle.0)
            .build();
        let error = built.unwrap_err();
        assert!(error.to_string().contains("`ca_bundle`"), "{name}: {error}");
    }
}
