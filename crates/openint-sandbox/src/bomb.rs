//! A gzip body that unpacks to far more than it is.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress};
use hyper::body::{Body, Frame};

const BLOCK: usize = 1 << 20;

/// `{"padding":"aaa…"}`. A block that refers to nothing before it is packed once and repeated, so
/// that neither its size nor the time to make it depends on the size it unpacks to.
#[derive(Debug)]
pub(crate) struct Bomb {
    pieces: VecDeque<(Bytes, u64)>,
}

impl Bomb {
    pub(crate) fn new(bytes: u64) -> Bomb {
        let (open, close) = (&b"{\"padding\":\""[..], &b"\"}"[..]);
        let padding = bytes.saturating_sub((open.len() + close.len()) as u64);
        let (blocks, rest) = (padding / BLOCK as u64, padding % BLOCK as u64);
        let first = [open, &vec![b'a'; rest as usize]].concat();
        let block = vec![b'a'; BLOCK];

        let crc = |bytes: &[u8]| {
            let mut crc = Crc::new();
            crc.update(bytes);
            crc
        };
        let mut sum = crc(&first);
        let block_sum = crc(&block);
        for _ in 0..blocks {
            sum.combine(&block_sum);
        }
        sum.combine(&crc(close));

        let head = [
            &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255][..],
            &pack(&first, false),
        ]
        .concat();
        let size = (first.len() as u64 + blocks * BLOCK as u64 + close.len() as u64) as u32;
        let tail = [
            &pack(close, true)[..],
            &sum.sum().to_le_bytes(),
            &size.to_le_bytes(),
        ]
        .concat();
        let pieces = [(head, 1), (pack(&block, false), blocks), (tail, 1)];
        Bomb {
            pieces: pieces
                .into_iter()
                .map(|(bytes, times)| (bytes.into(), times))
                .collect(),
        }
    }
}

/// Deflates, ending on a whole byte: `last` ends the stream too.
fn pack(bytes: &[u8], last: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 64 + 1024);
    let flush = if last {
        FlushCompress::Finish
    } else {
        FlushCompress::Full
    };
    let mut compress = Compress::new(Compression::default(), false);
    // Deflating into memory with room to spare fails for no input.
    let _ = compress.compress_vec(bytes, &mut out, flush);
    out
}

impl Body for Bomb {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        while let Some((bytes, times)) = self.pieces.front_mut() {
            if *times > 0 {
                *times -= 1;
                return Poll::Ready(Some(Ok(Frame::data(bytes.clone()))));
            }
            self.pieces.pop_front();
        }
        Poll::Ready(None)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn it_unpacks_to_json_of_the_size_asked_for() {
        for bytes in [14, 1_000, (3 << 20) + 7] {
            let mut wire = Vec::new();
            for (piece, times) in Bomb::new(bytes).pieces {
                (0..times).for_each(|_| wire.extend_from_slice(&piece));
            }
            assert!(wire.len() < 8_192, "{} bytes on the wire", wire.len());
            let mut text = String::new();
            flate2::read::GzDecoder::new(&wire[..])
                .read_to_string(&mut text)
                .unwrap();
            assert_eq!(text.len() as u64, bytes);
            assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
        }
    }
}
