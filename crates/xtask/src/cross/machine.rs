//! Machines that run what was built.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::system::{Kind, System};
use super::toolchain::Toolchain;
use crate::debian::Debian;
use crate::process;

/// Folder of the programs for ARM, in the system with the emulator.
const ARM: &str = "arm64";

/// The program `wine` would ask for one of 32 bits, too.
const WINE: &str = "/usr/lib/wine/wine64";

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
pub(super) struct Machine {
    by: By,
    /// It has Python and Java.
    has_languages: bool,
}

enum By {
    /// This machine itself.
    Own,
    /// The emulator of 64-bit ARM, and a folder with its programs.
    Qemu(PathBuf, PathBuf),
    /// wine in a Debian, which sees the folders where they are.
    Wine(Debian, Vec<PathBuf>),
}

impl Machine {
    /// The one for a system, made where it is not there.
    pub(super) fn of(root: &Path, system: System, toolchain: &Toolchain) -> Result<Self> {
        let by = match toolchain {
            Toolchain::Debian(debian) if system.kind == Kind::Windows => {
                let folders = [root.to_owned(), toolchain.target(root), env::temp_dir()];
                By::Wine(debian.clone(), folders.into())
            }
            Toolchain::Debian(debian) if system.arch == "aarch64" => {
                By::Qemu(debian.home().join("usr/bin/qemu-aarch64"), arm(debian)?)
            }
            _ => By::Own,
        };
        Ok(Self {
            by,
            has_languages: system.kind == Kind::Glibc,
        })
    }

    /// Returns true for this machine with all that it has.
    pub(super) fn is_own(&self) -> bool {
        matches!(self.by, By::Own) && self.has_languages
    }

    /// Says of something that it was done on this machine.
    pub(super) fn done(&self, what: &str) -> String {
        match self.by {
            By::Own => what.to_owned(),
            By::Qemu(..) => format!("{what} under qemu-user"),
            By::Wine(..) => format!("{what} under wine"),
        }
    }

    /// Runs a program that was built.
    pub(super) fn command(&self, program: &Path) -> Command {
        let folder = program.parent().unwrap_or(Path::new("/"));
        match &self.by {
            By::Own => process::program(program, folder),
            By::Qemu(qemu, arm) => {
                let mut command = process::program(qemu, folder);
                command.arg("-L").arg(arm).arg(program);
                command
            }
            By::Wine(debian, folders) => {
                let folders: Vec<_> = folders.iter().map(PathBuf::as_path).collect();
                let mut command = debian.enter(&folders, folder);
                command.arg(WINE).arg(program).env("WINEDEBUG", "-all");
                command
            }
        }
    }

    /// Its Python, where there is one.
    pub(super) fn python(&self) -> Option<Command> {
        self.language(process::PYTHON, "usr/bin/python3")
    }

    /// Its Java, where there is one.
    pub(super) fn java(&self) -> Option<Command> {
        self.language("java", "usr/lib/jvm/default-java/bin/java")
    }

    fn language(&self, own: &str, of_arm: &str) -> Option<Command> {
        let program = match &self.by {
            By::Own => PathBuf::from(own),
            By::Qemu(_, folder) => folder.join(of_arm),
            By::Wine(..) => return None,
        };
        self.has_languages.then(|| self.command(&program))
    }
}

/// Unpacks the programs for ARM, unless they are there.
fn arm(debian: &Debian) -> Result<PathBuf> {
    let folder = debian.home().join(ARM);
    if !folder.is_dir() {
        process::say("arm64: unpacking Python and Java");
        let mut unpack = debian.enter(&[], Path::new("/"));
        unpack.args(["sh", "-euc", UNPACK]);
        process::run(unpack, "debootstrap")?;
    }
    Ok(folder)
}
