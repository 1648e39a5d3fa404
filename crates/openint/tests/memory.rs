//! What is left of a key in this process's memory once its client is gone.
#![cfg(target_os = "linux")]

#[path = "support/child.rs"]
mod child;
#[path = "support/raw.rs"]
mod raw;
#[path = "support/tls.rs"]
mod tls;

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

use openint::{Openint, Secret};

use tls::{Authority, Bundle};

/// The key with every byte changed: the key itself must be nowhere but where the client keeps it.
struct Masked(Vec<u8>);

impl Masked {
    fn new(name: &str) -> Self {
        let text = "key_wiped_".bytes().chain(name.bytes()).chain(1..=9);
        let digit = |byte: u8| if byte < 10 { b'0' + byte } else { byte };
        Self(text.map(|byte| !digit(byte)).collect())
    }

    fn key(&self) -> String {
        let mut key = String::with_capacity(self.0.len());
        key.extend(self.0.iter().map(|byte| char::from(!byte)));
        key
    }

    /// How often the key is in writable memory.
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
                    self.0.len() - 1
                };
                at += (length - overlap) as u64;
            }
        }
        buffer.fill(0);
        count
    }

    fn count_in(&self, bytes: &[u8]) -> usize {
        bytes
            .windows(self.0.len())
            .filter(|window| {
                window
                    .iter()
                    .zip(&self.0)
                    .all(|(byte, masked)| *byte == !masked)
            })
            .count()
    }
}

fn alone(test: &str, act: impl FnOnce(&str)) {
    child::run(test, "", &[], act);
}

#[test]
fn a_text_that_is_no_secret_is_found() {
    alone("a_text_that_is_no_secret_is_found", |_| {
        let masked = Masked::new("control");
        let key = masked.key();
        assert_eq!(masked.count(), 1);
        // Kept from being reused, and so from being overwritten by accident.
        let leaked = key.leak();
        assert_eq!(masked.count(), 1);
        assert!(!leaked.is_empty());
    });
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

/// Makes a call in a process without the server, which reads the key as well.
fn a_call_leaves_nothing(test: &str, base_url: &str, bundle: &Bundle) {
    let argument = format!("{base_url} {}", bundle.0.display());
    child::run(test, &argument, &[], |argument| {
        let (base_url, bundle) = argument.split_once(' ').unwrap();
        let masked = Masked::new("buffers");
        let client = Openint::builder()
            .api_key(masked.key())
            .base_url(base_url)
            .ca_bundle(bundle)
            .build()
            .unwrap();
        client.health().unwrap();
        drop(client);
        assert_eq!(masked.count(), 0);
    });
}

#[test]
fn a_call_leaves_no_copy_of_the_key() {
    let base_url = raw::serve(|stream| {
        let _ = stream.write_all(tls::ANSWER.as_bytes());
    });
    let bundle = Bundle::new("memory", &Authority::new().pem);
    let test = "a_call_leaves_no_copy_of_the_key";
    a_call_leaves_nothing(test, &base_url, &bundle);
}

#[test]
fn nor_does_one_over_tls() {
    let authority = Authority::new();
    let bundle = Bundle::new("memory-tls", &authority.pem);
    let port = authority.sign("localhost", |_| ()).serve();
    let base_url = format!("https://localhost:{port}/v1");
    a_call_leaves_nothing("nor_does_one_over_tls", &base_url, &bundle);
}
