//! One exchange: a request goes out, an answer comes back, and the connection waits for the next.

use std::io;
use std::sync::Arc;

use ureq::Proxy;
use ureq::http::Uri;
use ureq::tls::Certificate;

use super::answer::{Head, TooLarge};
use super::call::{Call, Limits};
use super::connection::{Connection, IdleConnections};
use super::dial::Dialler;
use super::headers::AnswerHeaders;
use crate::error::{ErrorKind, Phase, Result};

/// What an [`HttpTransport`] is built from.
pub(crate) struct TransportConfig {
    /// Where the server is: scheme and authority count.
    pub(crate) server: Uri,
    pub(crate) proxy: Option<Proxy>,
    pub(crate) ca_bundle: Option<Vec<Certificate<'static>>>,
    pub(crate) max_response_bytes: u64,
}

/// An answer, whatever its status.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: AnswerHeaders,
    pub(crate) body: Vec<u8>,
}

/// Why there was no answer.
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    /// Whether a byte of the request may have left.
    pub(crate) sent: bool,
    pub(crate) source: Option<Arc<io::Error>>,
}

/// A pool of connections to one server.
pub(crate) struct HttpTransport {
    dialler: Dialler,
    idle: IdleConnections,
    max_response_bytes: u64,
}

impl HttpTransport {
    pub(crate) fn new(config: TransportConfig) -> Self {
        Self {
            dialler: Dialler::new(config.server, config.proxy, config.ca_bundle),
            idle: IdleConnections::default(),
            max_response_bytes: config.max_response_bytes,
        }
    }

    /// Sends a request once and reads the whole answer.
    pub(crate) fn exchange(
        &self,
        head: &[u8],
        body: &[u8],
        limits: &Limits,
    ) -> Result<Answer, Failure> {
        let _guard = Call::begin(limits);
        let (mut connection, head) = self.ask(head, body).map_err(failure)?;
        Call::enter(Phase::Reading);
        let mut body = Vec::new();
        match head.read_body(&mut connection, self.max_response_bytes, &mut body) {
            Ok(true) if connection.is_drained() => self.idle.put(connection),
            Ok(_) => {}
            Err(error) => {
                let failure = failure(error.into());
                // The status of a refusal is known even if its text was cut.
                let is_cut = matches!(failure.kind, ErrorKind::Interrupted { .. });
                if head.status < 400 || !is_cut {
                    return Err(failure);
                }
            }
        }
        Ok(Answer {
            status: head.status,
            headers: head.headers,
            body,
        })
    }

    /// Sends a request, and waits for the head of the answer.
    fn ask(&self, head: &[u8], body: &[u8]) -> Result<(Connection, Head), ureq::Error> {
        Call::check()?;
        let mut connection = match self.idle.take() {
            Some(connection) => connection,
            None => Connection::new(self.dialler.open()?),
        };
        connection.send(head, body)?;
        Call::enter(Phase::Waiting);
        let head = Head::read(&mut connection)?;
        Ok((connection, head))
    }
}

/// What an error means at this point of the call.
fn failure(error: ureq::Error) -> Failure {
    let kind = Call::take_stopped().unwrap_or_else(|| match (too_large(&error), Call::phase()) {
        (Some(&TooLarge { part, limit }), _) => ErrorKind::ResponseTooLarge { part, limit },
        (None, Phase::Connecting) => ErrorKind::Connect {
            reason: reason(&error),
        },
        (None, Phase::Handshake) => ErrorKind::Tls {
            reason: reason(&error),
        },
        (None, phase) => ErrorKind::Interrupted {
            phase,
            reason: reason(&error),
        },
    });
    let source = match error {
        ureq::Error::Io(error)
            if !matches!(kind, ErrorKind::Cancelled | ErrorKind::Timeout { .. }) =>
        {
            Some(Arc::new(error))
        }
        _ => None,
    };
    Failure {
        kind,
        sent: Call::has_sent(),
        source,
    }
}

fn too_large(error: &ureq::Error) -> Option<&TooLarge> {
    match error {
        ureq::Error::Io(error) => error.get_ref()?.downcast_ref(),
        _ => None,
    }
}

fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            "the peer closed the connection".to_owned()
        }
        ureq::Error::HostNotFound => "the host name has no address".to_owned(),
        error => error.to_string(),
    }
}
