//! Any bytes as a header that asks to wait, at any time.
#![no_main]

use std::time::{Duration, SystemTime};

use libfuzzer_sys::fuzz_target;
use openint::fuzzing::retry_after;

fuzz_target!(|input: (u32, &[u8])| {
    let (seconds, value) = input;
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::from(seconds));
    for name in ["retry-after", "retry-after-ms"] {
        let wait = retry_after(name, value, now);
        let digits = !value.is_empty() && value.len() < 10 && value.iter().all(u8::is_ascii_digit);
        assert!(!digits || wait.is_some(), "{name}");
    }
});
