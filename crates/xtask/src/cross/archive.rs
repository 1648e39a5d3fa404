//! Archives of a program, with its licences.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::Job;
use super::report::Row;
use super::system::GLIBC;
use crate::python::target;
use crate::{elf, process, release};

/// Packs a program that maturin has built, after it was run.
pub(super) fn make(job: &Job, program: &str, out: &str, args: &[&str]) -> Result<Row> {
    let file = job.built(program);
    let floor = floor(&file)?;
    let mut try_it = job.machine.command(&file);
    try_it.args(args);
    process::run(try_it, program)?;
    let version = env!("CARGO_PKG_VERSION");
    let archive = target(&job.root)
        .join(out)
        .join(format!("{program}-{version}-{}.tar.gz", job.system.triple));
    let mut tar = process::program("tar", &job.root);
    tar.arg("--create")
        .arg("--gzip")
        .arg("--file")
        .arg(&archive)
        .args(["--owner=0", "--group=0", "--numeric-owner", "--directory"])
        .arg(file.parent().context("a file has a folder")?)
        .arg(program)
        .arg("--directory")
        .arg(&job.root)
        .args(["LICENSE-APACHE", "LICENSE-MIT"]);
    process::run(tar, "tar")?;
    release::write_checksum(&archive)?;
    Row::of(job, &format!("{program}, archive"), &floor, &archive, "run")
}

/// The oldest glibc that a file runs with.
pub(super) fn floor(file: &Path) -> Result<String> {
    let needed = elf::glibc(&fs::read(file)?)?;
    let (major, minor) = needed.unwrap_or_default();
    ensure!(
        (major, minor) <= GLIBC,
        "{} needs glibc {major}.{minor}",
        file.display()
    );
    Ok(format!("glibc {major}.{minor}"))
}
