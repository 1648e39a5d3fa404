//! `cargo xtask soak` and `cargo xtask reliability`: what `docs/reliability.md` tells.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// `cargo xtask soak`: creates connections through faults and counts the rows.
pub(crate) fn soak(root: &Path, args: &[String]) -> Result<()> {
    let mut cargo = process::cargo(root);
    cargo.args([
        "run",
        "--quiet",
        "--profile",
        "soak",
        "--package",
        "openint-soak",
        "--",
    ]);
    cargo.args(args);
    succeed(cargo, "the soak run")
}

/// `cargo xtask reliability`: writes the tables of `docs/reliability.md`.
pub(crate) fn tables(root: &Path) -> Result<()> {
    let mut cargo = process::cargo(root);
    cargo
        .args(["test", "--package", "openint", "--test", "faults"])
        .env("OPENINT_WRITE_TABLES", "1");
    succeed(cargo, "the fault matrix")
}

fn succeed(command: Command, what: &str) -> Result<()> {
    let status =
        process::stream(command, |_| ()).with_context(|| format!("{what} did not start"))?;
    if !status.success() {
        bail!("{what} failed");
    }
    Ok(())
}
