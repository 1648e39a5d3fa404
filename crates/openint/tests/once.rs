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

/// A row with the key that another program makes.
fn foreign(sandbox: &Sandbox, key: &str) -> String {
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    let create = CreateConnection::new("ccfg_", "cus_1", data)
        .metadata(json!({ IDEMPOTENCY_KEY_FIELD: key }));
    client(sandbox).create_connection(&create).unwrap().id
}

fn wait_for_requests(sandbox: &Sandbox, count: usize) {
    while sandbox.requests().len() < count {
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn an_older_row_of_another_program_wins_and_the_own_one_goes() {
    let sandbox = Sandbox::start().unwrap();
    // The look shows no row, and before its answer arrives another program makes one.
    sandbox.script([Answer::real()
        .on("GET", "/v1/connection")
        .delay(Duration::from_millis(1000))]);
    let (created, older) = thread::scope(|scope| {
        let call = scope.spawn(|| client(&sandbox).create_connection(&create("late")));
        wait_for_requests(&sandbox, 1);
        thread::sleep(Duration::from_millis(300));
        let older = foreign(&sandbox, "late");
        (call.join().unwrap().unwrap(), older)
    });
    assert_eq!(created.id, older);
    assert_eq!(created.duplicates, None);
    assert_eq!(sandbox.connections(Some("cus_1")), 1);
}

#[test]
fn a_newer_row_of_another_program_is_reported_and_stays() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([Answer::real()
        .on("POST", "/v1/connection")
        .after_processing()
        .delay(Duration::from_millis(1500))]);
    let (created, newer) = thread::scope(|scope| {
        let call = scope.spawn(|| client(&sandbox).create_connection(&create("early")));
        while sandbox.connections(Some("cus_1")) == 0 {
            thread::sleep(Duration::from_millis(5));
        }
        let newer = foreign(&sandbox, "early");
        (call.join().unwrap().unwrap(), newer)
    });
    assert_ne!(created.id, newer);
    assert_eq!(created.duplicates, Some(vec![newer]));
    assert_eq!(sandbox.connections(Some("cus_1")), 2);
}

#[test]
fn a_copied_key_costs_nobody_a_row() {
    let sandbox = Sandbox::start().unwrap();
    let first = client(&sandbox)
        .create_connection(&create("copied"))
        .unwrap();
    let copy = foreign(&sandbox, "copied");
    let again = client(&sandbox)
        .create_connection(&create("copied"))
        .unwrap();
    assert_eq!(again.id, first.id);
    assert_eq!(again.duplicates, Some(vec![copy]));
    assert_eq!(sandbox.connections(Some("cus_1")), 2);
}

#[test]
fn threads_with_one_key_on_one_client_share_one_creation() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let ids: Vec<String> = thread::scope(|scope| {
        let call = || {
            client
                .clone()
                .create_connection(&create("shared"))
                .unwrap()
                .id
        };
        let calls: Vec<_> = (0..8).map(|_| scope.spawn(call)).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(sandbox.connections(Some("cus_1")), 1);
    let posts = sandbox
        .requests()
        .into_iter()
        .filter(|request| request.method == "POST");
    assert_eq!(posts.count(), 1);
}

#[test]
fn a_call_that_waits_for_another_with_its_key_can_be_cancelled() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([Answer::real()
        .on("POST", "/v1/connection")
        .delay(Duration::from_secs(3))]);
    let client = client(&sandbox);
    let token = CancelToken::new();
    thread::scope(|scope| {
        let first = scope.spawn(|| client.create_connection(&create("slow")));
        wait_for_requests(&sandbox, 2);
        let options = RequestOptions::new().cancel(token.clone());
        let waiting = client.with_options(options);
        let second = scope.spawn(move || waiting.create_connection(&create("slow")));
        thread::sleep(Duration::from_millis(100));
        let cancelled = std::time::Instant::now();
        token.cancel();
        let error = second.join().unwrap().unwrap_err();
        assert!(cancelled.elapsed() < Duration::from_millis(500));
        assert!(matches!(error.kind(), ErrorKind::Cancelled), "{error}");
        assert_eq!(
            (error.attempts(), error.may_have_been_applied()),
            (0, false)
        );
        first.join().unwrap().unwrap();
    });
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

#[test]
fn a_row_that_the_look_does_not_show_is_not_deleted() {
    let sandbox = Sandbox::start().unwrap();
    let newer = "conn_dummy-oauth2_other";
    let page = json!({
        "items": [{
            "id": newer,
            "metadata": { IDEMPOTENCY_KEY_FIELD: "lagging" },
            "created_at": "2100-01-01 00:00:00+00",
            "updated_at": "2100-01-01 00:00:00+00",
        }],
        "total": 1, "limit": 50, "offset": 0, "has_next_page": true,
    });
    sandbox.script([
        Answer::real().on("GET", "/v1/connection"),
        Answer::status(200).json(page).on("GET", "/v1/connection"),
    ]);
    let created = client(&sandbox)
        .create_connection(&create("lagging"))
        .unwrap();
    assert_ne!(created.id, newer);
    assert_eq!(created.duplicates.unwrap(), [newer]);
    assert_eq!(sandbox.connections(Some("cus_1")), 1);
}

#[test]
fn a_call_with_another_api_key_shares_no_creation() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([Answer::real()
        .on("POST", "/v1/connection")
        .delay(Duration::from_millis(1000))]);
    let client = client(&sandbox);
    thread::scope(|scope| {
        let call = scope.spawn(|| client.create_connection(&create("mine")));
        wait_for_requests(&sandbox, 2);
        let other = RequestOptions::new().extra_header("Authorization", "Bearer key_of_nobody");
        let error = client
            .with_options(other)
            .create_connection(&create("mine"));
        assert_eq!(error.unwrap_err().status(), Some(401));
        call.join().unwrap().unwrap();
    });
}
