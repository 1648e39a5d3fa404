//! The site of the documentation: pages under `docs/`, code out of files that the suites run, the
//! API of Python and of Rust.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process;
use crate::python::{Venv, target};

/// Crates that the site documents, and the features that their documentation tells of.
const CRATES: [&[&str]; 2] = [
    &["--package=openint", "--features=bulk,tracing"],
    &["--package=openint-sandbox"],
];

/// Builds the site into `target/site`. A link, an anchor or a snippet that is not there fails it.
pub(crate) fn build(root: &Path) -> Result<()> {
    let venv = Venv {
        folder: target(root).join("docs-venv"),
    };
    venv.install(root, "python/requirements-docs.txt")?;
    let rustdoc = rustdoc(root)?;
    let site = target(root).join("site");
    let mut mkdocs = venv.command("mkdocs", root);
    mkdocs
        .args(["build", "--strict", "--clean", "--quiet", "--site-dir"])
        .arg(&site)
        // A notice about a next version of mkdocs, on every build.
        .env("NO_MKDOCS_2_WARNING", "1")
        .env("OPENINT_RUSTDOC", rustdoc);
    process::run(mkdocs, "mkdocs build")?;
    let pages = fs::read_dir(&site)
        .with_context(|| site.display().to_string())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .count();
    process::say(format_args!(
        "docs: {pages} pages; python3 -m http.server --directory {} shows them",
        site.display()
    ));
    Ok(())
}

/// The crates' documentation, in a folder that has nothing else in its search.
fn rustdoc(root: &Path) -> Result<PathBuf> {
    let folder = target(root).join("docs-rust");
    for one in CRATES {
        let mut cargo = process::cargo(root);
        cargo
            .args(["doc", "--quiet", "--locked", "--no-deps"])
            .args(one)
            .arg("--target-dir")
            .arg(&folder)
            .env("RUSTDOCFLAGS", "-Dwarnings");
        process::run(cargo, "cargo doc")?;
    }
    Ok(folder.join("doc"))
}
