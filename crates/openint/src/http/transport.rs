//! The one place that knows ureq.
//!
//! Timeouts and cancellation are ours: sockets wait in short slices, and between two slices the
//! call's deadline and cancel token are looked at. ureq's own timeouts would cost a thread for
//! each name look-up and a copy of its configuration for each call, and cannot be cancelled. A
//! connection outlives the call that opened it, so it finds the call that uses it now in a
//! thread-local: a call never leaves its thread.

use std::cell::RefCell;
use std::fmt;
use std::io::{self, Read, Write};
use std::mem;
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use ureq::http::{HeaderMap, Uri};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, Either, NextTimeout,
    RustlsConnector, Transport,
};
use ureq::{Agent, Proxy};

use super::held::HeldBuffers;
use super::wire::Wire;
use crate::cancel::{CancelToken, SLICE};
use crate::error::{Error, ErrorKind, Phase, ResponsePart, Result};

/// Node closes a connection that was idle for five seconds; one that is younger is safe to use.
const MOST_IDLE: Duration = Duration::from_secs(4);

const MOST_IDLE_CONNECTIONS: usize = 128;

/// How much memory is taken for a body before it is there.
const MOST_EXPECTED: u64 = 1024 * 1024;

const MOST_HEADER_BYTES: usize = 64 * 1024;

/// ureq's own limit, which is not to be changed.
const MOST_HEADERS: u64 = 128;

/// What an [`HttpTransport`] is built from.
pub(crate) struct TransportConfig {
    pub(crate) proxy: Option<Proxy>,
    pub(crate) ca_bundle: Option<Vec<Certificate<'static>>>,
    pub(crate) max_response_bytes: u64,
}

/// The bounds of one attempt.
pub(crate) struct Limits {
    pub(crate) timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) cancel: Option<CancelToken>,
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
    /// Whether a byte of the request may have left.
    pub(crate) sent: bool,
    pub(crate) source: Option<Arc<io::Error>>,
}

/// A pool of connections.
pub(crate) struct HttpTransport {
    agent: Agent,
    max_response_bytes: u64,
}

impl HttpTransport {
    pub(crate) fn new(config: TransportConfig) -> Self {
        let roots = match config.ca_bundle {
            Some(certificates) => RootCerts::Specific(Arc::new(certificates)),
            None => RootCerts::PlatformVerifier,
        };
        let tls = TlsConfig::builder()
            .root_certs(roots)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let agent_config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(MOST_HEADER_BYTES)
            .proxy(config.proxy)
            .max_idle_age(MOST_IDLE)
            .max_idle_connections(MOST_IDLE_CONNECTIONS)
            .max_idle_connections_per_host(MOST_IDLE_CONNECTIONS)
            .tls_config(tls)
            .build();
        let connector = Open
            .chain(ConnectProxyConnector::default())
            .chain(Dial)
            .chain(RustlsConnector::default())
            .chain(Opened);
        Self {
            agent: Agent::with_parts(agent_config, connector, ResolveWhenDialling),
            max_response_bytes: config.max_response_bytes,
        }
    }

    /// Sends `request` once and reads the whole answer.
    pub(crate) fn exchange(
        &self,
        request: ureq::http::Request<&[u8]>,
        limits: &Limits,
    ) -> Result<Answer, Failure> {
        let _guard = Call::begin(limits);
        if let Err(error) = Call::check() {
            return Err(failure(error));
        }
        // ureq takes bodies of length zero for none; a request without one is sent as `()`.
        let response = if request.body().is_empty() {
            self.agent.run(request.map(|_| ()))
        } else {
            self.agent.run(request)
        };
        let (parts, body) = response.map_err(failure)?.into_parts();
        Call::with(|call| call.phase = Phase::Reading);
        let status = parts.status.as_u16();
        let most = self.max_response_bytes;
        // The length is a claim, so not more than a page is believed.
        let length = body.content_length().unwrap_or(0).min(most);
        let mut bytes = Vec::with_capacity(length.min(MOST_EXPECTED) as usize);
        let read = body
            .into_reader()
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            return Err(Failure {
                kind: ErrorKind::ResponseTooLarge {
                    part: ResponsePart::Body,
                    limit: most,
                },
                sent: true,
                source: None,
            });
        }
        if let Err(error) = read {
            let failure = failure(error.into());
            // The status of a refusal is known even if its text was cut.
            let cut_refusal =
                status >= 400 && matches!(failure.kind, ErrorKind::Interrupted { .. });
            if !cut_refusal {
                return Err(failure);
            }
        }
        Ok(Answer {
            status,
            headers: parts.headers,
            body: bytes,
        })
    }
}

/// Reads the certificates of a PEM file's content.
pub(crate) fn parse_ca_bundle(pem: &[u8]) -> Result<Vec<Certificate<'static>>> {
    let certificates: Option<Vec<_>> = ureq::tls::parse_pem(pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(Some(certificate)),
            Ok(_) => None,
            Err(_) => Some(None),
        })
        .collect();
    certificates
        .filter(|list| !list.is_empty())
        .ok_or_else(|| Error::invalid_input("ca_bundle", "PEM text with at least one certificate"))
}

/// The call that this thread is in.
struct Call {
    started: Instant,
    timeout: Duration,
    connect_timeout: Duration,
    connect_started: Instant,
    cancel: Option<CancelToken>,
    /// When a polling token is to be asked next.
    poll_at: Instant,
    phase: Phase,
    /// A proxy's connection is opened inside that of its target.
    opening: u32,
    sent: bool,
    stopped: Option<ErrorKind>,
}

thread_local! {
    static CALL: RefCell<Option<Call>> = const { RefCell::new(None) };
}

/// Puts back what was there before: a logger may make calls of its own inside a call.
struct CallGuard(Option<Call>);

impl Drop for CallGuard {
    fn drop(&mut self) {
        CALL.set(self.0.take());
    }
}

impl Call {
    fn begin(limits: &Limits) -> CallGuard {
        let now = Instant::now();
        CallGuard(CALL.replace(Some(Self {
            started: now,
            timeout: limits.timeout,
            connect_timeout: limits.connect_timeout,
            connect_started: now,
            cancel: limits.cancel.clone(),
            poll_at: now + SLICE,
            phase: Phase::Sending,
            opening: 0,
            sent: false,
            stopped: None,
        })))
    }

    fn with<T>(act: impl FnOnce(&mut Call) -> T) -> T {
        CALL.with_borrow_mut(|call| act(call.as_mut().expect("a transport is used inside a call")))
    }

    /// Asks a polling token when it is due. Its check runs outside of the borrow, because it may
    /// make calls of its own.
    fn poll() {
        let due = Self::with(|call| {
            let token = call.cancel.as_ref().filter(|token| token.is_polling())?;
            let now = Instant::now();
            if now < call.poll_at {
                return None;
            }
            call.poll_at = now + SLICE;
            Some(token.clone())
        });
        if let Some(token) = due {
            token.poll();
        }
    }

    /// How long the next wait may be, or why the call is over.
    fn check() -> Result<Duration, ureq::Error> {
        Self::poll();
        Self::with(|call| {
            let now = Instant::now();
            let total = (call.started + call.timeout).saturating_duration_since(now);
            let (left, limit) = match call.phase {
                Phase::Connecting | Phase::Handshake => {
                    let connect = (call.connect_started + call.connect_timeout)
                        .saturating_duration_since(now);
                    if connect < total {
                        (connect, call.connect_timeout)
                    } else {
                        (total, call.timeout)
                    }
                }
                _ => (total, call.timeout),
            };
            if call.cancel.as_ref().is_some_and(CancelToken::is_cancelled) {
                call.stopped = Some(ErrorKind::Cancelled);
            } else if left.is_zero() {
                let phase = call.phase;
                call.stopped = Some(ErrorKind::Timeout { phase, limit });
            } else {
                return Ok(left.min(SLICE));
            }
            Err(io::Error::from(io::ErrorKind::TimedOut).into())
        })
    }
}

/// What an error of ureq means at this point of the call.
fn failure(error: ureq::Error) -> Failure {
    Call::with(|call| {
        let phase = call.phase;
        let stopped = call.stopped.take();
        let kind = stopped.unwrap_or_else(|| match &error {
            ureq::Error::LargeResponseHeader(_, limit) => ErrorKind::ResponseTooLarge {
                part: ResponsePart::Head,
                limit: *limit as u64,
            },
            // In a proxy's answer they are a failure to connect.
            error if is_too_many_headers(error) && phase != Phase::Connecting => {
                ErrorKind::ResponseTooLarge {
                    part: ResponsePart::HeaderCount,
                    limit: MOST_HEADERS,
                }
            }
            error => match phase {
                Phase::Connecting => ErrorKind::Connect {
                    reason: reason(error),
                },
                Phase::Handshake => ErrorKind::Tls {
                    reason: reason(error),
                },
                _ => ErrorKind::Interrupted {
                    phase,
                    reason: reason(error),
                },
            },
        });
        let source = match (&kind, error) {
            (ErrorKind::Cancelled | ErrorKind::Timeout { .. }, _) => None,
            (_, ureq::Error::Io(error)) => Some(Arc::new(error)),
            _ => None,
        };
        Failure {
            kind,
            sent: call.sent,
            source,
        }
    })
}

/// ureq has no public name for this error: its type is in a crate of which any version may come.
fn is_too_many_headers(error: &ureq::Error) -> bool {
    matches!(error, ureq::Error::Protocol(inner) if format!("{inner:?}") == "HttpParseTooManyHeaders")
}

fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Io(error) if is_end(error) => "the peer closed the connection".to_owned(),
        ureq::Error::HostNotFound => "the host name has no address".to_owned(),
        error => error.to_string(),
    }
}

/// Also where [`Wire`] has put it inside another error.
fn is_end(error: &io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    inner.unwrap_or(error).kind() == io::ErrorKind::UnexpectedEof
}

/// ureq resolves before it looks into its pool, for each call. Only [`Dial`] needs addresses.
#[derive(Debug)]
struct ResolveWhenDialling;

impl Resolver for ResolveWhenDialling {
    fn resolve(
        &self,
        _: &Uri,
        _: &ureq::config::Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        Ok(self.empty())
    }
}

/// The head of the chain: a connection is being opened.
#[derive(Debug)]
struct Open;

impl Connector<()> for Open {
    type Out = ();

    fn connect(&self, _: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<()>, ureq::Error> {
        Call::with(|call| {
            if call.opening == 0 {
                call.connect_started = Instant::now();
                call.phase = Phase::Connecting;
            }
            call.opening += 1;
        });
        Ok(None)
    }
}

/// The end of the chain: a connection is open, and what is sent from here is the request.
#[derive(Debug)]
struct Opened;

impl<In: Transport> Connector<In> for Opened {
    type Out = Wire<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Wire<In>>, ureq::Error> {
        Call::with(|call| {
            call.opening -= 1;
            if call.opening == 0 {
                call.phase = Phase::Sending;
            }
        });
        Ok(chained.map(Wire))
    }
}

/// Opens a TCP connection, unless one through a proxy is there already.
#[derive(Debug)]
struct Dial;

impl<In: Transport> Connector<In> for Dial {
    type Out = Either<In, Tcp>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        let transport = match chained {
            Some(proxied) => Either::A(proxied),
            None => Either::B(Tcp {
                stream: dial(details.uri)?,
                buffers: HeldBuffers::new(
                    details.config.input_buffer_size(),
                    details.config.output_buffer_size(),
                ),
                read_timeout: None,
                write_timeout: None,
                answered: false,
            }),
        };
        if details.needs_tls() {
            Call::with(|call| call.phase = Phase::Handshake);
        }
        Ok(Some(transport))
    }
}

/// Neither a name look-up nor a connect can be interrupted, so a thread of their own does both,
/// and is left behind when the call ends first. Only a new connection pays for it.
fn dial(uri: &Uri) -> Result<TcpStream, ureq::Error> {
    let host = uri.host().unwrap_or_default();
    let host = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .to_owned();
    let port = match uri.port_u16() {
        Some(port) => port,
        None if uri.scheme_str() == Some("https") => 443,
        None => 80,
    };
    let budget = Call::with(|call| call.connect_timeout.min(call.timeout));
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name("openint-dial".to_owned())
        .spawn(move || {
            // The receiver is gone when the call ended before the connection stood.
            let _ = sender.send(resolve_and_connect(&host, port, budget));
        })?;
    loop {
        match receiver.recv_timeout(Call::check()?) {
            Ok(stream) => return stream,
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                return Err(ureq::Error::ConnectionFailed);
            }
        }
    }
}

fn resolve_and_connect(host: &str, port: u16, budget: Duration) -> Result<TcpStream, ureq::Error> {
    let end = Instant::now() + budget;
    let addresses: Vec<_> = (host, port).to_socket_addrs()?.collect();
    let mut failed = ureq::Error::HostNotFound;
    for (index, address) in addresses.iter().enumerate() {
        // Each address gets its share of the time, so that a dead one leaves some to the next.
        let share =
            end.saturating_duration_since(Instant::now()) / (addresses.len() - index) as u32;
        match TcpStream::connect_timeout(address, share.max(Duration::from_millis(1))) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => failed = error.into(),
        }
    }
    Err(failed)
}

/// A TCP connection that waits in slices.
struct Tcp {
    stream: TcpStream,
    buffers: HeldBuffers,
    read_timeout: Option<Duration>,
    write_timeout: Option<Duration>,
    /// Whether an answer came since the connection was last asked whether it is open.
    answered: bool,
}

impl Tcp {
    /// Sends what is held.
    fn send(&mut self) -> Result<(), ureq::Error> {
        let mut rest = self.buffers.take();
        while !rest.is_empty() {
            let slice = Call::check()?;
            if self.write_timeout != Some(slice) {
                self.stream.set_write_timeout(Some(slice))?;
                self.write_timeout = Some(slice);
            }
            match self.stream.write(rest) {
                Ok(0) => return Err(io::Error::from(io::ErrorKind::WriteZero).into()),
                Ok(written) => {
                    rest = &rest[written..];
                    Call::with(|call| call.sent |= call.phase == Phase::Sending);
                }
                Err(error) if is_pause(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

impl Transport for Tcp {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        match self.buffers.hold(amount) {
            true => Ok(()),
            false => self.send(),
        }
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        self.send()?;
        Call::with(|call| {
            if call.phase == Phase::Sending {
                call.phase = Phase::Waiting;
            }
        });
        loop {
            let slice = Call::check()?;
            if self.read_timeout != Some(slice) {
                self.stream.set_read_timeout(Some(slice))?;
                self.read_timeout = Some(slice);
            }
            match self.stream.read(self.buffers.input_append_buf()) {
                Ok(read) => {
                    self.buffers.input_appended(read);
                    self.answered = read > 0;
                    return Ok(read > 0);
                }
                Err(error) if is_pause(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// ureq asks when it puts a connection away and when it takes one out. Only the second time is
    /// worth a look: what has just answered is open.
    fn is_open(&mut self) -> bool {
        mem::take(&mut self.answered) || is_silent(&self.stream)
    }
}

/// Idle means silent: a byte that nobody asked for, or an end, makes a connection unusable.
#[cfg(unix)]
fn is_silent(stream: &TcpStream) -> bool {
    use rustix::net::{RecvFlags, recv};

    let looked = recv(stream, &mut [0; 1], RecvFlags::PEEK | RecvFlags::DONTWAIT);
    matches!(looked, Err(rustix::io::Errno::WOULDBLOCK))
}

#[cfg(not(unix))]
fn is_silent(stream: &TcpStream) -> bool {
    let silent = stream.set_nonblocking(true).is_ok()
        && matches!(stream.peek(&mut [0]), Err(error) if error.kind() == io::ErrorKind::WouldBlock);
    silent && stream.set_nonblocking(false).is_ok()
}

impl fmt::Debug for Tcp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tcp")
            .field(&self.stream.peer_addr().ok())
            .finish()
    }
}

/// The end of a slice, or a signal: a reason to look at the deadline and the token, not a failure.
fn is_pause(error: &io::Error) -> bool {
    if error.kind() == io::ErrorKind::Interrupted {
        Call::with(|call| call.poll_at = Instant::now());
    }
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted
    )
}
