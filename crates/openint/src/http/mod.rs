//! One call over HTTP: request, retry loop, transport, answer. Knows no model.

pub(crate) mod base_url;
mod body;
mod buffers;
mod call;
mod connect;
mod dial;
pub(crate) mod headers;
pub(crate) mod proxy;
pub(crate) mod request;
mod retry;
pub(crate) mod roots;
#[cfg(feature = "tracing")]
mod span;
mod tcp;
pub(crate) mod transport;
mod unpack;

use std::borrow::Cow;
use std::time::{Duration, Instant, SystemTime};

use ureq::http::header::CONTENT_TYPE;
use ureq::http::{HeaderMap, HeaderValue, Uri};

use self::base_url::BaseUrl;
pub(crate) use self::call::Limits;
use self::request::Request;
pub(crate) use self::retry::wait;
use self::retry::{Decision, Outcome};
use self::transport::{Answer, Failure, HttpTransport};
use crate::cancel::CancelToken;
use crate::error::{ApiError, CallOutcome, Error, ErrorKind, Result, Source};
use crate::observer::{Attempt, AttemptEnd, Observers};

/// Node closes a connection that was idle for five seconds; one that is younger is safe to use.
const MAX_IDLE: Duration = Duration::from_secs(4);

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
    pub(crate) base_url: &'a BaseUrl,
    pub(crate) uri: Uri,
    pub(crate) headers: Cow<'a, HeaderMap>,
    pub(crate) body: Option<Cow<'a, str>>,
    pub(crate) max_retries: u32,
    /// Attempts that the same call took before with another key.
    pub(crate) attempts_before: u32,
    pub(crate) limits: Limits,
    pub(crate) observers: &'a Observers,
}

impl Prepared<'_> {
    /// The attempt as observers see it.
    fn observed(&self, number: u32) -> Attempt<'_> {
        Attempt {
            operation: self.request.name(),
            method: self.request.method(),
            path_template: self.request.template(),
            server_address: self.base_url.host(),
            server_port: self.base_url.port(),
            number: self.attempts_before + number,
            request_bytes: self.body.as_deref().map_or(0, str::len),
        }
    }

    /// The request as ureq takes it, for one attempt.
    fn attempt(&self) -> ureq::http::Request<()> {
        let mut attempt = ureq::http::Request::new(());
        let method = self.request.method().as_str().as_bytes();
        *attempt.method_mut() = ureq::http::Method::from_bytes(method).expect("a method of HTTP");
        *attempt.uri_mut() = self.uri.clone();
        *attempt.headers_mut() = HeaderMap::clone(&self.headers);
        if self.body.is_some() {
            let content_type = attempt.headers_mut().entry(CONTENT_TYPE);
            content_type.or_insert(HeaderValue::from_static("application/json"));
        }
        attempt
    }
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
    let limits = &prepared.limits;
    if limits
        .cancel
        .as_ref()
        .is_some_and(CancelToken::is_cancelled)
    {
        return Err(Error::before_sending(ErrorKind::Cancelled));
    }
    let mut attempts = 0;
    // An attempt of unknown effect stays one, however the later ones end.
    let mut applied_before = false;
    loop {
        attempts += 1;
        let attempt = prepared.observed(attempts);
        let result = observed_exchange(transport, prepared, &attempt);
        let (kind, outcome, source) = match result {
            Ok(answer) if (200..300).contains(&answer.status) => {
                return Ok(Success { answer, attempts });
            }
            Ok(answer) => refused(answer, clock.now()),
            Err(failure) => failed(failure, prepared.base_url),
        };
        applied_before |= request.is_write() && !outcome.is_surely_not_applied();
        let decision = retry::decide(
            attempts,
            prepared.max_retries,
            request.is_repeat_safe(),
            outcome,
            clock.chance(),
        );
        let (kind, unfit) = match decision {
            Decision::GiveUp => (kind, None),
            // It says so itself.
            Decision::RetryIn(_)
                if matches!(kind, ErrorKind::Timeout { .. })
                    && limits.has_passed(Duration::ZERO) =>
            {
                (kind, None)
            }
            Decision::RetryIn(wait) if limits.has_passed(wait) => (kind, Some(wait)),
            Decision::RetryIn(wait) => {
                prepared.observers.before_wait(&attempt, wait);
                let cancel = limits.cancel.as_ref();
                clock.wait(wait, cancel);
                if !cancel.is_some_and(CancelToken::is_cancelled) {
                    continue;
                }
                (ErrorKind::Cancelled, None)
            }
        };
        let retryable = outcome.is_transient() && !matches!(kind, ErrorKind::Cancelled);
        let error = Error::of_call(
            kind,
            CallOutcome {
                operation: &request.operation(),
                attempts,
                may_have_been_applied: applied_before,
                retryable,
                source,
            },
        );
        return Err(match unfit {
            Some(wait) => error.of_unfit_wait(wait, limits.total_timeout),
            None => error,
        });
    }
}

/// Sends one attempt, with what watches it around.
fn observed_exchange(
    transport: &HttpTransport,
    prepared: &Prepared<'_>,
    attempt: &Attempt<'_>,
) -> Result<Answer, Failure> {
    let is_logged = log::log_enabled!(target: "openint", log::Level::Debug);
    if !cfg!(feature = "tracing") && prepared.observers.len() == 0 && !is_logged {
        let body = prepared.body.as_deref();
        return transport.exchange(prepared.attempt(), body, &prepared.limits);
    }
    #[cfg(feature = "tracing")]
    let span = span::of(attempt).entered();
    let mut request = prepared.attempt();
    prepared
        .observers
        .before_attempt(attempt, request.headers_mut());
    let started = Instant::now();
    let result = transport.exchange(request, prepared.body.as_deref(), &prepared.limits);
    let answer = result.as_ref().ok();
    let end = AttemptEnd {
        duration: started.elapsed(),
        status: answer.map(|answer| answer.status),
        request_id: answer.and_then(|answer| headers::request_id(&answer.headers)),
        response_bytes: answer.map(|answer| answer.body.len()),
        error_kind: match &result {
            Ok(answer) if (200..300).contains(&answer.status) => None,
            Ok(_) => Some("api"),
            Err(failure) => Some(failure.kind.name()),
        },
    };
    if is_logged {
        log(attempt, &end);
    }
    #[cfg(feature = "tracing")]
    span::record(&span, &end);
    prepared.observers.after_attempt(attempt, &end);
    result
}

type Failed = (ErrorKind, Outcome, Option<Source>);

fn refused(answer: Answer, now: SystemTime) -> Failed {
    let retry_after = headers::retry_after(&answer.headers, now);
    let request_id = headers::request_id(&answer.headers).map(str::to_owned);
    let error = ApiError::new(answer.status, request_id, retry_after, answer.body);
    let outcome = Outcome::Status {
        status: error.status,
        retry_after,
    };
    (ErrorKind::Api(Box::new(error)), outcome, None)
}

fn failed(mut failure: Failure, base_url: &BaseUrl) -> Failed {
    if let ErrorKind::Connect { server, .. } | ErrorKind::Tls { server, .. } = &mut failure.kind {
        *server = format!("{}:{}", base_url.host(), base_url.port());
    }
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

fn log(attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
    let Attempt {
        path_template,
        number,
        ..
    } = attempt;
    let method = attempt.method.as_str();
    let millis = end.duration.as_millis();
    let ended = end.status.map(|status| status.to_string());
    let ended = ended.as_deref().or(end.error_kind).unwrap_or_default();
    log::debug!(
        target: "openint",
        "{method} {path_template}: {ended} in {millis} ms, attempt {number}"
    );
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use openint_sandbox::{Answer as Scripted, Sandbox};

    use ureq::tls::RootCerts;

    use super::*;
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
        let (waits, result) = run_in(Duration::from_secs(60), method, answers, jitter);
        (waits, result.is_ok())
    }

    fn run_in(
        total_timeout: Duration,
        method: Method,
        answers: Vec<Scripted>,
        jitter: f64,
    ) -> (Vec<u64>, Result<Success>) {
        let sandbox = Sandbox::start().unwrap();
        sandbox.script(answers);
        let clock = FakeClock {
            waits: Mutex::new(Vec::new()),
            jitter,
        };
        let base_url = BaseUrl::parse(sandbox.base_url(), false).unwrap();
        let transport = HttpTransport::new(TransportConfig {
            proxy: None,
            roots: RootCerts::PlatformVerifier,
            user_agent: String::new(),
            max_response_bytes: 1 << 20,
        });
        let request = Request::new(method, "/health");
        let limit = Duration::from_secs(10);
        let prepared = Prepared {
            base_url: &base_url,
            uri: base_url.uri("/health").unwrap(),
            headers: Cow::Owned(HeaderMap::new()),
            request: &request,
            body: request.body_text(&[]).unwrap(),
            max_retries: 4,
            attempts_before: 0,
            observers: &Observers::default(),
            limits: Limits {
                timeout: limit,
                connect_timeout: limit,
                total_timeout,
                deadline: Instant::now() + total_timeout,
                cancel: None,
            },
        };
        let result = run(&transport, &clock, &prepared);
        let waits = clock.waits.into_inner().unwrap();
        let millis = waits.iter().map(|wait| wait.as_millis() as u64).collect();
        (millis, result)
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
            (vec![10_000, 875], true)
        );
    }

    #[test]
    fn a_wait_that_cannot_end_in_time_is_not_begun() {
        let asks = Scripted::status(429).header("retry-after", "60");
        let (waits, result) = run_in(Duration::from_secs(30), Method::Post, vec![asks], 0.0);
        assert!(waits.is_empty(), "{waits:?}");
        let error = result.err().unwrap();
        assert_eq!((error.status(), error.attempts()), (Some(429), 1));
        assert!(error.is_retryable());
        let said = error.to_string();
        assert!(
            said.contains("60 s") && said.contains("`total_timeout` (30 s)"),
            "{said}"
        );
    }
}
