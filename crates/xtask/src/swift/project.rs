//! SwiftPM on the package, with its native library.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use super::toolchain::Toolchain;
use super::{SUITE, events};
use crate::bindings;
use crate::process;
use crate::server::{self, Server};
use crate::suite::Report;

/// In this package a warning is an error.
const STRICT: [&str; 2] = ["-Xswiftc", "-warnings-as-errors"];

/// Suites beside which nothing may run: memory, and the threads for calls, are the process's own.
const ALONE: [&str; 2] = ["MemoryTests", "QueueTests"];

/// Variable with the folders in which the loader looks for libraries.
const LIBRARY_PATH: &str = if cfg!(target_os = "macos") {
    "DYLD_LIBRARY_PATH"
} else {
    "LD_LIBRARY_PATH"
};

/// The package with a native library that was built for it.
pub(super) struct Project<'a> {
    pub(super) root: &'a Path,
    pub(super) toolchain: &'a Toolchain,
    /// The folder of the native library.
    pub(super) native: PathBuf,
    /// Folder that SwiftPM builds into.
    pub(super) scratch: PathBuf,
    /// The same for the module alone: with both in one folder, tests stay as they were when the
    /// module has changed.
    module: PathBuf,
    pub(super) target: PathBuf,
}

impl<'a> Project<'a> {
    /// With `released` the library as it is released, otherwise with the test-only ways to panic.
    pub(super) fn new(root: &'a Path, toolchain: &'a Toolchain, released: bool) -> Result<Self> {
        let native = if released {
            let built = bindings::build_release(root)?;
            let folder = bindings::target_dir(root)?.join("xtask/native-release");
            fs::create_dir_all(&folder)?;
            fs::copy(&built, folder.join(built.file_name().context("a name")?))?;
            folder
        } else {
            let library = bindings::build(root, false)?;
            library.file.parent().context("a folder")?.to_owned()
        };
        Self::with(root, toolchain, native)
    }

    /// With a native library that is there, in the folder `native`.
    pub(super) fn with(root: &'a Path, toolchain: &'a Toolchain, native: PathBuf) -> Result<Self> {
        let target = bindings::target_dir(root)?;
        Ok(Self {
            root,
            toolchain,
            native,
            scratch: target.join("xtask/swift"),
            module: target.join("xtask/swift-module"),
            target,
        })
    }

    /// A program of the toolchain in `folder`.
    pub(super) fn tool(&self, program: &Path, folder: &Path) -> Result<Command> {
        let folders = [self.root, &self.target, folder];
        let mut command = self.toolchain.command(&folders, folder)?;
        command.arg(program);
        Ok(command)
    }

    /// `swift <verb>` on the package in `folder`, with the native library where the linker and the
    /// loader look.
    pub(super) fn swift(&self, verb: &[&str], folder: &Path, scratch: &Path) -> Result<Command> {
        fs::create_dir_all(scratch)?;
        let mut command = self.tool(Path::new("swift"), folder)?;
        command
            .args(verb)
            .arg("--scratch-path")
            .arg(scratch)
            .env(LIBRARY_PATH, &self.native);
        Ok(command)
    }

    fn linked(&self, verb: &[&str], folder: &Path, scratch: &Path) -> Result<Command> {
        self.linked_with(&self.native, verb, folder, scratch)
    }

    /// With another folder of the native library.
    pub(super) fn linked_with(
        &self,
        native: &Path,
        verb: &[&str],
        folder: &Path,
        scratch: &Path,
    ) -> Result<Command> {
        let mut command = self.swift(verb, folder, scratch)?;
        command
            .arg("-Xlinker")
            .arg(format!("-L{}", native.display()))
            .env(LIBRARY_PATH, native);
        Ok(command)
    }

    /// Builds the module alone, which needs no library, and returns the folder that it is in.
    pub(super) fn build_module(&self) -> Result<PathBuf> {
        let mut build = self.swift(
            &["build", "--target", "OpenintSDK"],
            self.root,
            &self.module,
        )?;
        build.args(STRICT);
        process::run(build, "swift build")?;
        Ok(self.module.join("debug/Modules"))
    }

    pub(super) fn test(&self) -> Result<Vec<Report>> {
        let sandbox = server::binary(self.root)?;

        let mut build = self.linked(&["build", "--build-tests"], self.root, &self.scratch)?;
        build.args(STRICT);
        process::run(build, "swift build")?;

        let mut reports = self.run_tests(&["--skip", &ALONE.join("|")], &sandbox)?;
        for suite in ALONE {
            reports.extend(self.run_tests(&["--filter", suite], &sandbox)?);
        }
        Ok(reports)
    }

    fn run_tests(&self, which: &[&str], sandbox: &Path) -> Result<Vec<Report>> {
        let start = Instant::now();
        let events = self.scratch.join("events.jsonl");
        let _ = fs::remove_file(&events);
        let mut test = self.linked(
            &["test", "--skip-build", "--disable-xctest"],
            self.root,
            &self.scratch,
        )?;
        test.args(which)
            .args(STRICT)
            .args(["--experimental-event-stream-version", "0"])
            .arg("--experimental-event-stream-output")
            .arg(&events)
            .env("OPENINT_SANDBOX", sandbox)
            .env("OPENINT_TESTS_ALONE", "1");
        // For the examples of the documentation, which make their client from the environment.
        let server = Server::start(sandbox)?;
        test.envs(server.environment());
        let status = process::stream(test, |_| {}).context("swift test")?;
        let text = fs::read_to_string(&events).context("swift test left no record of its tests")?;
        let mut reports = events::read(&text, SUITE)?;
        if !status.success() && !reports.iter().any(|report| report.counts.failed > 0) {
            let seconds = start.elapsed().as_secs_f64();
            let why = format!("swift test ended with {status} after {seconds:.0} s");
            reports.push(Report::broken(SUITE, why));
        }
        Ok(reports)
    }

    /// An example program, which is built with the tests.
    pub(super) fn program(&self, name: &str) -> Result<Command> {
        let mut run = self.linked(&["run", "--skip-build"], self.root, &self.scratch)?;
        run.args(STRICT).arg(name);
        Ok(run)
    }
}
