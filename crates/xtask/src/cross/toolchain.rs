//! Compilers and linkers.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::system::System;
use crate::debian::{self, Debian, Packages};
use crate::process;
use crate::python::{Venv, target};
use crate::suite::Missing;

/// Rust with the source of its standard library, which is built for each system, and the programs
/// that try what was built.
const PACKAGES: Packages = Packages {
    home: debian::CROSS,
    name: "cross",
    all: &[
        "rustc-web",
        "cargo-web",
        "rust-web-src",
        "libc6-dev",
        "python3-minimal",
        "debootstrap",
        "gcc-mingw-w64-x86-64-win32",
        "qemu-user",
        "wine64",
    ],
    program: "usr/bin/cargo",
};

/// The source of the standard library, in that system.
const STANDARD_LIBRARY: &str = "usr/lib/rustlib/src/rust/library/Cargo.toml";

/// Variables of arguments for Rust.
const MUSL: [&str; 2] = [
    "CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS",
    "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_MUSL_RUSTFLAGS",
];

/// Builds for a system.
pub(super) enum Toolchain {
    /// This machine's own Rust.
    Own,
    /// That of a Debian in a folder.
    Debian(Debian),
}

impl Toolchain {
    /// The one for a system. Fails with [`Missing`] where it cannot be.
    pub(super) fn of(root: &Path, system: System) -> Result<Self> {
        match system.is_own() {
            true => Ok(Self::Own),
            false => set_up(root).map(Self::Debian),
        }
    }

    /// The folder that it builds into.
    pub(super) fn target(&self, root: &Path) -> PathBuf {
        match self {
            Self::Own => target(root),
            Self::Debian(_) => target(root).join("cross"),
        }
    }

    /// A command of a program of the tools in `folder`.
    pub(super) fn command(&self, program: &str, root: &Path, folder: &Path) -> Result<Command> {
        let Self::Debian(system) = self else {
            return Ok(tools().command(program, folder));
        };
        let tools = tools();
        let mut zig = tools.command("python", root);
        zig.args(["-c", "import ziglang; print(ziglang.__path__[0])"]);
        let zig = process::output(&mut zig)?;
        let folders = [tools.folder.as_path()];
        let mut command = system.with_cargo(root, &self.target(root), &folders, folder)?;
        command
            .arg(match program {
                "cargo" => program.into(),
                _ => tools.program(program),
            })
            .env("CARGO_ZIGBUILD_ZIG_PATH", Path::new(zig.trim()).join("zig"))
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_unwind")
            // zig has the start of a program and musl itself.
            .envs(MUSL.map(|variable| (variable, "-Clink-self-contained=no")))
            .env("RUSTC_BOOTSTRAP", "1");
        Ok(command)
    }
}

/// The environment with zig, cargo-zigbuild, maturin and auditwheel.
pub(super) fn tools() -> Venv {
    let home = std::env::home_dir().unwrap_or_default();
    let tools = std::env::var_os("OPENINT_TOOLS").map(PathBuf::from);
    Venv {
        folder: tools
            .unwrap_or(home.join(".cache/openint-tools"))
            .join("cross"),
    }
}

/// Makes the Debian, unless it is there.
pub(super) fn set_up(root: &Path) -> Result<Debian> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        bail!(Missing("it is built on Linux on x86-64 alone".into()));
    }
    let system = Debian::set_up(&PACKAGES)?;
    let mut fetch = process::cargo(root);
    fetch
        .args(["fetch", "--quiet", "--locked", "--manifest-path"])
        .arg(system.home().join(STANDARD_LIBRARY))
        .env("RUSTC_BOOTSTRAP", "1");
    process::run(fetch, "cargo fetch of the standard library")?;
    let mut versions = system.enter(&[], Path::new("/"));
    versions.args([
        "sh",
        "-c",
        "rustc --version; qemu-aarch64 --version | head -1; /usr/lib/wine/wine64 --version",
    ]);
    process::run(versions, "rustc --version")?;
    Ok(system)
}
