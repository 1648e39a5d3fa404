//! Unpacks what ureq leaves packed: it reads `gzip`, and not `gzip, identity` or `x-gzip`.

use std::fmt;
use std::io::{Chain, Cursor, Read};
use std::sync::{Mutex, PoisonError};

use ureq::Agent;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, Transport,
};

use super::buffers;
use super::connect::NoResolver;

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n";

/// Reads `packed` as ureq reads an answer: its decoder is behind an exchange.
pub(super) fn gunzip(packed: Vec<u8>, limit: u64) -> Result<Vec<u8>, ureq::Error> {
    let config = Agent::config_builder().proxy(None).build();
    let answer = Answer {
        bytes: HEAD.chain(Cursor::new(packed)),
        buffers: LazyBuffers::new(buffers::MAX_BYTES, buffers::MAX_BYTES),
    };
    let agent = Agent::with_parts(config, Once(Mutex::new(Some(answer))), NoResolver);
    let response = agent.get("http://packed/").call()?;
    let body = response.into_body().into_with_config();
    body.limit(limit).read_to_vec()
}

#[derive(Debug)]
struct Once(Mutex<Option<Answer>>);

impl Connector for Once {
    type Out = Answer;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        _: Option<()>,
    ) -> Result<Option<Answer>, ureq::Error> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).take())
    }
}

struct Answer {
    bytes: Chain<&'static [u8], Cursor<Vec<u8>>>,
    buffers: LazyBuffers,
}

impl Transport for Answer {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, _: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        Ok(())
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        let read = self.bytes.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(read);
        Ok(read > 0)
    }

    fn is_open(&mut self) -> bool {
        false
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer")
    }
}
