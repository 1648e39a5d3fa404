//! Buffers whose output can wait for more of it.

use ureq::unversioned::transport::{Buffers, LazyBuffers};
use zeroize::Zeroize;

/// Below this much room, output is sent rather than held.
const LEAST_ROOM: usize = 16 * 1024;

/// ureq hands a request's head and its body over one after the other. Two packets wake the server
/// twice, so what was handed over stays at the beginning of the output until an answer is awaited.
#[derive(Debug)]
pub(crate) struct HeldBuffers {
    all: LazyBuffers,
    held: usize,
}

impl HeldBuffers {
    pub(crate) fn new(input: usize, output: usize) -> Self {
        Self {
            all: LazyBuffers::new(input, output),
            held: 0,
        }
    }

    /// Keeps `amount` bytes of the output, and says whether there is room for more.
    pub(crate) fn hold(&mut self, amount: usize) -> bool {
        self.held += amount;
        self.output().len() >= LEAST_ROOM
    }

    /// What is to be sent now.
    pub(crate) fn take(&mut self) -> &[u8] {
        match std::mem::take(&mut self.held) {
            0 => &[], // and nothing is allocated
            held => &self.all.output()[..held],
        }
    }
}

impl Buffers for HeldBuffers {
    fn output(&mut self) -> &mut [u8] {
        &mut self.all.output()[self.held..]
    }

    fn input(&self) -> &[u8] {
        self.all.input()
    }

    fn input_append_buf(&mut self) -> &mut [u8] {
        self.all.input_append_buf()
    }

    fn input_appended(&mut self, amount: usize) {
        self.all.input_appended(amount);
    }

    fn input_consume(&mut self, amount: usize) {
        self.all.input_consume(amount);
    }

    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        let (tmp, output) = self.all.tmp_and_output();
        (tmp, &mut output[self.held..])
    }

    fn can_use_input(&self) -> bool {
        self.all.can_use_input()
    }
}

impl Drop for HeldBuffers {
    /// Who wipes the output sees only what is not held.
    fn drop(&mut self) {
        if self.held > 0 {
            self.all.output()[..self.held].zeroize();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_comes_out_in_one_piece() {
        let mut buffers = HeldBuffers::new(1_024, 64 * 1_024);
        assert!(buffers.take().is_empty());
        buffers.output()[..4].copy_from_slice(b"head");
        assert!(buffers.hold(4));
        let (_, output) = buffers.tmp_and_output();
        output[..4].copy_from_slice(b"body");
        assert!(buffers.hold(4));
        assert_eq!(buffers.take(), b"headbody");
        assert!(buffers.take().is_empty());
        assert!(!buffers.hold(50 * 1_024), "little room is left");
        assert_eq!(buffers.take().len(), 50 * 1_024);
    }
}
