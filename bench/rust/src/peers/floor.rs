//! The least that a call can be: one write, one read, serde_json.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::{Call, Peer, Result, Target, authorization};
use crate::wire::{self, Create};

pub(crate) struct Floor {
    host: String,
    path: String,
}

impl Floor {
    pub(crate) fn new(target: &Target) -> Result<Self> {
        let (host, path) = target.parts().ok_or("the floor speaks plain HTTP only")?;
        Ok(Self { host, path })
    }
}

impl Peer for Floor {
    fn caller(&self) -> Call {
        let mut stream = TcpStream::connect(&self.host).expect("the server listens");
        stream.set_nodelay(true).expect("a socket option");
        let (host, path, authorization) = (self.host.clone(), self.path.clone(), authorization());
        let mut request = Vec::new();
        let mut buffer = vec![0; 16 * 1024];
        Box::new(move || {
            let body = Create::bytes();
            request.clear();
            write!(
                request,
                "POST {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: {authorization}\r\n\
                 accept: application/json\r\ncontent-type: application/json\r\n\
                 content-length: {}\r\n\r\n",
                body.len()
            )
            .expect("memory takes it");
            request.extend_from_slice(&body);
            stream.write_all(&request).expect("the server reads");
            wire::check(read(&mut stream, &mut buffer));
        })
    }
}

/// The body of the next answer.
fn read<'a>(stream: &mut TcpStream, buffer: &'a mut Vec<u8>) -> &'a [u8] {
    let mut filled = 0;
    let mut end = None;
    loop {
        if let Some((start, end)) = end {
            if filled >= end {
                return &buffer[start..end];
            }
            if end > buffer.len() {
                buffer.resize(end, 0);
            }
        }
        let read = stream.read(&mut buffer[filled..]).expect("the server answers");
        assert!(read > 0, "the server closed the connection");
        filled += read;
        if end.is_none() {
            end = bounds(&buffer[..filled]);
        }
    }
}

/// Returns where the body begins and ends, once the head is there.
fn bounds(bytes: &[u8]) -> Option<(usize, usize)> {
    let start = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&bytes[..start]).ok()?;
    let mut lines = head.split("\r\n");
    assert_eq!(lines.next(), Some("HTTP/1.1 200 OK"));
    let length = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim())
    })?;
    Some((start, start + length.parse::<usize>().ok()?))
}
