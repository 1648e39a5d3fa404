//! Faults at random that can be had again: a seed and the exchange itself decide.

use std::collections::HashMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::script::{Answer, Fault, Phase, Ready};

/// Faults that strike a share of all exchanges.
///
/// Which ones they strike follows from the seed, the request and how often the same request came
/// before. So a run is repeated by its seed, however its threads take turns; but a request that
/// names a row has another id, and so another fate, in every run.
///
/// ```
/// use openint_sandbox::{Chaos, Sandbox};
///
/// let sandbox = Sandbox::start()?;
/// sandbox.rage(Chaos::new(42, 0.1));
/// // … calls of a client that must not lose or double a row …
/// sandbox.calm();
/// assert_eq!(sandbox.struck(), 0);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use]
pub struct Chaos {
    seed: u64,
    share: f64,
    #[serde(default = "standard")]
    answers: Vec<Answer>,
}

impl Chaos {
    /// Faults of every kind, for this share of the exchanges: 0.1 is every tenth.
    pub fn new(seed: u64, share: f64) -> Chaos {
        Chaos {
            seed,
            share,
            answers: standard(),
        }
    }

    /// These answers in place of the standard ones. How often each is to be given counts for
    /// nothing here.
    pub fn answers(mut self, answers: impl IntoIterator<Item = Answer>) -> Chaos {
        self.answers = answers.into_iter().collect();
        self
    }
}

/// Faults between a client and the real server, each with the request carried out and without where
/// that can be.
fn standard() -> Vec<Answer> {
    use Phase::{BeforeResponse, Body, Headers};

    let close = |at, reset| Fault::Close { at, reset };
    let done = |fault| Answer::real().with_fault(fault);
    vec![
        Answer::fault(close(BeforeResponse, false)),
        Answer::fault(close(BeforeResponse, true)),
        done(close(BeforeResponse, false)),
        done(close(BeforeResponse, true)),
        done(close(Headers, false)),
        done(close(Body, true)),
        Answer::fault(Fault::Stall { at: BeforeResponse }),
        done(Fault::Stall { at: BeforeResponse }),
        done(Fault::Stall { at: Body }),
        done(Fault::WrongLength),
        done(Fault::TruncatedChunk),
        done(Fault::InvalidJson),
        done(Fault::Html),
        done(Fault::Empty),
        Answer::status(408),
        Answer::status(429).header("retry-after-ms", "20"),
        Answer::status(500),
        Answer::status(500).after_processing(),
        Answer::status(502),
        Answer::status(503),
        Answer::status(503).header("retry-after", "0"),
        Answer::status(504).after_processing(),
    ]
}

/// The chaos of a running sandbox.
#[derive(Debug, Default)]
pub(crate) struct Weather {
    seed: u64,
    /// Below this a number strikes.
    below: u64,
    answers: Vec<Ready>,
    seen: HashMap<[u8; 32], u64>,
    pub(crate) struck: u64,
}

impl Weather {
    pub(crate) fn new(chaos: Chaos) -> Result<Weather, String> {
        if !(0.0..=1.0).contains(&chaos.share) {
            return Err(format!("share must be from 0 to 1, not {}", chaos.share));
        }
        if chaos.answers.is_empty() {
            return Err("answers must not be empty".into());
        }
        let answers: Result<_, String> = chaos.answers.into_iter().map(Answer::ready).collect();
        Ok(Weather {
            seed: chaos.seed,
            below: (chaos.share * u64::MAX as f64) as u64,
            answers: answers?,
            ..Weather::default()
        })
    }

    /// Returns the fault of this exchange, if it is struck.
    pub(crate) fn strike(&mut self, method: &str, target: &str, body: &[u8]) -> Option<Ready> {
        if self.answers.is_empty() {
            return None;
        }
        let mut request = Sha256::new();
        for part in [method.as_bytes(), target.as_bytes(), body] {
            request.update(part.len().to_le_bytes());
            request.update(part);
        }
        let request: [u8; 32] = request.finalize().into();
        let before = self.seen.entry(request).or_default();
        let dice = Sha256::new()
            .chain_update(self.seed.to_le_bytes())
            .chain_update(request)
            .chain_update(before.to_le_bytes())
            .finalize();
        *before += 1;
        let number = |at: usize| {
            let bytes = dice[at..at + 8].try_into().expect("eight of 32 bytes");
            u64::from_le_bytes(bytes)
        };
        if number(0) >= self.below {
            return None;
        }
        self.struck += 1;
        let choice = number(8) % self.answers.len() as u64;
        Some(self.answers[choice as usize].clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strikes(seed: u64, order: &[u32]) -> Vec<bool> {
        let mut weather = Weather::new(Chaos::new(seed, 0.1)).unwrap();
        let mut struck = vec![false; order.len()];
        for n in order {
            let body = n.to_le_bytes();
            struck[*n as usize] = weather.strike("POST", "/v1/connection", &body).is_some();
        }
        struck
    }

    #[test]
    fn a_seed_strikes_the_same_exchanges_in_any_order() {
        let forth: Vec<u32> = (0..2_000).collect();
        let back: Vec<u32> = (0..2_000).rev().collect();
        let struck = strikes(1, &forth);
        assert_eq!(struck, strikes(1, &back));
        assert_ne!(struck, strikes(2, &forth));
        let share = struck.iter().filter(|struck| **struck).count();
        assert!((120..280).contains(&share), "{share} of 2,000");
    }

    #[test]
    fn the_same_request_is_not_struck_for_ever() {
        let mut weather = Weather::new(Chaos::new(1, 0.5)).unwrap();
        let struck = (0..100).filter(|_| weather.strike("GET", "/", b"").is_some());
        let struck = struck.count() as u64;
        assert!((20..80).contains(&struck) && struck == weather.struck);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(Weather::new(Chaos::new(1, 1.5)).is_err());
        assert!(Weather::new(Chaos::new(1, f64::NAN)).is_err());
        assert!(Weather::new(Chaos::new(1, 0.5).answers([])).is_err());
    }
}
