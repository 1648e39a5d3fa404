//! Archives of a program, with its licences.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::report::Row;
use super::system::Kind;
use super::{Job, toolchain};
use crate::python::{Scratch, target};
use crate::{process, release};

const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// Packs a program that maturin has built, after it was run.
pub(super) fn make(job: &Job, name: &str, out: &str, args: &[&str]) -> Result<Row> {
    let program = job.system.program(name);
    let file = job.built(&program);
    let floor = job.system.floor(&file)?;
    let mut try_it = job.machine.command(&file);
    try_it.args(args);
    process::run(try_it, name)?;
    let scratch = Scratch::new("archive")?;
    fs::copy(&file, scratch.0.join(&program))?;
    for licence in LICENCES {
        fs::copy(job.root.join(licence), scratch.0.join(licence))?;
    }
    let version = env!("CARGO_PKG_VERSION");
    let archive = target(&job.root)
        .join(out)
        .join(format!("{name}-{version}-{}", job.system.triple));
    let files = [&program, LICENCES[0], LICENCES[1]];
    let archive = match job.system.kind {
        Kind::Windows => zip(&scratch.0, &files, archive)?,
        _ => tar(&scratch.0, &files, archive)?,
    };
    release::write_checksum(&archive)?;
    let artifact = format!("{name}, archive");
    Row::of(job, &artifact, &floor, &archive, &job.machine.done("run"))
}

fn tar(folder: &Path, files: &[&str], archive: PathBuf) -> Result<PathBuf> {
    let archive = PathBuf::from(format!("{}.tar.gz", archive.display()));
    let mut tar = process::program("tar", folder);
    tar.args(["--create", "--gzip", "--file"])
        .arg(&archive)
        .args(["--owner=0", "--group=0", "--numeric-owner"])
        .args(files);
    process::run(tar, "tar")?;
    Ok(archive)
}

fn zip(folder: &Path, files: &[&str], archive: PathBuf) -> Result<PathBuf> {
    let archive = PathBuf::from(format!("{}.zip", archive.display()));
    let mut zip = toolchain::tools().command("python", folder);
    zip.args(["-m", "zipfile", "--create"])
        .arg(&archive)
        .args(files);
    process::run(zip, "zipfile")?;
    Ok(archive)
}
