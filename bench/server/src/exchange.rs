//! HTTP/1.1 as far as it takes to answer: the request's path, and where its body ends.

use std::io::{self, Read, Write};
use std::thread;

use crate::answers::{self, Answer};
use crate::limit;

/// Answers the requests of one connection. A request is answered as the one before it was when it
/// has the same first line, without work.
pub(crate) fn serve(mut stream: impl Read + Write) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    let mut filled = 0;
    let mut last: Option<(Vec<u8>, Answer)> = None;
    loop {
        let Some(head) = head_end(&buffer[..filled]) else {
            match more(&mut stream, &mut buffer, &mut filled)? {
                0 => return Ok(()),
                _ => continue,
            }
        };
        let request = &buffer[..head];
        let end = head + content_length(request);
        let line = request.split(|byte| *byte == b'\r').next().unwrap_or(b"");
        if last.as_ref().is_none_or(|(known, _)| known != line) {
            last = Some((line.to_owned(), answers::to(line)));
        }
        while filled < end {
            if more(&mut stream, &mut buffer, &mut filled)? == 0 {
                return Ok(());
            }
        }
        buffer.copy_within(end..filled, 0);
        filled -= end;
        if let Some((_, answer)) = &last {
            thread::sleep(answer.delay);
            match answer.limit.is_none_or(limit::take) {
                true => stream.write_all(&answer.bytes)?,
                false => stream.write_all(answers::BEYOND.as_bytes())?,
            }
            stream.flush()?;
            if answer.closes {
                return Ok(());
            }
        }
    }
}

fn more(stream: &mut impl Read, buffer: &mut Vec<u8>, filled: &mut usize) -> io::Result<usize> {
    if *filled == buffer.len() {
        buffer.resize(buffer.len() * 2, 0);
    }
    let read = stream.read(&mut buffer[*filled..])?;
    *filled += read;
    Ok(read)
}

fn head_end(bytes: &[u8]) -> Option<usize> {
    let at = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some(at + 4)
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let value = head
        .split("\r\n")
        .find_map(|line| line.strip_prefix("content-length:"));
    value.map_or(0, |value| value.trim().parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that come in, and those that went out.
    struct Wire {
        input: io::Cursor<Vec<u8>>,
        output: Vec<u8>,
    }

    impl Read for &mut Wire {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            // In small pieces, as a network may.
            let most = buffer.len().min(7);
            self.input.read(&mut buffer[..most])
        }
    }

    impl Write for &mut Wire {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.output.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn requests_on_one_connection_are_answered_in_turn() {
        let post = "POST /v1/connection HTTP/1.1\r\nContent-Length: 5\r\n\r\n{\"\":1";
        let list = "GET /rows-1/v1/connection?limit=9 HTTP/1.1\r\nhost: a\r\n\r\n";
        let mut wire = Wire {
            input: io::Cursor::new([post, post, list].concat().into_bytes()),
            output: Vec::new(),
        };
        serve(&mut wire).unwrap();
        let answers = String::from_utf8(wire.output).unwrap();
        assert_eq!(answers.matches("HTTP/1.1 200 OK\r\n").count(), 3);
        assert_eq!(answers.matches("\"connector_name\":\"acme-oauth2\"").count(), 3);
    }
}
