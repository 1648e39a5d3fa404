//! Certificate authorities made on the spot, and servers with their certificates.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use rustls::{ServerConnection, StreamOwned, SupportedProtocolVersion};

pub(crate) const ANSWER: &str =
    "HTTP/1.1 200 OK\r\ncontent-length: 11\r\nconnection: close\r\n\r\n{\"ok\":true}";

/// Signs certificates.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) pem: String,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            issuer: Issuer::new(params, key),
            pem,
        }
    }

    /// A certificate for `name`, which `change` may spoil.
    pub(crate) fn sign(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Identity {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        change(&mut params);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Identity::new(&certificate, &key)
    }
}

/// Certificate and key of a server.
pub(crate) struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: String,
}

impl Identity {
    pub(crate) fn new(certificate: &Certificate, key: &KeyPair) -> Self {
        Self {
            chain: vec![certificate.der().clone()],
            key: key.serialize_pem(),
        }
    }

    /// Serves [`ANSWER`], and gives the port.
    pub(crate) fn serve(self) -> u16 {
        self.serve_with(rustls::ALL_VERSIONS, ANSWER, true)
    }

    /// Answers every request with `answer`, and gives the port. With `close`, TLS says goodbye.
    pub(crate) fn serve_with(
        self,
        versions: &[&'static SupportedProtocolVersion],
        answer: impl Into<String>,
        close: bool,
    ) -> u16 {
        let answer = answer.into();
        self.serve_each(versions, move |stream| {
            let _ = stream.write_all(answer.as_bytes());
            if close {
                stream.conn.send_close_notify();
            }
            let _ = stream.flush();
        })
    }

    /// Hands each connection to `answer` once the head of a request was read, and gives the port.
    pub(crate) fn serve_each(
        self,
        versions: &[&'static SupportedProtocolVersion],
        answer: impl Fn(&mut StreamOwned<ServerConnection, TcpStream>) + Send + 'static,
    ) -> u16 {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                self.chain,
                PrivateKeyDer::from_pem_slice(self.key.as_bytes()).unwrap(),
            )
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                let stream = stream.unwrap();
                // Else what is answered can wait for the peer, and get lost when this closes.
                stream.set_nodelay(true).unwrap();
                let mut stream = StreamOwned::new(connection, stream);
                let mut head = Vec::new();
                let mut byte = [0];
                // A refused handshake ends here.
                while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                    head.push(byte[0]);
                }
                answer(&mut stream);
            }
        });
        port
    }
}

/// A file that is there as long as this is.
pub(crate) struct Bundle(pub(crate) PathBuf);

impl Bundle {
    pub(crate) fn new(name: &str, pem: &str) -> Self {
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
