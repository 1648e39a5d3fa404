//! Reading all pages: each row once, an end in every case, and nothing read is lost.

#[cfg(target_os = "linux")]
#[path = "support/resident.rs"]
mod resident;
mod support;

use openint::{
    ConnectorData, CreateConnection, Error, ErrorKind, ListConnections, Openint, RequestOptions,
};
use openint_sandbox::{Answer, Sandbox};
use serde_json::json;

fn client(sandbox: &Sandbox) -> Openint {
    support::builder(sandbox)
        .build()
        .unwrap()
        .with_options(RequestOptions::new().max_retries(0))
}

fn page(ids: &[&str], total: u64) -> Answer {
    let items: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
    Answer::status(200).json(json!({
        "items": items, "total": total, "limit": 2, "offset": 0, "has_next_page": false
    }))
}

fn read(sandbox: &Sandbox) -> (Vec<String>, Option<Error>) {
    let mut ids = Vec::new();
    for item in client(sandbox).iter(ListConnections::new().limit(2)) {
        match item {
            Ok(connection) => ids.push(connection.id),
            Err(error) => return (ids, Some(error)),
        }
    }
    (ids, None)
}

#[test]
fn every_row_comes_once_whatever_the_page_size() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let mut created = Vec::new();
    for _ in 0..21 {
        let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
        let create = CreateConnection::new("ccfg_", "cus_pages", data);
        created.push(client.create_connection(&create).unwrap().id);
    }
    created.sort();
    for size in [1, 7, 20, 21, 22, 3000] {
        let list = ListConnections::new().customer_id("cus_pages").limit(size);
        let mut read: Vec<_> = client.iter(list).map(|row| row.unwrap().id).collect();
        read.sort();
        assert_eq!(read, created, "page size {size}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_hundred_thousand_rows_come_once_each_in_flat_memory() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fill(100_000, "cus_many");
    let client = client(&sandbox);
    let mut ids = std::collections::HashSet::with_capacity(100_000);
    let mut baseline = 0;
    for row in client.iter(ListConnections::new().limit(1_000)) {
        // What this test remembers is a hash of each id, in memory that is there from the start.
        let mut hasher = std::hash::DefaultHasher::new();
        std::hash::Hash::hash(&row.unwrap().id, &mut hasher);
        assert!(
            ids.insert(std::hash::Hasher::finish(&hasher)),
            "a row came twice"
        );
        if ids.len() == 20_000 {
            (baseline, _) = resident::resident();
        }
    }
    assert_eq!(ids.len(), 100_000);
    let growth = resident::resident().0 - baseline;
    assert!(
        growth < 16 << 20,
        "{growth} bytes more over the last 80,000 rows"
    );
}

#[test]
fn rows_that_change_during_the_reading_are_not_lost() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fill(40, "cus_shift");
    let client = client(&sandbox);
    let mut ids = Vec::new();
    for row in client.iter(ListConnections::new().customer_id("cus_shift").limit(10)) {
        let id = row.unwrap().id;
        // The row that was read last moves to the front, and pushes the others on.
        if ids.len() % 4 == 3 {
            sandbox.touch(&id);
        }
        ids.push(id);
    }
    let read = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!((read, ids.len()), (40, 40));
}

#[test]
fn pages_are_asked_for_only_when_they_are_needed() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([page(&["a", "b"], 9)]);
    let client = client(&sandbox);
    let mut rows = client.iter(ListConnections::new().limit(2));
    assert_eq!(sandbox.requests().len(), 0);
    rows.next().unwrap().unwrap();
    rows.next().unwrap().unwrap();
    assert_eq!(sandbox.requests().len(), 1);
}

#[test]
fn a_row_that_moved_to_the_front_is_read_there() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([
        page(&["a", "b"], 4),
        page(&["b", "c"], 4),
        page(&["d", "a", "b", "c"], 4),
    ]);
    assert_eq!(read(&sandbox).0, ["a", "b", "c", "d"]);
    let queries: Vec<_> = sandbox.requests().iter().map(|r| r.query.clone()).collect();
    assert_eq!(queries, ["limit=2", "limit=2&offset=2", "limit=3000"]);
}

#[test]
fn has_next_page_is_not_believed() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([page(&["a", "b"], 3), page(&["c"], 3)]);
    let (ids, error) = read(&sandbox);
    assert_eq!(ids, ["a", "b", "c"]);
    assert!(error.is_none());
}

#[test]
fn a_list_that_never_shows_all_of_its_rows_ends_with_an_error() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([page(&["a", "b"], 9).times(100)]);
    let (ids, error) = read(&sandbox);
    assert_eq!(ids, ["a", "b"]);
    let error = error.unwrap();
    assert!(
        matches!(
            error.kind(),
            ErrorKind::Incomplete {
                seen: 2,
                total: 9,
                ..
            }
        ),
        "{error}"
    );
    assert!(error.is_retryable());
    assert!(sandbox.requests().len() < 30);
}

#[test]
fn an_error_comes_last_and_what_was_read_stays() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([page(&["a", "b"], 9), Answer::status(500)]);
    let client = client(&sandbox);
    let mut rows = client.iter(ListConnections::new().limit(2));
    assert_eq!(rows.next().unwrap().unwrap().id, "a");
    assert_eq!(rows.next().unwrap().unwrap().id, "b");
    assert_eq!(rows.next().unwrap().unwrap_err().status(), Some(500));
    assert!(rows.next().is_none());
    assert_eq!(sandbox.requests().len(), 2);
}

#[test]
fn a_page_size_that_cannot_be_is_bad_input() {
    let sandbox = Sandbox::start().unwrap();
    for limit in [0, 3001] {
        let mut rows = client(&sandbox).iter(ListConnections::new().limit(limit));
        let error = rows.next().unwrap().unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::InvalidInput { field, .. } if field == "limit"),
            "{error}"
        );
        assert!(rows.next().is_none());
    }
    assert_eq!(sandbox.requests().len(), 0);
}
