//! The systems that are built for by name.

use clap::ValueEnum;

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

/// The oldest glibc that the packages run with.
pub(super) const GLIBC: (u64, u64) = (2, 17);

/// A system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct System {
    target: Target,
    pub(super) arch: &'static str,
    pub(super) triple: &'static str,
    /// Name of the folder that JNA looks into.
    pub(super) jna: &'static str,
}

const SYSTEMS: [System; 2] = [
    System {
        target: Target::LinuxX86_64,
        arch: "x86_64",
        triple: "x86_64-unknown-linux-gnu",
        jna: "linux-x86-64",
    },
    System {
        target: Target::LinuxAarch64,
        arch: "aarch64",
        triple: "aarch64-unknown-linux-gnu",
        jna: "linux-aarch64",
    },
];

impl System {
    pub(super) fn of(target: Target) -> impl Iterator<Item = Self> {
        let is_wanted = move |system: &Self| target == Target::All || target == system.target;
        SYSTEMS.into_iter().filter(is_wanted)
    }

    /// Returns true for the system of this machine.
    pub(super) fn is_own(self) -> bool {
        cfg!(target_os = "linux") && std::env::consts::ARCH == self.arch
    }

    /// The name that maturin and pip have for its wheels.
    pub(super) fn compatibility(self) -> &'static str {
        "manylinux2014"
    }

    /// The start of the tags of such wheels, whichever libraries they need.
    pub(super) fn family(self) -> &'static str {
        "manylinux"
    }

    /// The end of the tag of its wheels.
    pub(super) fn platform(self) -> String {
        let (major, minor) = GLIBC;
        format!("manylinux_{major}_{minor}_{}", self.arch)
    }

    /// The target as zig takes it, with the oldest version of its libraries.
    pub(super) fn zig(self) -> String {
        let (major, minor) = GLIBC;
        format!("{}.{major}.{minor}", self.triple)
    }
}
