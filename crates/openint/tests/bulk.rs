//! Imports against the sandbox: one connection a row, however often and however roughly they end.

mod support;

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, Instant};

use openint::bulk::{
    Ended, Import, ImportError, JournalError, Outcome, Progress, Row, idempotency_key,
};
use openint::{
    CancelToken, ConnectorData, CreateConnection, IDEMPOTENCY_KEY_FIELD, ListConnections, Openint,
};
use openint_sandbox::{Answer, Chaos, Fault, Phase, RecordedRequest, Sandbox};
use serde_json::json;
use tempfile::TempDir;

fn client(sandbox: &Sandbox) -> Openint {
    support::builder(sandbox)
        .timeout(Duration::from_secs(2))
        .build()
        .unwrap()
}

fn row(id: usize) -> Row {
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    let params = CreateConnection::new("ccfg_", format!("cus_{id}"), data);
    Row::new(id.to_string(), params.metadata(json!({ "row": id })))
}

fn rows(count: usize) -> impl Iterator<Item = Row> + Send + 'static {
    (0..count).map(row)
}

struct Scratch(TempDir);

impl Scratch {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn journal(&self) -> PathBuf {
        self.0.path().join("journal")
    }

    fn import(&self) -> Import {
        Import::new("move").journal(self.journal())
    }
}

/// All outcomes, and the progress at the end.
fn run(import: Import, client: &Openint, rows: impl Iterator<Item = Row> + Send + 'static) -> Run {
    let outcomes = import.start(client, rows).unwrap();
    let progress = outcomes.progress();
    let mut run = Run::default();
    for outcome in outcomes {
        match outcome {
            Ok(outcome) => run.outcomes.push(outcome),
            Err(error) => run.error = Some(error),
        }
    }
    run.progress = progress.snapshot();
    assert_eq!(run.progress.in_flight, 0);
    run
}

#[derive(Default)]
struct Run {
    outcomes: Vec<Outcome>,
    error: Option<ImportError>,
    progress: Progress,
}

impl Run {
    /// Created, found, failed, skipped.
    fn counts(&self) -> [u64; 4] {
        let p = &self.progress;
        let counts = [p.created, p.found, p.failed, p.skipped];
        assert_eq!(counts.iter().sum::<u64>(), self.outcomes.len() as u64);
        counts
    }
}

/// Returns the number of connections of each row, by its number in the metadata.
fn connections(sandbox: &Sandbox) -> BTreeMap<u64, usize> {
    let mut counts = BTreeMap::new();
    for connection in client(sandbox).iter(ListConnections::new().limit(3_000)) {
        let metadata = connection.unwrap().metadata.unwrap();
        *counts
            .entry(metadata.get("row").unwrap().to().unwrap())
            .or_default() += 1;
    }
    counts
}

fn one_each(sandbox: &Sandbox, count: usize) {
    let counts = connections(sandbox);
    let wrong: Vec<_> = counts.iter().filter(|(_, count)| **count != 1).collect();
    assert!(wrong.is_empty(), "doubled: {wrong:?}");
    assert_eq!(counts.len(), count);
}

fn posts(requests: &[RecordedRequest]) -> usize {
    let is_create = |r: &&RecordedRequest| r.method == "POST" && r.path == "/v1/connection";
    requests.iter().filter(is_create).count()
}

#[test]
fn every_row_is_created_once_and_the_next_run_sends_nothing() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let first = run(scratch.import(), &client(&sandbox), rows(200));
    assert_eq!(first.counts(), [200, 0, 0, 0]);
    let requests = sandbox.requests();
    assert_eq!(
        (requests.len(), posts(&requests)),
        (200, 200),
        "no look-ups"
    );
    one_each(&sandbox, 200);

    let ids: HashSet<_> = first.outcomes.iter().map(|o| &o.row_id).collect();
    assert_eq!(ids.len(), 200);

    let before = sandbox.requests().len();
    let second = run(scratch.import(), &client(&sandbox), rows(230));
    assert_eq!(second.counts(), [30, 0, 0, 200]);
    assert_eq!(sandbox.requests().len(), before + 30);
    one_each(&sandbox, 230);
}

#[test]
fn a_connection_holds_the_key_that_anybody_can_derive() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let mut own = row(1);
    own.params = own.params.idempotency_key("mine");
    run(
        scratch.import(),
        &client(&sandbox),
        [row(0), own].into_iter(),
    );
    for (customer, expected) in [
        ("cus_0", idempotency_key("move", "0").unwrap()),
        ("cus_1", "mine".to_owned()),
    ] {
        let list = ListConnections::new().customer_id(customer);
        let page = client(&sandbox).list_connections(&list).unwrap();
        let key = page.items[0]
            .metadata
            .as_ref()
            .unwrap()
            .get(IDEMPOTENCY_KEY_FIELD);
        assert_eq!(key.unwrap().to::<String>().unwrap(), expected);
    }
}

#[test]
fn rows_that_were_begun_and_did_not_end_are_looked_up_and_the_others_are_not() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    run(scratch.import(), &client(&sandbox), rows(10));
    // As after a kill: three rows were sent, and their ends are not in the journal.
    let lost = [3, 5, 8].map(|row| format!("{{\"event\":\"created\",\"row\":\"{row}\""));
    let text = std::fs::read_to_string(scratch.journal()).unwrap();
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !lost.iter().any(|lost| line.starts_with(lost)))
        .collect();
    assert_eq!(kept.len(), text.lines().count() - 3);
    std::fs::write(scratch.journal(), kept.join("\n") + "\n").unwrap();
    let before = sandbox.requests().len();

    let second = run(scratch.import(), &client(&sandbox), rows(12));
    assert_eq!(second.counts(), [2, 3, 0, 7]);
    let requests = sandbox.requests().split_off(before);
    assert_eq!(posts(&requests), 2);
    let lists = requests
        .iter()
        .filter(|r| r.path == "/v1/connection" && r.method == "GET");
    let mut looked_up: Vec<_> = lists.map(|list| list.query.clone()).collect();
    looked_up.sort();
    assert_eq!(looked_up.len(), 3, "{looked_up:?}");
    for (list, customer) in looked_up.iter().zip(["cus_3", "cus_5", "cus_8"]) {
        assert!(list.contains(customer), "{list}");
    }
    one_each(&sandbox, 12);
}

#[test]
fn a_row_whose_look_up_fails_is_looked_up_by_the_next_run() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    run(scratch.import(), &client(&sandbox), rows(1));
    let text = std::fs::read_to_string(scratch.journal()).unwrap();
    let begun: Vec<&str> = text.lines().take(2).collect();
    std::fs::write(scratch.journal(), begun.join("\n") + "\n").unwrap();

    sandbox.script([Answer::status(400).on("GET", "/v1/connection")]);
    let second = run(scratch.import(), &client(&sandbox), rows(1));
    assert_eq!(second.counts(), [0, 0, 1, 0]);
    let Ended::Failed(error) = &second.outcomes[0].ended else {
        panic!("{:?}", second.outcomes);
    };
    assert!(error.may_have_been_applied(), "{error}");
    let third = run(scratch.import(), &client(&sandbox), rows(1));
    assert_eq!(third.counts(), [0, 1, 0, 0]);
    one_each(&sandbox, 1);
}

#[test]
fn without_a_journal_each_row_is_looked_up_unless_it_is_the_first_run() {
    let sandbox = Sandbox::start().unwrap();
    let first = run(
        Import::new("move").first_run(true),
        &client(&sandbox),
        rows(5),
    );
    assert_eq!(first.counts(), [5, 0, 0, 0]);
    assert_eq!(sandbox.requests().len(), 5);
    let second = run(Import::new("move"), &client(&sandbox), rows(6));
    assert_eq!(second.counts(), [1, 5, 0, 0]);
    one_each(&sandbox, 6);
}

#[test]
fn a_row_that_comes_twice_is_one_connection() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let twice = rows(50).chain(rows(50));
    let both = run(scratch.import().concurrency(4), &client(&sandbox), twice);
    let [created, found, failed, skipped] = both.counts();
    // One that comes while the first is under way is refused.
    assert_eq!((created, found + failed, skipped), (50, 50, 0));
    one_each(&sandbox, 50);
}

#[test]
fn through_faults_there_is_one_connection_a_row() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    sandbox.inject_faults(Chaos::new(7, 0.15));
    let client = support::builder(&sandbox)
        .timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let import = scratch.import().concurrency(32);
    let mut run = run(import, &client, rows(300));
    let injected = sandbox.faults_injected();
    sandbox.stop_faults();
    assert!(injected > 30, "{injected}");
    assert!(run.progress.retries > 0);
    if run.progress.failed > 0 {
        run = self::run(scratch.import(), &client, rows(300));
    }
    assert!(run.error.is_none(), "{:?}", run.error);
    assert_eq!(run.counts()[2], 0);
    one_each(&sandbox, 300);
}

#[test]
fn a_row_that_failed_is_tried_again_and_can_be_mended() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let bad = || {
        let mut bad = row(1);
        bad.params.connector_config_id = "ccfg_missing".to_owned();
        bad
    };
    let first = run(
        scratch.import(),
        &client(&sandbox),
        vec![row(0), bad()].into_iter(),
    );
    assert_eq!(first.counts(), [1, 0, 1, 0]);
    assert_eq!(first.progress.errors, [("api 404".to_owned(), 1)].into());
    let second = run(
        scratch.import(),
        &client(&sandbox),
        vec![row(0), bad()].into_iter(),
    );
    assert_eq!(second.counts(), [0, 0, 1, 1]);
    let third = run(scratch.import(), &client(&sandbox), rows(2));
    assert_eq!(third.counts(), [1, 0, 0, 1]);
    one_each(&sandbox, 2);
}

#[test]
fn rows_of_another_file_are_refused() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    run(scratch.import(), &client(&sandbox), rows(3));
    let mut other = row(1);
    other.params.customer_id = "somebody else".to_owned();
    let second = run(scratch.import(), &client(&sandbox), [other].into_iter());
    let Some(ImportError::Journal(JournalError::OtherRows { row, .. })) = &second.error else {
        panic!("{:?}", second.error);
    };
    assert_eq!(row, "1");
    assert_eq!(sandbox.requests().len(), 3);
}

#[test]
fn a_journal_serves_one_import_at_a_time() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let client = client(&sandbox);
    let mut running = scratch.import().start(&client, rows(5)).unwrap();
    let error = scratch.import().start(&client, rows(5)).unwrap_err();
    let locked = matches!(error, ImportError::Journal(JournalError::Locked { .. }));
    assert!(locked, "{error}");
    assert_eq!(running.by_ref().count(), 5);
    assert_eq!(
        run(scratch.import(), &client, rows(5)).counts(),
        [0, 0, 0, 5]
    );

    let other = Import::new("other").journal(scratch.journal());
    let error = other.start(&client, rows(5)).unwrap_err();
    assert!(
        error.to_string().contains("of the import `move`"),
        "{error}"
    );
}

#[test]
fn retry_after_stops_all_calls_together() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    sandbox.script([Answer::status(429)
        .header("retry-after", "1")
        .on("POST", "/v1/connection")]);
    let run = run(
        scratch.import().concurrency(8),
        &client(&sandbox),
        rows(100),
    );
    assert_eq!(run.counts(), [100, 0, 0, 0]);
    assert!(run.progress.retries >= 1);
    let times: Vec<u64> = sandbox
        .requests()
        .iter()
        .map(|request| request.at_ms)
        .collect();
    let gap = times.windows(2).map(|pair| pair[1] - pair[0]).max();
    assert!(gap >= Some(850), "{gap:?}");
    one_each(&sandbox, 100);
}

#[test]
fn the_rate_has_an_upper_bound() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let import = scratch.import().max_rate(100.0);
    let started = Instant::now();
    assert_eq!(run(import, &client(&sandbox), rows(60)).counts()[0], 60);
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(530), "{took:?}");
}

#[test]
fn a_refused_key_stops_the_import() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let stranger = support::builder(&sandbox)
        .api_key("key_wrong")
        .build()
        .unwrap();
    let run = run(scratch.import().concurrency(2), &stranger, rows(1_000));
    assert!(matches!(&run.error, Some(ImportError::Call(error)) if error.status() == Some(401)));
    assert!(run.outcomes.len() <= 2, "{} rows", run.outcomes.len());
}

#[test]
fn an_outage_is_waited_for_up_to_a_limit_and_costs_no_row() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let client = client(&sandbox);
    sandbox.refuse_for(Duration::from_millis(900));
    assert_eq!(
        run(scratch.import(), &client, rows(20)).counts(),
        [20, 0, 0, 0]
    );

    sandbox.refuse_for(Duration::from_secs(30));
    let impatient = scratch.import().max_outage(Duration::from_millis(600));
    let run = run(impatient, &client, rows(40));
    let Some(ImportError::Outage { error, .. }) = &run.error else {
        panic!("{:?}", run.error);
    };
    assert!(!error.may_have_been_applied());
    assert_eq!(run.counts()[3], 20);
    assert!(run.counts()[2] <= 16);
}

#[test]
fn a_stopped_import_ends_what_is_under_way_and_goes_on_later() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    sandbox.script([Answer::real()
        .on("POST", "/v1/connection")
        .delay(Duration::from_millis(100))
        .times(50)]);
    let token = CancelToken::new();
    let import = scratch.import().concurrency(4).cancel(token.clone());
    let mut outcomes = import.start(&client(&sandbox), rows(100)).unwrap();
    outcomes.next().unwrap().unwrap();
    token.cancel();
    let rest: Vec<_> = outcomes.map(Result::unwrap).collect();
    assert!(
        rest.iter()
            .all(|outcome| matches!(outcome.ended, Ended::Created(_)))
    );
    let created = rest.len() + 1;
    assert!(created < 20, "{created}");
    assert_eq!(sandbox.connections(None), created);

    let second = run(scratch.import(), &client(&sandbox), rows(100));
    assert_eq!(
        second.counts(),
        [100 - created as u64, 0, 0, created as u64]
    );
    one_each(&sandbox, 100);
}

#[test]
fn dropping_the_outcomes_stops_the_import_and_frees_the_journal() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let client = client(&sandbox);
    let mut outcomes = scratch.import().start(&client, rows(10_000)).unwrap();
    outcomes.next().unwrap().unwrap();
    drop(outcomes);
    let had = sandbox.connections(None);
    assert!(had < 10_000);
    let second = run(scratch.import(), &client, rows(300));
    assert_eq!(second.counts()[3] as usize, had.min(300));
    one_each(&sandbox, had.max(300));
}

#[test]
fn a_stop_does_not_wait_for_the_next_row() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let (sender, slow) = std::sync::mpsc::channel::<Row>();
    sender.send(row(0)).unwrap();
    let token = CancelToken::new();
    let import = scratch.import().cancel(token.clone());
    let mut outcomes = import.start(&client(&sandbox), slow).unwrap();
    outcomes.next().unwrap().unwrap();
    let nothing = outcomes.next_within(Duration::from_millis(50));
    assert!(matches!(nothing, Poll::Pending), "{nothing:?}");
    token.cancel();
    let started = Instant::now();
    assert!(outcomes.next().is_none());
    assert!(started.elapsed() < Duration::from_secs(1));
    let end = outcomes.next_within(Duration::ZERO);
    assert!(matches!(end, Poll::Ready(None)), "{end:?}");
}

#[test]
fn rows_are_pulled_no_faster_than_outcomes_are_taken() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let pulled = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&pulled);
    let rows = rows(5_000).inspect(move |_| {
        count.fetch_add(1, Ordering::Relaxed);
    });
    let import = scratch.import().concurrency(4);
    let mut outcomes = import.start(&client(&sandbox), rows).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let before = pulled.load(Ordering::Relaxed);
    assert!((1..=4 * 4 + 64).contains(&before), "{before}");
    for _ in 0..100 {
        outcomes.next().unwrap().unwrap();
    }
    std::thread::sleep(Duration::from_millis(200));
    let after = pulled.load(Ordering::Relaxed);
    assert!(after <= before + 100, "{after}");
}

#[test]
fn a_panic_of_the_rows_reaches_the_caller() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let rows = rows(10).inspect(|row| assert!(row.id != "7", "a bad row"));
    let outcomes = scratch.import().start(&client(&sandbox), rows).unwrap();
    let seen = Mutex::new(0);
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        for outcome in outcomes {
            outcome.unwrap();
            *seen.lock().unwrap() += 1;
        }
    }));
    assert!(panicked.is_err());
    assert_eq!(seen.into_inner().unwrap(), 7);
}

#[test]
fn no_secret_reaches_the_journal() {
    const SECRET: &str = "canary-4f1d";
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    let rows = (0..4).map(|id| {
        let oauth = json!({ "oauth": { "credentials": { "access_token": SECRET } } });
        let config = if id == 3 {
            "ccfg_canary-4f1d"
        } else {
            "ccfg_github_sandbox"
        };
        let params = CreateConnection::new(config, "cus", ConnectorData::new("github", oauth));
        Row::new(id.to_string(), params.metadata(json!({ "note": SECRET })))
    });
    sandbox.script([
        Answer::fault(Fault::Html).on("POST", "/v1/connection"),
        Answer::status(400)
            .json(json!({ "message": SECRET, "code": SECRET }))
            .on("POST", "/v1/connection"),
        Answer::real().with_fault(Fault::Close {
            at: Phase::Body,
            reset: true,
        }),
    ]);
    let run = run(scratch.import().concurrency(1), &client(&sandbox), rows);
    assert_eq!(run.counts(), [2, 0, 2, 0]);
    let journal = std::fs::read_to_string(scratch.journal()).unwrap();
    assert!(journal.contains("\"error\":\"api 404\""), "{journal}");
    assert!(!journal.contains(SECRET), "{journal}");
    assert!(private(&scratch.journal()));
}

fn private(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).unwrap().permissions().mode() & 0o077 == 0
    }
    #[cfg(not(unix))]
    path.exists()
}

#[test]
fn options_that_cannot_be_are_refused_before_anything_happens() {
    let (sandbox, scratch) = (Sandbox::start().unwrap(), Scratch::new());
    for (import, field) in [
        (scratch.import().concurrency(0), "concurrency"),
        (scratch.import().concurrency(2_000), "concurrency"),
        (scratch.import().max_rate(0.0), "max_rate"),
        (scratch.import().max_rate(f64::NAN), "max_rate"),
        (scratch.import().max_attempts(0), "max_attempts"),
        (Import::new(""), "name"),
    ] {
        let error = import.start(&client(&sandbox), rows(1)).unwrap_err();
        assert!(error.to_string().contains(field), "{error}");
    }
    assert!(!scratch.journal().exists());
    assert!(sandbox.requests().is_empty());
}
