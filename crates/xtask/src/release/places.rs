//! The places where the version stands. A new one is a line in [`PLACES`].

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::git;
use super::version::Version;

/// Files, and the text around the version in each: `{}` stands for it.
const PLACES: [(&str, &str); 16] = [
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
    (
        "kotlin/sandbox/pom.xml",
        "<artifactId>openint-sandbox</artifactId>\n  <version>{}</version>",
    ),
    (
        "kotlin/sandbox/README.md",
        "<artifactId>openint-sandbox</artifactId>\n  <version>{}</version>",
    ),
    ("README.md", "dev.openint:openint-sdk:{}"),
    ("README.md", "dev.openint:openint-sdk-android:{}"),
    ("README.md", "openintegrations/openint-sdk\", from: \"{}\""),
    ("docs/index.md", "dev.openint:openint-sdk:{}"),
    (
        "docs/index.md",
        "openintegrations/openint-sdk\", from: \"{}\"",
    ),
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
    /// Byte at which it begins.
    at: usize,
    line: usize,
    text: String,
}

impl Place {
    fn new(file: &'static str, text: &str, at: usize) -> Self {
        let line = text[..at].matches('\n').count();
        Self {
            file,
            at,
            line: line + 1,
            text: text.lines().nth(line).unwrap_or_default().trim().to_owned(),
        }
    }
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
    let version = version.to_string();
    let mut places = Vec::new();
    for (file, pattern) in PLACES {
        let text = read(root, file)?;
        let start = pattern.find("{}").context("a pattern has {}")?;
        let wanted = pattern.replace("{}", &version);
        let found = text.match_indices(&wanted);
        let before = places.len();
        places.extend(found.map(|(at, _)| Place::new(file, &text, at + start)));
        ensure!(places.len() > before, "{file} has no `{}`", wanted.trim());
    }
    for file in LOCKS {
        let text = read(root, file)?;
        let mut at = 0;
        for block in text.split_inclusive("[[package]]\n") {
            // Another registry's package has a source.
            let name = block
                .strip_prefix("name = ")
                .and_then(|rest| rest.lines().next());
            if let (Some(name), false) = (name, block.contains("\nsource = ")) {
                let start = block.find("\nversion = \"").context("a version")? + 12;
                let mut place = Place::new(file, &text, at + start);
                place.text = format!("{name}, {}", place.text);
                if block[start..].starts_with(&format!("{version}\"")) {
                    places.push(place);
                } else if !block[start..].starts_with("0.0.0\"") {
                    bail!("{place}, and not {version}");
                }
            }
            at += block.len();
        }
    }
    others(root, &version, &places)?;
    Ok(places)
}

fn read(root: &Path, file: &str) -> Result<String> {
    fs::read_to_string(root.join(file)).with_context(|| file.to_owned())
}

/// Fails when another line of the checkout names the SDK with this version.
fn others(root: &Path, version: &str, places: &[Place]) -> Result<()> {
    let named = [
        "grep",
        "--line-number",
        "--fixed-strings",
        "-I",
        "-e",
        "openint",
        "--and",
        "-e",
        version,
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

/// Returns the files of these places with `new` in place of `old`.
pub(super) fn edited(
    root: &Path,
    mut places: Vec<Place>,
    old: Version,
    new: Version,
) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    // From the end, so that what is in front stays where it is.
    places.sort_by_key(|place| Reverse(place.at));
    for place in places {
        let mut text = match files.remove(place.file) {
            Some(text) => text,
            None => read(root, place.file)?,
        };
        text.replace_range(place.at..place.at + old.to_string().len(), &new.to_string());
        files.insert(place.file.to_owned(), text);
    }
    Ok(files)
}
