//! Kotlin: the jar with the library in it, beside the clients that the JVM has.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::figure::{Against, Direction, Figure, Unit};
use super::program::{self, Program};
use super::rust::of;
use super::spread::Spread;
use super::{Bench, Outcome};
use crate::bindings;
use crate::kotlin::resource;
use crate::process;

const PEERS: [&str; 3] = ["ours", "okhttp", "java.net.http"];
/// A row of its own, not a peer: the client for coroutines, driven by `runBlocking`.
const SUSPENDING: &str = "ours-suspend";

/// The result of `first`.
#[derive(Debug, Deserialize)]
struct First {
    first_ns: f64,
}

pub(crate) fn measure(bench: &Bench) -> Result<Outcome> {
    let classpath = build(bench)?;
    process::say("bench: Kotlin, warm calls");
    let mut programs = Vec::new();
    for peer in PEERS.into_iter().chain([SUSPENDING]) {
        programs.push((peer.to_owned(), start(bench, &classpath, peer)?));
    }
    let calls = bench.count(1_000, 300);
    let warm_up = bench.count(10_000, 3_000);
    let timed = program::take_turns(&mut programs, warm_up, bench.count(15, 5), |_| calls)?;
    drop(programs);
    let (ours, peers) = of(&timed, |timed| timed.latency)?;
    let (suspending, peers): (Vec<_>, Vec<_>) =
        peers.into_iter().partition(|(name, _)| name == SUSPENDING);
    let best =
        |figure: Figure| figure.bound(Against::Best, Direction::AtMost, Some(1.0), Some(0.7));
    let mut figures = vec![best(Figure::new(
        "Kotlin: median warm latency",
        Unit::Microseconds,
        ours,
        peers.clone(),
    ))];
    for (_, spread) in suspending {
        let measure = "Kotlin: median warm latency, suspend in runBlocking";
        figures.push(best(Figure::new(
            measure,
            Unit::Microseconds,
            spread,
            peers.clone(),
        )));
    }

    process::say("bench: Kotlin, the first result of a fresh JVM");
    let mut first = vec![Vec::new(); PEERS.len()];
    for _ in 0..bench.count(11, 3) {
        for (index, peer) in PEERS.into_iter().enumerate() {
            let result: First = start(bench, &classpath, peer)?.ask("first")?;
            first[index].push(result.first_ns / 1e6);
        }
    }
    let named = PEERS.iter().zip(&first);
    let named = named.map(|(peer, values)| (peer.to_string(), Spread::of(values)));
    let (ours, peers) = program::split(named.collect())?;
    figures.push(best(Figure::new(
        "Kotlin: first result in a fresh JVM",
        Unit::Milliseconds,
        ours,
        peers,
    )));
    Ok(Outcome::Figures(figures))
}

/// Builds our jar and the program, and gives the class path of the latter.
fn build(bench: &Bench) -> Result<String> {
    process::say("bench: building the jar and the Kotlin clients");
    let jar = jar(bench)?;
    let build = bench.folder.join("kotlin");
    let file = build.join("classpath.txt");
    let mut mvn = process::program("mvn", &bench.root.join("bench/kotlin"));
    mvn.args(["-B", "-ntp", "-q", "compile", "dependency:build-classpath"])
        .arg(format!("-Dopenint.jar={}", jar.display()))
        .arg(format!("-Dbench.build={}", build.display()))
        .arg(format!("-Dmdep.outputFile={}", file.display()));
    run(mvn, "mvn compile in bench/kotlin")?;
    let libraries = fs::read_to_string(&file).context("Maven wrote no class path")?;
    let classes = build.join("classes");
    Ok(format!("{}:{}", classes.display(), libraries.trim()))
}

/// The jar as it is released, without its documentation.
pub(crate) fn jar(bench: &Bench) -> Result<PathBuf> {
    let native = bench.folder.join("kotlin-native");
    let _ = fs::remove_dir_all(&native);
    resource(&bindings::build_release(&bench.root)?, &native)?;
    let mut mvn = process::program("mvn", &bench.root.join("kotlin"));
    mvn.args(["-B", "-ntp", "-q", "package", "-DskipTests"])
        .args([
            "-Ddokka.skip=true",
            "-Dktlint.skip=true",
            "-Dmaven.source.skip=true",
        ])
        .arg(format!("-Dopenint.native.dir={}", native.display()));
    run(mvn, "mvn package in kotlin")?;
    let name = format!(
        "kotlin/target/openint-sdk-{}.jar",
        env!("CARGO_PKG_VERSION")
    );
    Ok(bench.root.join(name))
}

fn run(command: Command, what: &str) -> Result<()> {
    let status = process::stream(command, |_| {}).with_context(|| what.to_owned())?;
    ensure!(status.success(), "{what} ended with {status}");
    Ok(())
}

fn start(bench: &Bench, classpath: &str, peer: &str) -> Result<Program> {
    let mut java = process::program("java", &bench.root);
    java.args(["-cp", classpath, "MainKt", peer, &bench.server.url("")]);
    Program::start(peer, java)
}
