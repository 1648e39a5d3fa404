//! Calls with one key from several threads of one client, and from several processes, at once.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use openint::{ConnectorData, CreateConnection, IDEMPOTENCY_KEY_FIELD, ListConnections, Openint};
use openint_sandbox::{Chaos, Sandbox};
use serde_json::json;

use crate::plan::{Plan, Worker};
use crate::work::{Failure, MAX_REPETITIONS};

const THREADS: usize = 8;
const PROCESSES: usize = 4;

/// The parties that use a key at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parties {
    Threads,
    Processes,
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Shares {
    parties: Parties,
    keys: u32,
    took: Duration,
    /// Keys of which no id was handed out.
    missing: u64,
    /// Keys with more than one row.
    doubled: u64,
    /// Keys of which different ids were handed out.
    different: u64,
    /// Ids that were handed out and are not there.
    gone: u64,
}

impl Shares {
    pub(crate) fn faults(&self) -> Vec<String> {
        // Two processes can both find no row and make one: what must hold is that no id is gone.
        let one_client = self.parties == Parties::Threads;
        [
            (self.missing, true, "keys without a row"),
            (self.gone, true, "ids that were handed out are gone"),
            (self.doubled, one_client, "keys with two rows"),
            (self.different, one_client, "keys with different ids"),
        ]
        .into_iter()
        .filter(|(count, counts, _)| *counts && *count > 0)
        .map(|(count, _, words)| format!("{count} {words}"))
        .collect()
    }

    pub(crate) fn report(&self) -> String {
        let Self {
            keys,
            missing,
            doubled,
            different,
            gone,
            ..
        } = self;
        let parties = match self.parties {
            Parties::Threads => format!("{THREADS} threads of one client"),
            Parties::Processes => format!("{PROCESSES} processes"),
        };
        let seconds = self.took.as_secs_f64();
        let verdict = match self.faults().as_slice() {
            [] => "sound".to_owned(),
            faults => format!("UNSOUND: {}", faults.join("; ")),
        };
        format!(
            "the same key from {parties} at once, through faults\n\
             {keys:>9} keys in {seconds:.1} s\n\
             {missing:>9} without a row\n\
             {doubled:>9} with two rows\n\
             {different:>9} with different ids\n\
             {gone:>9} ids gone\n\
             {verdict}\n"
        )
    }
}

/// Uses each key from all parties at once, against a server of its own.
pub(crate) fn run(plan: &Plan, parties: Parties) -> Result<Shares, Failure> {
    let sandbox = Sandbox::start()?;
    let worker = Worker {
        base_url: sandbox.base_url().to_owned(),
        api_key: sandbox.api_key().to_owned(),
        keys: plan.shared_keys,
        timeout_ms: plan.timeout_ms,
    };
    sandbox.inject_faults(Chaos::new(plan.seed, plan.faults));
    let started = Instant::now();
    let handed_out = match parties {
        Parties::Threads => by_threads(&worker)?,
        Parties::Processes => by_processes(&worker)?,
    };
    let took = started.elapsed();
    sandbox.stop_faults();

    let rows = rows(&worker.client()?)?;
    let present: BTreeSet<&String> = rows.values().flatten().collect();
    let none = BTreeSet::new();
    let of = |key: u32| handed_out.get(&key).unwrap_or(&none);
    let count =
        |test: &dyn Fn(u32) -> bool| (0..plan.shared_keys).filter(|key| test(*key)).count() as u64;
    Ok(Shares {
        parties,
        keys: plan.shared_keys,
        took,
        missing: count(&|key| of(key).is_empty()),
        doubled: count(&|key| rows.get(&key).is_some_and(|rows| rows.len() > 1)),
        different: count(&|key| of(key).len() > 1),
        gone: handed_out
            .values()
            .flatten()
            .filter(|id| !present.contains(id))
            .count() as u64,
    })
}

type Ids = BTreeMap<u32, BTreeSet<String>>;

fn by_threads(worker: &Worker) -> Result<Ids, Failure> {
    let client = worker.client()?;
    let barrier = Barrier::new(THREADS);
    let each = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let keys = 0..worker.keys;
                    keys.map(|key| {
                        barrier.wait();
                        (key, create(&client, key))
                    })
                    .collect::<Vec<_>>()
                })
            })
            .collect();
        let threads = threads.into_iter();
        threads
            .flat_map(|thread| thread.join().expect("no call panics"))
            .collect::<Vec<_>>()
    });
    let mut ids = Ids::new();
    for (key, id) in each {
        ids.entry(key).or_default().extend(id);
    }
    Ok(ids)
}

fn by_processes(worker: &Worker) -> Result<Ids, Failure> {
    let program = std::env::current_exe()?;
    let children: Vec<_> = (0..PROCESSES)
        .map(|_| {
            Command::new(&program)
                .args(worker.arguments())
                .stdout(Stdio::piped())
                .spawn()
        })
        .collect::<Result<_, _>>()?;
    let mut ids = Ids::new();
    for child in children {
        let output = child.wait_with_output()?;
        if !output.status.success() {
            return Err(format!("a worker ended with {}", output.status).into());
        }
        for line in String::from_utf8(output.stdout)?.lines() {
            let (key, id) = line.split_once(' ').ok_or("a worker's line has no id")?;
            ids.entry(key.parse()?).or_default().insert(id.to_owned());
        }
    }
    Ok(ids)
}

/// One of the processes: prints each key with the id that it was given.
pub(crate) fn work(worker: &Worker) -> Result<String, Failure> {
    let client = worker.client()?;
    let lines = (0..worker.keys).filter_map(|key| {
        let id = create(&client, key)?;
        Some(format!("{key} {id}\n"))
    });
    Ok(lines.collect())
}

fn create(client: &Openint, key: u32) -> Option<String> {
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    let create =
        CreateConnection::new("ccfg_", "cus_shared", data).idempotency_key(format!("shared-{key}"));
    (0..MAX_REPETITIONS).find_map(|_| client.create_connection(&create).ok().map(|row| row.id))
}

/// The ids of the rows that each key has.
fn rows(client: &Openint) -> Result<BTreeMap<u32, Vec<String>>, Failure> {
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for row in client.iter(ListConnections::new().limit(3_000)) {
        let row = row?;
        let metadata = row.metadata.ok_or("a row without metadata")?;
        let key: String = metadata
            .get(IDEMPOTENCY_KEY_FIELD)
            .ok_or("a row without a key")?
            .to()?;
        let key = key.trim_start_matches("shared-").parse()?;
        rows.entry(key).or_default().push(row.id);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_of_one_client_share_one_row() {
        use clap::Parser;

        let plan = Plan::parse_from([
            "soak",
            "--shared-keys",
            "20",
            "--faults",
            "0.2",
            "--timeout-ms",
            "700",
        ]);
        let shares = run(&plan, Parties::Threads).unwrap();
        assert_eq!(shares.faults(), Vec::<String>::new());
        assert_eq!((shares.keys, shares.different), (20, 0));
    }
}
