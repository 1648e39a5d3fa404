//! `cargo xtask release`: what a release is made of, each step as a command that also runs on a
//! laptop. RELEASING.md says in which order a person and `.github/workflows/release.yml` use them.

mod attempt;
mod changelog;
mod gather;
mod maven;
mod places;
mod publish;
mod version;

pub(crate) use self::publish::write_checksum;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};

use self::version::Version;
use crate::process;

const CHANGELOG: &str = "CHANGELOG.md";

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Options {
    #[command(subcommand)]
    step: Option<Step>,
    /// The version to put everywhere, such as 0.2.0
    #[arg(required = true)]
    version: Option<Version>,
    /// Change nothing; list every place that would change
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Subcommand)]
enum Step {
    /// Check that a tag, such as v0.2.0, is the version of every package and in the changelog
    Check { tag: String },
    /// Print what the changelog says of this version
    Notes,
    /// Pack the crates and build them from what was packed
    Crates {
        /// Upload them, too
        #[arg(long)]
        publish: bool,
    },
    /// Put the native libraries of all jars below a folder into one jar
    Jar { from: PathBuf, to: PathBuf },
    /// Make the archive for Maven Central of the jars and the AAR in a folder
    Maven {
        folder: PathBuf,
        /// Upload it, too, and wait until it is published
        #[arg(long)]
        publish: bool,
    },
    /// Write the address and the checksum of the XCFramework into Package.swift
    Swift { archive: PathBuf },
    /// Collect the files of a release from the folders of the jobs that made them
    Gather { from: PathBuf, to: PathBuf },
    /// Install packages from a folder into empty places, and use them
    Try {
        folder: PathBuf,
        /// Only this one
        package: Option<attempt::Package>,
    },
}

/// Runs a step, or without one prepares a version.
pub(crate) fn run(root: &Path, options: Options) -> Result<()> {
    let step = match (options.step, options.version) {
        (Some(step), _) => step,
        (None, Some(version)) => return prepare(root, version, options.dry_run),
        (None, None) => bail!("which version?"),
    };
    match step {
        Step::Check { tag } => check(root, &tag)?,
        Step::Notes => process::say(notes(root)?),
        Step::Crates { publish } => publish::crates(root, publish)?,
        Step::Jar { from, to } => maven::jar(root, &from, &to)?,
        Step::Maven { folder, publish } => maven::publish(root, &folder, publish)?,
        Step::Swift { archive } => publish::swift(root, &archive)?,
        Step::Gather { from, to } => gather::run(root, &from, &to)?,
        Step::Try { folder, package } => attempt::run(root, &folder, package)?,
    }
    Ok(())
}

/// Puts `version` everywhere, and the changelog's unreleased lines under it.
fn prepare(root: &Path, version: Version, dry_run: bool) -> Result<()> {
    let current = places::current(root)?;
    ensure!(
        version >= current,
        "{version} is older than {current}, which the packages have"
    );
    let changed = git(root, &["status", "--porcelain"])?;
    ensure!(changed.is_empty(), "commit these first:\n{changed}");
    let tag = format!("v{version}");
    let tags = git(root, &["tag", "--list", &tag])?;
    ensure!(tags.is_empty(), "there is a tag {tag} already");

    let text = fs::read_to_string(root.join(CHANGELOG)).context(CHANGELOG)?;
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    let text = changelog::release(&text, version, &today)?;
    process::say(format_args!(
        "{CHANGELOG}: Unreleased becomes {version} - {today}"
    ));
    let places = places::find(root, current)?;
    for place in &places {
        process::say(format_args!("{place} -> {version}"));
    }
    let mut edits = places::edited(root, places, current, version)?;
    edits.insert(CHANGELOG.to_owned(), text);
    for file in changelog::edit_marked(root, &mut edits)? {
        process::say(format_args!(
            "{file}: loses what held until the first release"
        ));
    }
    if dry_run {
        process::say("nothing was changed");
        return Ok(());
    }
    for (file, text) in edits {
        fs::write(root.join(&file), text).with_context(|| file.clone())?;
    }
    process::say(format_args!(
        "next: git commit -am 'Release {version}' and, once that is on main, git tag {tag} and \
         git push origin {tag}"
    ));
    check(root, &tag)
}

/// Fails unless `tag` names the version that every package has and the changelog tells of.
fn check(root: &Path, tag: &str) -> Result<()> {
    let version = places::current(root)?;
    ensure!(
        tag == format!("v{version}"),
        "the tag is {tag}, and the packages have {version}"
    );
    let places = places::find(root, version)?.len();
    notes(root)?;
    process::say(format_args!(
        "{version}: in {places} places and in {CHANGELOG}"
    ));
    Ok(())
}

fn notes(root: &Path) -> Result<String> {
    let version = places::current(root)?;
    let text = fs::read_to_string(root.join(CHANGELOG)).context(CHANGELOG)?;
    let section = changelog::section(&text, version);
    Ok(section
        .with_context(|| format!("{CHANGELOG} has nothing of {version}"))?
        .to_owned())
}

/// The output of git, without the end of its last line.
fn git(root: &Path, args: &[&str]) -> Result<String> {
    let output = process::output(Command::new("git").current_dir(root).args(args));
    let output = output.with_context(|| format!("git {}", args.join(" ")))?;
    Ok(output.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::test::tests::{Scratch, scratch};

    /// A repository with what a release changes.
    pub(super) fn repository(name: &str) -> Scratch {
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let root = scratch(name);
        let files = git(
            &real,
            &[
                "ls-files",
                "*.md",
                "*.toml",
                "*.lock",
                "*.xml",
                "Package.swift",
            ],
        )
        .unwrap();
        for file in files.lines() {
            let copy = root.join(file);
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
            fs::copy(real.join(file), copy).unwrap();
        }
        let log = "# Changelog\n\n## [Unreleased]\n\n- It is new.\n\n[Unreleased]: https://a/commits/main\n";
        fs::write(root.join(CHANGELOG), log).unwrap();
        git(&root, &["init", "--quiet"]).unwrap();
        commit(&root);
        root
    }

    fn commit(root: &Path) {
        git(root, &["add", "--all"]).unwrap();
        let who = ["-c", "user.name=a", "-c", "user.email=a@b.c"];
        let mut args = who.to_vec();
        args.extend(["commit", "--quiet", "--message", "a"]);
        git(root, &args).unwrap();
    }

    fn prepare(root: &Path, version: &str, dry_run: bool) -> Result<()> {
        super::prepare(root, version.parse()?, dry_run)
    }

    #[test]
    fn a_version_is_put_everywhere_and_then_checks() {
        let root = repository("release");
        prepare(&root, "7.8.9", true).unwrap();
        assert_eq!(git(&root, &["status", "--porcelain"]).unwrap(), "");

        let before = places::current(&root).unwrap();
        prepare(&root, "7.8.9", false).unwrap();
        assert_eq!(notes(&root).unwrap(), "- It is new.");
        check(&root, "v7.8.9").unwrap();
        assert!(check(&root, "v7.8.8").is_err());
        assert!(places::find(&root, before).is_err());
        let marked = changelog::edit_marked(&root, &mut BTreeMap::new());
        assert!(marked.unwrap().is_empty());
        let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap();
        assert!(lock.contains("name = \"openint-cli\"\nversion = \"7.8.9\""));
        assert!(!lock.contains("name = \"xtask\"\nversion = \"0"));
    }

    #[test]
    fn a_release_that_cannot_be_is_refused_by_name() {
        let root = repository("release-refused");
        let said = |version| format!("{:#}", prepare(&root, version, false).unwrap_err());
        assert!(said("0.0.9").starts_with("0.0.9 is older than"));
        assert!(said("1.0").contains("1.0 is no version"));
        git(&root, &["tag", "v9.0.0"]).unwrap();
        assert_eq!(said("9.0.0"), "there is a tag v9.0.0 already");
        fs::write(root.join("kotlin/README.md"), "other").unwrap();
        assert!(said("8.0.0").contains("README.md"), "a dirty tree");

        commit(&root);
        assert!(
            said("8.0.0").starts_with("kotlin/README.md has no"),
            "a place is missing"
        );
        let nothing = "## [Unreleased]\n\n[Unreleased]: https://a/commits/main\n";
        fs::write(root.join(CHANGELOG), nothing).unwrap();
        commit(&root);
        assert!(said("8.0.0").contains("nothing is unreleased"));
    }

    #[test]
    fn another_place_with_the_version_is_found() {
        let root = repository("release-other");
        let version = places::current(&root).unwrap();
        fs::write(root.join("other.md"), format!("openint {version}\n")).unwrap();
        commit(&root);
        let said = format!("{:#}", prepare(&root, "8.0.0", true).unwrap_err());
        assert!(said.contains("other.md:1:openint"), "{said}");
    }
}
