//! Wheels, used on the machine that they are for.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Job, toolchain};
use crate::python::{self, Scratch};
use crate::server::{self, Server};
use crate::{cli, process, sandbox};

/// Tries a wheel, and says how.
pub(super) type Attempt = dyn Fn(&Job, &Path) -> Result<String>;

/// Creates connections with the module of a wheel.
pub(super) fn module(job: &Job, wheel: &Path) -> Result<String> {
    if job.machine.is_own() {
        python::smoke(&job.root, &[wheel.into()])?;
        return Ok(job.machine.done("run"));
    }
    let Some(mut python) = job.machine.python() else {
        return Ok("built only: Debian has no Python for it".to_owned());
    };
    let scratch = Scratch::new("module")?;
    let packages = unpack(job, wheel, &scratch)?;
    let server = Server::start(&server::binary(&job.root)?)?;
    python
        .arg(job.root.join("python/scripts/smoke.py"))
        .env("PYTHONPATH", packages)
        .envs(server.environment());
    process::run(python, "the smoke test")?;
    Ok(job.machine.done("run"))
}

/// Uses the command of a wheel.
pub(super) fn cli(job: &Job, wheel: &Path) -> Result<String> {
    if job.machine.is_own() {
        cli::smoke(&job.root, &[wheel.into()])?;
    } else {
        let scratch = Scratch::new("cli")?;
        let program = program(job, wheel, &scratch, "openint")?;
        cli::try_out(&job.root, || job.machine.command(&program))?;
    }
    Ok(job.machine.done("run"))
}

/// Starts the local server of a wheel and calls it.
pub(super) fn sandbox(job: &Job, wheel: &Path) -> Result<String> {
    if job.machine.is_own() {
        sandbox::smoke(&job.root, wheel)?;
    } else {
        let scratch = Scratch::new("sandbox")?;
        let program = program(job, wheel, &scratch, "openint-sandbox")?;
        Server::start_by(job.machine.command(&program))?.answers()?;
    }
    Ok(job.machine.done("run"))
}

fn program(job: &Job, wheel: &Path, scratch: &Scratch, name: &str) -> Result<PathBuf> {
    let packages = unpack(job, wheel, scratch)?;
    Ok(packages.join("bin").join(job.system.program(name)))
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
