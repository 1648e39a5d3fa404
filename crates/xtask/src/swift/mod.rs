//! The Swift package: the generated code below its face, SwiftPM.

mod api;
mod elsewhere;
mod events;
mod examples;
mod generated;
mod programs;
mod project;
pub(crate) mod toolchain;
mod xcframework;

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};

use self::api::Api;
use self::project::Project;
use self::toolchain::Toolchain;
use crate::bindings;
use crate::process;
use crate::suite::{Counts, End, Report};

const SUITE: &str = "swift";
/// Folder of the generated code, from the root of the checkout.
const GENERATED: &str = "swift/Sources/OpenintSDK/Generated/OpenintBindings.swift";
const HEADER: &str = "swift/Sources/COpenintFFI/COpenintFFI.h";
const MODULE_MAP: &str = "swift/Sources/COpenintFFI/module.modulemap";
const NO_SWIFT: &str = "swift is missing; make one with: cargo xtask setup swift";
const NO_DOCC: &str = "docc is missing; it comes with the toolchains of swiftly install 6.0";
/// Every public declaration, so that a change of the API is seen.
const API: &str = "swift/api.txt";
const EXAMPLES: &str = "swift/Tests/OpenintSDKTests/Generated/ExampleTests.swift";
/// Files and folders whose format is checked: all that is by hand.
const BY_HAND: [&str; 4] = [
    "Package.swift",
    "swift/Sources",
    "swift/Tests",
    "swift/Examples",
];
const FORMAT: &str = "swift/.swift-format";

/// Makes sure that there is a Swift toolchain.
pub(crate) fn setup(_: &Path) -> Result<()> {
    Toolchain::set_up().map(|_| ())
}

/// Writes the generated Swift, or with `check` says whether what is committed is what would be
/// written. Its format is swift-format's, so without a toolchain nothing is checked.
pub(crate) fn generate(root: &Path, check: bool) -> Result<()> {
    let toolchain = match Toolchain::installed() {
        Some(toolchain) => toolchain,
        None if check => {
            process::say(format_args!(
                "{SUITE}: generated code not checked: {NO_SWIFT}"
            ));
            return Ok(());
        }
        None => Toolchain::set_up()?,
    };
    let library = bindings::build(root, true)?;
    let written = bindings::generate(root, &library, "swift")?;
    let read = |name: &str| fs::read_to_string(written.join(name)).context(name.to_owned());
    let code = generated::module(&read("OpenintBindings.swift")?)?;
    let code = formatted(root, &toolchain, &written, &code)?;
    let header = tidy(&read("COpenintFFI.h")?);
    let module_map = tidy(&read("COpenintFFI.modulemap")?);
    fs::remove_dir_all(&written)?;
    bindings::write_or_check(root, GENERATED, &code, check)?;
    bindings::write_or_check(root, HEADER, &header, check)?;
    bindings::write_or_check(root, MODULE_MAP, &module_map, check)?;
    bindings::write_or_check(root, EXAMPLES, &examples::tests(root)?, check)?;
    let native = library.file.parent().context("a folder")?.to_owned();
    let project = Project::with(root, &toolchain, native)?;
    bindings::write_or_check(root, API, &Api::of(&project)?.list()?, check)
}

/// The code as swift-format writes it, and then leaves it: its names are not all what a lint likes.
fn formatted(root: &Path, toolchain: &Toolchain, folder: &Path, code: &str) -> Result<String> {
    let file = folder.join("formatted.swift");
    fs::write(&file, code)?;
    let mut format = toolchain.command(&[root, folder], folder)?;
    format
        .args(["swift", "format", "--in-place", "--configuration"])
        .arg(root.join(FORMAT))
        .arg(&file);
    process::run(format, "swift format")?;
    Ok(format!(
        "// swift-format-ignore-file\n{}",
        fs::read_to_string(&file)?
    ))
}

fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// Checks the generated code and the format, then builds and tests the package.
pub(crate) fn test(root: &Path, _strict: bool) -> Vec<Report> {
    let toolchain = match Toolchain::set_up() {
        Ok(toolchain) => toolchain,
        Err(error) => return vec![Report::broken(SUITE, format!("{error:#}"))],
    };
    let mut reports = vec![
        checked("generated code and API", || generate(root, true)),
        checked("format", || check_format(root, &toolchain)),
    ];
    match Project::new(root, &toolchain, false) {
        Ok(project) => reports.extend(test_project(&project)),
        Err(error) => reports.push(Report::broken(SUITE, format!("{error:#}"))),
    }
    reports
}

fn test_project(project: &Project<'_>) -> Vec<Report> {
    let mut reports = match project.test() {
        Ok(reports) => reports,
        Err(error) => return vec![Report::broken(SUITE, format!("{error:#}"))],
    };
    reports.push(checked("example programs", || programs::run(project)));
    reports.push(check_documentation(project));
    reports
}

fn check_documentation(project: &Project<'_>) -> Report {
    match project.toolchain.docc() {
        Some(docc) => checked("documentation", || Api::of(project)?.documentation(&docc)),
        None => Report::skipped(format!("{SUITE}: documentation"), NO_DOCC),
    }
}

/// A check as a suite of one.
fn checked(name: &str, check: impl FnOnce() -> Result<()>) -> Report {
    let start = Instant::now();
    let (passed, end) = match check() {
        Ok(()) => (1, End::Finished),
        Err(error) => (0, End::Broken(format!("{error:#}"))),
    };
    Report {
        suite: format!("{SUITE}: {name}"),
        counts: Counts {
            passed,
            ..Counts::default()
        },
        seconds: start.elapsed().as_secs_f64(),
        end,
    }
}

fn check_format(root: &Path, toolchain: &Toolchain) -> Result<()> {
    let mut lint = toolchain.command(&[root], root)?;
    lint.args(["swift", "format", "lint", "--strict", "--recursive"])
        .args(["--configuration", FORMAT])
        .args(BY_HAND);
    process::run(lint, "swift format lint")
}

/// Lists the public API, and writes the package with its library and uses it from an empty project
/// elsewhere; on a Mac builds the XCFramework.
pub(crate) fn package(root: &Path) -> Result<()> {
    let toolchain = Toolchain::set_up()?;
    if cfg!(target_os = "macos") {
        return xcframework::build(root);
    }
    let project = Project::new(root, &toolchain, true)?;
    let api = Api::of(&project)?;
    process::say(api.list()?);
    match toolchain.docc() {
        Some(docc) => api.documentation(&docc)?,
        None => process::say(format_args!("{SUITE}: no documentation: {NO_DOCC}")),
    }
    elsewhere::create_connection(&project)?;
    process::say(
        "swift: the XCFramework for Apple platforms was not built: it needs a Mac with Xcode \
         (xcodebuild and lipo) and rustup's Apple targets; the same command builds it there",
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_their_text_does() {
        assert_eq!(tidy("a  \nb\n\n\n"), "a\nb\n");
    }
}
