//! The one limit of the server: a bucket that holds the tokens of a second.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

static BUCKET: Mutex<Option<(Instant, f64)>> = Mutex::new(None);

/// Takes a token for a request; false when it is beyond so many a second.
pub(crate) fn take(per_second: u32) -> bool {
    let rate = f64::from(per_second);
    let now = Instant::now();
    let mut bucket = BUCKET.lock().unwrap_or_else(PoisonError::into_inner);
    let (filled, tokens) = bucket.unwrap_or((now, rate));
    let tokens = (tokens + (now - filled).as_secs_f64() * rate).min(rate);
    let allowed = tokens >= 1.0;
    *bucket = Some((now, if allowed { tokens - 1.0 } else { tokens }));
    allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holds_as_many_as_the_limit() {
        let allowed = (0..200).filter(|_| take(100)).count();
        assert!((100..120).contains(&allowed), "{allowed}");
    }
}
