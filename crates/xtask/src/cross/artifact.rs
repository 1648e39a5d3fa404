//! What is built for each system by itself: the wheels, and archives of the programs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::attempt::Attempt;
use super::report::Row;
use super::system::Kind;
use super::{Job, archive, attempt, conformance, toolchain};
use crate::python::target;
use crate::task::Packaged;
use crate::{process, wheel};

pub(super) struct Artifact {
    pub(super) name: &'static str,
    pub(super) of: Packaged,
    pub(super) make: fn(&Job) -> Result<Vec<Row>>,
}

pub(super) const ARTIFACTS: [Artifact; 4] = [
    Artifact {
        name: "openint, conformance",
        of: Packaged::RUST,
        // `cargo xtask test` runs it on this machine.
        make: |job| match job.machine.is_own() {
            true => Ok(Vec::new()),
            false => Ok(vec![conformance::run(job)?]),
        },
    },
    Artifact {
        name: "openint-sdk",
        of: Packaged::PYTHON,
        make: |job| {
            let wheel = wheel(job, "python", "python-package")?;
            job.system
                .floor(&job.built(&job.system.library("_native")))?;
            Ok(vec![row(job, "openint-sdk", &wheel, &attempt::module)?])
        },
    },
    Artifact {
        name: "openint-cli",
        of: Packaged::Cli,
        make: |job| {
            let out = "cli-package";
            let wheel = wheel(job, "crates/openint-cli", out)?;
            Ok(vec![
                row(job, "openint-cli", &wheel, &attempt::cli)?,
                archive::make(job, "openint", out, &["--local", "health"])?,
            ])
        },
    },
    Artifact {
        name: "openint-sandbox",
        of: Packaged::Sandbox,
        make: |job| {
            let out = "sandbox-package";
            let wheel = wheel(job, "crates/openint-sandbox", out)?;
            Ok(vec![
                row(job, "openint-sandbox", &wheel, &attempt::sandbox)?,
                archive::make(job, "openint-sandbox", out, &["--version"])?,
            ])
        },
    },
];

/// Checks and tries a wheel.
fn row(job: &Job, of: &str, wheel: &Path, attempt: &Attempt) -> Result<Row> {
    check(job, wheel)?;
    let tried = attempt(job, wheel)?;
    let artifact = format!("{of}, wheel");
    Row::of(job, &artifact, &job.system.platform(), wheel, &tried)
}

/// Builds a wheel, beside those for other systems, in the place of one that needs newer libraries.
fn wheel(job: &Job, package: &str, out: &str) -> Result<PathBuf> {
    let apart = job.toolchain.target(&job.root);
    let apart = apart.join("wheels").join(job.system.triple).join(out);
    let maturin = job.tool("maturin", &job.root.join(package))?;
    let wheel = wheel::build(maturin, &job.system.maturin(), &apart)?;
    let out = target(&job.root).join(out);
    fs::create_dir_all(&out)?;
    for before in wheel::all(&out)? {
        if job.system.is_for(&before.to_string_lossy()) {
            fs::remove_file(before)?;
        }
    }
    let to = out.join(wheel.file_name().context("a file has a name")?);
    fs::copy(wheel, &to)?;
    Ok(to)
}

/// Checks that a wheel is for the systems that its name says. auditwheel does not know those
/// without glibc.
fn check(job: &Job, wheel: &Path) -> Result<()> {
    let platform = job.system.platform();
    let name = wheel.to_string_lossy();
    let is_named = name.ends_with(&format!("{platform}.whl"));
    ensure!(is_named, "{name} is not for {platform}");
    if job.system.kind != Kind::Glibc {
        return Ok(());
    }
    let mut auditwheel = toolchain::tools().command("auditwheel", &job.root);
    auditwheel.arg("show").arg(wheel);
    let shown = process::output(&mut auditwheel)?;
    // Its words are broken into lines.
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    // It finds no tag but this to hold, or a program without any.
    let found = format!("following platform tag: \"{platform}\"");
    ensure!(
        shown.contains(&found),
        "auditwheel does not find the wheel to be for {platform}: {shown}"
    );
    Ok(())
}
