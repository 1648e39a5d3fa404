//! Any bytes as what comes over a connection: the first byte chooses in what pieces they come. The
//! pieces make no difference, and the body is never larger than its cap.
#![no_main]

use std::io::BufReader;

use libfuzzer_sys::fuzz_target;
use openint::fuzzing::exchange;

const CAP: u64 = 4096;

fuzz_target!(|bytes: &[u8]| {
    let Some((piece, bytes)) = bytes.split_first() else {
        return;
    };
    let whole = exchange(bytes, CAP);
    let piece = usize::from(*piece).max(1);
    let pieces = exchange(BufReader::with_capacity(piece, bytes), CAP);
    match (whole, pieces) {
        (Ok(whole), Ok(pieces)) => {
            assert_eq!(whole, pieces);
            let (status, body, _) = whole;
            assert!(status >= 200 && body.len() as u64 <= CAP);
        }
        (Err(whole), Err(pieces)) => assert_eq!(whole.to_string(), pieces.to_string()),
        (whole, pieces) => panic!("{whole:?} in one piece, {pieces:?} in pieces of {piece}"),
    }
});
