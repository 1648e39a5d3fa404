//! Any text as a point in time: it stays readable, and where it is understood, its RFC 3339 form
//! is the same instant.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openint::Timestamp;

fuzz_target!(|text: &str| {
    let timestamp = Timestamp::new(text);
    assert_eq!(timestamp.as_str(), text);
    assert_eq!(timestamp, timestamp.clone());
    match timestamp.to_rfc3339() {
        Some(rfc3339) => {
            let same = Timestamp::new(rfc3339);
            assert_eq!(same, timestamp);
            assert_eq!(same.unix_millis(), timestamp.unix_millis());
        }
        None => assert_eq!(timestamp.unix_millis(), None),
    }
    if let Some(time) = timestamp.to_system_time() {
        assert_eq!(Timestamp::from(time), timestamp);
    }
});
