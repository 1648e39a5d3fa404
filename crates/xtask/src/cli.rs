//! The wheel of the command `openint`, for services that have Python and no Rust.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::process;
use crate::python::{self, COMPRESSION, Scratch, Venv, only, run, target};

/// Builds the wheel and tries it in an empty environment outside of the checkout.
pub(crate) fn package(root: &Path) -> Result<()> {
    python::setup(root)?;
    let out = target(root).join("cli-package");
    let _ = fs::remove_dir_all(&out);
    let venv = Venv::of(root);
    let mut maturin = venv.command("maturin", &root.join("crates/openint-cli"));
    maturin
        .args(["build", "--locked", COMPRESSION, "--out"])
        .arg(&out);
    run(maturin, "maturin build")?;
    let wheel = only(&out, ".whl")?;

    smoke(root, &[wheel.clone().into()])?;
    let megabytes = fs::metadata(&wheel)?.len() as f64 / 1e6;
    process::say(format_args!("cli: {} {megabytes:.2} MB", wheel.display()));
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
    run(pip, "pip install")?;
    let mut health = empty.command("openint", &scratch.0);
    health.args(["--local", "health"]);
    run(health, "openint --local health")?;
    let mut import = empty.command("openint", &scratch.0);
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
