//! What every connection is wrapped in, whatever it consists of below.

use std::io;

use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};
use zeroize::Zeroize;

/// A connection that never passes a break off as an end, and leaves no secrets in its buffers.
#[derive(Debug)]
pub(crate) struct Wire<T: Transport>(pub(crate) T);

impl<T: Transport> Transport for Wire<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.0.transmit_output(amount, timeout)
    }

    /// ureq takes a reset, and an end of TCP inside TLS, for the end of a body without a length.
    /// Anyone on the way can make either, so both stay errors here.
    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        use io::ErrorKind::{ConnectionAborted, ConnectionReset, UnexpectedEof};

        self.0.await_input(timeout).map_err(|error| match error {
            ureq::Error::Io(error)
                if matches!(
                    error.kind(),
                    UnexpectedEof | ConnectionAborted | ConnectionReset
                ) =>
            {
                io::Error::other(error).into()
            }
            error => error,
        })
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

impl<T: Transport> Drop for Wire<T> {
    /// The key was in the output, and whatever the server knows in the input.
    fn drop(&mut self) {
        let buffers = self.0.buffers();
        buffers.output().zeroize();
        buffers.input_consume(buffers.input().len());
        buffers.input_append_buf().zeroize();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use ureq::unversioned::transport::LazyBuffers;

    use super::*;

    /// Tells what is in its buffers when it goes.
    #[derive(Debug)]
    struct Held {
        buffers: LazyBuffers,
        left: Arc<Mutex<Option<Vec<u8>>>>,
    }

    impl Transport for Held {
        fn buffers(&mut self) -> &mut dyn Buffers {
            &mut self.buffers
        }

        fn transmit_output(&mut self, _: usize, _: NextTimeout) -> Result<(), ureq::Error> {
            Ok(())
        }

        fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
            Ok(true)
        }

        fn is_open(&mut self) -> bool {
            true
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            let mut left = self.buffers.output().to_vec();
            left.extend_from_slice(self.buffers.input());
            left.extend_from_slice(self.buffers.input_append_buf());
            *self.left.lock().unwrap() = Some(left);
        }
    }

    #[test]
    fn buffers_are_wiped_when_a_connection_closes() {
        let left = Arc::new(Mutex::new(None));
        let mut wire = Wire(Held {
            buffers: LazyBuffers::new(64, 64),
            left: Arc::clone(&left),
        });
        let buffers = wire.buffers();
        buffers.output()[..6].copy_from_slice(b"canary");
        buffers.input_append_buf()[..12].copy_from_slice(b"canarycanary");
        buffers.input_appended(12);
        buffers.input_consume(6);
        drop(wire);
        let left = left.lock().unwrap().take().unwrap();
        assert!(
            left.len() >= 128 && left.iter().all(|byte| *byte == 0),
            "{left:?}"
        );
    }
}
