//! The wheel of the local server, with its fixtures for pytest, and the jar with those for JUnit.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::kotlin;
use crate::process;
use crate::python::{self, Scratch, Venv, target};
use crate::server;
use crate::wheel;

/// Builds the wheel and the jar, and runs the test of the README of each in an empty environment.
pub(crate) fn package(root: &Path) -> Result<()> {
    python::setup(root)?;
    let out = target(root).join("sandbox-package");
    let _ = fs::remove_dir_all(&out);
    let folder = root.join("crates/openint-sandbox");
    let wheel = wheel::build(Venv::of(root).command("maturin", &folder), &[], &out)?;
    smoke(root, &wheel)?;
    wheel::say_size("sandbox", &wheel)?;
    kotlin::package(root)?;
    let program = server::packaged_binary(root)?;
    wheel::say_size("sandbox", &kotlin::assemble_sandbox(root, &program)?)?;
    Ok(())
}

/// Runs the test of the README with the wheel, in an empty environment.
pub(crate) fn smoke(root: &Path, wheel: &Path) -> Result<()> {
    let scratch = Scratch::new("sandbox")?;
    // The fixture `openint_client` is of the SDK.
    let (folder, out) = (root.join("python"), scratch.0.join("sdk"));
    let sdk = wheel::build(Venv::of(root).command("maturin", &folder), &[], &out)?;
    let empty = Venv {
        folder: scratch.0.join("venv"),
    };
    empty.make(&scratch.0)?;
    let mut pip = empty.command("python", &scratch.0);
    pip.args(["-m", "pip", "install", "--quiet", "--constraint"])
        .arg(root.join("python/requirements-dev.txt"))
        .args([wheel, &sdk])
        .arg("pytest");
    process::run(pip, "pip install")?;
    let readme = fs::read_to_string(root.join("crates/openint-sandbox/PYTHON.md"))?;
    let test = block(&readme, "python").context("PYTHON.md has no block of Python")?;
    fs::write(scratch.0.join("test_readme.py"), test)?;
    let mut pytest = empty.command("pytest", &scratch.0);
    pytest.args(["-q", "-p", "no:cacheprovider"]);
    process::run(pytest, "pytest, with the fixtures")
}

/// The first block of a language in Markdown.
pub(crate) fn block<'a>(markdown: &'a str, language: &str) -> Option<&'a str> {
    let (_, rest) = markdown.split_once(&format!("```{language}\n"))?;
    Some(rest.split_once("```")?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_block_of_a_language_is_found() {
        let markdown = "a\n```sh\nb\n```\n```python\nc = 1\n```\n```python\nd\n```\n";
        assert_eq!(block(markdown, "python"), Some("c = 1\n"));
        assert_eq!(block("```sh\nb\n```", "python"), None);
    }
}
