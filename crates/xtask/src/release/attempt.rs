//! The artifacts of a release, used as a user does.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;

use super::places;
use crate::{cli, kotlin, process, python};

/// A package that this machine can try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Package {
    Python,
    Cli,
    Kotlin,
}

/// Installs a package from `folder` into an empty place and makes a call against the local server;
/// all of them when none is named.
pub(super) fn run(root: &Path, folder: &Path, package: Option<Package>) -> Result<()> {
    let version = places::current(root)?;
    let folder = folder
        .canonicalize()
        .with_context(|| folder.display().to_string())?;
    // pip itself takes the wheel for this machine.
    let wheel = |name: &str| -> [OsString; 3] {
        [
            "--find-links".into(),
            folder.clone().into(),
            format!("{name}=={version}").into(),
        ]
    };
    for each in Package::value_variants() {
        if package.is_some_and(|wanted| wanted != *each) {
            continue;
        }
        match each {
            Package::Python => python::smoke(root, &wheel("openint-sdk"))?,
            Package::Cli => cli::smoke(root, &wheel("openint-cli"))?,
            Package::Kotlin => {
                let jar = folder.join(format!("openint-sdk-{version}.jar"));
                kotlin::projects(root, &jar)?;
            }
        }
        process::say(format_args!("{each:?} {version}: installed and used"));
    }
    Ok(())
}
