//! Builds that stay for the next run, as long as their sources are the same.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use anyhow::{Context, Result};

/// Folders of build systems, beside the hidden ones: what is in them is made, not a source.
const MADE: [&str; 3] = ["target", "node_modules", "__pycache__"];

/// Builds, unless the last build left this stamp behind and the sources are what they were then.
pub(crate) fn unless_current(
    stamp: &Path,
    sources: &[&Path],
    build: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let now = fingerprint(sources)?;
    if fs::read_to_string(stamp).is_ok_and(|had| had == now) {
        return Ok(());
    }
    // A build that fails must not leave the stamp of an older one.
    let _ = fs::remove_file(stamp);
    build()?;
    fs::write(stamp, now).with_context(|| stamp.display().to_string())
}

/// Of the names and contents of files and of all that is in folders.
fn fingerprint(sources: &[&Path]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for source in sources {
        add(source, &mut hasher).with_context(|| source.display().to_string())?;
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    hasher.write(path.as_os_str().as_encoded_bytes());
    if !path.is_dir() {
        hasher.write(&fs::read(path)?);
        return Ok(());
    }
    let entries: Result<Vec<_>, _> = fs::read_dir(path)?.collect();
    let mut entries = entries?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with('.') && !MADE.contains(&&*name) {
            add(&entry.path(), hasher)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tests::scratch;

    #[test]
    fn it_is_built_again_when_a_source_changes_and_only_then() {
        let folder = scratch("built");
        let sources = folder.join("sources");
        fs::create_dir_all(sources.join("target")).unwrap();
        fs::write(sources.join("a"), "1").unwrap();
        let is_built = || {
            let mut built = false;
            unless_current(&folder.join("stamp"), &[&sources], || {
                built = true;
                Ok(())
            })
            .unwrap();
            built
        };
        assert!(is_built());
        fs::write(sources.join("target/made"), "").unwrap();
        assert!(!is_built());
        fs::write(sources.join("a"), "2").unwrap();
        assert!(is_built());
        fs::rename(sources.join("a"), sources.join("b")).unwrap();
        assert!(is_built());
        assert!(!is_built());
    }

    #[test]
    fn a_build_that_fails_is_tried_again() {
        let folder = scratch("built-not");
        let source = folder.join("a");
        fs::write(&source, "1").unwrap();
        let stamp = folder.join("stamp");
        unless_current(&stamp, &[&source], || Ok(())).unwrap();
        fs::write(&source, "2").unwrap();
        unless_current(&stamp, &[&source], || anyhow::bail!("no")).unwrap_err();
        fs::write(&source, "1").unwrap();
        let mut built = false;
        unless_current(&stamp, &[&source], || {
            built = true;
            Ok(())
        })
        .unwrap();
        assert!(built);
    }
}
