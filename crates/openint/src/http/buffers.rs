//! The bytes of a connection on their way in and out.

use ureq::unversioned::transport::Buffers;

/// Buffers whose memory is the system's until bytes stand in it. Those of ureq are written full of
/// zeros, which takes 144 KiB of each of an import's connections.
pub(super) struct LazyBuffers {
    size: usize,
    input: Vec<u8>,
    /// Bytes that were read and not consumed yet: `input[start..end]`.
    start: usize,
    end: usize,
    output: Vec<u8>,
    has_progress: bool,
}

/// Least size of the buffer that ureq reads the body of a request into.
const MIN_SCRATCH_BYTES: usize = 10 * 1024;

impl LazyBuffers {
    /// Makes buffers of `size` bytes each way, which are allocated when they are needed.
    pub(super) fn new(size: usize) -> Self {
        Self {
            size,
            input: Vec::new(),
            start: 0,
            end: 0,
            output: Vec::new(),
            has_progress: false,
        }
    }

    fn allocate(&mut self) {
        if self.output.is_empty() {
            self.output = vec![0; self.size];
            self.input = vec![0; self.size];
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

impl Buffers for LazyBuffers {
    fn output(&mut self) -> &mut [u8] {
        self.allocate();
        &mut self.output
    }

    fn input(&self) -> &[u8] {
        &self.input[self.start..self.end]
    }

    fn input_append_buf(&mut self) -> &mut [u8] {
        self.allocate();
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
        self.allocate();
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
