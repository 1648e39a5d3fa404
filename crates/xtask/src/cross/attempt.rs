//! Wheels, used on the machine that they are for.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Job, toolchain};
use crate::python::{self, Scratch};
use crate::server::{self, Server};
use crate::{cli, process, sandbox};

/// Creates connections with the module of a wheel.
pub(super) fn module(job: &Job, wheel: &Path) -> Result<()> {
    if job.machine.is_own() {
        return python::smoke(&job.root, &[wheel.into()]);
    }
    let scratch = Scratch::new("module")?;
    let packages = unpack(job, wheel, &scratch)?;
    let server = Server::start(&server::binary(&job.root)?)?;
    let mut python = job.machine.python();
    python
        .arg(job.root.join("python/scripts/smoke.py"))
        .env("PYTHONPATH", packages)
        .envs(server.environment());
    process::run(python, "the smoke test")
}

/// Uses the command of a wheel.
pub(super) fn cli(job: &Job, wheel: &Path) -> Result<()> {
    if job.machine.is_own() {
        return cli::smoke(&job.root, &[wheel.into()]);
    }
    let scratch = Scratch::new("cli")?;
    let program = unpack(job, wheel, &scratch)?.join("bin/openint");
    cli::try_out(&job.root, || job.machine.command(&program))
}

/// Starts the local server of a wheel and calls it.
pub(super) fn sandbox(job: &Job, wheel: &Path) -> Result<()> {
    if job.machine.is_own() {
        return sandbox::smoke(&job.root, wheel);
    }
    let scratch = Scratch::new("sandbox")?;
    let program = unpack(job, wheel, &scratch)?.join("bin/openint-sandbox");
    Server::start_by(job.machine.command(&program))?.answers()
}

/// Lets pip unpack a wheel for another machine, which it cannot install there.
fn unpack(job: &Job, wheel: &Path, scratch: &Scratch) -> Result<PathBuf> {
    let folder = scratch.0.join("packages");
    let mut pip = toolchain::tools().command("python", &scratch.0);
    pip.args(["-m", "pip", "install", "--quiet", "--no-index", "--no-deps"])
        .args(["--only-binary", ":all:", "--platform"])
        .arg(job.system.platform())
        .arg("--target")
        .arg(&folder)
        .arg(wheel);
    process::run(pip, "pip install")?;
    Ok(folder)
}
