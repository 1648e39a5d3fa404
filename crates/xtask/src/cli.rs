//! The wheel of the command `openint`, for services that have Python and no Rust.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::process;
use crate::python::{self, Scratch, Venv, target};
use crate::wheel;

/// Builds the wheel and tries it in an empty environment outside of the checkout.
pub(crate) fn package(root: &Path) -> Result<()> {
    python::setup(root)?;
    let out = target(root).join("cli-package");
    let _ = fs::remove_dir_all(&out);
    let folder = root.join("crates/openint-cli");
    let wheel = wheel::build(Venv::of(root).command("maturin", &folder), &[], &out)?;
    smoke(root, &[wheel.clone().into()])?;
    wheel::say_size("cli", &wheel)?;
    Ok(())
}

/// Installs the wheel that pip takes by `wheel` in an empty environment and uses the command.
pub(crate) fn smoke(root: &Path, wheel: &[OsString]) -> Result<()> {
    let scratch = Scratch::new("cli")?;
    let empty = Venv {
        folder: scratch.0.join("venv"),
    };
    empty.make(&scratch.0)?;
    let mut pip = empty.command("python", &scratch.0);
    pip.args(["-m", "pip", "install", "--quiet", "--no-index"])
        .args(wheel);
    process::run(pip, "pip install")?;
    try_out(root, || empty.command("openint", &scratch.0))
}

/// Uses the command, which `openint` starts.
pub(crate) fn try_out(root: &Path, openint: impl Fn() -> Command) -> Result<()> {
    let mut health = openint();
    health.args(["--local", "health"]);
    process::run(health, "openint --local health")?;
    let mut import = openint();
    import
        .args(["--local", "import", "--name", "demo"])
        .arg(root.join("examples/customers.csv"));
    // Some rows of the example are bad, which is exit code 6.
    let status = process::stream(import, |_| {})?;
    ensure!(
        status.code() == Some(6),
        "openint import ended with {status}"
    );
    Ok(())
}
