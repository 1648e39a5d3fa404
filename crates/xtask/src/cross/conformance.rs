//! The cases of `conformance/`, run on the machine that a system's packages are tried on.

use anyhow::{Context, Result, ensure};

use super::Job;
use super::report::Row;
use crate::libtest::{self, Line};
use crate::{bindings, process};

/// Builds the core's program and lets it run every case against the local server in it.
pub(super) fn run(job: &Job) -> Result<Row> {
    let mut cargo = job.cargo("test")?;
    cargo
        .args(["--no-run", "--package", "openint", "--test", "conformance"])
        .args(["--target", job.system.triple]);
    let program = bindings::executable_by(cargo)?;
    let mut counts = None;
    let status = process::stream(job.machine.command(&program), |line| {
        if let Line::Result(found) = libtest::parse(line) {
            counts = Some(found);
        }
    })?;
    let counts = counts.with_context(|| format!("it ended with {status} and without a result"))?;
    ensure!(
        status.success() && counts.passed > 0,
        "{} of {} cases failed ({status})",
        counts.failed,
        counts.passed + counts.failed
    );
    let floor = job.system.floor(&program)?;
    let tried = job.machine.done(&format!("{} cases passed", counts.passed));
    Row::of(job, "openint, conformance", &floor, &program, &tried)
}
