//! The jar in other people's projects: empty ones, a Spring Boot application, and programs with the
//! versions of Kotlin's libraries that are in use.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::mvn;
use crate::process;
use crate::python::Scratch;
use crate::server::{self, Server};

/// The profiles of `kotlin/src/versions/pom.xml`.
const VERSIONS: [&str; 3] = ["spring-boot-3.2", "spring-boot-3.5", "current"];

/// Path of the package after `mvn package`.
pub(super) fn jar(root: &Path) -> PathBuf {
    let version = env!("CARGO_PKG_VERSION");
    root.join(format!("kotlin/target/openint-sdk-{version}.jar"))
}

/// Goal that puts what a project needs into a folder.
const COPY: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies";

/// Runs a program in Java and Kotlin with each set of versions.
pub(super) fn versions(root: &Path) -> Result<()> {
    install(root, &jar(root), &root.join("kotlin/pom.xml"))?;
    let server = Server::start(&server::binary(root)?)?;
    let folder = root.join("kotlin/src/versions");
    for profile in VERSIONS {
        process::say(format_args!("kotlin: used with the versions of {profile}"));
        // An older compiler does not read what a newer one left.
        let left = folder.join("target");
        if left.exists() {
            fs::remove_dir_all(&left)?;
        }
        let mut run = mvn(root, &folder);
        run.args(["-q", "-P", profile, "compile", "exec:java"])
            .arg(format!("-Dopenint.version={}", env!("CARGO_PKG_VERSION")))
            .envs(server.environment());
        prints(run, "used from Java and Kotlin").with_context(|| profile.to_owned())?;
    }
    Ok(())
}

/// Uses the jar from an empty Maven project and from a Spring Boot application, both outside the
/// checkout and with nothing but the jar and its POM.
pub(crate) fn projects(root: &Path, jar: &Path) -> Result<()> {
    install(root, jar, &root.join("kotlin/pom.xml"))?;
    let server = Server::start(&server::binary(root)?)?;
    let scratch = Scratch::new("kotlin")?;
    let folder = &scratch.0;
    let template = root.join("kotlin/src/package");

    let empty = empty(root, folder)?;
    let mut run = mvn(root, &empty);
    run.args(["-q", "compile", "exec:java"]);
    server.expect_connection(run, "the empty project")?;
    match has_modules() {
        true => shrunk(root, &empty, &server)?,
        false => process::say("kotlin: not shrunk, because the JDK has no jmods"),
    }

    let spring = folder.join("spring");
    let app = "src/main/java/example/App.java";
    copy(&template.join("spring"), &spring, "pom.xml", "pom.xml")?;
    copy(&template.join("spring"), &spring, app, app)?;
    let mut build = mvn(root, &spring);
    build.args(["-q", "package"]);
    process::run(build, "mvn package of the Spring Boot application")?;
    let mut run = process::program("java", root);
    run.arg("-jar").arg(spring.join("target/app.jar"));
    server.expect_connection(run, "the Spring Boot application")
}

/// Uses the jar by another machine's Java, in an empty project that is compiled here.
pub(crate) fn load(root: &Path, jar: &Path, mut java: Command) -> Result<()> {
    install(root, jar, &root.join("kotlin/pom.xml"))?;
    let scratch = Scratch::new("kotlin")?;
    let empty = empty(root, &scratch.0)?;
    let mut package = mvn(root, &empty);
    package
        .args(["-q", "package", COPY])
        .arg("-DoutputDirectory=target");
    process::run(package, "mvn package")?;
    // Machines differ in what stands between two names, so this is one.
    java.arg("-cp")
        .arg(empty.join("target/*"))
        .arg("example.Main");
    let server = Server::start(&server::binary(root)?)?;
    server.expect_connection(java, "the empty project")
}

/// Makes the empty project.
fn empty(root: &Path, folder: &Path) -> Result<PathBuf> {
    let template = root.join("kotlin/src/package");
    let project = folder.join("empty");
    let main = "src/main/java/example/Main.java";
    copy(&template, &project, "pom.xml", "pom.xml")?;
    copy(&template, &project, "Main.java", main)?;
    Ok(project)
}

/// Runs the empty project once more, shrunk and renamed by the rules that are in the jar.
fn shrunk(root: &Path, project: &Path, server: &Server) -> Result<()> {
    let mut build = mvn(root, project);
    build.args(["-q", "-P", "shrunk", "package"]);
    process::run(build, "mvn package of the shrunk project")?;
    let mut run = process::program("java", project);
    run.args(["-cp", "target/shrunk.jar", "example.Main"]);
    server.expect_connection(run, "the empty project, shrunk")
}

/// Returns true if the JDK has its classes in a form that ProGuard reads; some from 24 on have not.
fn has_modules() -> bool {
    let home = env::var_os("JAVA_HOME").map(PathBuf::from).or_else(|| {
        let java = process::find("java")?.canonicalize().ok()?;
        Some(java.ancestors().nth(2)?.to_owned())
    });
    home.is_some_and(|home| home.join("jmods").is_dir())
}

/// Puts the jar into Maven's own folder, as `mvn install` does.
pub(super) fn install(root: &Path, jar: &Path, pom: &Path) -> Result<()> {
    let mut install = mvn(root, &root.join("kotlin"));
    install
        .args(["-q", "install:install-file"])
        .arg(format!("-Dfile={}", jar.display()))
        .arg(format!("-DpomFile={}", pom.display()));
    process::run(install, "mvn install:install-file")
}

pub(super) fn copy(from: &Path, to: &Path, name: &str, as_name: &str) -> Result<()> {
    let text = fs::read_to_string(from.join(name)).with_context(|| name.to_owned())?;
    let file = to.join(as_name);
    fs::create_dir_all(file.parent().context("a file has a folder")?)?;
    fs::write(file, text.replace("@version@", env!("CARGO_PKG_VERSION")))?;
    Ok(())
}

/// Runs a program that has to print something.
fn prints(command: Command, expected: &str) -> Result<()> {
    let mut printed = false;
    let status = process::stream(command, |line| printed |= line.contains(expected))?;
    ensure!(
        status.success() && printed,
        "it ended with {status} and did not print `{expected}`"
    );
    Ok(())
}
