//! The jar with the local server and its extension for JUnit.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::elsewhere::{copy, install, jar};
use super::{mvn, resource};
use crate::process;
use crate::python::Scratch;
use crate::sandbox::block;

const README: &str = "kotlin/sandbox/README.md";

/// Makes the jar with this program of the machine's own kind, and runs the test of its README with
/// it in an empty project. The jar of the SDK has to be there.
pub(crate) fn assemble(root: &Path, program: &Path) -> Result<PathBuf> {
    let folder = root.join("kotlin/sandbox");
    let programs = folder.join("target/programs");
    let _ = fs::remove_dir_all(&programs);
    resource(program, &programs)?;
    let sdk = jar(root);
    install(root, &sdk, &root.join("kotlin/pom.xml"))?;
    let mut package = mvn(root, &folder);
    package.args(["-q", "package"]);
    process::run(package, "mvn package in kotlin/sandbox")?;
    let version = env!("CARGO_PKG_VERSION");
    let jar = folder.join(format!("target/openint-sandbox-{version}.jar"));
    install(root, &jar, &folder.join("pom.xml"))?;

    let scratch = Scratch::new("junit")?;
    let template = root.join("kotlin/src/package/junit");
    copy(&template, &scratch.0, "pom.xml", "pom.xml")?;
    let readme = fs::read_to_string(root.join(README)).context(README)?;
    let test = block(&readme, "java").context(README)?;
    let sources = scratch.0.join("src/test/java");
    fs::create_dir_all(&sources)?;
    fs::write(sources.join("ConnectTest.java"), test)?;
    let mut tests = mvn(root, &scratch.0);
    tests.args(["-q", "test"]).env_remove("OPENINT_SANDBOX");
    process::run(tests, "mvn test of kotlin/sandbox/README.md")?;
    Ok(jar)
}
