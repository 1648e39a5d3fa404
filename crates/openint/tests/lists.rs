//! Lists that are read whole, or say that they are not, from a server whose rows change between two
//! pages and whose customers come in no order.

mod support;

use std::collections::BTreeSet;

use openint::{Error, ErrorKind, ListConnections, ListCustomers, ListOperation, Openint};
use openint_sandbox::{Churn, Sandbox};
use proptest::prelude::*;

fn client(sandbox: &Sandbox) -> Openint {
    support::builder(sandbox).build().unwrap()
}

/// The ids that came, each once, and the error at the end, if there was one.
fn read<O: ListOperation>(client: &Openint, list: O) -> (BTreeSet<String>, Option<Error>) {
    let mut came = BTreeSet::new();
    for row in client.iter(list) {
        match row {
            Ok(row) => {
                let id = O::id(&row).unwrap_or_default().to_owned();
                assert!(came.insert(id), "a row came twice");
            }
            Err(error) => return (came, Some(error)),
        }
    }
    (came, None)
}

/// Nothing that was there all the time is missing, or the error counts what came.
fn check(
    before: Vec<String>,
    after: Vec<String>,
    (came, error): (BTreeSet<String>, Option<Error>),
) -> bool {
    let after: BTreeSet<_> = after.into_iter().collect();
    let constant: BTreeSet<_> = before.into_iter().filter(|id| after.contains(id)).collect();
    match error {
        None => {
            let missing: Vec<_> = constant.difference(&came).collect();
            assert!(
                missing.is_empty(),
                "{} rows are missing in silence",
                missing.len()
            );
            true
        }
        Some(error) => {
            let ErrorKind::Incomplete { seen, .. } = error.kind() else {
                panic!("{error}");
            };
            assert_eq!(*seen, came.len() as u64);
            false
        }
    }
}

#[test]
fn customers_without_order_come_all_whatever_the_page_size() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fill_customers(3_500, "cus_");
    let all = sandbox.ids().customers;
    for (seed, size) in [7, 50, 500].into_iter().enumerate() {
        sandbox.customer_order(seed as u64);
        let read = read(&client(&sandbox), ListCustomers::new().limit(size));
        assert!(check(all.clone(), all.clone(), read), "page size {size}");
    }
}

#[test]
fn customers_that_change_come_all_or_an_error_says_how_many() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fill_customers(3_500, "cus_");
    for (size, inserts) in [(7, 0), (50, 0), (500, 1)] {
        let before = sandbox.ids().customers;
        let churn = Churn::new(u64::from(size)).updates(2);
        sandbox.churn(churn.inserts(inserts).deletes(inserts));
        let read = read(&client(&sandbox), ListCustomers::new().limit(size));
        sandbox.churn(Churn::new(0));
        let is_whole = check(before, sandbox.ids().customers, read);
        // A list that grows and shrinks with each request has no moment at which it is whole.
        assert_eq!(is_whole, inserts == 0, "page size {size}");
    }
}

#[test]
fn connections_that_change_all_the_time_are_read_whole() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.fill(3_500, "cus_1");
    for size in [50, 500] {
        let before = sandbox.ids().connections;
        sandbox.churn(Churn::new(u64::from(size)).updates(5).inserts(2).deletes(2));
        let read = read(&client(&sandbox), ListConnections::new().limit(size));
        sandbox.churn(Churn::new(0));
        assert!(
            check(before, sandbox.ids().connections, read),
            "page size {size}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_row_is_missed_in_silence(
        rows in 0..120usize,
        size in 1..40u32,
        (updates, inserts, deletes) in (0..4u32, 0..3u32, 0..3u32),
        seed in any::<u64>(),
    ) {
        let sandbox = Sandbox::start().unwrap();
        sandbox.fill(rows, "cus_1");
        let before = sandbox.ids().connections;
        sandbox.churn(Churn::new(seed).updates(updates).inserts(inserts).deletes(deletes));
        let read = read(&client(&sandbox), ListConnections::new().limit(size));
        sandbox.churn(Churn::new(0));
        check(before, sandbox.ids().connections, read);
    }
}
