//! What is built for each system by itself: the wheels, and archives of the programs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::report::Row;
use super::{Job, archive, attempt, toolchain};
use crate::python::target;
use crate::task::Packaged;
use crate::{process, wheel};

pub(super) struct Artifact {
    pub(super) name: &'static str,
    pub(super) of: Packaged,
    pub(super) make: fn(&Job) -> Result<Vec<Row>>,
}

pub(super) const ARTIFACTS: [Artifact; 3] = [
    Artifact {
        name: "openint-sdk",
        of: Packaged::PYTHON,
        make: |job| {
            let wheel = wheel(job, "python", "python-package")?;
            attempt::module(job, &wheel)?;
            Ok(vec![row(job, "openint-sdk", &wheel)?])
        },
    },
    Artifact {
        name: "openint-cli",
        of: Packaged::Cli,
        make: |job| {
            let out = "cli-package";
            let wheel = wheel(job, "crates/openint-cli", out)?;
            attempt::cli(job, &wheel)?;
            let args = ["--local", "health"];
            let archive = archive::make(job, "openint", out, &args)?;
            Ok(vec![row(job, "openint-cli", &wheel)?, archive])
        },
    },
    Artifact {
        name: "openint-sandbox",
        of: Packaged::Sandbox,
        make: |job| {
            let out = "sandbox-package";
            let wheel = wheel(job, "crates/openint-sandbox", out)?;
            attempt::sandbox(job, &wheel)?;
            let archive = archive::make(job, "openint-sandbox", out, &["--version"])?;
            Ok(vec![row(job, "openint-sandbox", &wheel)?, archive])
        },
    },
];

fn row(job: &Job, of: &str, wheel: &Path) -> Result<Row> {
    let platform = job.system.platform();
    Row::of(job, &format!("{of}, wheel"), &platform, wheel, "run")
}

/// Builds a wheel, which must be for the systems that its name says.
fn wheel(job: &Job, package: &str, out: &str) -> Result<PathBuf> {
    let folder = job.root.join(package);
    let apart = job.toolchain.target(&job.root);
    let apart = apart.join("wheels").join(job.system.triple).join(out);
    let args = [
        "--zig",
        "--target",
        job.system.triple,
        "--compatibility",
        job.system.compatibility(),
    ];
    let maturin = job.toolchain.command("maturin", &job.root, &folder)?;
    let wheel = wheel::build(maturin, &args, &apart)?;
    check(job, &wheel)?;
    put(job, &wheel, &target(&job.root).join(out))
}

/// Puts a wheel beside those of other systems, in the place of one that needs newer libraries.
fn put(job: &Job, wheel: &Path, out: &Path) -> Result<PathBuf> {
    fs::create_dir_all(out)?;
    for before in wheel::all(out)? {
        let name = before.to_string_lossy();
        if name.contains(job.system.family())
            && name.ends_with(&format!("_{}.whl", job.system.arch))
        {
            fs::remove_file(before)?;
        }
    }
    let to = out.join(wheel.file_name().context("a file has a name")?);
    fs::copy(wheel, &to)?;
    Ok(to)
}

fn check(job: &Job, wheel: &Path) -> Result<()> {
    let mut auditwheel = toolchain::tools().command("auditwheel", &job.root);
    auditwheel.arg("show").arg(wheel);
    let shown = process::output(&mut auditwheel)?;
    // Its words are broken into lines.
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let platform = job.system.platform();
    ensure!(
        is_for(&shown, &platform),
        "auditwheel does not find the wheel to be for {platform}: {shown}"
    );
    Ok(())
}

/// Returns true if auditwheel has found no tag but this to hold, or a program without any.
fn is_for(shown: &str, platform: &str) -> bool {
    shown.contains(&format!("following platform tag: \"{platform}\""))
}
