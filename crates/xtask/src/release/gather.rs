//! The files of a release, out of the folders of the jobs that made them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::places;
use super::publish::sha256;
use crate::process;

/// Every file of a release; `{}` is the version, and a star any text.
const FILES: [&str; 34] = [
    "openint_sdk-{}.tar.gz",
    "openint_sdk-{}-*-manylinux*_x86_64.whl",
    "openint_sdk-{}-*-manylinux*_aarch64.whl",
    "openint_sdk-{}-*-musllinux*_x86_64.whl",
    "openint_sdk-{}-*-musllinux*_aarch64.whl",
    "openint_sdk-{}-*-macosx*_x86_64.whl",
    "openint_sdk-{}-*-macosx*_arm64.whl",
    "openint_sdk-{}-*-win_amd64.whl",
    "openint_cli-{}-*-manylinux*_x86_64.whl",
    "openint_cli-{}-*-manylinux*_aarch64.whl",
    "openint_cli-{}-*-musllinux*_x86_64.whl",
    "openint_cli-{}-*-musllinux*_aarch64.whl",
    "openint_cli-{}-*-macosx*_x86_64.whl",
    "openint_cli-{}-*-macosx*_arm64.whl",
    "openint_cli-{}-*-win_amd64.whl",
    "openint_sandbox-{}-*-manylinux*_x86_64.whl",
    "openint_sandbox-{}-*-manylinux*_aarch64.whl",
    "openint_sandbox-{}-*-musllinux*_x86_64.whl",
    "openint_sandbox-{}-*-musllinux*_aarch64.whl",
    "openint_sandbox-{}-*-macosx*_x86_64.whl",
    "openint_sandbox-{}-*-macosx*_arm64.whl",
    "openint_sandbox-{}-*-win_amd64.whl",
    "openint-{}-x86_64-unknown-linux-gnu.tar.gz",
    "openint-{}-aarch64-unknown-linux-gnu.tar.gz",
    "openint-sandbox-{}-x86_64-unknown-linux-gnu.tar.gz",
    "openint-sandbox-{}-aarch64-unknown-linux-gnu.tar.gz",
    "openint-sdk-{}.jar",
    "openint-sdk-{}-sources.jar",
    "openint-sdk-{}-javadoc.jar",
    "openint-sdk-android-{}.aar",
    "openint-sdk-android-{}.pom",
    "COpenintFFI-{}.xcframework.zip",
    "openint-swift-{}-linux-x86_64.tar.gz",
    "openint-swift-{}-linux-aarch64.tar.gz",
];
const SUMS: &str = "SHA256SUMS";

/// Copies the files of a release from the folders below `from` into `to`, with their checksums. A
/// missing file is an error, and so are two that differ.
pub(super) fn run(root: &Path, from: &Path, to: &Path) -> Result<()> {
    let version = places::current(root)?.to_string();
    let mut found = BTreeMap::new();
    let mut missing = Vec::new();
    let all = files(from)?;
    for pattern in FILES {
        let pattern = pattern.replace("{}", &version);
        let mut count = 0;
        for file in &all {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            if !is_like(&pattern, &name) {
                continue;
            }
            count += 1;
            let sum = sha256(file)?;
            let (known, _) = found
                .entry(name.into_owned())
                .or_insert_with(|| (sum.clone(), file));
            ensure!(
                *known == sum,
                "{} is there twice, and differs",
                file.display()
            );
        }
        if count == 0 {
            missing.push(pattern);
        }
    }
    ensure!(missing.is_empty(), "missing:\n{}", missing.join("\n"));
    fs::create_dir_all(to)?;
    let mut sums = String::new();
    for (name, (sum, file)) in found {
        fs::copy(file, to.join(&name)).with_context(|| name.clone())?;
        sums.push_str(&format!("{sum}  {name}\n"));
    }
    fs::write(to.join(SUMS), &sums)?;
    process::say(sums.trim_end());
    Ok(())
}

/// Every file below a folder, in the order of their paths.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        match path.is_dir() {
            true => found.extend(files(&path)?),
            false => found.push(path),
        }
    }
    found.sort();
    Ok(found)
}

/// Returns true if the name is the pattern, with any text for each star.
fn is_like(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => name.strip_prefix(start).is_some_and(|name| {
            (0..=name.len()).any(|at| name.get(at..).is_some_and(|name| is_like(rest, name)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::tests::repository;

    #[test]
    fn names_are_compared_with_patterns() {
        let pattern = "a-1.0-*-manylinux*_x86_64.whl";
        assert!(is_like(
            pattern,
            "a-1.0-cp310-abi3-manylinux_2_17_x86_64.whl"
        ));
        assert!(!is_like(
            pattern,
            "a-1.0-cp310-abi3-manylinux_2_17_aarch64.whl"
        ));
        assert!(!is_like(
            pattern,
            "a-1.0-cp310-abi3-musllinux_1_2_x86_64.whl"
        ));
        assert!(is_like("a-1.0.jar", "a-1.0.jar"));
        assert!(!is_like("a-1.0.jar", "a-1.0-sources.jar"));
    }

    #[test]
    fn only_a_whole_release_is_gathered() {
        let root = repository("release-gather");
        let version = places::current(&root).unwrap().to_string();
        let (from, to) = (root.join("from"), root.join("to"));
        for (index, pattern) in FILES.iter().enumerate().skip(1) {
            let name = pattern.replace("{}", &version).replace('*', "x");
            let folder = from.join(format!("job-{}", index % 3));
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(name), pattern).unwrap();
        }
        fs::write(from.join("job-0/log.txt"), "not of the release").unwrap();
        let said = run(&root, &from, &to).unwrap_err().to_string();
        assert_eq!(said, format!("missing:\nopenint_sdk-{version}.tar.gz"));
        assert!(!to.exists());

        let sdist = from.join(format!("job-0/openint_sdk-{version}.tar.gz"));
        fs::write(&sdist, "abc").unwrap();
        run(&root, &from, &to).unwrap();
        let sums = fs::read_to_string(to.join(SUMS)).unwrap();
        assert_eq!(sums.lines().count(), FILES.len());
        let line = format!(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  openint_sdk-{version}.tar.gz\n"
        );
        assert!(sums.contains(&line), "{sums}");
        assert!(!to.join("log.txt").exists());

        let twice = from.join(format!("job-1/openint_sdk-{version}.tar.gz"));
        fs::write(&twice, "abd").unwrap();
        let said = run(&root, &from, &to).unwrap_err().to_string();
        assert!(said.ends_with("is there twice, and differs"), "{said}");
    }
}
