//! Kotlin: the jar with the library in it, beside the clients that the JVM has.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::figure::{Against, Direction, Figure, Unit};
use super::program::{self, Program};
use super::rust::of;
use super::spread::Spread;
use super::{Bench, Outcome, built};
use crate::bindings;
use crate::kotlin::resource;
use crate::process;

const PEERS: [&str; 3] = ["ours", "okhttp", "java.net.http"];
/// The same clients for coroutines have this before their names.
const SUSPENDING: &str = "suspending ";

/// The result of `first`.
#[derive(Debug, Deserialize)]
struct First {
    first_ns: f64,
}

pub(crate) fn measure(bench: &Bench) -> Result<Outcome> {
    let classpath = build(bench)?;
    process::say("bench: Kotlin, warm calls");
    let mut figures = vec![
        beside_okhttp(warm(bench, &classpath, "", "Kotlin: median warm latency")?),
        beside_okhttp(warm(
            bench,
            &classpath,
            SUSPENDING,
            "Kotlin: median warm latency, suspending",
        )?),
    ];

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

fn beside_okhttp(figure: Figure) -> Figure {
    let okhttp = Against::Peer(PEERS[1].to_owned());
    figure.bound(okhttp, Direction::AtMost, Some(1.0), Some(0.8))
}

fn best(figure: Figure) -> Figure {
    figure.bound(Against::Best, Direction::AtMost, Some(1.0), Some(0.7))
}

/// Calls of virtual machines that have compiled what they run often.
fn warm(bench: &Bench, classpath: &str, kind: &str, measure: &str) -> Result<Figure> {
    let mut programs = Vec::new();
    for peer in PEERS {
        let program = start(bench, classpath, &format!("{kind}{peer}"))?;
        programs.push((peer.to_owned(), program));
    }
    let calls = bench.count(1_000, 600);
    // The virtual machine goes on compiling for some ten thousand calls.
    let warm_up = bench.count(25, 10);
    let timed = program::take_turns(&mut programs, warm_up, bench.count(15, 5), |_| calls)?;
    let (ours, peers) = of(&timed, |timed| timed.latency)?;
    Ok(Figure::new(measure, Unit::Microseconds, ours, peers))
}

/// Builds our jar and the program, and gives the class path of the latter.
fn build(bench: &Bench) -> Result<String> {
    let jar = jar(bench)?;
    let sources = bench.root.join("bench/kotlin");
    let build = bench.folder.join("kotlin");
    let file = build.join("classpath.txt");
    fs::create_dir_all(&build)?;
    built::unless_current(&build.join("stamp"), &[&sources, &jar], || {
        process::say("bench: building the Kotlin clients");
        let mut mvn = process::program("mvn", &sources);
        mvn.args(["-B", "-ntp", "-q", "compile", "dependency:build-classpath"])
            .arg(format!("-Dopenint.jar={}", jar.display()))
            .arg(format!("-Dbench.build={}", build.display()))
            .arg(format!("-Dmdep.outputFile={}", file.display()));
        process::run(mvn, "mvn compile in bench/kotlin")
    })?;
    let libraries = fs::read_to_string(&file).context("Maven wrote no class path")?;
    let classes = build.join("classes");
    Ok(format!("{}:{}", classes.display(), libraries.trim()))
}

/// The jar as it is released, without its documentation.
pub(crate) fn jar(bench: &Bench) -> Result<PathBuf> {
    let library = bindings::build_release(&bench.root)?;
    let sources = bench.root.join("kotlin");
    let native = bench.folder.join("kotlin-native");
    let name = format!("openint-sdk-{}.jar", env!("CARGO_PKG_VERSION"));
    let jar = bench.folder.join(&name);
    let stamp = bench.folder.join("jar.stamp");
    built::unless_current(&stamp, &[&sources, &library], || {
        process::say("bench: building the jar");
        let _ = fs::remove_dir_all(&native);
        resource(&library, &native)?;
        let mut mvn = process::program("mvn", &sources);
        mvn.args(["-B", "-ntp", "-q", "package", "-Dmaven.test.skip=true"])
            .args([
                "-Ddokka.skip=true",
                "-Dktlint.skip=true",
                "-Dmaven.source.skip=true",
            ])
            .arg(format!("-Dopenint.native.dir={}", native.display()));
        process::run(mvn, "mvn package in kotlin")?;
        // The suites build another one at the same place.
        fs::copy(sources.join("target").join(&name), &jar)?;
        Ok(())
    })?;
    Ok(jar)
}

fn start(bench: &Bench, classpath: &str, peer: &str) -> Result<Program> {
    let mut java = process::program("java", &bench.root);
    java.args(["-cp", classpath, "MainKt", peer, &bench.server.url("")]);
    Program::start(peer, java)
}
