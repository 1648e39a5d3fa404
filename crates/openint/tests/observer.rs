//! Observers, over real sockets.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use openint::{Attempt, AttemptEnd, AttemptHeaders, Observer, Openint, OpenintBuilder, Secret};
use openint_sandbox::{Answer, Sandbox};

/// Writes down all that it is told, and sends a header.
#[derive(Default)]
struct Recorder(Mutex<Vec<String>>);

impl Recorder {
    fn lines(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    fn push(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }
}

impl Observer for Recorder {
    fn before_attempt(&self, attempt: &Attempt<'_>, headers: &mut AttemptHeaders<'_>) {
        headers.insert(
            "traceparent",
            &format!("00-{:032x}-{:016x}-01", 7, attempt.number),
        );
        self.push(format!("before {} {}", attempt.operation, attempt.number));
    }

    fn after_attempt(&self, attempt: &Attempt<'_>, end: &AttemptEnd<'_>) {
        assert!(end.duration < Duration::from_secs(10));
        let ended = (end.status, end.request_id, end.error_kind);
        self.push(format!("after {} {ended:?}", attempt.number));
    }

    fn before_wait(&self, attempt: &Attempt<'_>, wait: Duration) {
        self.push(format!("wait {} {}", attempt.number, wait > Duration::ZERO));
    }
}

fn builder(sandbox: &Sandbox) -> OpenintBuilder {
    Openint::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
}

#[test]
fn every_attempt_is_seen_and_carries_the_header() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([
        Answer::status(500).header("x-request-id", "req_1"),
        Answer::status(500).header("x-request-id", "req_2"),
    ]);
    let recorder = Arc::new(Recorder::default());
    let client = builder(&sandbox)
        .observer(Arc::clone(&recorder))
        .build()
        .unwrap();
    client.health().unwrap();

    let lines = recorder.lines();
    let expected = [
        "before health 1",
        "after 1 (Some(500), Some(\"req_1\"), Some(\"api\"))",
        "wait 1 true",
        "before health 2",
        "after 2 (Some(500), Some(\"req_2\"), Some(\"api\"))",
        "wait 2 true",
        "before health 3",
        "after 3 (Some(200), None, None)",
    ];
    assert_eq!(lines, expected);
    let sent = sandbox.requests();
    let parents: Vec<_> = sent
        .iter()
        .filter_map(|request| request.header("traceparent"))
        .collect();
    assert_eq!(parents.len(), 3);
    assert!(parents[2].ends_with("-0000000000000003-01"), "{parents:?}");
}

#[test]
fn attempts_with_a_second_key_count_on() {
    let sandbox = Sandbox::start().unwrap();
    let keys = Mutex::new(vec![
        sandbox.api_key().to_owned(),
        "key_that_ran_out".to_owned(),
    ]);
    let recorder = Arc::new(Recorder::default());
    let client = Openint::builder()
        .api_key_provider(move || {
            let key = keys.lock().unwrap().pop();
            key.map(Secret::from).ok_or("no key")
        })
        .base_url(sandbox.base_url())
        .observer(Arc::clone(&recorder))
        .build()
        .unwrap();
    client.viewer().unwrap();
    let lines = recorder.lines();
    assert_eq!(lines[0], "before viewer 1");
    assert_eq!(lines[2], "before viewer 2");
    assert_eq!(lines.len(), 4, "{lines:?}");
}

#[test]
fn what_has_no_answer_has_a_kind() {
    let recorder = Arc::new(Recorder::default());
    let client = Openint::builder()
        .api_key("key_test")
        .base_url("http://127.0.0.1:9/v1")
        .max_retries(0)
        .observer(Arc::clone(&recorder))
        .build()
        .unwrap();
    client.health().unwrap_err();
    assert_eq!(
        recorder.lines()[1],
        "after 1 (None, None, Some(\"connect\"))"
    );
}

/// Panics wherever it is asked.
struct Panics;

impl Observer for Panics {
    fn before_attempt(&self, _: &Attempt<'_>, _: &mut AttemptHeaders<'_>) {
        panic!("before");
    }

    fn after_attempt(&self, _: &Attempt<'_>, _: &AttemptEnd<'_>) {
        panic!("after");
    }

    fn before_wait(&self, _: &Attempt<'_>, _: Duration) {
        panic!("wait");
    }
}

#[test]
fn a_panic_in_one_breaks_neither_the_call_nor_the_next_observer() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([Answer::status(500)]);
    let recorder = Arc::new(Recorder::default());
    let client = builder(&sandbox)
        .observer(Panics)
        .observer(Arc::clone(&recorder))
        .build()
        .unwrap();
    client.health().unwrap();
    assert_eq!(recorder.lines().len(), 5);
}

/// Tries to send what an observer may not.
struct Meddler;

impl Observer for Meddler {
    fn before_attempt(&self, _: &Attempt<'_>, headers: &mut AttemptHeaders<'_>) {
        headers.insert("authorization", "Bearer key_of_somebody_else");
        headers.insert("content-length", "0");
        headers.insert("x-broken", "a\r\nb");
        headers.insert("bad name", "value");
        assert!(!format!("{headers:?}").contains("Bearer"));
    }
}

#[test]
fn an_observer_cannot_change_what_the_client_sends() {
    let sandbox = Sandbox::start().unwrap();
    let client = builder(&sandbox).observer(Meddler).build().unwrap();
    client.viewer().unwrap();
    let sent = sandbox.requests();
    let last = sent.last().unwrap();
    assert_eq!(last.header("x-broken"), None);
    let key = format!("Bearer {}", sandbox.api_key());
    assert_eq!(last.header("authorization"), Some(key.as_str()));
}
