//! The jar, which holds the native library of each system.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::report::Row;
use super::{Job, archive};
use crate::{kotlin, process};

/// Builds the libraries, puts them into one jar, and uses that on each machine.
pub(super) fn make(root: &Path, jobs: &[Job]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut libraries = Vec::new();
    for job in jobs {
        match library(job) {
            Ok(library) => libraries.push((job, library)),
            Err(error) => rows.push(Row::failed(job.system.triple, LIBRARY, &error)),
        }
    }
    if !libraries.is_empty() {
        let made = assemble(root, &libraries);
        rows.extend(made.unwrap_or_else(|error| vec![Row::failed("", JAR, &error)]));
    }
    rows
}

const LIBRARY: &str = "openint-sdk, library in the jar";
const JAR: &str = "openint-sdk, jar";

fn assemble(root: &Path, libraries: &[(&Job, PathBuf)]) -> Result<Vec<Row>> {
    let files: Vec<_> = libraries
        .iter()
        .map(|(job, library)| (job.system.jna, library.as_path()))
        .collect();
    let jar = kotlin::assemble(root, &files)?;
    let mut rows = Vec::new();
    for (job, library) in libraries {
        process::say(format_args!("{}: {JAR}", job.system.triple));
        match job.machine.is_own() {
            true => kotlin::projects(root, &jar)?,
            false => kotlin::load(root, &jar, job.machine.java())?,
        }
        let floor = archive::floor(library)?;
        rows.push(Row::of(job, LIBRARY, &floor, library, "loaded")?);
    }
    rows.push(Row::of_all(JAR, "JDK 11", &jar, "run with each library")?);
    Ok(rows)
}

fn library(job: &Job) -> Result<PathBuf> {
    process::say(format_args!("{}: {LIBRARY}", job.system.triple));
    let mut cargo = job
        .toolchain
        .command("cargo-zigbuild", &job.root, &job.root)?;
    cargo
        .args(["zigbuild", "--locked", "--package", "openint-uniffi"])
        .args(["--lib", "--profile", "packaged", "--target"])
        .arg(job.system.zig());
    process::run(cargo, "cargo zigbuild")?;
    Ok(job.built("libopenint_uniffi.so"))
}
