//! The places where the version stands. A new one is a line in [`PLACES`].

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::git;
use super::version::Version;

/// Files, and the text around the version in each: `{}` stands for it.
const PLACES: [(&str, &str); 12] = [
    ("Cargo.toml", "\nversion = \"{}\"\n"),
    (
        "Cargo.toml",
        "openint = { path = \"crates/openint\", version = \"{}\" }",
    ),
    (
        "Cargo.toml",
        "openint-sandbox = { path = \"crates/openint-sandbox\", version = \"{}\" }",
    ),
    (
        "kotlin/pom.xml",
        "<artifactId>openint-sdk</artifactId>\n  <version>{}</version>",
    ),
    ("README.md", "dev.openint:openint-sdk:{}"),
    ("README.md", "dev.openint:openint-sdk-android:{}"),
    ("README.md", "openintegrations/openint-sdk\", from: \"{}\""),
    (
        "kotlin/README.md",
        "<artifactId>openint-sdk</artifactId>\n  <version>{}</version>",
    ),
    ("kotlin/ANDROID.md", "dev.openint:openint-sdk-android:{}"),
    ("kotlin/ANDROID.md", "openint-sdk-android-{}.aar"),
    (
        "swift/README.md",
        "openintegrations/openint-sdk\", from: \"{}\"",
    ),
    ("swift/README.md", "openint-swift-{}-linux"),
];

/// Lock files, in which every package of this checkout has the version, but for those of the
/// folder's own, which have 0.0.0.
const LOCKS: [&str; 3] = ["Cargo.lock", "bench/Cargo.lock", "fuzz/Cargo.lock"];

/// A version in a file.
#[derive(Debug)]
pub(super) struct Place {
    file: &'static str,
    line: usize,
    text: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.text)
    }
}

/// The version that the packages have.
pub(super) fn current(root: &Path) -> Result<Version> {
    let manifest = fs::read_to_string(root.join("Cargo.toml")).context("Cargo.toml")?;
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.context("Cargo.toml has no version")?.parse()
}

/// Returns every place with the version; one that has another, or that is not known, is an error.
pub(super) fn find(root: &Path, version: Version) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    for (file, pattern) in PLACES {
        let text = fs::read_to_string(root.join(file)).with_context(|| file.to_owned())?;
        let wanted = pattern.replace("{}", &version.to_string());
        let starts: Vec<_> = text.match_indices(&wanted).collect();
        ensure!(!starts.is_empty(), "{file} has no `{}`", wanted.trim());
        for (start, _) in starts {
            let at = start + pattern.find("{}").context("a pattern has {}")?;
            places.push(place(file, &text, at));
        }
    }
    for file in LOCKS {
        let text = fs::read_to_string(root.join(file)).with_context(|| file.to_owned())?;
        for block in own(&text) {
            let start = block.as_ptr() as usize - text.as_ptr() as usize;
            let at = block
                .find("\nversion = ")
                .context("a package has a version")?
                + 1;
            let mut place = place(file, &text, start + at);
            let name = block.lines().next().unwrap_or_default();
            place.text = format!("{name}, {}", place.text);
            match place.text.contains(&format!("\"{version}\"")) {
                true => places.push(place),
                false if place.text.contains("\"0.0.0\"") => {}
                false => bail!("{place}, and not {version}"),
            }
        }
    }
    others(root, version, &places)?;
    Ok(places)
}

/// Packages of a lock file that come from this checkout.
fn own(lock: &str) -> impl Iterator<Item = &str> {
    lock.split("[[package]]\n")
        .skip(1)
        .filter(|block| !block.contains("\nsource = "))
}

fn place(file: &'static str, text: &str, at: usize) -> Place {
    let line = text[..at].matches('\n').count();
    Place {
        file,
        line: line + 1,
        text: text.lines().nth(line).unwrap_or_default().trim().to_owned(),
    }
}

/// Fails when another line of the checkout names the SDK with this version.
fn others(root: &Path, version: Version, places: &[Place]) -> Result<()> {
    let version = version.to_string();
    let named = [
        "grep",
        "--line-number",
        "--fixed-strings",
        "-I",
        "-e",
        "openint",
        "--and",
        "-e",
        &version,
        // A changelog keeps old versions, and the tests of this command have some in their data.
        "--",
        ".",
        ":!CHANGELOG.md",
        ":!crates/xtask/src",
    ];
    // git ends with 1 where there is none.
    let found = git(root, &named).unwrap_or_default();
    let unknown: Vec<&str> = found
        .lines()
        .filter(|found| {
            !places
                .iter()
                .any(|place| found.starts_with(&format!("{}:{}:", place.file, place.line)))
        })
        .collect();
    ensure!(
        unknown.is_empty(),
        "the version stands also here; derive it, or name the place in \
         crates/xtask/src/release/places.rs:\n{}",
        unknown.join("\n")
    );
    Ok(())
}

/// Returns the files with `new` in place of `old`.
pub(super) fn edited(root: &Path, old: Version, new: Version) -> Result<Vec<(String, String)>> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut edit = |file: &str, change: &dyn Fn(&str) -> String| -> Result<()> {
        let index = match files.iter().position(|(name, _)| name == file) {
            Some(index) => index,
            None => {
                files.push((file.to_owned(), fs::read_to_string(root.join(file))?));
                files.len() - 1
            }
        };
        files[index].1 = change(&files[index].1);
        Ok(())
    };
    let (old, new) = (old.to_string(), new.to_string());
    for (file, pattern) in PLACES {
        let with = |version: &str| pattern.replace("{}", version);
        edit(file, &|text| text.replace(&with(&old), &with(&new)))?;
    }
    let with = |version: &str| format!("\nversion = \"{version}\"\n");
    for file in LOCKS {
        edit(file, &|text| {
            own(text).fold(text.to_owned(), |text, block| {
                text.replace(block, &block.replacen(&with(&old), &with(&new), 1))
            })
        })?;
    }
    Ok(files)
}
