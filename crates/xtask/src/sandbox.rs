//! The wheel of the local server, with its fixtures for pytest.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::process;
use crate::python::{self, COMPRESSION, Scratch, Venv, only, run, target};

/// Builds the wheel, and runs the test of its README with it in an empty environment.
pub(crate) fn package(root: &Path) -> Result<()> {
    python::setup(root)?;
    let out = target(root).join("sandbox-package");
    let _ = fs::remove_dir_all(&out);
    let venv = Venv::of(root);
    let folder = root.join("crates/openint-sandbox");
    let mut maturin = venv.command("maturin", &folder);
    maturin
        .args(["build", "--locked", COMPRESSION, "--out"])
        .arg(&out);
    run(maturin, "maturin build")?;
    let wheel = only(&out, ".whl")?;
    smoke(root, &wheel)?;
    let megabytes = fs::metadata(&wheel)?.len() as f64 / 1e6;
    process::say(format_args!(
        "sandbox: {} {megabytes:.2} MB",
        wheel.display()
    ));
    Ok(())
}

/// Runs the test of the README with the wheel, in an empty environment.
pub(crate) fn smoke(root: &Path, wheel: &Path) -> Result<()> {
    let venv = Venv::of(root);
    // The fixture `openint_client` is of the SDK.
    let scratch = Scratch::new("sandbox")?;
    let sdk = scratch.0.join("sdk");
    python::build_wheel(root, &venv, &sdk)?;
    let empty = Venv {
        folder: scratch.0.join("venv"),
    };
    empty.make(&scratch.0)?;
    let mut pip = empty.command("python", &scratch.0);
    pip.args(["-m", "pip", "install", "--quiet", "--constraint"])
        .arg(root.join("python/requirements-dev.txt"))
        .args([wheel, &only(&sdk, ".whl")?])
        .arg("pytest");
    run(pip, "pip install")?;
    let readme = fs::read_to_string(root.join("crates/openint-sandbox/PYTHON.md"))?;
    let test = block(&readme).context("PYTHON.md has no block of Python")?;
    fs::write(scratch.0.join("test_readme.py"), test)?;
    let mut pytest = empty.command("pytest", &scratch.0);
    pytest.args(["-q", "-p", "no:cacheprovider"]);
    run(pytest, "pytest, with the fixtures")
}

/// The first block of Python in Markdown.
fn block(markdown: &str) -> Option<&str> {
    let (_, rest) = markdown.split_once("```python\n")?;
    Some(rest.split_once("```")?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_block_of_python_is_found() {
        let markdown = "a\n```sh\nb\n```\n```python\nc = 1\n```\n```python\nd\n```\n";
        assert_eq!(block(markdown), Some("c = 1\n"));
        assert_eq!(block("```sh\nb\n```"), None);
    }
}
