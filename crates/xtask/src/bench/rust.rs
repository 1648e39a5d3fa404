//! Rust: the core against other HTTP clients, ureq used bare among them, and a raw socket.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::figure::{Figure, Unit};
use super::program::{self, Bulk, Program, Timed};
use super::spread::Spread;
use super::{Bench, Outcome};
use crate::process;

pub(crate) const PEERS: [&str; 5] = ["ours", "floor", "hyper", "reqwest", "ureq"];
/// Those that speak TLS by the same library.
const TLS_PEERS: [&str; 3] = ["ours", "reqwest", "ureq"];

/// Builds the server and the clients, with the SDK's release profile.
pub(crate) fn build(root: &Path, folder: &Path) -> Result<()> {
    let mut cargo = process::cargo(&root.join("bench"));
    cargo
        .args(["build", "--release", "--locked"])
        .env("CARGO_TARGET_DIR", folder.join("build"));
    process::run(cargo, "cargo build in bench")
}

pub(crate) fn built(folder: &Path, name: &str) -> PathBuf {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    folder.join("build/release").join(name)
}

/// A client of `bench/rust`.
pub(crate) fn start(bench: &Bench, peer: &str, url: &str, ca: Option<&Path>) -> Result<Program> {
    let mut command = process::program(built(&bench.folder, "bench-rust"), &bench.root);
    command.arg(peer).arg(url);
    if let Some(ca) = ca {
        command.arg(ca);
    }
    Program::start(peer, command)
}

pub(crate) fn measure(bench: &Bench) -> Result<Outcome> {
    let mut figures = Vec::new();
    let timed = plain(bench)?;
    let (ours, peers) = of(&timed, |timed| timed.cpu)?;
    figures.push(
        Figure::new("Rust: CPU a call", Unit::Microseconds, ours, peers)
            .at_most("reqwest", Some(0.6), Some(0.45))
            .at_most("ureq", Some(0.8), Some(0.65)),
    );
    let (ours, peers) = of(&timed, |timed| timed.latency)?;
    figures.push(Figure::new(
        "Rust: median latency",
        Unit::Microseconds,
        ours,
        peers,
    ));

    let threads = bench.count(16, 16);
    let mut programs = started(
        bench,
        &["ours", "reqwest", "ureq"],
        &bench.server.url(""),
        false,
    )?;
    let calls = bench.count(1_000, 100);
    let command = |_: &str| format!("threads {threads} {calls}");
    let rounds = bench.count(7, 3);
    let figures_of_threads =
        program::ask_in_turn(&mut programs, rounds, command, Bulk::per_second)?;
    let (ours, peers) = program::split(figures_of_threads)?;
    figures.push(Figure::new(
        "Rust: 16 threads",
        Unit::CallsPerSecond,
        ours,
        peers,
    ));

    for (measure, url, calls) in [
        (
            "Rust: TLS, keep-alive, median latency",
            bench.server.tls(""),
            bench.count(300, 100),
        ),
        (
            "Rust: TLS, a new connection each call, resumed",
            bench.server.tls("close"),
            bench.count(100, 20),
        ),
        (
            "Rust: TLS, a new connection each call, not resumed",
            bench.server.tls_without_resumption("close"),
            bench.count(100, 20),
        ),
    ] {
        let mut programs = started(bench, &TLS_PEERS, &url, true)?;
        let timed = program::take_turns(&mut programs, 1, bench.count(9, 3), |_| calls)?;
        let (ours, peers) = of(&timed, |timed| timed.latency)?;
        figures.push(Figure::new(measure, Unit::Microseconds, ours, peers));
    }
    Ok(Outcome::Figures(figures))
}

fn plain(bench: &Bench) -> Result<Vec<Timed>> {
    let mut programs = started(bench, &PEERS, &bench.server.url(""), false)?;
    let calls = bench.count(1_000, 300);
    program::take_turns(&mut programs, 2, bench.count(21, 7), |_| calls)
}

fn started(bench: &Bench, peers: &[&str], url: &str, tls: bool) -> Result<Vec<(String, Program)>> {
    let ca = tls.then_some(bench.server.addresses.ca.as_path());
    let named = peers
        .iter()
        .map(|peer| Ok((peer.to_string(), start(bench, peer, url, ca)?)));
    named.collect()
}

type Split = (Spread, Vec<(String, Spread)>);

/// One of the two numbers of each peer.
pub(crate) fn of(timed: &[Timed], number: impl Fn(&Timed) -> Spread) -> Result<Split> {
    let figures = timed
        .iter()
        .map(|timed| (timed.name.clone(), number(timed)));
    program::split(figures.collect())
}
