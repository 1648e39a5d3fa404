//! Machines that run what was built.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::system::System;
use super::toolchain::Toolchain;
use crate::debian::Debian;
use crate::process;

/// Folder of the programs for ARM, in the system with the emulator.
const ARM: &str = "arm64";

/// Takes the packages of a minimal system for ARM, with Python and Java. They are unpacked, not
/// installed: their own scripts cannot run here.
const UNPACK: &str = r#"
mirror=$(awk '$1 == "deb" { print $2; exit }' /etc/apt/sources.list)
release=$(. /etc/os-release; echo "$VERSION_CODENAME")
rm -rf /tmp/arm64 /tmp/unpacked
/usr/sbin/debootstrap --arch=arm64 --variant=minbase --include=python3,default-jre-headless \
  --download-only "$release" /tmp/arm64 "$mirror"
mkdir /tmp/unpacked
for package in /tmp/arm64/var/cache/apt/archives/*.deb; do
  dpkg --extract "$package" /tmp/unpacked
done
rm -r /tmp/arm64
# The emulator does not look for what a link names in the folder.
find /tmp/unpacked -lname '/*' -exec sh -c 'ln -snrf "/tmp/unpacked$(readlink "$1")" "$1"' sh {} \;
mv /tmp/unpacked /arm64
"#;

/// A machine for a system.
pub(super) enum Machine {
    /// This one.
    Own,
    /// 64-bit ARM by qemu, which starts the programs in a folder.
    Arm { qemu: PathBuf, folder: PathBuf },
}

impl Machine {
    /// The one for a system, made where it is not there.
    pub(super) fn of(system: System, toolchain: &Toolchain) -> Result<Self> {
        match toolchain {
            Toolchain::Debian(debian) if system.arch == "aarch64" => arm(debian),
            _ => Ok(Self::Own),
        }
    }

    pub(super) fn is_own(&self) -> bool {
        matches!(self, Self::Own)
    }

    /// The end of a sentence about what was tried on it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Own => "",
            Self::Arm { .. } => " under qemu-user",
        }
    }

    /// Runs a program that was built.
    pub(super) fn command(&self, program: &Path) -> Command {
        let folder = program.parent().unwrap_or(Path::new("/"));
        match self {
            Self::Own => process::program(program, folder),
            Self::Arm { qemu, folder: arm } => {
                let mut command = process::program(qemu, folder);
                command.arg("-L").arg(arm).arg(program);
                command
            }
        }
    }

    /// Its Python.
    pub(super) fn python(&self) -> Command {
        match self {
            Self::Own => Command::new(process::PYTHON),
            Self::Arm { folder, .. } => self.command(&folder.join("usr/bin/python3")),
        }
    }

    /// Its Java.
    pub(super) fn java(&self) -> Command {
        match self {
            Self::Own => Command::new("java"),
            Self::Arm { folder, .. } => {
                self.command(&folder.join("usr/lib/jvm/default-java/bin/java"))
            }
        }
    }
}

/// Unpacks the programs for ARM, unless they are there.
fn arm(debian: &Debian) -> Result<Machine> {
    let folder = debian.home().join(ARM);
    if !folder.is_dir() {
        process::say("arm64: unpacking Python and Java");
        let mut unpack = debian.enter(&[], Path::new("/"));
        unpack.args(["sh", "-euc", UNPACK]);
        process::run(unpack, "debootstrap")?;
    }
    Ok(Machine::Arm {
        qemu: debian.home().join("usr/bin/qemu-aarch64"),
        folder,
    })
}
