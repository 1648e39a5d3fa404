//! The gate that every call passes: concurrency that adapts, a pause that holds for all, and an upper
//! bound to the rate.

use std::num::NonZeroU32;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

use super::stop::Stop;

/// The number of calls at once at the start.
const FIRST_LIMIT: usize = 4;
/// A call that took longer than this many times the usual, and this much more, tells of a queue.
const MAX_SLOWDOWN: f64 = 2.0;
const MAX_DELAY: Duration = Duration::from_millis(20);
/// The burst that the rate allows, to make up for threads that woke late.
const BURST: Duration = Duration::from_millis(50);

/// Lets calls through.
pub(super) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
    rate: Option<Rate>,
}

/// Additive increase, multiplicative decrease, as TCP does it.
struct State {
    limit: f64,
    max: f64,
    in_flight: usize,
    /// Until the first setback the limit grows by one with each success.
    is_starting: bool,
    resume_at: Option<Instant>,
    /// Calls that began before the last decrease say nothing new.
    decreased_at: Option<Instant>,
    latency: Latency,
    /// Since when the server has carried nothing out, pauses that it asked for aside.
    failing_since: Option<Instant>,
}

/// The end of a call, as far as the next ones are concerned.
pub(super) enum Signal {
    Success,
    /// The server has too much to do.
    Overload {
        retry_after: Option<Duration>,
    },
    /// The call failed for a cause that may pass.
    Failure,
    /// It says nothing about the server.
    Neutral,
}

/// A call that is under way.
pub(super) struct Permit<'a> {
    gate: &'a Gate,
    began: Instant,
}

impl Gate {
    pub(super) fn new(max: usize, max_rate: Option<f64>) -> Self {
        Self {
            state: Mutex::new(State {
                limit: max.min(FIRST_LIMIT) as f64,
                max: max as f64,
                in_flight: 0,
                is_starting: true,
                resume_at: None,
                decreased_at: None,
                latency: Latency::default(),
                failing_since: None,
            }),
            changed: Condvar::new(),
            rate: max_rate.map(Rate::new),
        }
    }

    /// Waits until `calls` requests may be sent, one after the other; nothing when the import stops
    /// before that.
    pub(super) fn enter(&self, calls: u32, stop: &Stop) -> Option<Permit<'_>> {
        let mut state = self.state();
        loop {
            if stop.is_stopped() {
                return None;
            }
            let pause = state.pause();
            if pause.is_zero() && state.in_flight < state.limit as usize {
                break;
            }
            // Somebody who leaves wakes one; a pause or a stop ends unseen.
            let wait = match pause {
                Duration::ZERO => Stop::SLICE,
                pause => pause.min(Stop::SLICE),
            };
            let woken = self.changed.wait_timeout(state, wait);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.in_flight += 1;
        drop(state);
        if let Some(rate) = &self.rate {
            for _ in 0..calls {
                if !rate.wait(stop) {
                    self.leave();
                    return None;
                }
            }
        }
        Some(Permit {
            gate: self,
            began: Instant::now(),
        })
    }

    /// Returns the limit, the calls that are under way, and the time that all wait.
    pub(super) fn load(&self) -> (usize, usize, Duration) {
        let state = self.state();
        (state.limit as usize, state.in_flight, state.pause())
    }

    /// Returns the time for which the server has carried nothing out.
    pub(super) fn outage(&self) -> Duration {
        let since = self.state().failing_since;
        since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    fn leave(&self) {
        self.state().in_flight -= 1;
        self.changed.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    /// Ends the call. The time of a call that was one exchange counts as the server's.
    pub(super) fn end(self, signal: Signal, is_one_exchange: bool) {
        let now = Instant::now();
        let mut state = self.gate.state();
        if matches!(signal, Signal::Overload { .. } | Signal::Failure) {
            state.failing_since.get_or_insert(now);
        }
        match signal {
            Signal::Success => {
                state.failing_since = None;
                if is_one_exchange {
                    state.latency.add(now - self.began);
                }
                state.grow();
            }
            Signal::Overload { retry_after } => {
                if state.decreased_at.is_none_or(|at| self.began >= at) {
                    state.shrink(now);
                }
                if let Some(wait) = retry_after {
                    let resume_at = now + wait;
                    state.resume_at = state.resume_at.max(Some(resume_at));
                    state.failing_since = state.failing_since.max(Some(resume_at));
                }
            }
            Signal::Failure | Signal::Neutral => {}
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.gate.leave();
    }
}

impl State {
    fn pause(&self) -> Duration {
        let resume_at = self.resume_at;
        resume_at.map_or(Duration::ZERO, |at| {
            at.saturating_duration_since(Instant::now())
        })
    }

    fn grow(&mut self) {
        // A limit that is not reached says nothing about the server.
        let is_used = 2 * self.in_flight >= self.limit as usize;
        if !is_used || !self.latency.holds() {
            return;
        }
        let step = if self.is_starting {
            1.0
        } else {
            1.0 / self.limit
        };
        self.limit = (self.limit + step).min(self.max);
    }

    fn shrink(&mut self, now: Instant) {
        self.limit = (self.limit / 2.0).max(1.0);
        self.is_starting = false;
        self.decreased_at = Some(now);
    }
}

/// The usual time of a call without a queue, and the present one, in seconds.
#[derive(Default)]
struct Latency {
    usual: Option<f64>,
    present: f64,
}

impl Latency {
    fn add(&mut self, took: Duration) {
        let took = took.as_secs_f64();
        match &mut self.usual {
            None => {
                self.usual = Some(took);
                self.present = took;
            }
            Some(usual) => {
                self.present += (took - self.present) * 0.1;
                // The quickest, but a server can become slower for good.
                *usual = took.min(*usual + (took - *usual) * 0.001);
            }
        }
    }

    fn holds(&self) -> bool {
        let usual = self.usual.unwrap_or(0.0);
        self.present <= usual * MAX_SLOWDOWN + MAX_DELAY.as_secs_f64()
    }
}

/// An upper bound in calls a second.
struct Rate {
    limiter: DefaultDirectRateLimiter,
    /// Threads wait in line, so that a call that may begin wakes one of them.
    line: Mutex<()>,
}

impl Rate {
    fn new(per_second: f64) -> Self {
        let burst = (per_second * BURST.as_secs_f64()) as u32;
        let quota = Quota::with_period(Duration::from_secs_f64(1.0 / per_second))
            .expect("a rate that was checked has a period")
            .allow_burst(NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN));
        Self {
            limiter: RateLimiter::direct(quota),
            line: Mutex::new(()),
        }
    }

    /// Waits until a call may begin; `false` when the import stopped first.
    fn wait(&self, stop: &Stop) -> bool {
        let _line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        while let Err(early) = self.limiter.check() {
            let wait = early.wait_time_from(DefaultClock::default().now());
            if !stop.wait(wait) {
                return false;
            }
        }
        !stop.is_stopped()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(gate: &Gate) -> usize {
        gate.load().0
    }

    /// As many calls as may be under way, each of which ends so.
    fn round(gate: &Gate, signal: impl Fn() -> Signal) {
        let stop = Stop::default();
        let permits: Vec<_> = (0..limit(gate))
            .map(|_| gate.enter(1, &stop).unwrap())
            .collect();
        for permit in permits {
            permit.end(signal(), false);
        }
    }

    #[test]
    fn the_limit_grows_fast_until_a_setback_and_then_grows_by_one_a_round() {
        let gate = Gate::new(64, None);
        let mut limits = Vec::new();
        for _ in 0..4 {
            round(&gate, || Signal::Success);
            limits.push(limit(&gate));
        }
        assert!(limits.is_sorted() && limits[3] >= 16, "{limits:?}");
        let reached = limit(&gate);
        round(&gate, || Signal::Overload { retry_after: None });
        assert_eq!(limit(&gate), reached / 2, "one setback a round");
        let halved = limit(&gate);
        for _ in 0..4 {
            round(&gate, || Signal::Success);
        }
        let grown = limit(&gate) - halved;
        assert!((1..=4).contains(&grown), "{halved} grew by {grown}");
        for _ in 0..20 {
            round(&gate, || Signal::Overload { retry_after: None });
        }
        assert_eq!(limit(&gate), 1);
    }

    #[test]
    fn the_limit_never_exceeds_what_was_asked() {
        let gate = Gate::new(6, None);
        for _ in 0..20 {
            round(&gate, || Signal::Success);
        }
        assert_eq!(limit(&gate), 6);
    }

    #[test]
    fn the_limit_stops_growing_when_calls_become_slow() {
        let mut latency = Latency::default();
        for _ in 0..100 {
            latency.add(Duration::from_millis(20));
        }
        assert!(latency.holds());
        for _ in 0..100 {
            latency.add(Duration::from_millis(50));
        }
        assert!(latency.holds(), "the same to a user");
        for _ in 0..100 {
            latency.add(Duration::from_millis(200));
        }
        assert!(!latency.holds());
    }

    #[test]
    fn retry_after_stops_everybody() {
        let gate = Gate::new(8, None);
        let stop = Stop::default();
        let wait = Duration::from_millis(200);
        let permit = gate.enter(1, &stop).unwrap();
        permit.end(
            Signal::Overload {
                retry_after: Some(wait),
            },
            false,
        );
        let start = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| drop(gate.enter(1, &stop)));
            }
        });
        assert!(start.elapsed() >= wait - Duration::from_millis(20));
        assert!(gate.load().2.is_zero());
    }

    #[test]
    fn the_rate_is_kept_by_all_together() {
        let gate = Gate::new(4, Some(200.0));
        let stop = Stop::default();
        let start = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..25 {
                        gate.enter(1, &stop).unwrap().end(Signal::Success, false);
                    }
                });
            }
        });
        // A burst of ten is free, so ninety calls wait for 5 ms each.
        let took = start.elapsed();
        assert!(took >= Duration::from_millis(440), "{took:?}");
    }

    #[test]
    fn a_stop_ends_every_wait() {
        let gate = Gate::new(1, Some(0.01));
        let stop = Stop::default();
        let first = gate.enter(1, &stop).unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| gate.enter(1, &stop).is_none());
            std::thread::sleep(Duration::from_millis(20));
            stop.stop();
            assert!(waiting.join().unwrap());
        });
        drop(first);
        assert!(gate.enter(1, &stop).is_none());
    }
}
