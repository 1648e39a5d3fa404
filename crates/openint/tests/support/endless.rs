//! Answers that never end.

use std::io::Write;
use std::net::TcpStream;

/// Writes `part` over and over, until the peer has enough of it.
pub(crate) fn for_ever(stream: &mut TcpStream, part: &[u8]) {
    let many = part.repeat(1 + 4096 / part.len());
    while stream.write_all(&many).is_ok() {}
}
