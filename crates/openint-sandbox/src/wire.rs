//! A connection taken from HTTP: what is left to send on it, byte by byte, and how it ends.

use std::time::Duration;

use axum::body::Bytes;
use http::HeaderMap;
use http::StatusCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::sleep;

const LONGEST_HOLD: Duration = Duration::from_secs(60);

/// Steps on the connection, in order; it ends after the last one.
pub(crate) type Plan = Vec<Step>;

#[derive(Debug)]
pub(crate) enum Step {
    Send(Bytes),
    Drip {
        bytes: Bytes,
        size: usize,
        every: Duration,
    },
    /// Silence, until the peer leaves, the sandbox is reset, or the longest hold is over.
    Hold,
    /// RST.
    Abort,
}

/// Plays the plan. An error means that the peer has left, which ends the play as well.
pub(crate) async fn play(mut stream: TcpStream, plan: Plan, mut resets: watch::Receiver<u64>) {
    for step in plan {
        let sent = match step {
            Step::Send(bytes) => stream.write_all(&bytes).await,
            Step::Drip { bytes, size, every } => drip(&mut stream, &bytes, size, every).await,
            Step::Hold => {
                tokio::select! {
                    () = peer_gone(&mut stream) => return,
                    _ = resets.changed() => return,
                    () = sleep(LONGEST_HOLD) => return,
                }
            }
            // With no time to linger, the close that follows is a reset.
            Step::Abort => return stream.set_zero_linger().unwrap_or(()),
        };
        if sent.is_err() {
            return;
        }
    }
    // The peer may be gone already; the stream is dropped in any case.
    let _ = stream.shutdown().await;
}

async fn drip(
    stream: &mut TcpStream,
    bytes: &[u8],
    size: usize,
    every: Duration,
) -> std::io::Result<()> {
    for (index, piece) in bytes.chunks(size).enumerate() {
        if index > 0 {
            sleep(every).await;
        }
        stream.write_all(piece).await?;
    }
    Ok(())
}

async fn peer_gone(stream: &mut TcpStream) {
    let mut rest = [0; 1024];
    while matches!(stream.read(&mut rest).await, Ok(n) if n > 0) {}
}

/// Way in which the head says where the body ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Framing {
    Length(usize),
    Chunked,
}

/// The head of a response as bytes. The connection ends after it, and it says so.
pub(crate) fn head(status: StatusCode, headers: &HeaderMap, framing: Framing) -> Vec<u8> {
    let reason = status.canonical_reason().unwrap_or("Unknown");
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", status.as_u16()).into_bytes();
    let mut line = |name: &str, value: &[u8]| {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    };
    for (name, value) in headers {
        if name != http::header::CONTENT_LENGTH && name != http::header::CONNECTION {
            line(name.as_str(), value.as_bytes());
        }
    }
    match framing {
        Framing::Length(length) => line("content-length", length.to_string().as_bytes()),
        Framing::Chunked => line("transfer-encoding", b"chunked"),
    }
    let now = httpdate::fmt_http_date(std::time::SystemTime::now());
    line("date", now.as_bytes());
    line("connection", b"close");
    head.extend_from_slice(b"\r\n");
    head
}
