//! Creating a connection once: what conformance cases cannot show, because it takes two parties.

mod support;

use std::thread;
use std::time::{Duration, Instant};

use openint::{
    CancelToken, ConnectorData, CreateConnection, ErrorKind, IDEMPOTENCY_KEY_FIELD, Openint,
    RequestOptions,
};
use openint_sandbox::{Answer, Sandbox};
use serde_json::json;

fn create(key: &str) -> CreateConnection {
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    CreateConnection::new("ccfg_", "cus_1", data).idempotency_key(key)
}

fn client(sandbox: &Sandbox) -> Openint {
    support::builder(sandbox).build().unwrap()
}

#[test]
fn calls_with_one_key_are_one() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let first = client.send(&create("a")).unwrap();
    let second = client.send(&create("a")).unwrap();
    assert_eq!((first.attempts, second.attempts), (1, 0));
    assert_eq!(first.value.id, second.value.id);
    assert_eq!(second.value.settings, first.value.settings);

    let other = client.create_connection(&create("b")).unwrap();
    assert_ne!(other.id, first.value.id);
    assert_eq!(sandbox.connections(Some("cus_1")), 2);
}

#[test]
fn a_first_request_that_lands_late_is_mended() {
    let sandbox = Sandbox::start().unwrap();
    // The first request fails before it does anything; the second has done its work and is slow
    // to say so. In between the "first" lands: a row with the same key.
    sandbox.script([
        Answer::status(500).on("POST", "/v1/connection"),
        Answer::real()
            .on("POST", "/v1/connection")
            .after_processing()
            .delay(Duration::from_millis(1500)),
    ]);
    let created = thread::scope(|scope| {
        let call = scope.spawn(|| client(&sandbox).create_connection(&create("late")));
        while sandbox.connections(Some("cus_1")) == 0 {
            thread::sleep(Duration::from_millis(5));
        }
        let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
        let late = CreateConnection::new("ccfg_", "cus_1", data)
            .metadata(json!({ IDEMPOTENCY_KEY_FIELD: "late" }));
        client(&sandbox).create_connection(&late).unwrap();
        assert_eq!(sandbox.connections(Some("cus_1")), 2);
        call.join().unwrap().unwrap()
    });
    assert_eq!(sandbox.connections(Some("cus_1")), 1);
    assert_eq!(
        client(&sandbox).get_connection(&created.id).unwrap().id,
        created.id
    );
}

#[test]
fn a_cancelled_call_looks_no_further() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([Answer::real()
        .on("POST", "/v1/connection")
        .after_processing()
        .delay(Duration::from_secs(30))]);
    let token = CancelToken::new();
    let client = client(&sandbox).with_options(RequestOptions::new().cancel(token.clone()));
    let error = thread::scope(|scope| {
        let call = scope.spawn(|| client.create_connection(&create("a")));
        while sandbox.connections(Some("cus_1")) == 0 {
            thread::sleep(Duration::from_millis(5));
        }
        token.cancel();
        call.join().unwrap().unwrap_err()
    });
    assert!(matches!(error.kind(), ErrorKind::Cancelled), "{error}");
    assert!(error.may_have_been_applied());
    assert_eq!(sandbox.requests().len(), 2);
}

#[test]
fn all_requests_of_a_call_with_a_key_end_by_one_total_timeout() {
    let sandbox = Sandbox::start().unwrap();
    // Each answer comes late, but within the timeout of an attempt.
    sandbox.script([Answer::real().delay(Duration::from_millis(400)).times(99)]);
    let client = client(&sandbox).with_options(
        RequestOptions::new()
            .timeout(Duration::from_secs(5))
            .total_timeout(Duration::from_millis(600)),
    );
    let started = Instant::now();
    let error = client.create_connection(&create("slow")).unwrap_err();
    let took = started.elapsed();
    assert!(took < Duration::from_millis(1100), "{took:?}");
    let ErrorKind::Timeout { limit, .. } = error.kind() else {
        panic!("{error}");
    };
    assert_eq!(*limit, Duration::from_millis(600));
    // The look-up took 400 ms of it, and the rest was not enough for the create.
    assert!(error.may_have_been_applied(), "{error}");
}

#[test]
fn a_call_with_a_key_does_not_begin_a_wait_that_is_too_long() {
    let sandbox = Sandbox::start().unwrap();
    let refusal = Answer::status(500).header("retry-after", "30");
    sandbox.script([refusal.on("POST", "/v1/connection").times(9)]);
    let hasty = |sandbox| {
        client(sandbox).with_options(RequestOptions::new().total_timeout(Duration::from_secs(10)))
    };
    let client = hasty(&sandbox);
    let started = Instant::now();
    let error = client.create_connection(&create("hasty")).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!((error.status(), error.attempts()), (Some(500), 1));
    assert!(
        error.to_string().contains("`total_timeout` (10 s)"),
        "{error}"
    );
    assert!(error.may_have_been_applied());

    // The row of an attempt that did its work is found all the same.
    let sandbox = Sandbox::start().unwrap();
    let client = hasty(&sandbox);
    let done = Answer::status(500)
        .header("retry-after", "30")
        .after_processing();
    sandbox.script([done.on("POST", "/v1/connection")]);
    let created = client.send(&create("done")).unwrap();
    assert_eq!(created.attempts, 1);
    assert!(started.elapsed() < Duration::from_secs(5));
}
