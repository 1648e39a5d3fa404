//! The systems that are built for by name.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use clap::ValueEnum;

use crate::elf;

/// A system to package for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Target {
    /// Linux on x86-64, with glibc 2.17 (of 2012) or later
    #[value(name = "x86_64-unknown-linux-gnu")]
    LinuxX86_64,
    /// Linux on 64-bit ARM, likewise
    #[value(name = "aarch64-unknown-linux-gnu")]
    LinuxAarch64,
    /// Windows on x86-64
    #[value(name = "x86_64-pc-windows-gnu")]
    WindowsX86_64,
    /// Alpine and its like, with musl 1.2, on x86-64; the programs run on any Linux
    #[value(name = "x86_64-unknown-linux-musl")]
    MuslX86_64,
    /// The same on 64-bit ARM
    #[value(name = "aarch64-unknown-linux-musl")]
    MuslAarch64,
    /// The one of these that this machine is
    Own,
    /// Each of them
    All,
}

/// The oldest glibc that the packages run with.
const GLIBC: (u64, u64) = (2, 17);

/// A system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct System {
    target: Target,
    pub(super) kind: Kind,
    pub(super) arch: &'static str,
    pub(super) triple: &'static str,
    /// The start of the tag of its wheels, and the end.
    tag: (&'static str, &'static str),
    /// Name of the folder that JNA looks into. It has no library of its own for musl.
    pub(super) jna: Option<&'static str>,
}

/// The library of C below everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Glibc,
    Musl,
    Windows,
}

const SYSTEMS: [System; 5] = [
    System {
        target: Target::LinuxX86_64,
        kind: Kind::Glibc,
        arch: "x86_64",
        triple: "x86_64-unknown-linux-gnu",
        tag: ("manylinux_2_17", "x86_64"),
        jna: Some("linux-x86-64"),
    },
    System {
        target: Target::LinuxAarch64,
        kind: Kind::Glibc,
        arch: "aarch64",
        triple: "aarch64-unknown-linux-gnu",
        tag: ("manylinux_2_17", "aarch64"),
        jna: Some("linux-aarch64"),
    },
    System {
        target: Target::WindowsX86_64,
        kind: Kind::Windows,
        arch: "x86_64",
        triple: "x86_64-pc-windows-gnu",
        tag: ("win", "amd64"),
        jna: Some("win32-x86-64"),
    },
    System {
        target: Target::MuslX86_64,
        kind: Kind::Musl,
        arch: "x86_64",
        triple: "x86_64-unknown-linux-musl",
        tag: ("musllinux_1_2", "x86_64"),
        jna: None,
    },
    System {
        target: Target::MuslAarch64,
        kind: Kind::Musl,
        arch: "aarch64",
        triple: "aarch64-unknown-linux-musl",
        tag: ("musllinux_1_2", "aarch64"),
        jna: None,
    },
];

impl System {
    pub(super) fn of(target: Target) -> impl Iterator<Item = Self> {
        let is_wanted = move |system: &Self| match target {
            Target::All => true,
            Target::Own => system.is_own(),
            _ => target == system.target,
        };
        SYSTEMS.into_iter().filter(is_wanted)
    }

    /// Returns true for the system of this machine.
    pub(super) fn is_own(self) -> bool {
        let is_glibc = cfg!(all(target_os = "linux", target_env = "gnu"));
        is_glibc && self.kind == Kind::Glibc && std::env::consts::ARCH == self.arch
    }

    /// The tag of its wheels.
    pub(super) fn platform(self) -> String {
        let (start, end) = self.tag;
        format!("{start}_{end}")
    }

    /// Returns true for the name of a wheel for this system, whichever version of its libraries
    /// that needs.
    pub(super) fn is_for(self, wheel: &str) -> bool {
        let (start, end) = self.tag;
        let family = start.split('_').next().unwrap_or(start);
        wheel.contains(&format!("-{family}")) && wheel.ends_with(&format!("_{end}.whl"))
    }

    /// What maturin is told of it.
    pub(super) fn maturin(self) -> Vec<&'static str> {
        let of_zig: &[&str] = match self.kind {
            Kind::Glibc => &["--zig", "--compatibility", "manylinux2014"],
            Kind::Musl => &["--zig", "--compatibility", "musllinux_1_2"],
            Kind::Windows => &[],
        };
        [&["--target", self.triple], of_zig].concat()
    }

    /// The target, with the oldest version of its libraries where the linker is told that.
    pub(super) fn with_version(self) -> String {
        match self.kind {
            Kind::Glibc => format!("{}.{}.{}", self.triple, GLIBC.0, GLIBC.1),
            _ => self.triple.to_owned(),
        }
    }

    /// The file of a program.
    pub(super) fn program(self, name: &str) -> String {
        match self.kind {
            Kind::Windows => format!("{name}.exe"),
            _ => name.to_owned(),
        }
    }

    /// The file of a native library.
    pub(super) fn library(self, name: &str) -> String {
        match self.kind {
            Kind::Windows => format!("{name}.dll"),
            _ => format!("lib{name}.so"),
        }
    }

    /// The oldest libraries that a file runs with. It must need no others, and no newer ones.
    pub(super) fn floor(self, file: &Path) -> Result<String> {
        let name = file.display();
        let bytes = fs::read(file)?;
        let needed = elf::needed(&bytes)?;
        match self.kind {
            Kind::Glibc => {
                let (major, minor) = elf::glibc(&bytes)?.unwrap_or_default();
                ensure!(
                    (major, minor) <= GLIBC,
                    "{name} needs glibc {major}.{minor}"
                );
                Ok(format!("glibc {major}.{minor}"))
            }
            Kind::Musl if needed.is_empty() => Ok("any Linux".to_owned()),
            Kind::Musl => {
                ensure!(needed == ["libc.so"], "{name} needs {needed:?}");
                Ok("musl".to_owned())
            }
            Kind::Windows => {
                // Those of the compiler are called as on Linux, and Windows has none of them.
                let of_compiler = needed.iter().find(|name| name.starts_with("lib"));
                ensure!(of_compiler.is_none(), "{name} needs {needed:?}");
                Ok("Windows 10".to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wheel_is_for_one_system() {
        for (wheel, triple) in [
            (
                "a-1-cp310-abi3-manylinux_2_34_x86_64.whl",
                "x86_64-unknown-linux-gnu",
            ),
            (
                "a-1-cp310-abi3-manylinux2014_aarch64.manylinux_2_17_aarch64.whl",
                "aarch64-unknown-linux-gnu",
            ),
            ("a-1-py3-none-win_amd64.whl", "x86_64-pc-windows-gnu"),
            (
                "a-1-py3-none-musllinux_1_2_x86_64.whl",
                "x86_64-unknown-linux-musl",
            ),
        ] {
            let systems: Vec<_> = System::of(Target::All)
                .filter(|system| system.is_for(wheel))
                .map(|system| system.triple)
                .collect();
            assert_eq!(systems, [triple], "{wheel}");
        }
    }
}
