//! The bytes of a connection on their way in and out.

use ureq::unversioned::transport::Buffers;

/// Size of what is read and written at a time, at first.
const FIRST_BYTES: usize = 16 * 1024;

/// The most that is read or written at a time: more than the largest head.
pub(super) const MAX_BYTES: usize = 72 * 1024;

/// Room for what ureq adds to a head: its first line, the host, the user agent.
const UREQ_BYTES: usize = 4 * 1024;

/// Least size of the buffer that ureq reads the body of a request into.
const MIN_SCRATCH_BYTES: usize = 10 * 1024;

/// Buffers that grow with what goes through them. Those of ureq have their full size at once, which
/// takes 144 KiB of each of an import's connections.
#[derive(Default)]
pub(super) struct GrowingBuffers {
    input: Vec<u8>,
    /// Bytes that were read and not consumed yet: `input[start..end]`.
    start: usize,
    end: usize,
    output: Vec<u8>,
    has_progress: bool,
}

impl GrowingBuffers {
    /// Makes room for the head of a request, which goes out in one piece.
    pub(super) fn fit_head(&mut self, bytes: usize) {
        let size = if bytes < FIRST_BYTES - UREQ_BYTES {
            FIRST_BYTES
        } else {
            MAX_BYTES
        };
        if self.output.len() < size {
            self.output.resize(size, 0);
        }
    }

    /// Moves what is not consumed to the beginning.
    fn compact(&mut self) {
        if self.start > 0 {
            self.input.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
    }
}

impl Buffers for GrowingBuffers {
    fn output(&mut self) -> &mut [u8] {
        &mut self.output
    }

    fn input(&self) -> &[u8] {
        &self.input[self.start..self.end]
    }

    fn input_append_buf(&mut self) -> &mut [u8] {
        // Who filled it once has more to say.
        let is_full = self.end == self.input.len();
        if is_full && self.input.len() < MAX_BYTES {
            let size = (2 * self.input.len()).clamp(FIRST_BYTES, MAX_BYTES);
            self.input.resize(size, 0);
        }
        self.compact();
        &mut self.input[self.end..]
    }

    fn input_appended(&mut self, amount: usize) {
        self.end += amount;
    }

    fn input_consume(&mut self, amount: usize) {
        self.has_progress = amount > 0;
        self.start += amount;
    }

    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        self.compact();
        // An early answer may fill the rest.
        if self.input.len() - self.end < MIN_SCRATCH_BYTES {
            self.input.resize(self.end + MIN_SCRATCH_BYTES, 0);
        }
        (&mut self.input[self.end..], &mut self.output)
    }

    fn can_use_input(&self) -> bool {
        self.has_progress && self.start < self.end
    }
}
