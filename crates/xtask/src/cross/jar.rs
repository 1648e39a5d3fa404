//! The jar, which holds the native library of each system.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Job;
use super::report::Row;
use crate::{kotlin, process};

/// Builds the libraries, puts them into one jar, and uses that on each machine.
pub(super) fn make(root: &Path, jobs: &[Job]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut libraries = Vec::new();
    for (job, jna) in jobs.iter().filter_map(|job| Some((job, job.system.jna?))) {
        match library(job, jna) {
            Ok(library) => libraries.push(library),
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

fn assemble(root: &Path, libraries: &[Library<'_>]) -> Result<Vec<Row>> {
    let files: Vec<_> = libraries
        .iter()
        .map(|library| (library.jna, library.file.as_path()))
        .collect();
    let jar = kotlin::assemble(root, &files)?;
    let mut rows = Vec::new();
    for Library { job, file, .. } in libraries {
        process::say(format_args!("{}: {JAR}", job.system.triple));
        match job.machine.is_own() {
            true => kotlin::projects(root, &jar)?,
            false => kotlin::load(root, &jar, job.machine.java())?,
        }
        let (floor, tried) = (job.system.floor(file)?, job.machine.done("used"));
        rows.push(Row::of(job, LIBRARY, &floor, file, &tried)?);
    }
    rows.push(Row::of_all(JAR, "JDK 11", &jar, "with each library above")?);
    Ok(rows)
}

struct Library<'a> {
    job: &'a Job,
    jna: &'static str,
    file: PathBuf,
}

fn library<'a>(job: &'a Job, jna: &'static str) -> Result<Library<'a>> {
    process::say(format_args!("{}: {LIBRARY}", job.system.triple));
    let mut cargo = job.cargo("build")?;
    cargo
        .args(["--package", "openint-uniffi", "--lib"])
        .args(["--profile", "packaged", "--target"])
        .arg(job.system.with_version());
    process::run(cargo, "cargo build")?;
    let file = job.built(&job.system.library("openint_uniffi"));
    Ok(Library { job, jna, file })
}
