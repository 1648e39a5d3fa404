//! Python: the wheel in an environment of its own, beside the clients that Python has.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::figure::{Against, Direction, Figure, Unit};
use super::program::{self, Bulk, Memory, Program};
use super::rust::{self, of};
use super::spread::Spread;
use super::{Bench, Outcome, built};
use crate::process;
use crate::python::Venv;
use crate::wheel::{self, only};

const REQUIREMENTS: &str = "bench/python/requirements.txt";

const PEERS: [&str; 7] = [
    "ours",
    "socket",
    "pycurl",
    "http.client",
    "httpx",
    "requests",
    "incumbent",
];
const ON_THREADS: [&str; 3] = ["ours", "httpx", "requests"];
const IN_TASKS: [&str; 3] = ["ours", "aiohttp", "httpx"];
const STARTED: [&str; 8] = [
    "ours",
    "bare",
    "socket",
    "pycurl",
    "http.client",
    "httpx",
    "requests",
    "incumbent",
];

/// The result of `first`.
#[derive(Debug, Deserialize)]
struct First {
    made_ns: f64,
    first_ns: f64,
}

pub(crate) fn measure(bench: &Bench) -> Result<Outcome> {
    let python = Python::set_up(bench)?;
    let mut figures = python.one_by_one()?;
    figures.push(python.list()?);
    figures.extend(python.first_results()?);
    figures.extend(python.at_once()?);
    Ok(Outcome::Figures(figures))
}

/// An environment with the peers in it.
pub(crate) fn clients(bench: &Bench) -> Result<Venv> {
    let venv = Venv {
        folder: bench.folder.join("python-venv"),
    };
    let requirements = bench.root.join(REQUIREMENTS);
    let stamp = bench.folder.join("python-venv.stamp");
    built::unless_current(&stamp, &[&requirements], || {
        process::say("bench: installing the Python clients");
        venv.make(&bench.root)?;
        let mut pip = venv.command("python", &bench.root);
        pip.args(["-m", "pip", "install", "--quiet", "-r"])
            .arg(&requirements);
        process::run(pip, "pip install")
    })?;
    Ok(venv)
}

/// The same with the wheel in it, and the wheel.
pub(crate) fn environment(bench: &Bench) -> Result<(Venv, PathBuf)> {
    let venv = clients(bench)?;
    let out = bench.folder.join("wheel");
    let sources = [
        "Cargo.toml",
        "Cargo.lock",
        "bindings/python",
        "crates/openint",
        "python",
    ];
    let mut sources: Vec<PathBuf> = sources.map(|name| bench.root.join(name)).into();
    sources.push(bench.root.join(REQUIREMENTS));
    let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).collect();
    built::unless_current(&bench.folder.join("wheel.stamp"), &sources, || {
        process::say("bench: building the wheel");
        let wheel = wheel::build(
            venv.command("maturin", &bench.root.join("python")),
            &[],
            &out,
        )?;
        let mut pip = venv.command("python", &bench.root);
        pip.args(["-m", "pip", "install", "--quiet", "--no-index", "--no-deps"])
            .arg("--force-reinstall")
            .arg(wheel);
        process::run(pip, "pip install of the wheel")
    })?;
    Ok((venv, only(&out, ".whl")?))
}

struct Python<'a> {
    bench: &'a Bench,
    venv: Venv,
}

impl<'a> Python<'a> {
    fn set_up(bench: &'a Bench) -> Result<Self> {
        let (venv, _) = environment(bench)?;
        Ok(Self { bench, venv })
    }

    fn program(&self, peer: &str) -> Result<Program> {
        let mut command: Command = self
            .venv
            .command("python", &self.bench.root.join("bench/python"));
        command.args(["bench.py", peer, &self.bench.server.url("")]);
        Program::start(peer, command)
    }

    fn programs(&self, peers: &[&str]) -> Result<Vec<(String, Program)>> {
        let named = peers
            .iter()
            .map(|peer| Ok((peer.to_string(), self.program(peer)?)));
        named.collect()
    }

    fn one_by_one(&self) -> Result<Vec<Figure>> {
        process::say("bench: Python, one call after the other");
        let mut programs = self.programs(&PEERS)?;
        let bench = self.bench;
        let calls = |peer: &str| match peer {
            // A hundred times as slow as the others.
            "incumbent" => bench.count(30, 5),
            "httpx" | "requests" => bench.count(100, 50),
            _ => bench.count(500, 200),
        };
        let timed = program::take_turns(&mut programs, 1, bench.count(15, 5), calls)?;
        let (ours, peers) = of(&timed, |timed| timed.latency)?;
        let latency = Figure::new("Python: median latency", Unit::Microseconds, ours, peers)
            .at_most("pycurl", Some(0.9), Some(0.75));
        let (ours, peers) = of(&timed, |timed| timed.cpu)?;
        let cpu = Figure::new("Python: CPU a call", Unit::Microseconds, ours, peers).at_most(
            "incumbent",
            Some(1.0 / 80.0),
            Some(1.0 / 120.0),
        );
        Ok(vec![latency, cpu])
    }

    /// A page of 1,000 rows, read into objects.
    fn list(&self) -> Result<Figure> {
        const PEER: &str = "httpx, json.loads and dataclasses";
        process::say("bench: Python, a list of 1,000 rows");
        let mut programs = vec![
            ("ours".to_owned(), self.program("ours-list")?),
            (PEER.to_owned(), self.program("httpx-list")?),
        ];
        let bench = self.bench;
        let timed =
            program::take_turns(&mut programs, 1, bench.count(11, 5), |_| bench.count(20, 8))?;
        let (ours, peers) = of(&timed, |timed| timed.cpu)?;
        let figure = Figure::new(
            "Python: CPU of a list of 1,000 rows",
            Unit::Microseconds,
            ours,
            peers,
        );
        Ok(figure.at_most(PEER, Some(1.0 / 3.0), Some(1.0 / 5.0)))
    }

    /// Each round is a process of its own. All peers were imported before, so that their compiled
    /// modules are there.
    fn first_results(&self) -> Result<Vec<Figure>> {
        process::say("bench: Python, from nothing to a first answer");
        let mut made = vec![Vec::new(); STARTED.len()];
        let mut first = vec![Vec::new(); STARTED.len()];
        let mut memory = vec![Vec::new(); STARTED.len()];
        for _ in 0..self.bench.count(11, 3) {
            for (index, peer) in STARTED.into_iter().enumerate() {
                let mut program = self.program(peer)?;
                let times: First = program.ask("first")?;
                made[index].push(times.made_ns / 1e6);
                first[index].push(times.first_ns / 1e6);
                memory[index].push(program.ask::<Memory>("memory")?.rss_kb / 1e3);
            }
        }
        let named = |values: &[Vec<f64>]| {
            let named = STARTED.iter().zip(values);
            program::split(
                named
                    .map(|(peer, values)| (peer.to_string(), Spread::of(values)))
                    .collect(),
            )
        };
        let (ours, peers) = named(&made)?;
        let made = Figure::new("Python: import and client", Unit::Milliseconds, ours, peers)
            .at_most("incumbent", Some(0.01), None)
            .bound(Against::Itself, Direction::AtMost, None, Some(5.0));
        let (ours, peers) = named(&first)?;
        let first = Figure::new(
            "Python: import, client and first call",
            Unit::Milliseconds,
            ours,
            peers,
        );
        let (ours, peers) = named(&memory)?;
        let memory = Figure::new("Python: resident memory", Unit::Megabytes, ours, peers)
            .at_most("incumbent", Some(1.0 / 6.0), None)
            .bound(
                Against::Over("bare".into()),
                Direction::AtMost,
                None,
                Some(5.0),
            );
        Ok(vec![made, first, memory])
    }

    fn at_once(&self) -> Result<Vec<Figure>> {
        process::say("bench: Python, threads and tasks");
        let bench = self.bench;
        let rounds = bench.count(7, 2);
        let core = |threads: usize| -> Result<(String, Spread)> {
            let core = rust::start(bench, "ours", &bench.server.url(""), None)?;
            let mut programs = [("Rust core".to_owned(), core)];
            let command = |_: &str| format!("threads {threads} 200");
            let figures = program::ask_in_turn(&mut programs, rounds, command, Bulk::per_second)?;
            figures
                .into_iter()
                .next()
                .context("one program, one figure")
        };
        let mut measured = Vec::new();
        for (measure, peers, command, callers, own, other) in [
            (
                "Python: 16 threads",
                ON_THREADS,
                "threads",
                16,
                (100, 30),
                (20, 5),
            ),
            (
                "Python: 256 asyncio tasks",
                IN_TASKS,
                "tasks",
                256,
                (20, 8),
                (4, 1),
            ),
        ] {
            let mut programs = self.programs(&peers)?;
            let command = |peer: &str| {
                let (full, quick) = if peer == "httpx" || peer == "requests" {
                    other
                } else {
                    own
                };
                format!("{command} {callers} {}", bench.count(full, quick))
            };
            let figures = program::ask_in_turn(&mut programs, rounds, command, Bulk::per_second)?;
            let (ours, mut peers) = program::split(figures)?;
            peers.push(core(callers)?);
            let figure = Figure::new(measure, Unit::CallsPerSecond, ours, peers);
            let figure = match callers {
                16 => figure.at_least("httpx", Some(5.0), None),
                _ => figure.at_least("aiohttp", Some(2.0), None),
            };
            measured.push(figure.at_least("Rust core", None, Some(1.0 / 1.3)));
        }
        Ok(measured)
    }
}
