//! The commands beside `test`. One whose subject is not in the checkout yet says so and fails.

use std::path::Path;

use anyhow::{Result, bail};
use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::android;
use crate::cli;
use crate::cross;
use crate::language::{ALL, Entry, Language};
use crate::process;
use crate::sandbox;

/// `cargo xtask setup`: installs what the suites need.
pub(crate) fn setup(root: &Path, what: Option<SetUp>) -> Result<()> {
    let wanted = match what {
        Some(SetUp::Cross) => return cross::setup(root),
        Some(SetUp::Language(language)) => Some(language),
        None => None,
    };
    for entry in chosen(root, wanted)? {
        match entry.setup {
            Some(setup) => setup(root)?,
            None => process::say(format_args!("{}: nothing to install", entry.name)),
        }
    }
    Ok(())
}

/// `cargo xtask generate`: writes the generated code, or verifies it.
pub(crate) fn generate(root: &Path, wanted: Option<Language>, check: bool) -> Result<()> {
    let steps: Vec<_> = chosen(root, wanted)?
        .into_iter()
        .filter_map(|entry| entry.generate)
        .collect();
    if steps.is_empty() {
        let nothing = "generate: there is no generated code in this checkout yet";
        if !check {
            bail!(nothing);
        }
        process::say(format_args!("{nothing}; nothing to check"));
    }
    steps
        .into_iter()
        .try_for_each(|generate| generate(root, check))
}

/// Thing to set up: a language, or what packages for other systems need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetUp {
    Language(Language),
    Cross,
}

impl ValueEnum for SetUp {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Language(Language::Rust),
            Self::Language(Language::Python),
            Self::Language(Language::Kotlin),
            Self::Language(Language::Swift),
            Self::Cross,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Language(language) => language.to_possible_value(),
            Self::Cross => Some(PossibleValue::new("cross")),
        }
    }
}

/// Thing to package: a language, the AAR for Android from libraries that are there, and the
/// command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packaged {
    Language(Language),
    Android,
    /// The wheel of the command.
    Cli,
    /// The wheel of the local server.
    Sandbox,
}

impl Packaged {
    pub(crate) const RUST: Self = Self::Language(Language::Rust);
    pub(crate) const PYTHON: Self = Self::Language(Language::Python);
    pub(crate) const KOTLIN: Self = Self::Language(Language::Kotlin);
}

impl ValueEnum for Packaged {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Language(Language::Rust),
            Self::Language(Language::Python),
            Self::Language(Language::Kotlin),
            Self::Language(Language::Swift),
            Self::Android,
            Self::Cli,
            Self::Sandbox,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Language(language) => language.to_possible_value(),
            Self::Android => Some(PossibleValue::new("android")),
            Self::Cli => Some(PossibleValue::new("cli")),
            Self::Sandbox => Some(PossibleValue::new("sandbox")),
        }
    }
}

/// `cargo xtask package`: builds what a user installs.
pub(crate) fn package(root: &Path, what: Option<Packaged>, libs: Option<&Path>) -> Result<()> {
    let wanted = match (what, libs) {
        (Some(Packaged::Android), Some(libs)) => return android::package(root, libs).map(|_| ()),
        (Some(Packaged::Cli), _) => return cli::package(root),
        (Some(Packaged::Sandbox), _) => return sandbox::package(root),
        (Some(Packaged::Language(language)), _) => Some(language),
        _ => None,
    };
    let steps: Vec<_> = chosen(root, wanted)?
        .into_iter()
        .filter_map(|entry| entry.package)
        .collect();
    if steps.is_empty() {
        match wanted {
            Some(language) => bail!("{}: there is nothing to package yet", language.entry().name),
            None => bail!("package: there is nothing to package in this checkout yet"),
        }
    }
    steps.into_iter().try_for_each(|package| package(root))
}

fn present(root: &Path) -> impl Iterator<Item = &'static Entry> {
    ALL.iter().filter(move |entry| entry.is_in(root))
}

fn chosen(root: &Path, wanted: Option<Language>) -> Result<Vec<&'static Entry>> {
    match wanted.map(Language::entry) {
        Some(entry) if !entry.is_in(root) => bail!("{}", entry.absence()),
        Some(entry) => Ok(vec![entry]),
        None => Ok(present(root).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tests::scratch;

    #[test]
    fn what_is_not_there_yet_is_said_in_one_line() {
        let root = scratch("task");
        let said = |result: Result<()>| format!("{:#}", result.unwrap_err());
        let lines = [
            said(setup(&root, Some(SetUp::Language(Language::Swift)))),
            said(package(
                &root,
                Some(Packaged::Language(Language::Kotlin)),
                None,
            )),
            said(package(&root, None, None)),
            said(generate(&root, None, false)),
        ];
        for line in lines {
            assert!(line.ends_with("yet") && !line.contains('\n'), "{line}");
        }
        assert!(setup(&root, None).is_ok());
        assert!(generate(&root, None, true).is_ok());
    }
}
