//! A TCP connection as ureq uses it: waits that end with the call, and a socket that is used again
//! only when it is sure to be alive.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, IoSlice, Read, Write};
#[cfg(unix)]
use std::mem::MaybeUninit;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};

use super::buffers::GrowingBuffers;
use super::call::Call;
use crate::error::Phase;

/// Time for which an answer is waited for before more of the request is sent.
const TURN: Duration = Duration::from_millis(2);

/// State of a connection beside its bytes.
#[derive(Default)]
pub(super) struct Link {
    /// True if TLS runs over it.
    secure: AtomicBool,
    /// When it is too old for another request.
    expires: Mutex<Option<Instant>>,
}

impl Link {
    pub(super) fn secure(&self) {
        self.secure.store(true, Ordering::Relaxed);
    }

    /// Takes no request that begins later than `idle` from now.
    pub(super) fn keep_for(&self, idle: Duration) {
        let expires = Instant::now() + idle;
        *self.expires.lock().unwrap_or_else(PoisonError::into_inner) = Some(expires);
    }

    fn is_secure(&self) -> bool {
        self.secure.load(Ordering::Relaxed)
    }

    fn is_expired(&self) -> bool {
        let expires = *self.expires.lock().unwrap_or_else(PoisonError::into_inner);
        expires.is_some_and(|expires| expires <= Instant::now())
    }
}

/// Timeouts are the call's, so ureq's are not looked at.
pub(super) struct Tcp {
    stream: TcpStream,
    buffers: GrowingBuffers,
    link: Arc<Link>,
    /// Bytes of a request that were not written yet: a head whose body follows, or what the server
    /// does not take although it says something already.
    held: VecDeque<u8>,
    /// True if that is because of the server.
    is_backed_up: bool,
    /// True if the rest of the request is not sent, because the server takes no more of it.
    muted: bool,
    /// Why that is, until there is an answer all the same.
    lost: Option<io::Error>,
    read_timeout: Option<Duration>,
    write_timeout: Option<Duration>,
}

impl Tcp {
    pub(super) fn new(stream: TcpStream) -> Self {
        let mut tcp = Self {
            stream,
            buffers: GrowingBuffers::default(),
            link: Arc::default(),
            held: VecDeque::new(),
            is_backed_up: false,
            muted: false,
            lost: None,
            read_timeout: None,
            write_timeout: None,
        };
        tcp.begin();
        tcp
    }

    /// The request of the call goes over this connection.
    fn begin(&mut self) {
        Call::uses(&self.link);
        self.buffers.fit_head(Call::head_bytes());
    }

    /// Writes what was held back and then `amount` bytes of the output, in one packet if it fits:
    /// two would wake the server twice.
    fn send(&mut self, amount: usize) -> io::Result<()> {
        let (held, more_held) = self.held.as_slices();
        let output = &self.buffers.output()[..amount];
        let mut parts = [held, more_held, output].map(IoSlice::new);
        let mut parts = &mut parts[..];
        IoSlice::advance_slices(&mut parts, 0);
        while !parts.is_empty() {
            let slice = Call::check()?;
            if self.write_timeout != Some(slice) {
                self.stream.set_write_timeout(Some(slice))?;
                self.write_timeout = Some(slice);
            }
            match (&self.stream).write_vectored(parts) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => {
                    IoSlice::advance_slices(&mut parts, written);
                    Call::wrote();
                }
                Err(error) if is_pause(&error) => {
                    // Who answers before the request is complete may never read the rest of it.
                    if matches!(Call::phase(), Phase::Sending) && !is_silent(&self.stream) {
                        let rest = parts.iter().flat_map(|part| part.iter().copied());
                        self.held = rest.collect();
                        self.is_backed_up = true;
                        return Ok(());
                    }
                }
                Err(error) => return Err(error),
            }
        }
        self.held.clear();
        Ok(())
    }

    /// Writes of what is held back as much as goes at once.
    fn send_held(&mut self) -> io::Result<()> {
        self.stream.set_nonblocking(true)?;
        let written = (&self.stream).write(self.held.as_slices().0);
        self.stream.set_nonblocking(false)?;
        match written {
            Ok(written) => {
                self.held.drain(..written);
                self.is_backed_up = !self.held.is_empty();
                Call::wrote();
                Ok(())
            }
            Err(error) if is_pause(&error) => Ok(()),
            Err(error) => self.mute(error),
        }
    }

    /// A server that refuses a large body answers and closes: the answer is what counts.
    fn mute(&mut self, error: io::Error) -> io::Result<()> {
        if !is_loss(&error) || !matches!(Call::phase(), Phase::Sending) {
            return Err(error);
        }
        self.held.clear();
        self.is_backed_up = false;
        self.muted = true;
        self.lost = Some(error);
        Ok(())
    }
}

impl Transport for Tcp {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        if self.is_backed_up {
            Call::check()?;
            self.send_held()?;
        }
        if self.muted {
            return Ok(());
        }
        if self.is_backed_up || Call::holds_head() {
            self.held.extend(&self.buffers.output()[..amount]);
            return Ok(());
        }
        match self.send(amount) {
            Ok(()) => Ok(()),
            Err(error) => Ok(self.mute(error)?),
        }
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        let read = loop {
            let mut slice = Call::check()?;
            if self.held.is_empty() {
                Call::awaits();
            } else {
                self.send_held()?;
                slice = slice.min(TURN);
            }
            if self.read_timeout != Some(slice) {
                self.stream.set_read_timeout(Some(slice))?;
                self.read_timeout = Some(slice);
            }
            match self.stream.read(self.buffers.input_append_buf()) {
                Err(error) if is_pause(&error) => {}
                read => break read,
            }
        };
        let error = match (read, self.lost.take()) {
            (Ok(0) | Err(_), Some(lost)) => {
                Call::enter(Phase::Sending);
                lost
            }
            // Not the end of a body that has no length, but of a connection that broke.
            (Ok(0), None) if self.link.is_secure() || self.muted => closed(),
            (Ok(read), _) => {
                self.buffers.input_appended(read);
                return Ok(read > 0);
            }
            (Err(error), None) => error,
        };
        // ureq takes a lost connection for the end of a body, unless it does not know the kind.
        Err(io::Error::other(error).into())
    }

    /// Is asked when a connection was used and when it is to be used again.
    fn is_open(&mut self) -> bool {
        if self.muted || !self.held.is_empty() || !self.buffers.input().is_empty() {
            return false;
        }
        if !matches!(Call::phase(), Phase::Sending) {
            return true;
        }
        // Idle means silent: a byte that nobody asked for, or an end, makes it unusable.
        let is_open = !self.link.is_expired() && is_silent(&self.stream);
        if is_open {
            self.begin();
        }
        is_open
    }
}

impl fmt::Debug for Tcp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tcp")
            .field(&self.stream.peer_addr().ok())
            .finish()
    }
}

/// Returns true if there is nothing to read, not even an end.
pub(super) fn is_silent(stream: &TcpStream) -> bool {
    matches!(peek(stream), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
}

#[cfg(unix)]
fn peek(stream: &TcpStream) -> io::Result<usize> {
    let flags = libc::MSG_PEEK | libc::MSG_DONTWAIT;
    socket2::SockRef::from(stream).recv_with_flags(&mut [MaybeUninit::uninit()], flags)
}

#[cfg(not(unix))]
fn peek(stream: &TcpStream) -> io::Result<usize> {
    stream.set_nonblocking(true)?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    peeked
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

fn is_loss(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::WriteZero
    )
}

pub(super) fn closed() -> io::Error {
    io::Error::other("closed by the other side")
}
