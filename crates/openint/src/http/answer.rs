//! An answer as HTTP/1.1 frames it, out of anything that gives bytes.

use std::fmt;
use std::io::{self, BufRead, Read};
use std::mem::MaybeUninit;

use flate2::bufread::MultiGzDecoder;
use httparse::{Header, ParserConfig, Status};

use super::headers::AnswerHeaders;
use crate::error::ResponsePart;

const MOST_HEAD_BYTES: usize = 64 * 1024;

const MOST_HEADERS: usize = 128;

/// The size of a chunk in hexadecimal, and extensions that nobody needs.
const MOST_CHUNK_LINE_BYTES: usize = 1024;

/// How much memory is taken for a body before it is there.
const MOST_EXPECTED: u64 = 1024 * 1024;

/// A limit of an answer, passed: what [`io::Error::get_ref`] holds then.
#[derive(Debug)]
pub(super) struct TooLarge {
    pub(super) part: ResponsePart,
    pub(super) limit: u64,
}

impl std::error::Error for TooLarge {}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "more than {}", self.limit)
    }
}

fn too_large(part: ResponsePart, limit: u64) -> io::Error {
    io::Error::other(TooLarge { part, limit })
}

fn invalid(what: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Status and headers, and how the body is framed.
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) headers: AnswerHeaders,
    framing: Framing,
    is_gzip: bool,
    /// Whether the connection may carry another exchange once the body is read.
    keeps_alive: bool,
}

impl Head {
    /// Reads the head of the final answer, past informational ones.
    pub(crate) fn read(source: &mut impl BufRead) -> io::Result<Self> {
        loop {
            let head = Self::read_any(source)?;
            match head.status {
                101 => return Err(invalid("the server switched to another protocol")),
                100..=199 => {}
                _ => return Ok(head),
            }
        }
    }

    fn read_any(source: &mut impl BufRead) -> io::Result<Self> {
        // What came in pieces; a head that comes in one is not copied.
        let mut before = Vec::new();
        loop {
            let piece = source.fill_buf()?;
            let size = piece.len();
            if size == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            // A head ends with a line, so a drip without one is not read again and again.
            let may_end = piece.contains(&b'\n');
            let bytes = if before.is_empty() {
                piece
            } else {
                before.extend_from_slice(piece);
                &before
            };
            let limit = &bytes[..bytes.len().min(MOST_HEAD_BYTES)];
            let parsed = if may_end { Self::parse(limit)? } else { None };
            if let Some((head, length)) = parsed {
                let earlier = bytes.len() - size;
                source.consume(length - earlier);
                return Ok(head);
            }
            if limit.len() == MOST_HEAD_BYTES {
                return Err(too_large(ResponsePart::Head, MOST_HEAD_BYTES as u64));
            }
            if before.is_empty() {
                before.extend_from_slice(piece);
            }
            source.consume(size);
        }
    }

    /// The head at the beginning of `bytes`, and how long it is; nothing where it goes on.
    fn parse(bytes: &[u8]) -> io::Result<Option<(Self, usize)>> {
        let mut slots = [const { MaybeUninit::uninit() }; MOST_HEADERS];
        let mut answer = httparse::Response::new(&mut []);
        let parsed = ParserConfig::default().parse_response_with_uninit_headers(
            &mut answer,
            bytes,
            &mut slots,
        );
        let length = match parsed {
            Ok(Status::Complete(length)) => length,
            Ok(Status::Partial) => return Ok(None),
            Err(httparse::Error::TooManyHeaders) => {
                return Err(too_large(ResponsePart::HeaderCount, MOST_HEADERS as u64));
            }
            Err(error) => return Err(invalid(error)),
        };
        let status = answer.code.unwrap_or_default();
        let controls = Controls::of(answer.headers)?;
        let framing = match status {
            204 | 304 => Framing::Length(0),
            _ => controls.framing(),
        };
        // Where two framings are named, who is on the way may have understood the other.
        let is_clear = !(controls.is_chunked && controls.length.is_some());
        let persists = match answer.version {
            Some(1) => !controls.close,
            _ => controls.keep_alive,
        };
        let head = Self {
            status,
            headers: answer
                .headers
                .iter()
                .map(|header| (header.name, header.value))
                .collect(),
            keeps_alive: persists && is_clear && !matches!(framing, Framing::UntilEnd),
            framing,
            is_gzip: controls.is_gzip,
        };
        Ok(Some((head, length)))
    }

    /// Reads the body into `bytes`, of which `most` may come out of it, and says whether the
    /// connection is good for another exchange. What came before an error stays in `bytes`.
    pub(crate) fn read_body(
        &self,
        source: &mut impl BufRead,
        most: u64,
        bytes: &mut Vec<u8>,
    ) -> io::Result<bool> {
        if let Framing::Length(length) = self.framing {
            // A claim: not more than a page of it is believed.
            bytes.reserve_exact(length.min(most).min(MOST_EXPECTED) as usize);
        }
        let mut body = Body {
            source,
            framing: self.framing,
        };
        let cap = most.saturating_add(1);
        let read = if self.is_gzip && !body.is_over() {
            MultiGzDecoder::new(&mut body).take(cap).read_to_end(bytes)
        } else {
            (&mut body).take(cap).read_to_end(bytes)
        };
        if bytes.len() as u64 > most {
            return Err(too_large(ResponsePart::Body, most));
        }
        read?;
        Ok(self.keeps_alive && body.is_over())
    }
}

/// What the headers say about the connection and the body.
#[derive(Default)]
struct Controls {
    length: Option<u64>,
    is_chunked: bool,
    is_gzip: bool,
    close: bool,
    keep_alive: bool,
}

impl Controls {
    fn of(headers: &[Header<'_>]) -> io::Result<Self> {
        let mut said = Self::default();
        for Header { name, value } in headers {
            let value = value.trim_ascii();
            let is = |other: &str| name.eq_ignore_ascii_case(other);
            if is("content-length") {
                let length = length(value)
                    .ok_or_else(|| invalid("the length of the answer is no number"))?;
                if said.length.is_some_and(|before| before != length) {
                    return Err(invalid("the answer has two lengths"));
                }
                said.length = Some(length);
            } else if is("transfer-encoding") {
                if said.is_chunked || !value.eq_ignore_ascii_case(b"chunked") {
                    return Err(invalid(
                        "the answer has a transfer encoding beside `chunked`",
                    ));
                }
                said.is_chunked = true;
            } else if is("content-encoding") {
                said.is_gzip =
                    value.eq_ignore_ascii_case(b"gzip") || value.eq_ignore_ascii_case(b"x-gzip");
            } else if is("connection") {
                for option in value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
                    said.close |= option.eq_ignore_ascii_case(b"close");
                    said.keep_alive |= option.eq_ignore_ascii_case(b"keep-alive");
                }
            }
        }
        Ok(said)
    }

    fn framing(&self) -> Framing {
        match self.length {
            _ if self.is_chunked => Framing::ChunkSize,
            Some(length) => Framing::Length(length),
            None => Framing::UntilEnd,
        }
    }
}

/// Digits alone: `parse` would take a sign.
fn length(value: &[u8]) -> Option<u64> {
    let digits = value.iter().all(u8::is_ascii_digit).then_some(value)?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// What comes next of a body.
#[derive(Clone, Copy)]
enum Framing {
    /// So many bytes, and then it is over.
    Length(u64),
    /// The line with the size of a chunk.
    ChunkSize,
    /// So many bytes, and then the end of a chunk.
    Chunk(u64),
    /// Whatever comes before the connection ends.
    UntilEnd,
}

/// A body without its framing.
struct Body<'a, S> {
    source: &'a mut S,
    framing: Framing,
}

impl<S: BufRead> Body<'_, S> {
    fn is_over(&self) -> bool {
        matches!(self.framing, Framing::Length(0))
    }

    /// The size of the chunk that begins; behind the last one, the trailers are left out.
    fn begin_chunk(&mut self) -> io::Result<Framing> {
        let mut line = Vec::new();
        self.read_line(&mut line, MOST_CHUNK_LINE_BYTES)?;
        let Ok(Status::Complete((_, size))) = httparse::parse_chunk_size(&line) else {
            return Err(invalid("a chunk of the answer has no size"));
        };
        if size > 0 {
            return Ok(Framing::Chunk(size));
        }
        let mut left = MOST_HEAD_BYTES;
        loop {
            line.clear();
            self.read_line(&mut line, left)?;
            if is_empty(&line) {
                return Ok(Framing::Length(0));
            }
            left -= line.len();
        }
    }

    fn end_chunk(&mut self) -> io::Result<Framing> {
        let mut line = Vec::new();
        self.read_line(&mut line, MOST_CHUNK_LINE_BYTES)?;
        match is_empty(&line) {
            true => Ok(Framing::ChunkSize),
            false => Err(invalid("a chunk of the answer is longer than its size")),
        }
    }

    fn read_line(&mut self, line: &mut Vec<u8>, most: usize) -> io::Result<()> {
        let mut source = self.source.take(most as u64);
        source.read_until(b'\n', line)?;
        match line.last() {
            Some(b'\n') => Ok(()),
            _ if source.limit() > 0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Err(invalid(
                "the framing of the answer has a line without an end",
            )),
        }
    }
}

fn is_empty(line: &[u8]) -> bool {
    matches!(line, b"\r\n" | b"\n")
}

impl<S: BufRead> BufRead for Body<'_, S> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = loop {
            self.framing = match self.framing {
                Framing::Length(0) => return Ok(&[]),
                Framing::ChunkSize => self.begin_chunk()?,
                Framing::Chunk(0) => self.end_chunk()?,
                Framing::Length(left) | Framing::Chunk(left) => break Some(left),
                Framing::UntilEnd => break None,
            }
        };
        let bytes = self.source.fill_buf()?;
        match left {
            Some(_) if bytes.is_empty() => Err(io::ErrorKind::UnexpectedEof.into()),
            Some(left) if left < bytes.len() as u64 => Ok(&bytes[..left as usize]),
            _ => Ok(bytes),
        }
    }

    fn consume(&mut self, amount: usize) {
        self.source.consume(amount);
        if let Framing::Length(left) | Framing::Chunk(left) = &mut self.framing {
            *left -= amount as u64;
        }
    }
}

impl<S: BufRead> Read for Body<'_, S> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.fill_buf()?;
        let read = bytes.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Write};

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    const CAP: u64 = 1024;

    /// Status, body, and whether another exchange may follow; read in pieces of `piece` bytes.
    fn read(bytes: &[u8], piece: usize) -> io::Result<(u16, String, bool)> {
        let mut source = BufReader::with_capacity(piece, bytes);
        let head = Head::read(&mut source)?;
        let mut body = Vec::new();
        let goes_on = head.read_body(&mut source, CAP, &mut body)?;
        Ok((head.status, String::from_utf8(body).unwrap(), goes_on))
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn every_framing_in_pieces_of_every_size() {
        let cases: [(&str, u16, &str, bool); 17] = [
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
                200,
                "{}",
                true,
            ),
            (
                "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}",
                200,
                "{}",
                true,
            ),
            ("HTTP/1.1 200 OK\ncontent-length: 2\n\n{}", 200, "{}", true),
            (
                "\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
                200,
                "{}",
                true,
            ),
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
                200,
                "",
                true,
            ),
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\n{}",
                200,
                "{}",
                true,
            ),
            ("HTTP/1.1 204 No Content\r\n\r\n", 204, "", true),
            (
                "HTTP/1.1 204 No Content\r\ncontent-encoding: gzip\r\n\r\n",
                204,
                "",
                true,
            ),
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 No\r\ncontent-length: 1\r\n\r\nx",
                404,
                "x",
                true,
            ),
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
                200,
                "{}",
                false,
            ),
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: x, Close\r\n\r\n{}",
                200,
                "{}",
                false,
            ),
            (
                "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}",
                200,
                "{}",
                false,
            ),
            (
                "HTTP/1.0 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\n{}",
                200,
                "{}",
                true,
            ),
            (
                "HTTP/1.1 200 OK\r\n\r\nto the end",
                200,
                "to the end",
                false,
            ),
            (
                "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\n\r\n",
                200,
                "{}",
                true,
            ),
            (
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nx-a: b\r\n\r\n",
                200,
                "0123456789",
                true,
            ),
            // Who is on the way may have believed the length.
            (
                "HTTP/1.1 200 OK\r\ncontent-length: 9\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                200,
                "{}",
                false,
            ),
        ];
        for (bytes, status, body, goes_on) in cases {
            for piece in 1..=bytes.len() {
                let answer = read(bytes.as_bytes(), piece).unwrap();
                assert_eq!(
                    answer,
                    (status, body.to_owned(), goes_on),
                    "{bytes:?} by {piece}"
                );
            }
        }
    }

    #[test]
    fn a_packed_body_is_unpacked_whatever_frames_it() {
        let packed = gzip(r#"{"ok":true}"#);
        let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n";
        let length = format!("{head}content-length: {}\r\n\r\n", packed.len());
        let until_end = format!("{head}\r\n");
        let chunked = format!(
            "{head}transfer-encoding: chunked\r\n\r\n{:x}\r\n",
            packed.len()
        );
        for (head, tail, goes_on) in [
            (length, "", true),
            (until_end, "", false),
            (chunked, "\r\n0\r\n\r\n", true),
        ] {
            let bytes = [head.as_bytes(), &packed, tail.as_bytes()].concat();
            for piece in [1, 2, 7, bytes.len()] {
                let answer = read(&bytes, piece).unwrap();
                assert_eq!(
                    answer,
                    (200, r#"{"ok":true}"#.to_owned(), goes_on),
                    "{head}"
                );
            }
        }
    }

    #[test]
    fn what_cannot_be_an_answer_says_why() {
        let body = |framing: &str| format!("HTTP/1.1 200 OK\r\n{framing}");
        for (bytes, reason) in [
            (String::new(), "end of file"),
            ("HTTP/1.1 200 OK\r\ncontent-le".to_owned(), "end of file"),
            (
                "SSH-2.0-OpenSSH_9.2\r\n\r\n".to_owned(),
                "invalid HTTP version",
            ),
            (
                "HTTP/1.1 101 Switching\r\n\r\n".to_owned(),
                "another protocol",
            ),
            (body("content-length: +2\r\n\r\n{}"), "no number"),
            (body("content-length: \r\n\r\n{}"), "no number"),
            (
                body("content-length: 18446744073709551616\r\n\r\n"),
                "no number",
            ),
            (
                body("content-length: 1\r\ncontent-length: 2\r\n\r\n{}"),
                "two lengths",
            ),
            (body("content-length: 3\r\n\r\n{}"), "end of file"),
            (
                body("transfer-encoding: gzip, chunked\r\n\r\n"),
                "transfer encoding",
            ),
            (body("transfer-encoding: chunked\r\n\r\nx\r\n"), "no size"),
            (
                body("transfer-encoding: chunked\r\n\r\n1\r\n{}\r\n"),
                "longer than its size",
            ),
            (
                body("transfer-encoding: chunked\r\n\r\n1\r\n{\r\n"),
                "end of file",
            ),
            (
                body("transfer-encoding: chunked\r\n\r\n0\r\nx-a: b\r\n"),
                "end of file",
            ),
            (
                body(&format!(
                    "transfer-encoding: chunked\r\n\r\n1;{}",
                    "a".repeat(2048)
                )),
                "without an end",
            ),
            (
                body(&format!("content-length: 1025\r\n\r\n{}", "a".repeat(1025))),
                "more than 1024",
            ),
            (
                body(&format!("x-a: {}\r\n\r\n", "a".repeat(65_536))),
                "more than 65536",
            ),
            (
                body(&format!("{}\r\n", "x-a: b\r\n".repeat(129))),
                "more than 128",
            ),
        ] {
            for piece in [1, bytes.len().max(1)] {
                let error = read(bytes.as_bytes(), piece).unwrap_err();
                assert!(error.to_string().contains(reason), "{bytes:?}: {error}");
            }
        }
    }
}
