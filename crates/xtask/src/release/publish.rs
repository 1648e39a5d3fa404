//! The crates, and the manifest that SwiftPM reads.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use super::places;
use crate::process;

/// The crates for crates.io. cargo puts those first that others need.
const CRATES: [&str; 3] = ["openint-sandbox", "openint", "openint-cli"];

/// Packs the crates and builds them from what was packed; with `publish` uploads them, too.
pub(super) fn crates(root: &Path, publish: bool) -> Result<()> {
    let version = places::current(root)?;
    let mut cargo = process::cargo(root);
    cargo.args(["publish", "--locked"]);
    let mut left = 0;
    for name in CRATES {
        let crate_version = format!("{name}@{version}");
        // A run that ended halfway goes on where it was.
        if publish && is_published(root, &crate_version)? {
            process::say(format_args!("{crate_version} is published already"));
            continue;
        }
        cargo.args(["--package", name]);
        left += 1;
    }
    if left == 0 {
        return Ok(());
    }
    if !publish {
        cargo.arg("--dry-run");
    }
    process::run(cargo, "cargo publish")
}

fn is_published(root: &Path, crate_version: &str) -> Result<bool> {
    let mut cargo = process::cargo(root);
    cargo.args(["info", "--quiet", "--registry", "crates-io", crate_version]);
    Ok(cargo.output().context("cargo info")?.status.success())
}

/// Writes where the release has the XCFramework, and its checksum, into Package.swift.
pub(super) fn swift(root: &Path, archive: &Path) -> Result<()> {
    let version = places::current(root)?;
    let name = archive.file_name().context("an archive has a name")?;
    let url = format!(
        "{}/releases/download/v{version}/{}",
        env!("CARGO_PKG_REPOSITORY"),
        name.to_string_lossy()
    );
    let checksum = sha256(archive)?;
    let file = root.join("Package.swift");
    let mut manifest = fs::read_to_string(&file).context("Package.swift")?;
    for (name, value) in [("archive", &url), ("checksum", &checksum)] {
        let start = format!("\nlet {name} = \"");
        let (before, rest) = manifest.split_once(&start).context("Package.swift")?;
        let (_, after) = rest.split_once('"').context("Package.swift")?;
        manifest = format!("{before}{start}{value}\"{after}");
    }
    fs::write(&file, manifest)?;
    process::say(format_args!("Package.swift: {url}, {checksum}"));
    Ok(())
}

/// Writes the checksum of a file beside it, in the form that `sha256sum --check` reads.
pub(crate) fn write_checksum(file: &Path) -> Result<()> {
    let name = file.file_name().context("a file has a name")?;
    let line = format!("{}  {}\n", sha256(file)?, name.to_string_lossy());
    fs::write(format!("{}.sha256", file.display()), line)?;
    Ok(())
}

pub(super) fn sha256(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| file.display().to_string())?;
    ensure!(!bytes.is_empty(), "{} is empty", file.display());
    let digest = Sha256::digest(bytes);
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::tests::repository;

    #[test]
    fn package_swift_names_the_archive_of_the_release() {
        let root = repository("release-swift");
        let version = places::current(&root).unwrap();
        let archive = root.join("COpenintFFI.xcframework.zip");
        fs::write(&archive, "abc").unwrap();
        for _ in 0..2 {
            swift(&root, &archive).unwrap();
        }
        let manifest = fs::read_to_string(root.join("Package.swift")).unwrap();
        let url = format!("/releases/download/v{version}/COpenintFFI.xcframework.zip\"\n");
        assert!(manifest.contains(&url), "{manifest}");
        let checksum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert!(manifest.contains(&format!("let checksum = \"{checksum}\"\n")));
        assert!(swift(&root, Path::new("nowhere.zip")).is_err());
    }

    #[test]
    fn every_crate_that_is_published_is_named() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for folder in fs::read_dir(root.join("crates")).unwrap() {
            let manifest = folder.unwrap().path().join("Cargo.toml");
            let text = fs::read_to_string(&manifest).unwrap();
            let is_named = CRATES
                .iter()
                .any(|name| text.contains(&format!("\nname = \"{name}\"\n")));
            let is_kept = text.contains("\npublish = false\n");
            assert!(is_named != is_kept, "{}", manifest.display());
        }
    }
}
