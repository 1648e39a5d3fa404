//! Finds Swift: on the PATH, or in a Debian 13 in a folder, because Debian 12 has none.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::debian::{self, Debian, Packages};
use crate::process;
use crate::suite::Missing;

const SWIFT: Packages = Packages {
    home: debian::SWIFT,
    name: "swift",
    all: &[
        "swiftlang",
        "libc6-dev",
        "libstdc++-14-dev",
        "libncurses-dev",
        "git",
        "ca-certificates",
    ],
    program: "usr/bin/swift",
};

/// A usable Swift.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// `swift` on the PATH.
    OnPath,
    /// In a system in a folder.
    Chroot(Debian),
}

impl Toolchain {
    /// The one that is there.
    pub(crate) fn installed() -> Option<Self> {
        match process::find("swift") {
            Some(_) => Some(Self::OnPath),
            None => Debian::with(&SWIFT).map(Self::Chroot),
        }
    }

    /// The one that is there, or on Debian a new one.
    ///
    /// Fails with [`Missing`] where there is none and this command cannot make one.
    pub(crate) fn set_up() -> Result<Self> {
        if process::find("swift").is_some() {
            process::say("swift: the one on the PATH");
            return Ok(Self::OnPath);
        }
        match Debian::set_up(&SWIFT) {
            Ok(system) => Ok(Self::Chroot(system)),
            Err(error) => Err(match error.downcast::<Missing>() {
                Ok(Missing(why)) => Missing(format!(
                    "{why}; or install Swift 6 with: swiftly install 6.0"
                ))
                .into(),
                Err(error) => error,
            }),
        }
    }

    /// The builder of documentation, as [`Toolchain::command`] takes it. It is where the compiler
    /// is, which is seldom on the PATH itself.
    pub(crate) fn docc(&self) -> Option<PathBuf> {
        match self {
            Self::OnPath => {
                let swift = process::find("swift")?.canonicalize().ok()?;
                let beside = swift.with_file_name("docc");
                beside
                    .is_file()
                    .then_some(beside)
                    .or_else(|| process::find("docc"))
            }
            Self::Chroot(home) => {
                let places = ["usr/libexec/swift/bin/docc", "usr/bin/docc"];
                let found = places
                    .iter()
                    .find(|place| home.home().join(place).is_file())?;
                Some(Path::new("/").join(found))
            }
        }
    }

    /// A command that runs a program of the toolchain in `directory`; its first argument is the
    /// program. It sees the `folders` where they are.
    pub(crate) fn command(&self, folders: &[&Path], directory: &Path) -> Result<Command> {
        let directory = directory
            .canonicalize()
            .with_context(|| directory.display().to_string())?;
        match self {
            Self::OnPath => {
                // `env` so that the first argument is the program here as well.
                let mut command = process::program("env", &directory);
                command.current_dir(&directory);
                Ok(command)
            }
            Self::Chroot(system) => Ok(system.enter(folders, &directory)),
        }
    }
}
