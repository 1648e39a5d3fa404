//! One call over HTTP: request, retry loop, transport, answer. Knows no model.

pub(crate) mod answer;
pub(crate) mod base_url;
mod call;
mod connection;
mod dial;
mod head;
pub(crate) mod headers;
pub(crate) mod proxy;
pub(crate) mod request;
mod retry;
pub(crate) mod transport;

use std::borrow::Cow;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use zeroize::Zeroizing;

pub(crate) use self::call::Limits;
pub(crate) use self::dial::parse_ca_bundle;
pub(crate) use self::head::head;
use self::request::Request;
use self::retry::{Decision, Outcome};
pub(crate) use self::retry::{MOST_RETRY_AFTER, backoff};
use self::transport::{Answer, Failure, HttpTransport};
use crate::cancel::CancelToken;
use crate::error::{ApiError, CallOutcome, Error, ErrorKind, Result};

/// Time and chance, so that tests can stand in for both.
pub(crate) trait Clock: Send + Sync {
    fn now(&self) -> SystemTime;
    /// A number in `0.0..1.0`.
    fn chance(&self) -> f64;
    fn wait(&self, duration: Duration, cancel: Option<&CancelToken>);
}

pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn chance(&self) -> f64 {
        fastrand::f64()
    }

    fn wait(&self, duration: Duration, cancel: Option<&CancelToken>) {
        match cancel {
            Some(token) => token.wait(duration),
            None => std::thread::sleep(duration),
        }
    }
}

/// A request with everything decided: only sending it is left.
pub(crate) struct Prepared<'a> {
    pub(crate) request: &'a Request,
    pub(crate) head: Zeroizing<Vec<u8>>,
    pub(crate) body: Option<Cow<'a, str>>,
    pub(crate) max_retries: u32,
    pub(crate) limits: Limits,
}

/// A success, and what it took.
pub(crate) struct Success {
    pub(crate) answer: Answer,
    pub(crate) attempts: u32,
}

/// Sends `prepared` until it succeeds or must not be repeated.
pub(crate) fn run(
    transport: &HttpTransport,
    clock: &dyn Clock,
    prepared: &Prepared<'_>,
) -> Result<Success> {
    let request = prepared.request;
    let body = prepared.body.as_deref().unwrap_or_default().as_bytes();
    let mut attempts = 0;
    // An attempt of unknown effect stays one, however the later ones end.
    let mut applied_before = false;
    loop {
        attempts += 1;
        let started = Instant::now();
        let result = transport.exchange(&prepared.head, body, &prepared.limits);
        log(request, attempts, started.elapsed(), &result);
        let (kind, outcome, source) = match result {
            Ok(answer) if (200..300).contains(&answer.status) => {
                return Ok(Success { answer, attempts });
            }
            Ok(answer) => refused(answer, clock.now()),
            Err(failure) => failed(failure),
        };
        applied_before |= request.is_write() && !outcome.is_surely_not_applied();
        let decision = retry::decide(
            attempts,
            prepared.max_retries,
            request.is_repeat_safe(),
            outcome,
            clock.chance(),
        );
        let stopped = match decision {
            Decision::GiveUp => Some(kind),
            Decision::RetryIn(wait) => {
                let cancel = prepared.limits.cancel.as_ref();
                clock.wait(wait, cancel);
                cancel
                    .is_some_and(CancelToken::is_cancelled)
                    .then_some(ErrorKind::Cancelled)
            }
        };
        if let Some(kind) = stopped {
            return Err(Error::of_call(
                kind,
                CallOutcome {
                    operation: &request.operation(),
                    attempts,
                    may_have_been_applied: applied_before,
                    retryable: outcome.is_transient(),
                    source,
                },
            ));
        }
    }
}

type Failed = (ErrorKind, Outcome, Option<Arc<io::Error>>);

fn refused(answer: Answer, now: SystemTime) -> Failed {
    let retry_after = headers::retry_after(&answer.headers, now);
    let request_id = headers::request_id(&answer.headers);
    let error = ApiError::new(answer.status, request_id, retry_after, answer.body);
    let outcome = Outcome::Status {
        status: error.status,
        retry_after,
    };
    (ErrorKind::Api(Box::new(error)), outcome, None)
}

fn failed(failure: Failure) -> Failed {
    let outcome = match failure.kind {
        ErrorKind::Connect { .. } => Outcome::NotSent,
        ErrorKind::Timeout { .. } | ErrorKind::Interrupted { .. } if failure.sent => {
            Outcome::Unknown
        }
        ErrorKind::Timeout { .. } | ErrorKind::Interrupted { .. } => Outcome::NotSent,
        _ if failure.sent => Outcome::Final,
        _ => Outcome::FinalNotSent,
    };
    (failure.kind, outcome, failure.source)
}

fn log(request: &Request, attempt: u32, took: Duration, result: &Result<Answer, Failure>) {
    if !log::log_enabled!(target: "openint", log::Level::Debug) {
        return;
    }
    let operation = request.operation();
    let millis = took.as_millis();
    match result {
        Ok(answer) => log::debug!(
            target: "openint",
            "{operation}: {} in {millis} ms, attempt {attempt}", answer.status
        ),
        Err(failure) => log::debug!(
            target: "openint",
            "{operation}: {} in {millis} ms, attempt {attempt}", failure.kind.name()
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use openint_sandbox::{Answer as Scripted, Sandbox};

    use ureq::http::HeaderMap;

    use super::*;
    use crate::http::base_url::BaseUrl;
    use crate::http::request::Method;
    use crate::http::transport::TransportConfig;

    /// Never waits, and remembers what it was asked to.
    struct FakeClock {
        waits: Mutex<Vec<Duration>>,
        jitter: f64,
    }

    impl Clock for FakeClock {
        fn now(&self) -> SystemTime {
            // Ten seconds before the date that the answers below carry.
            SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_486_350)
        }

        fn chance(&self) -> f64 {
            self.jitter
        }

        fn wait(&self, duration: Duration, _: Option<&CancelToken>) {
            self.waits.lock().unwrap().push(duration);
        }
    }

    fn waits(method: Method, answers: Vec<Scripted>, jitter: f64) -> (Vec<u64>, bool) {
        let sandbox = Sandbox::start().unwrap();
        sandbox.script(answers);
        let clock = FakeClock {
            waits: Mutex::new(Vec::new()),
            jitter,
        };
        let base_url = BaseUrl::parse(sandbox.base_url(), false).unwrap();
        let transport = HttpTransport::new(TransportConfig {
            server: base_url.uri().clone(),
            proxy: None,
            ca_bundle: None,
            max_response_bytes: 1 << 20,
        });
        let request = Request::new(method, "/health");
        let body = request.body_text(&[]).unwrap();
        let length = body.as_ref().map(|body| body.len());
        let prepared = Prepared {
            head: head(method, &base_url, "/health", &HeaderMap::new(), length),
            request: &request,
            body,
            max_retries: 4,
            limits: Limits {
                timeout: Duration::from_secs(10),
                connect_timeout: Duration::from_secs(10),
                cancel: None,
            },
        };
        let succeeded = run(&transport, &clock, &prepared).is_ok();
        let waits = clock.waits.into_inner().unwrap();
        let millis = waits.iter().map(|wait| wait.as_millis() as u64).collect();
        (millis, succeeded)
    }

    #[test]
    fn waits_come_from_the_rule_the_clock_and_chance() {
        use Method::{Get, Post};

        let fails = |times| vec![Scripted::status(500).times(times)];
        assert_eq!(
            waits(Get, fails(4), 0.0),
            (vec![500, 1000, 2000, 4000], true)
        );
        assert_eq!(
            waits(Get, fails(5), 1.0),
            (vec![375, 750, 1500, 3000], false)
        );
        assert_eq!(waits(Post, fails(1), 0.0), (vec![], false));

        let date = Scripted::status(503).header("retry-after", "Tue, 24 Nov 2026 02:12:40 GMT");
        let millis = Scripted::status(429).header("retry-after-ms", "30");
        assert_eq!(
            waits(Post, vec![date, millis], 0.5),
            (vec![10_000, 30], true)
        );
    }
}
