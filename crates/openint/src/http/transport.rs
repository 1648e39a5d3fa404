//! One exchange: a request goes out and an answer comes back, by ureq.

use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use rustls::CertificateError;
use ureq::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use ureq::http::{HeaderMap, Request, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy};

use super::call::{Call, Limits};
use super::connect::{Connect, NoResolver};
use super::headers;
use super::{MAX_IDLE, buffers, unpack};
use crate::error::{ErrorKind, Phase, ResponsePart, Source};

const MAX_HEAD_BYTES: usize = 64 * 1024;

/// ureq's own limit.
const MAX_HEADERS: u64 = 128;

const MAX_IDLE_CONNECTIONS: usize = 128;

/// Most memory that is taken for a body before it is there.
const MAX_EXPECTED: u64 = 1024 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Settings of an [`HttpTransport`].
pub(crate) struct TransportConfig {
    pub(crate) proxy: Option<Proxy>,
    pub(crate) roots: RootCerts,
    pub(crate) user_agent: String,
    pub(crate) max_response_bytes: u64,
}

/// An answer, whatever its status.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// Why there was no answer.
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    /// True if a byte of the request may have left.
    pub(crate) sent: bool,
    pub(crate) source: Option<Source>,
}

/// A pool of connections to one server.
pub(crate) struct HttpTransport {
    agent: Agent,
    max_response_bytes: u64,
}

impl HttpTransport {
    pub(crate) fn new(config: TransportConfig) -> Self {
        // For the agent, not for each request: ureq reads the roots anew for those.
        let tls = TlsConfig::builder()
            .root_certs(config.roots)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(MAX_HEAD_BYTES)
            .input_buffer_size(buffers::MAX_BYTES)
            .output_buffer_size(buffers::MAX_BYTES)
            .max_idle_age(MAX_IDLE)
            .max_idle_connections(MAX_IDLE_CONNECTIONS)
            .max_idle_connections_per_host(MAX_IDLE_CONNECTIONS)
            .user_agent(config.user_agent)
            .proxy(config.proxy)
            .tls_config(tls)
            .build();
        Self {
            agent: Agent::with_parts(agent, Connect::default(), NoResolver),
            max_response_bytes: config.max_response_bytes,
        }
    }

    /// Sends a request once and reads the whole answer.
    pub(crate) fn exchange(
        &self,
        request: Request<()>,
        body: Option<&str>,
        limits: &Limits,
    ) -> Result<Answer, Failure> {
        let _guard = Call::begin(limits, head_bytes(&request), body.is_some());
        Call::check().map_err(failure)?;
        let response = match body {
            Some(body) => self.agent.run(request.map(|()| body)),
            None => self.agent.run(request),
        };
        self.read(response.map_err(failure)?)
    }

    fn read(&self, response: Response<Body>) -> Result<Answer, Failure> {
        let (parts, body) = response.into_parts();
        let status = parts.status.as_u16();
        if status == 101 {
            return Err(failure(io::Error::other(
                "the server switched to another protocol",
            )));
        }
        if let Some(link) = Call::link() {
            link.keep_for(idle_time(&parts.headers));
        }
        Call::enter(Phase::Reading);
        let mut answer = Answer {
            status,
            headers: parts.headers,
            body: Vec::new(),
        };
        let read = self.read_body(body, &mut answer);
        if answer.body.starts_with(BYTE_ORDER_MARK) {
            answer.body.drain(..BYTE_ORDER_MARK.len());
        }
        match read {
            // The status of a refusal is known even if its text was cut or cannot be read.
            Err(failure) if status < 400 || !is_unreadable(&failure.kind) => Err(failure),
            _ => Ok(answer),
        }
    }

    /// Reads the body into the answer. What came before an error stays there.
    fn read_body(&self, body: Body, answer: &mut Answer) -> Result<(), Failure> {
        let bytes = &mut answer.body;
        let limit = self.max_response_bytes;
        // A claim: not more than a page of it is believed.
        let expected = body.content_length().unwrap_or(0);
        bytes.reserve_exact(expected.min(limit).min(MAX_EXPECTED) as usize);
        let mut reader = body.into_with_config().limit(limit).reader();
        match reader.read_to_end(bytes).map_err(ureq::Error::from) {
            Ok(_) => {}
            // A packed body without a byte is an empty one.
            Err(ureq::Error::Decompress(_, error))
                if bytes.is_empty()
                    && error.kind() == io::ErrorKind::UnexpectedEof
                    && error.get_ref().is_none() => {}
            Err(error) => return Err(failure(error)),
        }
        // ureq took the encodings that it unpacked out of the headers.
        match headers::encoding(&answer.headers) {
            headers::Encoding::None => Ok(()),
            _ if bytes.is_empty() => Ok(()),
            headers::Encoding::Gzip => {
                *bytes = unpack::gunzip(std::mem::take(bytes), limit).map_err(failure)?;
                Ok(())
            }
            headers::Encoding::Unknown(name) => Err(Failure {
                kind: ErrorKind::Decode {
                    path: String::new(),
                    reason: format!("its content-encoding is `{name}`, which is not known"),
                },
                sent: true,
                source: None,
            }),
        }
    }
}

/// Returns the size of the head, but for what ureq adds.
fn head_bytes(request: &Request<()>) -> usize {
    let target = request.uri().path_and_query();
    let headers = request.headers().iter();
    headers.fold(
        target.map_or(0, |target| target.as_str().len()),
        |bytes, (name, value)| bytes + name.as_str().len() + value.len() + 4,
    )
}

/// Returns the time for which the connection may wait for its next request.
fn idle_time(headers: &HeaderMap) -> Duration {
    // Where two framings are named, who is on the way may have understood the other.
    if headers.contains_key(TRANSFER_ENCODING) && headers.contains_key(CONTENT_LENGTH) {
        return Duration::ZERO;
    }
    // The server counts from when it sent the answer, and ends sooner than it says if at all.
    match headers::keep_alive(headers) {
        Some(timeout) => MAX_IDLE.min(timeout.saturating_sub(Duration::from_secs(1))),
        None => MAX_IDLE,
    }
}

fn is_unreadable(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Interrupted { .. } | ErrorKind::Decode { .. }
    )
}

/// Returns the meaning of an error at this point of the call.
fn failure(error: impl Into<ureq::Error>) -> Failure {
    let error = error.into();
    let kind = Call::take_stopped().unwrap_or_else(|| kind(&error));
    let source = match error {
        ureq::Error::Io(error)
            if !matches!(kind, ErrorKind::Cancelled | ErrorKind::Timeout { .. }) =>
        {
            Some(Arc::new(error) as Source)
        }
        _ => None,
    };
    Failure {
        kind,
        sent: Call::has_sent(),
        source,
    }
}

fn kind(error: &ureq::Error) -> ErrorKind {
    let too_large = |part, limit| ErrorKind::ResponseTooLarge { part, limit };
    let reason = reason(error);
    match (Call::phase(), error) {
        // The loop knows the server.
        (Phase::Connecting, _) => ErrorKind::Connect {
            server: String::new(),
            reason,
        },
        (Phase::Handshake, error) => {
            let (reason, advice) = tls_failure(error, reason);
            ErrorKind::Tls {
                server: String::new(),
                reason,
                advice,
            }
        }
        (_, ureq::Error::BodyExceedsLimit(limit)) => too_large(ResponsePart::Body, *limit),
        (_, ureq::Error::LargeResponseHeader(..)) => {
            too_large(ResponsePart::Head, MAX_HEAD_BYTES as u64)
        }
        (_, ureq::Error::Protocol(_)) if reason.contains("too many headers") => {
            too_large(ResponsePart::HeaderCount, MAX_HEADERS)
        }
        (phase, _) => ErrorKind::Interrupted { phase, reason },
    }
}

fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            "closed by the other side".to_owned()
        }
        ureq::Error::Io(error) => error.to_string(),
        error => error.to_string(),
    }
}

/// Why there is no secure connection, and what to do about it where that is known.
fn tls_failure(error: &ureq::Error, reason: String) -> (String, &'static str) {
    let cause = match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref().and_then(|error| error.downcast_ref()),
        _ => None,
    };
    match cause {
        Some(rustls::Error::InvalidCertificate(CertificateError::Other(other)))
            if format!("{other:?}").contains("CaUsedAsEndEntity") =>
        {
            let reason = "the server's own certificate is that of an authority";
            (
                reason.to_owned(),
                "; give the server one that the authority signed",
            )
        }
        Some(rustls::Error::InvalidMessage(_)) => (
            reason,
            "; what answers at `base_url` does not seem to speak TLS",
        ),
        // The last says that the system has no authorities.
        Some(
            rustls::Error::InvalidCertificate(
                CertificateError::UnknownIssuer | CertificateError::BadSignature,
            )
            | rustls::Error::General(_),
        ) => (
            reason,
            "; for a server with a private certificate authority set `ca_bundle`",
        ),
        _ => (reason, ""),
    }
}
