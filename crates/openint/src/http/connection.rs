//! An open connection as a stream of bytes, and those that wait for their next call.

use std::io::{self, BufRead, Read};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::unversioned::transport::{NextTimeout, Transport, time};
use zeroize::Zeroize;

/// Node closes a connection that was idle for five seconds; one that is younger is safe to use.
const MOST_IDLE: Duration = Duration::from_secs(4);

const MOST_IDLE_CONNECTIONS: usize = 128;

/// Timeouts are those of the call, below ureq.
pub(super) const NO_TIMEOUT: NextTimeout = NextTimeout {
    after: time::Duration::NotHappening,
    reason: ureq::Timeout::Global,
    per_read: None,
    per_write: None,
};

/// A connection that leaves no secrets in its buffers when it closes.
pub(super) struct Connection(Box<dyn Transport>);

impl Connection {
    pub(super) fn new(transport: Box<dyn Transport>) -> Self {
        Self(transport)
    }

    /// Sends both parts, in one packet if they fit: two would wake the server twice.
    pub(super) fn send(&mut self, head: &[u8], body: &[u8]) -> io::Result<()> {
        let mut filled = 0;
        for mut part in [head, body] {
            while !part.is_empty() {
                let output = &mut self.0.buffers().output()[filled..];
                let size = part.len().min(output.len());
                output[..size].copy_from_slice(&part[..size]);
                let full = size == output.len();
                filled += size;
                part = &part[size..];
                if full {
                    self.transmit(filled)?;
                    filled = 0;
                }
            }
        }
        match filled {
            0 => Ok(()),
            filled => self.transmit(filled),
        }
    }

    fn transmit(&mut self, amount: usize) -> io::Result<()> {
        let sent = self.0.transmit_output(amount, NO_TIMEOUT);
        sent.map_err(ureq::Error::into_io)
    }

    /// Whether there is nothing left of the answer that was read last.
    pub(super) fn is_drained(&mut self) -> bool {
        self.0.buffers().input().is_empty()
    }
}

impl BufRead for Connection {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.is_drained() {
            // Without more, what follows is empty: the end.
            self.0
                .await_input(NO_TIMEOUT)
                .map_err(ureq::Error::into_io)?;
        }
        Ok(self.0.buffers().input())
    }

    fn consume(&mut self, amount: usize) {
        self.0.buffers().input_consume(amount);
    }
}

impl Read for Connection {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.fill_buf()?;
        let read = bytes.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

impl Drop for Connection {
    /// The key was in the output, and whatever the server knows in the input.
    fn drop(&mut self) {
        let buffers = self.0.buffers();
        buffers.output().zeroize();
        buffers.input_consume(buffers.input().len());
        buffers.input_append_buf().zeroize();
    }
}

/// Connections without a call, the one that was used last at the end.
#[derive(Default)]
pub(super) struct IdleConnections(Mutex<Vec<(Instant, Connection)>>);

impl IdleConnections {
    /// One that can be used. Those found closed or too old are given up.
    pub(super) fn take(&self) -> Option<Connection> {
        loop {
            let (since, mut connection) = self.with(Vec::pop)?;
            if since.elapsed() >= MOST_IDLE {
                drop(self.with(std::mem::take));
            } else if connection.0.is_open() {
                return Some(connection);
            }
        }
    }

    pub(super) fn put(&self, connection: Connection) {
        let now = Instant::now();
        // Closing takes its time, so it waits for the end of the lock.
        let _closed: Vec<_> = self.with(|idle| {
            idle.push((now, connection));
            let fresh = |(since, _): &(Instant, Connection)| now.duration_since(*since) < MOST_IDLE;
            let old = idle.iter().position(fresh).unwrap_or(0);
            let surplus = idle.len().saturating_sub(MOST_IDLE_CONNECTIONS);
            idle.drain(..old.max(surplus)).collect()
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut Vec<(Instant, Connection)>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use ureq::unversioned::transport::{Buffers, LazyBuffers};

    use super::*;

    /// Keeps what is sent, and tells what is in its buffers when it goes.
    #[derive(Debug)]
    struct Held {
        buffers: LazyBuffers,
        sent: Arc<Mutex<Vec<Vec<u8>>>>,
        left: Arc<Mutex<Vec<u8>>>,
    }

    impl Held {
        fn new(size: usize) -> Self {
            Self {
                buffers: LazyBuffers::new(size, size),
                sent: Arc::default(),
                left: Arc::default(),
            }
        }
    }

    impl Transport for Held {
        fn buffers(&mut self) -> &mut dyn Buffers {
            &mut self.buffers
        }

        fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), ureq::Error> {
            let sent = self.buffers.output()[..amount].to_vec();
            self.sent.lock().unwrap().push(sent);
            Ok(())
        }

        fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
            self.buffers.input_append_buf()[..12].copy_from_slice(b"canarycanary");
            self.buffers.input_appended(12);
            Ok(true)
        }

        fn is_open(&mut self) -> bool {
            true
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            let mut left = self.buffers.output().to_vec();
            left.extend_from_slice(self.buffers.input());
            left.extend_from_slice(self.buffers.input_append_buf());
            *self.left.lock().unwrap() = left;
        }
    }

    #[test]
    fn buffers_are_wiped_when_a_connection_closes() {
        let held = Held::new(64);
        let left = Arc::clone(&held.left);
        let mut connection = Connection::new(Box::new(held));
        connection.send(b"canary", b"").unwrap();
        assert_eq!(connection.fill_buf().unwrap(), b"canarycanary");
        connection.consume(6);
        drop(connection);
        let left = left.lock().unwrap();
        assert!(
            left.len() >= 128 && left.iter().all(|byte| *byte == 0),
            "{left:?}"
        );
    }

    #[test]
    fn head_and_body_go_out_together_and_in_pieces_that_fit() {
        for (head, body, expected) in [
            ("head", "body", &["headbody"] as &[&str]),
            ("head", "", &["head"]),
            ("head", "12345", &["head1234", "5"]),
            ("12345678", "", &["12345678"]),
            ("12345678", "body", &["12345678", "body"]),
            ("123456789", "1234567890", &["12345678", "91234567", "890"]),
        ] {
            let held = Held::new(8);
            let sent = Arc::clone(&held.sent);
            let mut connection = Connection::new(Box::new(held));
            connection.send(head.as_bytes(), body.as_bytes()).unwrap();
            let sent = sent.lock().unwrap();
            let sent: Vec<&str> = sent
                .iter()
                .map(|piece| std::str::from_utf8(piece).unwrap())
                .collect();
            assert_eq!(sent, expected, "{head} {body}");
        }
    }
}
