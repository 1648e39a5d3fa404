//! Remains of a key in this process's memory once its client is gone.
#![cfg(all(target_os = "linux", target_env = "gnu"))]

#[path = "support/child.rs"]
mod child;

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use openint::{Openint, Secret};

/// A key with every byte changed: the key itself must be nowhere but where the client keeps it.
struct Masked(Vec<u8>);

/// End of the key, which is looked for: the allocator writes over the beginning of what it got
/// back.
const TAIL: usize = 32;

impl Masked {
    fn new(name: &str) -> Self {
        let mut state = 1_u32;
        let digits = (0..4 * TAIL).map(|_| {
            state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            b'0' + (state >> 16) as u8 % 10
        });
        let text = "key_wiped_".bytes().chain(name.bytes()).chain(digits);
        Self(text.map(|byte| !byte).collect())
    }

    fn tail(&self) -> &[u8] {
        &self.0[self.0.len() - TAIL..]
    }

    fn key(&self) -> String {
        let mut key = String::with_capacity(self.0.len());
        key.extend(self.0.iter().map(|byte| char::from(!byte)));
        key
    }

    /// Returns the number of times that the key is in writable memory.
    fn count(&self) -> usize {
        let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
        let mut memory = File::open("/proc/self/mem").unwrap();
        let mut buffer = vec![0; 1 << 20];
        // What was read is not to be found again in the buffer that it was read into.
        let ours = buffer.as_ptr() as u64..buffer.as_ptr() as u64 + buffer.len() as u64;
        let mut count = 0;
        for line in maps.lines().filter(|line| line.contains(" rw")) {
            let (from, to) = line.split_once(' ').unwrap().0.split_once('-').unwrap();
            let [mut at, end] = [from, to].map(|text| u64::from_str_radix(text, 16).unwrap());
            while at < end {
                if ours.contains(&at) {
                    at = ours.end;
                    continue;
                }
                let before = if at < ours.start {
                    ours.start.min(end)
                } else {
                    end
                };
                let length = buffer.len().min((before - at) as usize);
                let piece = &mut buffer[..length];
                memory.seek(SeekFrom::Start(at)).unwrap();
                if memory.read_exact(piece).is_ok() {
                    count += self.count_in(piece);
                }
                // The next piece begins with the end of this one, where the key may be cut.
                let overlap = if at + length as u64 == before {
                    0
                } else {
                    TAIL - 1
                };
                at += (length - overlap) as u64;
            }
        }
        buffer.fill(0);
        count
    }

    fn count_in(&self, bytes: &[u8]) -> usize {
        bytes
            .windows(TAIL)
            .filter(|window| {
                let mut pairs = window.iter().zip(self.tail());
                pairs.all(|(byte, masked)| *byte == !masked)
            })
            .count()
    }
}

fn alone(test: &str, act: impl FnOnce(&str)) {
    child::run(test, "", &[], act);
}

#[test]
fn a_text_that_is_no_secret_is_found_even_when_it_is_gone() {
    alone(
        "a_text_that_is_no_secret_is_found_even_when_it_is_gone",
        |_| {
            let masked = Masked::new("control");
            let text = masked.key();
            assert_eq!(masked.count(), 1);
            drop(text);
            assert_eq!(masked.count(), 1);
        },
    );
}

#[test]
fn a_secret_is_wiped_when_it_is_dropped() {
    alone("a_secret_is_wiped_when_it_is_dropped", |_| {
        let masked = Masked::new("secret");
        let secret = Secret::from(masked.key());
        assert_eq!(masked.count(), 1);
        drop(secret);
        assert_eq!(masked.count(), 0);
    });
}

#[test]
fn a_client_s_key_is_wiped_with_its_last_clone() {
    alone("a_client_s_key_is_wiped_with_its_last_clone", |_| {
        let masked = Masked::new("client");
        let client = Openint::builder()
            .api_key(masked.key())
            .base_url("https://openint.invalid/v1")
            .build()
            .unwrap();
        let clone = client.clone();
        assert_eq!(masked.count(), 1, "the key is held once");
        drop(client);
        assert_eq!(masked.count(), 1);
        drop(clone);
        assert_eq!(masked.count(), 0);
    });
}
