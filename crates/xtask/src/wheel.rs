//! Wheels, which maturin builds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// Level 6, maturin's own, makes a wheel 3 % larger.
pub(crate) const COMPRESSION: &str = "--compression-level=9";

/// Builds a wheel by `maturin`, in the folder of its package. It is then the only one in `out`;
/// whatever else is packaged there stays.
pub(crate) fn build(mut maturin: Command, args: &[&str], out: &Path) -> Result<PathBuf> {
    fs::create_dir_all(out)?;
    for before in files(out, ".whl")? {
        fs::remove_file(before)?;
    }
    maturin
        .args(["build", "--locked", COMPRESSION])
        .args(args)
        .arg("--out")
        .arg(out);
    process::run(maturin, "maturin build")?;
    only(out, ".whl")
}

/// Prints where an artifact is, and its size.
pub(crate) fn say_size(of: &str, file: &Path) -> Result<u64> {
    let bytes = fs::metadata(file)?.len();
    let megabytes = bytes as f64 / 1e6;
    process::say(format_args!("{of}: {} {megabytes:.2} MB", file.display()));
    Ok(bytes)
}

/// The one file of that ending in a folder.
pub(crate) fn only(folder: &Path, ending: &str) -> Result<PathBuf> {
    match <[PathBuf; 1]>::try_from(files(folder, ending)?) {
        Ok([file]) => Ok(file),
        Err(files) => bail!("{} has {} {ending} files", folder.display(), files.len()),
    }
}

/// The wheels in a folder.
pub(crate) fn all(folder: &Path) -> Result<Vec<PathBuf>> {
    files(folder, ".whl")
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    Ok(entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tests::scratch;

    #[test]
    fn exactly_one_file_of_an_ending_is_taken() {
        let folder = scratch("only");
        assert!(only(&folder, ".whl").is_err());
        fs::write(folder.join("a.whl"), "").unwrap();
        fs::write(folder.join("a.tar.gz"), "").unwrap();
        assert_eq!(only(&folder, ".whl").unwrap(), folder.join("a.whl"));
        fs::write(folder.join("b.whl"), "").unwrap();
        let said = only(&folder, ".whl").unwrap_err().to_string();
        assert!(said.ends_with("has 2 .whl files"), "{said}");
    }
}
