//! A fired token ends a call within 100 ms, whatever it is doing.

mod support;

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use openint::{
    CancelToken, ErrorKind, Json, Method, Openint, OpenintBuilder, Request, RequestOptions,
};
use openint_sandbox::{Answer, Fault, Phase, Sandbox};

const BOUND: Duration = Duration::from_millis(100);

/// Cancels a call 150 ms after its start, and says how long it went on after that. A busy machine
/// can delay any thread, so the quickest of three counts.
fn overrun(build: impl Fn() -> OpenintBuilder) -> Duration {
    let measure = || {
        let client = build()
            .timeout(Duration::from_secs(20))
            .max_retries(5)
            .build()
            .unwrap();
        let token = CancelToken::new();
        let client = client.with_options(RequestOptions::new().cancel(token.clone()));
        let call = thread::spawn(move || {
            let result = client.request::<Json>(&Request::new(Method::Get, "/viewer"));
            (result, Instant::now())
        });
        thread::sleep(Duration::from_millis(150));
        let fired = Instant::now();
        token.cancel();
        let (result, ended) = call.join().unwrap();
        let error = result.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Cancelled), "{error}");
        ended.saturating_duration_since(fired)
    };
    (0..3).map(|_| measure()).min().unwrap()
}

/// Accepts connections and never says a word.
fn silent_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        let mut kept = Vec::new();
        for stream in listener.incoming() {
            kept.push(stream);
        }
    });
    address
}

/// A client whose next answer comes byte by byte.
fn dripping(sandbox: &Sandbox, every_ms: u64) -> OpenintBuilder {
    sandbox.script([Answer::fault(Fault::Drip {
        bytes: 1,
        every_ms,
        at: Phase::BeforeResponse,
    })]);
    support::builder(sandbox)
}

/// A client that is told to come back in half a minute.
fn limited(sandbox: &Sandbox) -> OpenintBuilder {
    sandbox.script([Answer::status(429).header("retry-after", "30")]);
    support::builder(sandbox)
}

#[test]
fn while_the_proxy_is_silent() {
    let proxy = format!("http://{}", silent_server());
    let took = overrun(|| {
        Openint::builder()
            .api_key("key")
            .base_url("https://openint.invalid/v1")
            .proxy(proxy.as_str())
    });
    assert!(took < BOUND, "{took:?}");
}

/// A server whose backlog is full: it does not even answer who asks to connect.
fn deaf_server() -> (String, (TcpListener, Vec<TcpStream>)) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut streams = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(250)) {
        streams.push(stream);
    }
    (address.to_string(), (listener, streams))
}

#[test]
fn while_it_connects() {
    let (address, _held) = deaf_server();
    let base_url = format!("http://{address}/v1");
    let took = overrun(|| Openint::builder().api_key("key").base_url(&base_url));
    assert!(took < BOUND, "{took:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn calls_that_were_cancelled_while_they_connect_leave_few_threads() {
    let threads = || {
        let tasks = std::fs::read_dir("/proc/self/task").unwrap();
        let names = tasks.map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")));
        // A thread may end before its name is read.
        names
            .filter(|name| matches!(name, Ok(name) if name == "openint-dial\n"))
            .count()
    };
    let (address, _held) = deaf_server();
    let client = Openint::builder()
        .api_key("key")
        .base_url(format!("http://{address}/v1"))
        .build()
        .unwrap();
    let cancelled = |client: &Openint| {
        let from = Instant::now() + Duration::from_millis(50);
        let token = CancelToken::polling(move || Instant::now() >= from);
        let client = client.with_options(RequestOptions::new().cancel(token));
        let error = client.health().unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Cancelled), "{error}");
    };
    for _ in 0..30 {
        cancelled(&client);
    }
    // Other tests of this program dial as well.
    assert!((1..20).contains(&threads()), "{}", threads());
    thread::scope(|scope| {
        for _ in 0..100 {
            scope.spawn(|| cancelled(&client));
        }
    });
    assert!((1..84).contains(&threads()), "{}", threads());
}

#[test]
fn a_deadline_is_kept_to_ten_milliseconds() {
    let (deaf, _held) = deaf_server();
    let silent = silent_server();
    let proxy = format!("http://{silent}");
    let client = |base_url: String, proxy: Option<&str>| {
        let mut builder = Openint::builder().api_key("key").base_url(base_url);
        if let Some(proxy) = proxy {
            builder = builder.proxy(proxy);
        }
        builder.max_retries(0).build().unwrap()
    };
    for (client, phase) in [
        (client(format!("http://{deaf}/v1"), None), "connecting"),
        (
            client("https://openint.invalid/v1".to_owned(), Some(&proxy)),
            "connecting",
        ),
        (client(format!("https://{silent}/v1"), None), "agreeing"),
        (client(format!("http://{silent}/v1"), None), "waiting"),
    ] {
        for limit in [
            RequestOptions::new().timeout(Duration::from_millis(173)),
            RequestOptions::new().total_timeout(Duration::from_millis(173)),
        ] {
            let client = client.with_options(limit);
            let over = || {
                let started = Instant::now();
                let error = client.health().unwrap_err();
                let took = started.elapsed();
                assert!(matches!(error.kind(), ErrorKind::Timeout { .. }), "{error}");
                let said = error.to_string();
                assert!(said.contains(phase) && said.contains("0.173 s"), "{said}");
                took.checked_sub(Duration::from_millis(173)).unwrap()
            };
            // The quickest counts: a busy machine can delay any thread.
            let over = (0..5).map(|_| over()).min().unwrap();
            assert!(over < Duration::from_millis(10), "{phase}: {over:?} over");
        }
    }
}

#[test]
fn while_the_handshake_is_unanswered() {
    let base_url = format!("https://{}/v1", silent_server());
    let took = overrun(|| Openint::builder().api_key("key").base_url(&base_url));
    assert!(took < BOUND, "{took:?}");
}

#[test]
fn while_the_answer_does_not_come() {
    let base_url = format!("http://{}/v1", silent_server());
    let took = overrun(|| Openint::builder().api_key("key").base_url(&base_url));
    assert!(took < BOUND, "{took:?}");
}

#[test]
fn while_the_body_drips() {
    let sandbox = Sandbox::start().unwrap();
    let took = overrun(|| dripping(&sandbox, 30));
    assert!(took < BOUND, "{took:?}");
}

#[test]
fn while_it_waits_to_try_again() {
    let sandbox = Sandbox::start().unwrap();
    let took = overrun(|| limited(&sandbox));
    assert!(took < BOUND, "{took:?}");
}

/// Returns the time for which a call goes on after what its polling token asks for came true.
fn polled_overrun(build: impl Fn() -> OpenintBuilder) -> Duration {
    let measure = || {
        let client = build()
            .timeout(Duration::from_secs(20))
            .max_retries(5)
            .build()
            .unwrap();
        let caller = thread::current().id();
        let from = Instant::now() + Duration::from_millis(150);
        let token = CancelToken::polling(move || {
            assert_eq!(thread::current().id(), caller);
            Instant::now() >= from
        });
        let client = client.with_options(RequestOptions::new().cancel(token));
        let error = client
            .request::<Json>(&Request::new(Method::Get, "/viewer"))
            .unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Cancelled), "{error}");
        from.elapsed()
    };
    (0..3).map(|_| measure()).min().unwrap()
}

#[test]
fn a_polling_token_is_asked_while_the_answer_does_not_come() {
    let base_url = format!("http://{}/v1", silent_server());
    let took = polled_overrun(|| Openint::builder().api_key("key").base_url(&base_url));
    assert!(took < BOUND, "{took:?}");
}

#[test]
fn a_polling_token_is_asked_while_the_body_drips() {
    let sandbox = Sandbox::start().unwrap();
    let took = polled_overrun(|| dripping(&sandbox, 10));
    assert!(took < BOUND, "{took:?}");
}

#[test]
fn a_polling_token_is_asked_while_it_waits_to_try_again() {
    let sandbox = Sandbox::start().unwrap();
    let took = polled_overrun(|| limited(&sandbox));
    assert!(took < BOUND, "{took:?}");
}

#[test]
fn what_a_polling_token_asks_may_make_calls_and_quick_calls_do_not_ask() {
    let sandbox = Sandbox::start().unwrap();
    let client = support::builder(&sandbox).build().unwrap();
    let viewer = Request::new(Method::Get, "/viewer");

    let asked = Arc::new(AtomicU32::new(0));
    let failed = Arc::new(AtomicBool::new(false));
    let token = {
        let (asked, failed) = (Arc::clone(&asked), Arc::clone(&failed));
        let (client, viewer) = (client.clone(), viewer.clone());
        CancelToken::polling(move || {
            asked.fetch_add(1, Ordering::Relaxed);
            failed.fetch_or(client.request::<Json>(&viewer).is_err(), Ordering::Relaxed);
            false
        })
    };
    let polled = client.with_options(RequestOptions::new().cancel(token.clone()));
    // The quickest of many: on a busy machine some take longer than a slice.
    let quick = (0..20).any(|_| {
        let before = asked.load(Ordering::Relaxed);
        polled.request::<Json>(&viewer).unwrap();
        asked.load(Ordering::Relaxed) == before
    });
    assert!(quick);

    asked.store(0, Ordering::Relaxed);
    sandbox.script([Answer::real().delay(Duration::from_millis(300))]);
    polled.request::<Json>(&viewer).unwrap();
    assert!(asked.load(Ordering::Relaxed) > 0);
    assert!(!failed.load(Ordering::Relaxed));
    assert!(!token.is_cancelled());
}
