//! Any bytes as the answer to a request that was refused: it prints as one short line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openint::fuzzing::refusal;

fuzz_target!(|input: (u16, &str, &[u8])| {
    let (status, request_id, body) = input;
    let line = refusal(300 + status % 300, request_id, body);
    assert!(!line.chars().any(char::is_control), "{line:?}");
    assert!(line.chars().count() < 3_000, "{line:?}");
});
