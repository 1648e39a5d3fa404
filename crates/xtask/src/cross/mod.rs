//! Packages for other machines than this one: built against the oldest libraries that they are to
//! run with, and tried where they can be.

mod archive;
mod artifact;
mod attempt;
mod conformance;
mod jar;
mod machine;
mod report;
mod system;
mod toolchain;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};

use self::artifact::ARTIFACTS;
use self::machine::Machine;
use self::report::Row;
use self::system::{Kind, System};
use self::toolchain::Toolchain;
use crate::suite::Missing;
use crate::task::Packaged;
use crate::{process, python};

pub(crate) use self::system::Target;

/// A system, and the means to build and run for it.
struct Job {
    root: PathBuf,
    system: System,
    toolchain: Toolchain,
    machine: Machine,
}

impl Job {
    fn new(root: &Path, system: System) -> Result<Self> {
        let toolchain = Toolchain::of(root, system)?;
        Ok(Self {
            root: root.to_owned(),
            machine: Machine::of(root, system, &toolchain)?,
            system,
            toolchain,
        })
    }

    /// A command of a program of the tools in `folder`.
    fn tool(&self, program: &str, folder: &Path) -> Result<Command> {
        self.toolchain.command(program, &self.root, folder)
    }

    /// A command of cargo with a linker for the system.
    fn cargo(&self, verb: &str) -> Result<Command> {
        let program = match self.system.kind {
            Kind::Windows => "cargo",
            _ => "cargo-zigbuild",
        };
        let mut cargo = self.tool(program, &self.root)?;
        cargo.args([verb, "--locked"]);
        Ok(cargo)
    }

    /// A file that was built.
    fn built(&self, file: &str) -> PathBuf {
        let target = self.toolchain.target(&self.root);
        target.join(self.system.triple).join("packaged").join(file)
    }
}

/// Makes what the builds need, outside of the checkout, unless it is there.
pub(crate) fn setup(root: &Path) -> Result<()> {
    tools(root)?;
    for system in System::of(Target::All) {
        if let Some(why) = missing(Job::new(root, system))?.err() {
            process::say(format_args!("{}: {why}", system.triple));
        }
    }
    Ok(())
}

fn tools(root: &Path) -> Result<()> {
    toolchain::tools().install(root, "crates/xtask/src/cross/requirements.txt")
}

/// Takes apart what cannot be here from what failed.
fn missing<T>(result: Result<T>) -> Result<Result<T, String>> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(error) => error.downcast().map(|Missing(why)| Err(why)),
    }
}

/// `cargo xtask package --target`: builds and tries each artifact, and ends with a table.
pub(crate) fn package(root: &Path, what: Option<Packaged>, target: Target) -> Result<()> {
    let is_wanted = |of| what.is_none_or(|what| what == of);
    let artifacts: Vec<_> = ARTIFACTS
        .iter()
        .filter(|artifact| is_wanted(artifact.of))
        .collect();
    ensure!(
        !artifacts.is_empty() || is_wanted(Packaged::KOTLIN),
        "that is not packaged by target"
    );
    tools(root)?;
    python::setup(root)?;
    let mut rows = Vec::new();
    let mut jobs = Vec::new();
    for system in System::of(target) {
        let job = match missing(Job::new(root, system))? {
            Ok(job) => job,
            Err(why) => {
                rows.push(Row::not_built(system, &why));
                continue;
            }
        };
        for artifact in &artifacts {
            process::say(format_args!("{}: {}", system.triple, artifact.name));
            let made = (artifact.make)(&job);
            rows.extend(
                made.unwrap_or_else(|error| {
                    vec![Row::failed(system.triple, artifact.name, &error)]
                }),
            );
        }
        jobs.push(job);
    }
    if is_wanted(Packaged::KOTLIN) {
        rows.extend(jar::make(root, &jobs));
    }
    process::say(format_args!("\n{}", report::render(&rows).trim_end()));
    let failed = rows.iter().filter(|row| row.has_failed()).count();
    let is_built = rows.iter().any(Row::is_built);
    ensure!(failed == 0, "{failed} of {} artifacts failed", rows.len());
    ensure!(is_built, "nothing was built");
    Ok(())
}
