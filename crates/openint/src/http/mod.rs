//! One call over HTTP: request, retry loop, transport, answer. Knows no model.

pub(crate) mod base_url;
pub(crate) mod headers;
mod held;
pub(crate) mod proxy;
pub(crate) mod request;
mod retry;
pub(crate) mod transport;
mod wire;

use std::io;
use std::sync::{Arc, Once};
use std::time::{Duration, Instant, SystemTime};

use ureq::http::{HeaderMap, Uri};

use self::retry::{Decision, Outcome};
pub(crate) use self::retry::{MOST_RETRY_AFTER, backoff};
use self::transport::{Answer, Failure, HttpTransport, Limits};
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
pub(crate) struct Prepared {
    pub(crate) operation: String,
    pub(crate) method: request::Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) repeat_safe: bool,
    /// Whether it can change anything on the server.
    pub(crate) is_write: bool,
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
    prepared: &Prepared,
) -> Result<Success> {
    warn_of_dumps();
    let mut attempts = 0;
    // An attempt of unknown effect stays one, however the later ones end.
    let mut applied_before = false;
    loop {
        attempts += 1;
        let started = Instant::now();
        let result = transport.exchange(to_http(prepared), &prepared.limits);
        log(prepared, attempts, started.elapsed(), &result);
        let (kind, outcome, source) = match result {
            Ok(answer) if (200..300).contains(&answer.status) => {
                return Ok(Success { answer, attempts });
            }
            Ok(answer) => refused(answer, clock.now()),
            Err(failure) => failed(failure),
        };
        applied_before |= prepared.is_write && !outcome.is_surely_not_applied();
        let decision = retry::decide(
            attempts,
            prepared.max_retries,
            prepared.repeat_safe,
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
                    operation: &prepared.operation,
                    attempts,
                    may_have_been_applied: applied_before,
                    retryable: outcome.is_transient(),
                    source,
                },
            ));
        }
    }
}

fn to_http(prepared: &Prepared) -> ureq::http::Request<&[u8]> {
    let mut request = ureq::http::Request::new(prepared.body.as_deref().unwrap_or_default());
    *request.method_mut() = match prepared.method {
        request::Method::Get => ureq::http::Method::GET,
        request::Method::Post => ureq::http::Method::POST,
        request::Method::Put => ureq::http::Method::PUT,
        request::Method::Patch => ureq::http::Method::PATCH,
        request::Method::Delete => ureq::http::Method::DELETE,
    };
    *request.uri_mut() = prepared.uri.clone();
    *request.headers_mut() = prepared.headers.clone();
    request
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

/// The HTTP library cannot be kept from it, so at least nobody does it unawares.
fn warn_of_dumps() {
    static WARNED: Once = Once::new();
    if log::log_enabled!(target: "ureq_proto::util", log::Level::Trace) {
        WARNED.call_once(|| {
            log::warn!(
                target: "openint",
                "the logger takes `ureq_proto` at trace, which writes API keys and tokens to the \
                 log: set it to debug"
            );
        });
    }
}

fn log(prepared: &Prepared, attempt: u32, took: Duration, result: &Result<Answer, Failure>) {
    let operation = &prepared.operation;
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

    use super::*;
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

    fn waits(method: request::Method, answers: Vec<Scripted>, jitter: f64) -> (Vec<u64>, bool) {
        let sandbox = Sandbox::start().unwrap();
        sandbox.script(answers);
        let clock = FakeClock {
            waits: Mutex::new(Vec::new()),
            jitter,
        };
        let transport = HttpTransport::new(TransportConfig {
            proxy: None,
            ca_bundle: None,
            max_response_bytes: 1 << 20,
        });
        let prepared = Prepared {
            operation: "TEST /health".to_owned(),
            method,
            uri: format!("{}/health", sandbox.base_url()).parse().unwrap(),
            headers: HeaderMap::new(),
            body: (method == request::Method::Post).then(|| b"{}".to_vec()),
            repeat_safe: method == request::Method::Get,
            is_write: method != request::Method::Get,
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
        use request::Method::{Get, Post};

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
