//! How a connection is opened: TCP, the proxy on the way, TLS. ureq knows the last two.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time;
use ureq::unversioned::transport::{
    Buffers, ConnectProxyConnector, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout,
    RustlsConnector, Transport,
};
use ureq::{Agent, Proxy};

use super::call::Call;
use super::connection::NO_TIMEOUT;
use crate::error::{Error, Phase, Result};

/// What one connection reads and writes at a time.
const BUFFER_BYTES: usize = 64 * 1024;

type Connect =
    dyn Fn(&ConnectionDetails<'_>) -> Result<Box<dyn Transport>, ureq::Error> + Send + Sync;

/// Opens connections to one server.
pub(super) struct Dialler {
    server: Uri,
    config: Config,
    connect: Arc<Connect>,
}

impl Dialler {
    pub(super) fn new(
        server: Uri,
        proxy: Option<Proxy>,
        ca_bundle: Option<Vec<Certificate<'static>>>,
    ) -> Self {
        let roots = match ca_bundle {
            Some(certificates) => RootCerts::Specific(Arc::new(certificates)),
            None => RootCerts::PlatformVerifier,
        };
        let tls = TlsConfig::builder()
            .root_certs(roots)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .proxy(proxy)
            .tls_config(tls)
            .input_buffer_size(BUFFER_BYTES)
            .output_buffer_size(BUFFER_BYTES)
            .build();
        let chain = Open
            .chain(ConnectProxyConnector::default())
            .chain(Dial)
            .chain(RustlsConnector::default())
            .chain(Opened);
        let connect = move |details: &ConnectionDetails<'_>| {
            let transport = chain.connect(details, None)?;
            transport.ok_or(ureq::Error::ConnectionFailed)
        };
        Self {
            server,
            config,
            connect: Arc::new(connect),
        }
    }

    pub(super) fn open(&self) -> Result<Box<dyn Transport>, ureq::Error> {
        (self.connect)(&ConnectionDetails {
            uri: &self.server,
            addrs: NoResolver.empty(),
            config: &self.config,
            request_level: false,
            resolver: &NoResolver,
            now: time::Instant::now(),
            timeout: NO_TIMEOUT,
            current_time: Arc::new(time::Instant::now),
            run_connector: Arc::clone(&self.connect) as Arc<_>,
            register_shutdown: Arc::new(|_| Ok(())),
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

/// [`Dial`] looks names up where that can be given up; ureq would do it for targets of a proxy too.
#[derive(Debug)]
struct NoResolver;

impl Resolver for NoResolver {
    fn resolve(
        &self,
        _: &Uri,
        _: &Config,
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
        Call::opens();
        Ok(None)
    }
}

/// The end of the chain: a connection is open.
#[derive(Debug)]
struct Opened;

impl<In: Transport> Connector<In> for Opened {
    type Out = Box<dyn Transport>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Box<dyn Transport>>, ureq::Error> {
        Call::opened();
        Ok(chained.map(|transport| Box::new(transport) as _))
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
                buffers: LazyBuffers::new(BUFFER_BYTES, BUFFER_BYTES),
                read_timeout: None,
                write_timeout: None,
            }),
        };
        if details.needs_tls() {
            Call::enter(Phase::Handshake);
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
    let budget = Call::connect_budget();
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
    buffers: LazyBuffers,
    read_timeout: Option<Duration>,
    write_timeout: Option<Duration>,
}

impl Transport for Tcp {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        let mut rest = &self.buffers.output()[..amount];
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
                    Call::wrote();
                }
                Err(error) if is_pause(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        loop {
            let slice = Call::check()?;
            if self.read_timeout != Some(slice) {
                self.stream.set_read_timeout(Some(slice))?;
                self.read_timeout = Some(slice);
            }
            match self.stream.read(self.buffers.input_append_buf()) {
                Ok(read) => {
                    self.buffers.input_appended(read);
                    return Ok(read > 0);
                }
                Err(error) if is_pause(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn is_open(&mut self) -> bool {
        is_silent(&self.stream)
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
        Call::poll_soon();
    }
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted
    )
}
