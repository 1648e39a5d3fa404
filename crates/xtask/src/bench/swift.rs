//! Swift: the package, built for release, beside URLSession.

use std::fs;

use anyhow::{Context, Result};

use super::figure::{Figure, Unit};
use super::program::{self, Program};
use super::rust::of;
use super::{Bench, Outcome};
use crate::bindings;
use crate::process;
use crate::swift::toolchain::Toolchain;

const PEERS: [&str; 2] = ["ours", "urlsession"];

pub(crate) fn measure(bench: &Bench) -> Result<Outcome> {
    let Some(toolchain) = Toolchain::installed() else {
        let why = "swift is missing: cargo xtask setup swift";
        return Ok(Outcome::Skipped(why.to_owned()));
    };
    process::say("bench: building the Swift clients");
    let folder = bench.root.join("bench/swift/clients");
    let library = bindings::build_release(&bench.root)?;
    let native = bench.folder.join("swift-native");
    fs::create_dir_all(&native)?;
    fs::copy(
        &library,
        native.join(library.file_name().context("a library has a name")?),
    )?;
    let scratch = bench.folder.join("swift");
    fs::create_dir_all(&scratch)?;
    let seen = [bench.root.as_path(), &bench.folder];
    let mut swift = toolchain.command(&seen, &folder)?;
    swift
        .args([
            "swift",
            "build",
            "--quiet",
            "-c",
            "release",
            "--scratch-path",
        ])
        .arg(&scratch)
        .arg("-Xlinker")
        .arg(format!("-L{}", native.display()));
    process::run(swift, "swift build in bench/swift/clients")?;

    let mut programs = Vec::new();
    for peer in PEERS {
        let mut command = toolchain.command(&seen, &folder)?;
        let paths = if cfg!(target_os = "macos") {
            "DYLD_LIBRARY_PATH"
        } else {
            "LD_LIBRARY_PATH"
        };
        command
            .arg(scratch.join("release/Bench"))
            .args([peer, &bench.server.url("")])
            .env(paths, &native);
        programs.push((peer.to_owned(), Program::start(peer, command)?));
    }
    process::say("bench: Swift, calls");
    let calls = bench.count(500, 200);
    let timed = program::take_turns(&mut programs, 2, bench.count(15, 5), |_| calls)?;
    let (ours, peers) = of(&timed, |timed| timed.latency)?;
    let latency = Figure::new(
        "Swift: median latency (async)",
        Unit::Microseconds,
        ours,
        peers,
    )
    .at_most("urlsession", Some(0.4), Some(0.25));
    let (ours, peers) = of(&timed, |timed| timed.cpu)?;
    let cpu = Figure::new("Swift: CPU a call", Unit::Microseconds, ours, peers);
    Ok(Outcome::Figures(vec![latency, cpu]))
}
