//! Faults at random that can be had again: a seed and the exchange itself decide.

use std::collections::HashMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::script::{Answer, Fault, Phase, Ready};

/// Faults that are injected into a share of all exchanges.
///
/// The exchanges follow from the seed, the request and how often the same request came
/// before. So a run is repeated by its seed, however its threads take turns; but a request that
/// names a row has another id, and so another fate, in every run.
///
/// ```
/// use openint_sandbox::{Chaos, Sandbox};
///
/// let sandbox = Sandbox::start()?;
/// sandbox.inject_faults(Chaos::new(42, 0.1));
/// // … calls of a client that must not lose or double a row …
/// sandbox.stop_faults();
/// assert_eq!(sandbox.faults_injected(), 0);
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

/// The fault injection of a running sandbox.
#[derive(Debug, Default)]
pub(crate) struct Injector {
    seed: u64,
    /// An exchange whose number is below this gets a fault.
    below: u64,
    answers: Vec<Ready>,
    seen: HashMap<[u8; 32], u64>,
    pub(crate) injected: u64,
}

impl Injector {
    pub(crate) fn new(chaos: Chaos) -> Result<Injector, String> {
        if !(0.0..=1.0).contains(&chaos.share) {
            return Err(format!("share must be from 0 to 1, not {}", chaos.share));
        }
        if chaos.answers.is_empty() {
            return Err("answers must not be empty".into());
        }
        let answers: Result<_, String> = chaos.answers.into_iter().map(Answer::ready).collect();
        Ok(Injector {
            seed: chaos.seed,
            below: (chaos.share * u64::MAX as f64) as u64,
            answers: answers?,
            ..Injector::default()
        })
    }

    /// Returns the fault of this exchange, if it gets one.
    pub(crate) fn inject(&mut self, method: &str, target: &str, body: &[u8]) -> Option<Ready> {
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
        self.injected += 1;
        let choice = number(8) % self.answers.len() as u64;
        Some(self.answers[choice as usize].clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn injected_into(seed: u64, order: &[u32]) -> Vec<bool> {
        let mut injector = Injector::new(Chaos::new(seed, 0.1)).unwrap();
        let mut injected = vec![false; order.len()];
        for n in order {
            let body = n.to_le_bytes();
            injected[*n as usize] = injector.inject("POST", "/v1/connection", &body).is_some();
        }
        injected
    }

    #[test]
    fn a_seed_gives_faults_to_the_same_exchanges_in_any_order() {
        let forth: Vec<u32> = (0..2_000).collect();
        let back: Vec<u32> = (0..2_000).rev().collect();
        let injected = injected_into(1, &forth);
        assert_eq!(injected, injected_into(1, &back));
        assert_ne!(injected, injected_into(2, &forth));
        let share = injected.iter().filter(|injected| **injected).count();
        assert!((120..280).contains(&share), "{share} of 2,000");
    }

    #[test]
    fn the_same_request_does_not_get_a_fault_for_ever() {
        let mut injector = Injector::new(Chaos::new(1, 0.5)).unwrap();
        let injected = (0..100).filter(|_| injector.inject("GET", "/", b"").is_some());
        let injected = injected.count() as u64;
        assert!((20..80).contains(&injected) && injected == injector.injected);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(Injector::new(Chaos::new(1, 1.5)).is_err());
        assert!(Injector::new(Chaos::new(1, f64::NAN)).is_err());
        assert!(Injector::new(Chaos::new(1, 0.5).answers([])).is_err());
    }
}
