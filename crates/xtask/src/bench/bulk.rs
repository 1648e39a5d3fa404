//! Imports: `openint::bulk` against a server that takes 20 ms an answer, and one that allows so many
//! calls a second, beside raw sockets and thread pools over Python's clients.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::figure::{Against, Direction, Figure, Unit};
use super::program::{Bulk, Memory, Program};
use super::rust::start;
use super::spread::Spread;
use super::{Bench, Group, Outcome, missing, python};
use crate::process;
use crate::python::Venv;

const IN_FLIGHT: [usize; 3] = [16, 64, 256];
const SLOW: &str = "slow-20";
/// Calls a second; the server answers 429 with `Retry-After` to those beyond.
const LIMIT: f64 = 500.0;
const LIMITED: &str = "limited-500";
/// The rate of as many connections as there are calls in flight.
const FLOOR: &str = "raw sockets";
/// Python's clients, and how many calls tell their rate.
const PYTHON: [(&str, usize); 2] = [("httpx", 2_048), ("incumbent", 256)];

/// Rate and CPU time a row of one client, by round.
#[derive(Default)]
struct Rounds {
    rate: Vec<f64>,
    cpu: Vec<f64>,
}

impl Rounds {
    fn add(&mut self, bulk: &Bulk) {
        self.rate.push(bulk.per_second());
        self.cpu.push(bulk.cpu_ns / 1e3 / bulk.calls);
    }
}

pub(crate) fn measure(bench: &Bench) -> Result<Outcome> {
    let python = match missing(Group::Python) {
        None => Some(python::clients(bench)?),
        Some(_) => None,
    };
    let mut figures = Vec::new();
    for in_flight in IN_FLIGHT {
        process::say(format_args!("bench: imports, {in_flight} calls in flight"));
        figures.extend(slow(bench, python.as_ref(), in_flight)?);
    }
    process::say("bench: imports, a server that allows 500 calls a second");
    for in_flight in IN_FLIGHT {
        figures.push(limited(bench, in_flight)?);
    }
    process::say("bench: imports, memory");
    figures.extend(memory(bench)?);
    Ok(Outcome::Figures(figures))
}

fn slow(bench: &Bench, python: Option<&Venv>, in_flight: usize) -> Result<[Figure; 2]> {
    let url = bench.server.url(SLOW);
    let rows = bench.count(100_000, 300 * in_flight);
    let mut ours = Rounds::default();
    let mut floor = Rounds::default();
    let mut peers = PYTHON.map(|(name, calls)| (name, calls, Rounds::default()));
    for _ in 0..bench.count(3, 1) {
        ours.add(&import(bench, &url, in_flight, rows)?.0);
        let mut sockets = start(bench, "floor", &url, None)?;
        floor.add(&sockets.ask(&format!("threads {in_flight} {}", rows / in_flight))?);
        for (name, calls, rounds) in &mut peers {
            let Some(venv) = python else { continue };
            let mut command = venv.command("python", &bench.root.join("bench/python"));
            command.args(["bench.py", name, &url]);
            let mut program = Program::start(name, command)?;
            let each = (*calls / in_flight).max(1);
            rounds.add(&program.ask(&format!("threads {in_flight} {each}"))?);
        }
    }
    let of_peers = |number: fn(&Rounds) -> &Vec<f64>| {
        let measured = peers
            .iter()
            .filter(|(_, _, rounds)| !rounds.rate.is_empty());
        let named =
            measured.map(|(name, _, rounds)| (name.to_string(), Spread::of(number(rounds))));
        let mut all = vec![(FLOOR.to_owned(), Spread::of(number(&floor)))];
        all.extend(named);
        all
    };
    let rate = Figure::new(
        format!("Import: {in_flight} calls in flight, 20 ms an answer"),
        Unit::CallsPerSecond,
        Spread::of(&ours.rate),
        of_peers(|rounds| &rounds.rate),
    )
    .at_least(FLOOR, Some(0.97), None);
    let cpu = Figure::new(
        format!("Import: CPU a row, {in_flight} calls in flight"),
        Unit::Microseconds,
        Spread::of(&ours.cpu),
        of_peers(|rounds| &rounds.cpu),
    )
    .at_most("httpx", Some(0.1), None);
    Ok([rate, cpu])
}

fn limited(bench: &Bench, in_flight: usize) -> Result<Figure> {
    let url = bench.server.url(LIMITED);
    let rows = bench.count(20_000, 5_000);
    let mut rounds = Rounds::default();
    for _ in 0..bench.count(3, 1) {
        rounds.add(&import(bench, &url, in_flight, rows)?.0);
    }
    let figure = Figure::new(
        format!("Import: {in_flight} calls in flight, 500 calls a second allowed"),
        Unit::CallsPerSecond,
        Spread::of(&rounds.rate),
        vec![("the limit".to_owned(), Spread::exact(LIMIT))],
    );
    Ok(figure.at_least("the limit", Some(0.97), None))
}

/// The highest resident memory of the whole process, with 16 and with most calls in flight.
fn memory(bench: &Bench) -> Result<Vec<Figure>> {
    let steps = [
        bench.count(10_000, 3_000),
        bench.count(100_000, 10_000),
        bench.count(1_000_000, 30_000),
    ];
    let mut figures = Vec::new();
    for in_flight in [IN_FLIGHT[0], IN_FLIGHT[2]] {
        // Sixteen calls carry 800 rows a second where an answer takes 20 ms.
        let scenario = if in_flight == IN_FLIGHT[0] { "" } else { SLOW };
        let url = bench.server.url(scenario);
        let mut measured = Vec::new();
        for rows in steps {
            let (_, peak) = import(bench, &url, in_flight, rows)?;
            measured.push((format!("{rows} rows"), Spread::exact(peak)));
        }
        let measure = format!("Import: memory, {in_flight} calls in flight");
        let figure = Figure::growth(measure, Unit::Megabytes, measured);
        let first = format!("{} rows", steps[0]);
        figures.extend(figure.map(|figure| {
            figure
                .bound(Against::Itself, Direction::AtMost, Some(64.0), None)
                .at_most(&first, None, Some(1.2))
        }));
    }
    Ok(figures)
}

/// An import in a process of its own, and the megabytes that it needed.
fn import(bench: &Bench, url: &str, in_flight: usize, rows: usize) -> Result<(Bulk, f64)> {
    let journal = Journal(bench.folder.join("import.journal"));
    let _ = fs::remove_file(&journal.0);
    let mut program = start(bench, "ours", url, None)?;
    let path = journal.0.display();
    let bulk: Bulk = program.ask(&format!("import {in_flight} {rows} {path}"))?;
    ensure!(
        bulk.calls == rows as f64,
        "{} of {rows} rows ended",
        bulk.calls
    );
    let memory: Memory = program.ask("memory")?;
    Ok((bulk, memory.peak_kb / 1e3))
}

/// A file that is gone with this.
struct Journal(PathBuf);

impl Drop for Journal {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
