//! Packages for other machines than this one: built with zig's linker against the oldest libraries
//! that they are to run with, and tried where they can be.

mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use self::report::Row;
use crate::python::{self, Venv, target};
use crate::task::Packaged;
use crate::{cli, elf, kotlin, process, release, sandbox, wheel};

/// A system to package for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// Linux on x86-64, with glibc 2.17 (of 2012) or later
    #[value(name = "x86_64-unknown-linux-gnu")]
    LinuxX86_64,
    /// Linux on 64-bit ARM, likewise
    #[value(name = "aarch64-unknown-linux-gnu")]
    LinuxAarch64,
    /// Each of them
    All,
}

/// The oldest glibc that the packages run with, and the name that Python has for it.
const GLIBC: (u64, u64) = (2, 17);
const COMPATIBILITY: &str = "manylinux2014";

/// The systems that are built for by name.
const SYSTEMS: [(Target, System); 2] = [
    (Target::LinuxX86_64, System { arch: "x86_64" }),
    (Target::LinuxAarch64, System { arch: "aarch64" }),
];

/// Linux with glibc.
#[derive(Clone, Copy)]
struct System {
    arch: &'static str,
}

impl System {
    fn triple(self) -> String {
        format!("{}-unknown-linux-gnu", self.arch)
    }

    fn platform(self) -> String {
        let (major, minor) = GLIBC;
        format!("manylinux_{major}_{minor}_{}", self.arch)
    }

    /// Rust's standard library is there for this machine's own processor.
    fn obstacle(self) -> Option<&'static str> {
        let is_own = cfg!(target_os = "linux") && std::env::consts::ARCH == self.arch;
        (!is_own).then_some("is built on Linux on that processor, as the release does it")
    }
}

/// Makes what the builds need, outside of the checkout, unless it is there.
pub(crate) fn setup(root: &Path) -> Result<()> {
    tools().install(root, "crates/xtask/src/cross/requirements.txt")
}

/// The environment with zig, cargo-zigbuild, maturin and auditwheel.
fn tools() -> Venv {
    let home = std::env::home_dir().unwrap_or_default();
    let tools = std::env::var_os("OPENINT_TOOLS").map(PathBuf::from);
    Venv {
        folder: tools
            .unwrap_or(home.join(".cache/openint-tools"))
            .join("cross"),
    }
}

/// `cargo xtask package --target`: builds and tries each artifact, and ends with a table.
pub(crate) fn package(root: &Path, what: Option<Packaged>, target: Target) -> Result<()> {
    let artifacts: Vec<_> = ARTIFACTS
        .iter()
        .filter(|artifact| what.is_none_or(|what| artifact.of == what))
        .collect();
    ensure!(!artifacts.is_empty(), "that is not packaged by target");
    let systems = SYSTEMS
        .iter()
        .filter(|(name, _)| matches!(target, Target::All) || *name == target);
    setup(root)?;
    python::setup(root)?;
    let mut rows = Vec::new();
    for (_, system) in systems {
        if let Some(why) = system.obstacle() {
            rows.push(Row::not_built(&system.triple(), why));
            continue;
        }
        for artifact in &artifacts {
            process::say(format_args!("{}: {}", system.triple(), artifact.name));
            match (artifact.make)(root, *system) {
                Ok(made) => rows.extend(made),
                Err(error) => rows.push(Row::failed(artifact.name, &error)),
            }
        }
    }
    process::say(format_args!("\n{}", report::render(&rows).trim_end()));
    let failed = rows.iter().filter(|row| row.has_failed()).count();
    let is_built = rows.iter().any(Row::is_built);
    ensure!(failed == 0, "{failed} of {} artifacts failed", rows.len());
    ensure!(is_built, "nothing was built");
    Ok(())
}

struct Artifact {
    name: &'static str,
    of: Packaged,
    make: fn(&Path, System) -> Result<Vec<Row>>,
}

const ARTIFACTS: [Artifact; 4] = [
    Artifact {
        name: "openint-sdk, wheel",
        of: Packaged::PYTHON,
        make: |root, system| {
            let wheel = wheel(root, system, "python", "python-package")?;
            python::smoke(root, &[wheel.clone().into()])?;
            let name = "openint-sdk, wheel";
            Ok(vec![Row::of(name, &system.platform(), &wheel, "run")?])
        },
    },
    Artifact {
        name: "openint-cli",
        of: Packaged::Cli,
        make: |root, system| {
            let wheel = wheel(root, system, "crates/openint-cli", "cli-package")?;
            cli::smoke(root, &[wheel.clone().into()])?;
            let archive = archive(
                root,
                system,
                "openint",
                "cli-package",
                &["--local", "health"],
            )?;
            let name = "openint-cli, wheel";
            Ok(vec![
                Row::of(name, &system.platform(), &wheel, "run")?,
                archive,
            ])
        },
    },
    Artifact {
        name: "openint-sandbox",
        of: Packaged::Sandbox,
        make: |root, system| {
            let out = "sandbox-package";
            let wheel = wheel(root, system, "crates/openint-sandbox", out)?;
            sandbox::smoke(root, &wheel)?;
            let archive = archive(root, system, "openint-sandbox", out, &["--version"])?;
            let name = "openint-sandbox, wheel";
            Ok(vec![
                Row::of(name, &system.platform(), &wheel, "run")?,
                archive,
            ])
        },
    },
    Artifact {
        name: "openint-sdk, jar",
        of: Packaged::KOTLIN,
        make: |root, system| {
            let library = library(root, system)?;
            let floor = floor(&library)?;
            let jar = kotlin::assemble(root, &library)?;
            let name = "openint-sdk, library in the jar";
            Ok(vec![
                Row::of(name, &floor, &library, "loaded")?,
                Row::of("openint-sdk, jar", "JDK 11", &jar, "run")?,
            ])
        },
    },
];

/// Builds a wheel, which auditwheel must find to be for the systems that its name says.
fn wheel(root: &Path, system: System, folder: &str, out: &str) -> Result<PathBuf> {
    let (folder, out) = (root.join(folder), target(root).join(out));
    let triple = system.triple();
    let zig = [
        "--zig",
        "--target",
        &triple,
        "--compatibility",
        COMPATIBILITY,
    ];
    let wheel = wheel::build(&tools(), &folder, &out, &zig)?;
    let mut auditwheel = tools().command("auditwheel", root);
    auditwheel.arg("show").arg(&wheel);
    let shown = process::output(&mut auditwheel)?;
    // Its words are broken into lines.
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let platform = system.platform();
    ensure!(
        is_for(&shown, &platform),
        "auditwheel does not find the wheel to be for {platform}: {shown}"
    );
    Ok(wheel)
}

/// Returns true if auditwheel has found no tag but this to hold, or a program without any.
fn is_for(shown: &str, platform: &str) -> bool {
    shown.contains(&format!("following platform tag: \"{platform}\""))
}

/// The native library of Kotlin.
fn library(root: &Path, system: System) -> Result<PathBuf> {
    let (major, minor) = GLIBC;
    let mut cargo = tools().command("cargo-zigbuild", root);
    cargo
        .args([
            "zigbuild",
            "--locked",
            "--package",
            "openint-uniffi",
            "--lib",
        ])
        .args(["--profile", "packaged", "--target"])
        .arg(format!("{}.{major}.{minor}", system.triple()));
    process::run(cargo, "cargo zigbuild")?;
    Ok(built(root, system, "libopenint_uniffi.so"))
}

fn built(root: &Path, system: System, file: &str) -> PathBuf {
    target(root)
        .join(system.triple())
        .join("packaged")
        .join(file)
}

/// The oldest glibc that a file runs with.
fn floor(file: &Path) -> Result<String> {
    let needed = elf::glibc(&fs::read(file)?)?;
    let (major, minor) = needed.unwrap_or_default();
    ensure!(
        (major, minor) <= GLIBC,
        "{} needs glibc {major}.{minor}",
        file.display()
    );
    Ok(format!("glibc {major}.{minor}"))
}

/// Packs a program that maturin has built, with the licences, after it was run.
fn archive(root: &Path, system: System, program: &str, out: &str, args: &[&str]) -> Result<Row> {
    let file = built(root, system, program);
    let floor = floor(&file)?;
    let mut try_it = Command::new(&file);
    try_it.args(args);
    process::run(try_it, program)?;
    let version = env!("CARGO_PKG_VERSION");
    let archive = target(root)
        .join(out)
        .join(format!("{program}-{version}-{}.tar.gz", system.triple()));
    let mut tar = process::program("tar", root);
    tar.arg("--create")
        .arg("--gzip")
        .arg("--file")
        .arg(&archive)
        .args(["--owner=0", "--group=0", "--numeric-owner", "--directory"])
        .arg(file.parent().context("a file has a folder")?)
        .arg(program)
        .arg("--directory")
        .arg(root)
        .args(["LICENSE-APACHE", "LICENSE-MIT"]);
    process::run(tar, "tar")?;
    release::write_checksum(&archive)?;
    Row::of(&format!("{program}, archive"), &floor, &archive, "run")
}
