//! `cargo xtask msrv`: the crates build with the oldest compiler that `Cargo.toml` names.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::debian::{Debian, Packages};
use crate::process;
use crate::python::target;

/// Debian 13 has Rust 1.85.
const RUST: Packages = Packages {
    name: "rust",
    // pyo3 asks Python for its version.
    all: &["rustc", "cargo", "gcc", "libc6-dev", "python3-minimal"],
    program: "usr/bin/cargo",
};

/// All but this command itself, which nobody builds with an older compiler than that of the
/// checkout.
const CRATES: [&str; 6] = [
    "openint",
    "openint-cli",
    "openint-sandbox",
    "openint-soak",
    "openint-python",
    "openint-uniffi",
];

/// Checks the crates with the locked versions of their dependencies.
pub(crate) fn check(root: &Path) -> Result<()> {
    let manifest = fs::read_to_string(root.join("Cargo.toml")).context("Cargo.toml")?;
    let oldest = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = \""))
        .context("Cargo.toml has no rust-version")?
        .trim_end_matches('"');
    let system = Debian::set_up(&RUST)?;
    let target = target(root).join("oldest");
    fs::create_dir_all(&target)?;

    // What it downloads, the other cargo reads.
    let mut fetch = process::cargo(root);
    fetch.args(["fetch", "--quiet", "--locked"]);
    process::run(fetch, "cargo fetch")?;
    let cargo_home = cargo_home()?;
    let folders = [root, &target, &cargo_home];

    let mut version = system.enter(&[], Path::new("/"));
    let found = process::output(version.args(["rustc", "--version"]))?;
    let found = found.trim();
    if !found.starts_with(&format!("rustc {oldest}.")) {
        bail!("Cargo.toml says {oldest}, and the compiler to check that with is {found}");
    }
    process::say(format_args!("msrv: {}, with {found}", CRATES.join(", ")));
    let mut check = system.enter(&folders, root);
    check
        .arg("env")
        .arg(format!("CARGO_HOME={}", cargo_home.display()))
        .args(["cargo", "check", "--quiet", "--locked", "--offline"])
        .arg("--target-dir")
        .arg(&target)
        .args(CRATES.iter().flat_map(|name| ["--package", name]))
        .env_remove("RUSTC_WRAPPER");
    process::run(check, "cargo check")
}

fn cargo_home() -> Result<PathBuf> {
    let given = env::var_os("CARGO_HOME").map(PathBuf::from);
    given
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")))
        .context("neither CARGO_HOME nor HOME is set")
}
