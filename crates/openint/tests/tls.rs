//! Real handshakes on loopback, with certificates made here.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use openint::{Error, ErrorKind, Json, Method, Openint, Request};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, pem::PemObject};

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let pem = params.self_signed(&key).unwrap().pem();
    Authority {
        issuer: Issuer::new(params, key),
        pem,
    }
}

/// Serves `{"ok":true}` over TLS with a certificate for `name`, and says at which port.
fn serve(authority: &Authority, name: &str) -> u16 {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name.to_owned()])
        .unwrap()
        .signed_by(&key, &authority.issuer)
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes()).unwrap(),
        )
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = rustls::StreamOwned::new(connection, stream.unwrap());
            let mut lines = BufReader::new(&mut stream).lines();
            // A refused handshake ends here.
            while lines
                .next()
                .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
            {}
            drop(lines);
            let _ = stream.write_all(
                b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\nconnection: close\r\n\r\n{\"ok\":true}",
            );
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    port
}

/// A file that is there as long as this is.
struct Bundle(PathBuf);

impl Bundle {
    fn new(name: &str, pem: &str) -> Self {
        let path = std::env::temp_dir().join(format!("openint-{}-{name}.pem", std::process::id()));
        std::fs::write(&path, pem).unwrap();
        Self(path)
    }
}

impl Drop for Bundle {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn health(port: u16, bundle: Option<&Bundle>) -> Result<Json, Error> {
    let mut builder = Openint::builder()
        .api_key("key_test_123")
        .base_url(format!("https://localhost:{port}/v1"));
    if let Some(bundle) = bundle {
        builder = builder.ca_bundle(&bundle.0);
    }
    let request = Request::new(Method::Get, "/health");
    Ok(builder.build()?.request::<Json>(&request)?.value)
}

fn refused(result: Result<Json, Error>) {
    let error = result.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Tls { .. }), "{error}");
    assert_eq!(error.attempts(), 1, "a certificate does not mend itself");
    assert!(!error.may_have_been_applied());
}

#[test]
fn a_private_authority_is_trusted_through_its_bundle() {
    let authority = authority();
    let bundle = Bundle::new("trusted", &authority.pem);
    let health = health(serve(&authority, "localhost"), Some(&bundle)).unwrap();
    assert_eq!(health.as_str(), r#"{"ok":true}"#);
}

#[test]
fn an_unknown_authority_is_refused() {
    refused(health(serve(&authority(), "localhost"), None));
    let other = Bundle::new("other", &authority().pem);
    refused(health(serve(&authority(), "localhost"), Some(&other)));
}

#[test]
fn a_certificate_for_another_host_is_refused() {
    let authority = authority();
    let bundle = Bundle::new("host", &authority.pem);
    refused(health(serve(&authority, "example.test"), Some(&bundle)));
}

#[test]
fn a_bundle_without_a_certificate_is_bad_input() {
    let bundle = Bundle::new("empty", "no certificate\n");
    let error = health(1, Some(&bundle)).unwrap_err();
    assert!(error.to_string().contains("ca_bundle"), "{error}");
}
