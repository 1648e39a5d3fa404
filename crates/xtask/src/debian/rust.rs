//! Debian's Rust on this checkout, kept apart from the other.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::Debian;
use crate::process;

impl Debian {
    /// A command that runs a program in `directory`, for which cargo builds into `target` and
    /// downloads nothing; its first argument is the program. It sees the `folders`, too.
    pub(crate) fn with_cargo(
        &self,
        root: &Path,
        target: &Path,
        folders: &[&Path],
        directory: &Path,
    ) -> Result<Command> {
        fs::create_dir_all(target)?;
        // What it downloads, the other cargo reads.
        let mut fetch = process::cargo(root);
        fetch.args(["fetch", "--quiet", "--locked"]);
        process::run(fetch, "cargo fetch")?;
        let home = cargo_home()?;
        let folders = [&[root, target, &home], folders].concat();
        let mut command = self.enter(&folders, directory);
        command
            .env("CARGO_HOME", &home)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_NET_OFFLINE", "true")
            // The one that is running, and what it is to call.
            .env_remove("CARGO")
            .env_remove("RUSTC_WRAPPER");
        Ok(command)
    }
}

fn cargo_home() -> Result<PathBuf> {
    let given = env::var_os("CARGO_HOME").map(PathBuf::from);
    given
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")))
        .context("neither CARGO_HOME nor HOME is set")
}
