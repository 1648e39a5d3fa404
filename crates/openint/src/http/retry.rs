//! Rule of retries: a pure function from an outcome to a decision.

use std::time::Duration;

/// The longest wait that a server may ask for; beyond it the caller decides.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(120);
const FIRST_BACKOFF: Duration = Duration::from_millis(500);
const MAX_BACKOFF: Duration = Duration::from_secs(8);

/// End of an attempt, as far as trying again is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The server answered with a status that is not a success.
    Status {
        status: u16,
        retry_after: Option<Duration>,
    },
    /// It failed for a passing cause before a byte of the request left.
    NotSent,
    /// It failed for a passing cause, and nobody knows what the server did.
    Unknown,
    /// Trying again would end the same, and nobody knows what the server did.
    Final,
    /// Trying again would end the same, and no byte of the request left.
    FinalNotSent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    GiveUp,
    RetryIn(Duration),
}

impl Outcome {
    /// Returns true if the cause may pass.
    pub(crate) fn is_transient(self) -> bool {
        match self {
            Self::Status { status, .. } => matches!(status, 408 | 409 | 429 | 500 | 502..=599),
            Self::NotSent | Self::Unknown => true,
            Self::Final | Self::FinalNotSent => false,
        }
    }

    /// Returns true if the server cannot have carried the request out.
    pub(crate) fn is_surely_not_applied(self) -> bool {
        match self {
            Self::Status {
                status,
                retry_after,
            } => match status {
                408 => false,
                503 => retry_after.is_some(),
                // It cannot do this, so it did nothing.
                501 => true,
                status => status < 500,
            },
            Self::NotSent | Self::FinalNotSent => true,
            Self::Unknown | Self::Final => false,
        }
    }
}

/// Decides after attempt number `attempt` (from 1), of at most `max_retries + 1`.
///
/// `repeat_safe` says that carrying the request out twice is as good as once: a read, PUT or
/// DELETE. All else is only tried again when the first attempt surely did nothing. `jitter` is in
/// `0.0..1.0` and spreads clients that failed together.
pub(crate) fn decide(
    attempt: u32,
    max_retries: u32,
    repeat_safe: bool,
    outcome: Outcome,
    jitter: f64,
) -> Decision {
    let may_repeat = outcome.is_transient()
        && (repeat_safe
            || match outcome {
                // 408 and 409 are transient, but say nothing of what was done before them.
                Outcome::Status { status, .. } => {
                    matches!(status, 429 | 503) && outcome.is_surely_not_applied()
                }
                _ => outcome.is_surely_not_applied(),
            });
    if !may_repeat || attempt > max_retries {
        return Decision::GiveUp;
    }
    let asked = match outcome {
        Outcome::Status { retry_after, .. } => retry_after,
        _ => None,
    };
    match wait(attempt, asked, jitter) {
        Some(wait) => Decision::RetryIn(wait),
        None => Decision::GiveUp,
    }
}

/// The wait after attempt number `attempt`: what the server asked for, and never less than the
/// backoff. Nothing where it asked for more than is waited.
pub(crate) fn wait(attempt: u32, asked: Option<Duration>, jitter: f64) -> Option<Duration> {
    let asked = asked.unwrap_or(Duration::ZERO);
    (asked <= MAX_RETRY_AFTER).then(|| asked.max(backoff(attempt, jitter)))
}

/// Half a second doubling to eight, less up to a quarter of it.
fn backoff(attempt: u32, jitter: f64) -> Duration {
    let doubled = FIRST_BACKOFF.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
    doubled.min(MAX_BACKOFF).mul_f64(1.0 - 0.25 * jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn status(status: u16) -> Outcome {
        Outcome::Status {
            status,
            retry_after: None,
        }
    }

    const fn status_after(status: u16, seconds: u64) -> Outcome {
        Outcome::Status {
            status,
            retry_after: Some(Duration::from_secs(seconds)),
        }
    }

    #[test]
    fn reads_and_writes_by_outcome() {
        //   outcome                  read   write  may have been applied
        for (outcome, read, write, applied) in [
            (status(307), false, false, false),
            (status(400), false, false, false),
            (status(401), false, false, false),
            (status(404), false, false, false),
            (status(408), true, false, true),
            (status(409), true, false, false),
            (status(429), true, true, false),
            (status_after(429, 1), true, true, false),
            (status_after(429, 120), true, true, false),
            (status_after(429, 121), false, false, false),
            (status(500), true, false, true),
            (status_after(500, 1), true, false, true),
            (status(501), false, false, false),
            (status_after(501, 1), false, false, false),
            (status(502), true, false, true),
            (status(503), true, false, true),
            (status_after(503, 1), true, true, false),
            (status_after(503, 121), false, false, false),
            (status(504), true, false, true),
            (status(599), true, false, true),
            (Outcome::NotSent, true, true, false),
            (Outcome::Unknown, true, false, true),
            (Outcome::Final, false, false, true),
            (Outcome::FinalNotSent, false, false, false),
        ] {
            let retried = |repeat_safe| decide(1, 2, repeat_safe, outcome, 0.0) != Decision::GiveUp;
            assert_eq!(retried(true), read, "read after {outcome:?}");
            assert_eq!(retried(false), write, "write after {outcome:?}");
            assert_eq!(!outcome.is_surely_not_applied(), applied, "{outcome:?}");
        }
    }

    #[test]
    fn retries_are_counted() {
        for (attempt, max_retries, expected) in [
            (1, 0, false),
            (1, 1, true),
            (2, 1, false),
            (2, 2, true),
            (3, 2, false),
        ] {
            let decision = decide(attempt, max_retries, true, status(500), 0.0);
            assert_eq!(
                decision != Decision::GiveUp,
                expected,
                "{attempt} of {max_retries}"
            );
        }
    }

    #[test]
    fn waits_double_up_to_eight_seconds_and_are_spread() {
        for (attempt, longest) in [
            (1, 500),
            (2, 1000),
            (3, 2000),
            (5, 8000),
            (6, 8000),
            (60, 8000),
        ] {
            let wait = |jitter| match decide(attempt, 99, true, status(500), jitter) {
                Decision::RetryIn(wait) => wait.as_millis() as u64,
                Decision::GiveUp => panic!("gave up"),
            };
            assert_eq!(wait(0.0), longest);
            assert_eq!(wait(1.0), longest * 3 / 4);
        }
    }

    #[test]
    fn the_server_s_wait_is_kept_to_the_letter() {
        assert_eq!(
            decide(1, 2, false, status_after(429, 7), 0.9),
            Decision::RetryIn(Duration::from_secs(7))
        );
    }

    #[test]
    fn a_wait_that_is_over_is_no_reason_to_hurry() {
        for asked in [0, 1] {
            assert_eq!(
                decide(3, 9, true, status_after(503, asked), 0.0),
                Decision::RetryIn(Duration::from_secs(2))
            );
        }
    }
}
