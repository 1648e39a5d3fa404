use std::collections::HashMap;
use std::thread;
use std::time::Instant;

use openint::{ConnectorData, CreateConnection, ListConnections, Openint, RequestOptions};
use openint_sandbox::{Chaos, Sandbox};
use serde_json::json;

use crate::plan::Plan;
use crate::tally::Tally;

/// Number of calls for each customer: a key has to be told from those beside it.
const CALLS_OF_A_CUSTOMER: u32 = 4;

/// A call with a key that still fails after this many times has found a defect, not bad luck.
pub(crate) const MAX_REPETITIONS: u32 = 50;

/// End of a call.
#[derive(Clone, Copy)]
struct End {
    call: u32,
    /// True if it succeeded.
    success: bool,
    /// True if its failure said that it may have been applied.
    announced: bool,
    attempts: u32,
    again: u32,
}

pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Makes the calls of `plan` against a server of its own.
pub(crate) fn run(plan: &Plan, keys: bool) -> Result<Tally, Failure> {
    let sandbox = Sandbox::start()?;
    let client = Openint::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
        .timeout(plan.timeout())
        .build()?;
    sandbox.inject_faults(Chaos::new(plan.seed, plan.faults));
    let started = Instant::now();
    let ends = ends(plan, keys, &client);
    let took = started.elapsed();
    let injected = sandbox.faults_injected();
    sandbox.stop_faults();

    let mut rows = rows(&client)?;
    let mut tally = Tally {
        keys,
        calls: ends.len() as u64,
        injected,
        took,
        rows: rows.values().sum(),
        ..Tally::default()
    };
    for end in ends {
        let rows = rows.remove(&end.call).unwrap_or(0);
        tally.attempts += u64::from(end.attempts);
        tally.again += u64::from(end.again);
        tally.doubled += rows.saturating_sub(1);
        if end.success {
            tally.succeeded += 1;
            tally.lost += u64::from(rows == 0);
        } else if end.announced {
            tally.announced += 1;
            tally.landed += rows.min(1);
        } else {
            tally.refused += 1;
            tally.denied += rows.min(1);
        }
    }
    // What is left belongs to no call at all.
    tally.doubled += rows.values().sum::<u64>();
    Ok(tally)
}

fn ends(plan: &Plan, keys: bool, client: &Openint) -> Vec<End> {
    let customers = plan.calls.div_ceil(CALLS_OF_A_CUSTOMER);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..plan.threads)
            .map(|thread| {
                scope.spawn(move || {
                    // One thread makes all calls of a customer, so that the requests about it
                    // come in the same order in every run.
                    (thread..customers)
                        .step_by(plan.threads as usize)
                        .flat_map(|customer| {
                            let first = customer * CALLS_OF_A_CUSTOMER;
                            first..(first + CALLS_OF_A_CUSTOMER).min(plan.calls)
                        })
                        .map(|call| end(client, call, keys))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("no call panics"))
            .collect()
    })
}

fn end(client: &Openint, call: u32, keys: bool) -> End {
    let customer = format!("cus_{}", call / CALLS_OF_A_CUSTOMER);
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    let mut create =
        CreateConnection::new("ccfg_", customer, data).metadata(json!({ "call": call }));
    if keys {
        create = create.idempotency_key(format!("call-{call}"));
    }
    let mut end = End {
        call,
        success: false,
        announced: false,
        attempts: 0,
        again: 0,
    };
    loop {
        match client.send(&create) {
            Ok(created) => {
                end.attempts += created.attempts;
                end.success = true;
            }
            Err(error) => {
                end.attempts += error.attempts();
                end.announced |= error.may_have_been_applied();
            }
        }
        if end.success || !keys || end.again == MAX_REPETITIONS {
            return end;
        }
        end.again += 1;
    }
}

/// Returns the number of rows that each call has made.
fn rows(client: &Openint) -> Result<HashMap<u32, u64>, Failure> {
    // A page of three thousand rows is no affair of a second on a busy machine.
    let patient = RequestOptions::new().timeout(std::time::Duration::from_secs(60));
    let mut rows = HashMap::new();
    for row in client
        .with_options(patient)
        .iter(ListConnections::new().limit(3_000))
    {
        let metadata = row?.metadata.ok_or("a row without metadata")?;
        let call = metadata.get("call").ok_or("a row of no call")?.to()?;
        *rows.entry(call).or_default() += 1;
    }
    Ok(rows)
}
