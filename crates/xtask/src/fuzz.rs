//! `cargo xtask fuzz`: builds the targets under `fuzz/` with coverage for libFuzzer, and runs each.
//!
//! `cargo fuzz` does the same and more, and works on the same folder; these flags are its own, but
//! for the sanitizers, which need a nightly toolchain and have little to find where no code is
//! unsafe.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::process;

const FLAGS: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    --cfg fuzzing -Cdebug-assertions -Ccodegen-units=1";

/// Beyond this a target has a leak, or an input blows up.
const MAX_MEGABYTES: u32 = 1_024;

/// Runs every target for `seconds`, from the committed corpus on.
pub(crate) fn run(root: &Path, seconds: u64) -> Result<()> {
    let folder = root.join("fuzz");
    let targets = build(&folder)?;
    let findings: Vec<String> = targets
        .into_iter()
        .filter_map(|target| match fuzz(&folder, &target, seconds) {
            Ok(()) => None,
            Err(error) => Some(format!("{}: {error:#}", target.name)),
        })
        .collect();
    if !findings.is_empty() {
        bail!("{}", findings.join("\n"));
    }
    Ok(())
}

struct Target {
    name: String,
    program: PathBuf,
}

fn build(folder: &Path) -> Result<Vec<Target>> {
    let host = host()?;
    process::say(format_args!("fuzz: building the targets for {host}"));
    let mut cargo = process::cargo(folder);
    cargo
        // Not locked: the lock file of this folder follows the crates that it tests.
        .args([
            "build",
            "--release",
            "--message-format=json-render-diagnostics",
        ])
        // With a target, the flags are for the targets alone and not for build scripts.
        .args(["--target", &host])
        .env("RUSTFLAGS", FLAGS);
    if std::env::var_os("CARGO_TARGET_DIR").is_none() {
        // Beside the other builds, and out of the way of `cargo fuzz`.
        cargo.env("CARGO_TARGET_DIR", folder.join("target"));
    }
    cargo.stderr(std::process::Stdio::inherit());
    let output = cargo.output().context("cargo did not start")?;
    if !output.status.success() {
        bail!("the fuzz targets do not build");
    }
    let targets = programs(&String::from_utf8_lossy(&output.stdout))?;
    if targets.is_empty() {
        bail!("there is no fuzz target");
    }
    Ok(targets)
}

/// The programs in cargo's build messages.
fn programs(messages: &str) -> Result<Vec<Target>> {
    #[derive(Deserialize)]
    struct Message {
        target: Option<Named>,
        executable: Option<PathBuf>,
    }
    #[derive(Deserialize)]
    struct Named {
        name: String,
    }
    let mut targets = Vec::new();
    for line in messages.lines().filter(|line| line.starts_with('{')) {
        let message: Message = serde_json::from_str(line)
            .with_context(|| format!("cargo said something unexpected: {line}"))?;
        if let (Some(target), Some(program)) = (message.target, message.executable) {
            targets.push(Target {
                name: target.name,
                program,
            });
        }
    }
    targets.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(targets)
}

fn host() -> Result<String> {
    let text = process::output(Command::new("rustc").arg("-vV"))?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .context("rustc does not say what it builds for")
}

fn fuzz(folder: &Path, target: &Target, seconds: u64) -> Result<()> {
    let found = folder.join("artifacts").join(&target.name);
    // What is new goes to a folder that is not committed; the committed one is only read.
    let new = folder.join("new").join(&target.name);
    for dir in [&found, &new] {
        std::fs::create_dir_all(dir).with_context(|| format!("{}", dir.display()))?;
    }
    process::say(format_args!("fuzz: {} for {seconds} s", target.name));
    let mut fuzzer = process::program(&target.program, folder);
    fuzzer
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-rss_limit_mb={MAX_MEGABYTES}"))
        .args(["-timeout=10", "-max_len=4096", "-print_final_stats=1"])
        .arg(format!("-artifact_prefix={}/", found.display()))
        .args([new, folder.join("corpus").join(&target.name)]);
    let mut runs = 0;
    let status = process::stream(fuzzer, |line| {
        if let Some(count) = line.strip_prefix("stat::number_of_executed_units:") {
            runs = count.trim().parse().unwrap_or(0);
        }
    })?;
    if !status.success() {
        bail!("a finding; its input is in {}", found.display());
    }
    if runs == 0 {
        bail!("nothing ran");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_read_from_the_build_messages() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"openint"},"executable":null}
{"reason":"compiler-artifact","target":{"name":"paths"},"executable":"/t/paths"}
{"reason":"compiler-artifact","target":{"name":"answers"},"executable":"/t/answers"}
{"reason":"build-finished","success":true}"#;
        let names: Vec<_> = programs(messages)
            .unwrap()
            .into_iter()
            .map(|t| t.name)
            .collect();
        assert_eq!(names, ["answers", "paths"]);
    }
}
