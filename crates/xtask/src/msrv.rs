//! `cargo xtask msrv`: the crates build with the oldest compiler that `Cargo.toml` names.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::debian::{self, Debian, Packages};
use crate::process;
use crate::python::target;

/// Debian 13 has Rust 1.85.
const RUST: Packages = Packages {
    home: debian::SWIFT,
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
    let mut version = system.enter(&[], Path::new("/"));
    let found = process::output(version.args(["rustc", "--version"]))?;
    let found = found.trim();
    if !found.starts_with(&format!("rustc {oldest}.")) {
        bail!("Cargo.toml says {oldest}, and the compiler to check that with is {found}");
    }
    process::say(format_args!("msrv: {}, with {found}", CRATES.join(", ")));
    let target = target(root).join("oldest");
    let mut check = system.with_cargo(root, &target, &[], root)?;
    check
        .args(["cargo", "check", "--quiet", "--locked"])
        .args(CRATES.iter().flat_map(|name| ["--package", name]));
    process::run(check, "cargo check")
}
