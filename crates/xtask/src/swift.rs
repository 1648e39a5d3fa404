//! The Swift package: the generated code below its face, SwiftPM.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::bindings;
use crate::process;
use crate::suite::{Counts, End, Report};
use crate::swift_events;
use crate::swift_toolchain::Toolchain;

const SUITE: &str = "swift";
/// Where the generated code is, from the root of the checkout.
const GENERATED: &str = "swift/Sources/OpenintSDK/Generated/OpenintBindings.swift";
const HEADER: &str = "swift/Sources/COpenintFFI/COpenintFFI.h";
const MODULE_MAP: &str = "swift/Sources/COpenintFFI/module.modulemap";
/// What is checked for its format: all that is by hand.
const BY_HAND: [&str; 4] = ["Package.swift", "Sources", "Tests", "Examples"];

/// In this package a warning is an error.
const STRICT: [&str; 2] = ["-Xswiftc", "-warnings-as-errors"];

/// The project of somebody who uses the package.
const EMPTY_PACKAGE: &str = r#"// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "App",
    platforms: [.macOS(.v12)],
    dependencies: [.package(path: "openint-swift")],
    targets: [
        .executableTarget(
            name: "App",
            dependencies: [.product(name: "OpenintSDK", package: "openint-swift")])
    ]
)
"#;
const EMPTY_MAIN: &str = r#"import OpenintSDK

let client = try Openint()
let connection = try await client.createConnection(
    connectorConfigID: "ccfg_", customerID: "customer_id",
    data: ConnectorData(connectorName: "dummy-oauth2", settings: ["oauth": [:]]))
print(connection.id)
"#;

/// Makes sure that there is a Swift toolchain.
pub(crate) fn setup(_: &Path) -> Result<()> {
    Toolchain::set_up().map(|_| ())
}

/// Writes the generated Swift, or with `check` says whether what is committed is what would be
/// written.
pub(crate) fn generate(root: &Path, check: bool) -> Result<()> {
    let library = bindings::build(root, true)?;
    let written = bindings::generate(root, &library, "swift")?;
    let read = |name: &str| fs::read_to_string(written.join(name)).context(name.to_owned());
    let code = internal(&read("OpenintBindings.swift")?);
    let header = tidy(&read("COpenintFFI.h")?);
    let module_map = tidy(&read("COpenintFFI.modulemap")?);
    fs::remove_dir_all(&written)?;
    bindings::settle(root, GENERATED, &code, check)?;
    bindings::settle(root, HEADER, &header, check)?;
    bindings::settle(root, MODULE_MAP, &module_map, check)
}

/// The generated code with nothing public in it, so that none of it is part of the package's API.
/// uniffi has no option for that.
fn internal(code: &str) -> String {
    let mut text = String::from("// swift-format-ignore-file\n");
    for line in code.lines() {
        let line = line.trim_end();
        let words = line.trim_start();
        if words == "public" {
            continue;
        }
        text.push_str(&line[..line.len() - words.len()]);
        match words.strip_prefix("import COpenintFFI") {
            Some(rest) => {
                text.push_str("internal import COpenintFFI");
                text.push_str(rest);
            }
            None => {
                let words = words.strip_prefix("public ").unwrap_or(words);
                text.push_str(words.strip_prefix("open ").unwrap_or(words));
            }
        }
        text.push('\n');
    }
    text
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
        checked("generated code", || generate(root, true)),
        checked("format", || check_format(root, &toolchain)),
    ];
    let start = Instant::now();
    match Package::new(root, &toolchain, false).and_then(|package| package.test()) {
        Ok(more) => reports.extend(more),
        Err(error) => reports.push(Report {
            seconds: start.elapsed().as_secs_f64(),
            ..Report::broken(SUITE, format!("{error:#}"))
        }),
    }
    reports.push(checked("public API", || {
        let package = Package::new(root, &toolchain, false)?;
        package.public_api().map(|_| ())
    }));
    reports
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
    let folder = root.join("swift");
    let mut lint = toolchain.command(&[root], &folder)?;
    lint.args(["swift", "format", "lint", "--strict", "--recursive"])
        .args(BY_HAND);
    run(lint, "swift format lint")
}

fn run(command: Command, what: &str) -> Result<()> {
    let status = process::stream(command, |_| {}).with_context(|| what.to_owned())?;
    ensure!(status.success(), "{what} ended with {status}");
    Ok(())
}

/// The package with a native library that was built for it.
struct Package<'a> {
    root: &'a Path,
    toolchain: &'a Toolchain,
    /// The folder of the native library.
    native: PathBuf,
    /// Where SwiftPM puts what it builds.
    scratch: PathBuf,
    target: PathBuf,
}

impl<'a> Package<'a> {
    /// With `released` the library as it is released, otherwise with the test-only ways to panic.
    fn new(root: &'a Path, toolchain: &'a Toolchain, released: bool) -> Result<Self> {
        let target = bindings::target_dir(root)?;
        let native = if released {
            let built = bindings::build_release(root)?;
            let folder = target.join("xtask/native-release");
            fs::create_dir_all(&folder)?;
            fs::copy(&built, folder.join(built.file_name().context("a name")?))?;
            folder
        } else {
            let library = bindings::build(root, false)?;
            library.file.parent().context("a folder")?.to_owned()
        };
        Ok(Self {
            root,
            toolchain,
            native,
            scratch: target.join("xtask/swift"),
            target,
        })
    }

    /// `swift <verb>` on the package in `folder`, with the native library where the linker and the
    /// loader look.
    fn swift(&self, verb: &[&str], folder: &Path, scratch: &Path) -> Result<Command> {
        fs::create_dir_all(scratch)?;
        let mut command = self
            .toolchain
            .command(&[self.root, &self.target, folder], folder)?;
        let paths = if cfg!(target_os = "macos") {
            "DYLD_LIBRARY_PATH"
        } else {
            "LD_LIBRARY_PATH"
        };
        command
            .arg("swift")
            .args(verb)
            .arg("--scratch-path")
            .arg(scratch)
            .env(paths, &self.native);
        Ok(command)
    }

    fn linked(&self, verb: &[&str], folder: &Path, scratch: &Path) -> Result<Command> {
        let mut command = self.swift(verb, folder, scratch)?;
        command
            .arg("-Xlinker")
            .arg(format!("-L{}", self.native.display()));
        Ok(command)
    }

    fn test(&self) -> Result<Vec<Report>> {
        let folder = self.root.join("swift");
        let sandbox = sandbox(self.root)?;

        let mut build = self.linked(&["build", "--build-tests"], &folder, &self.scratch)?;
        build.args(STRICT);
        run(build, "swift build")?;

        let mut reports = self.run_tests(&["--skip", "LeakTests"], &sandbox)?;
        // Memory is that of the whole process, so nothing else may run in it.
        reports.extend(self.run_tests(&["--filter", "LeakTests"], &sandbox)?);
        Ok(reports)
    }

    fn run_tests(&self, which: &[&str], sandbox: &Path) -> Result<Vec<Report>> {
        let start = Instant::now();
        let folder = self.root.join("swift");
        let events = self.scratch.join("events.jsonl");
        let _ = fs::remove_file(&events);
        let mut test = self.linked(
            &["test", "--skip-build", "--disable-xctest"],
            &folder,
            &self.scratch,
        )?;
        test.args(which)
            .args(STRICT)
            .args(["--experimental-event-stream-version", "0"])
            .arg("--experimental-event-stream-output")
            .arg(&events)
            .env("OPENINT_SANDBOX", sandbox)
            .env("OPENINT_LEAK_TESTS", "1");
        let status = process::stream(test, |_| {}).context("swift test")?;
        let text = fs::read_to_string(&events).context("swift test left no record of its tests")?;
        let mut reports = swift_events::read(&text, SUITE)?;
        if !status.success() && !reports.iter().any(|report| report.counts.failed > 0) {
            let seconds = start.elapsed().as_secs_f64();
            let why = format!("swift test ended with {status} after {seconds:.0} s");
            reports.push(Report::broken(SUITE, why));
        }
        Ok(reports)
    }

    /// Every public symbol of the module, sorted. Fails when generated code is among them.
    fn public_api(&self) -> Result<Vec<String>> {
        let folder = self.root.join("swift");
        let mut dump = self.swift(&["package"], &folder, &self.scratch)?;
        dump.args(["dump-symbol-graph", "--minimum-access-level", "public"]);
        // It links the example and the tests first, so it needs the library as every build does.
        dump.env("LIBRARY_PATH", &self.native);
        run(dump, "swift package dump-symbol-graph")?;
        let graph = find(&self.scratch, "OpenintSDK.symbols.json")
            .context("swift package dump-symbol-graph wrote no OpenintSDK.symbols.json")?;
        symbols(&fs::read_to_string(graph)?)
    }
}

/// Lists the symbols of a symbol graph.
fn symbols(graph: &str) -> Result<Vec<String>> {
    let graph: Value = serde_json::from_str(graph).context("the symbol graph")?;
    let symbols = graph["symbols"].as_array().context("no symbols")?;
    let mut names = Vec::new();
    for symbol in symbols {
        let parts = symbol["pathComponents"].as_array().context("no name")?;
        let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
        let name = parts.join(".");
        let file = symbol["location"]["uri"].as_str().unwrap_or_default();
        ensure!(
            !file.contains("/Generated/"),
            "{name} is public and generated"
        );
        let kind = symbol["kind"]["displayName"].as_str().unwrap_or_default();
        names.push(format!("{kind} {name}"));
    }
    ensure!(
        names.iter().any(|name| name == "Class Openint"),
        "the symbol graph lacks Openint"
    );
    names.sort();
    names.dedup();
    Ok(names)
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut found = None;
    for entry in fs::read_dir(folder).ok()?.flatten() {
        let path = entry.path();
        let kind = entry.file_type().ok()?;
        if kind.is_dir() {
            found = found.or_else(|| find(&path, name));
        } else if path.file_name().is_some_and(|found| found == name) {
            found = Some(path);
        }
    }
    found
}

/// Lists the public API, uses the package from an empty project elsewhere, and on a Mac builds the
/// XCFramework.
pub(crate) fn package(root: &Path) -> Result<()> {
    let toolchain = Toolchain::set_up()?;
    if cfg!(target_os = "macos") {
        return xcframework(root);
    }
    let package = Package::new(root, &toolchain, true)?;
    for name in package.public_api()? {
        process::say(name);
    }
    used_from_elsewhere(&package)?;
    process::say(
        "swift: the XCFramework for Apple platforms was not built: it needs a Mac with Xcode \
         (xcodebuild and lipo) and rustup's Apple targets; the same command builds it there",
    );
    Ok(())
}

/// An empty project outside the checkout that knows the package by its path creates a connection
/// on the local server.
fn used_from_elsewhere(package: &Package<'_>) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("openint-swift-{}", std::process::id()));
    let sources = folder.join("Sources/App");
    fs::create_dir_all(&sources)?;
    let copy = folder.join("openint-swift");
    fs::write(folder.join("Package.swift"), EMPTY_PACKAGE)?;
    fs::write(sources.join("main.swift"), EMPTY_MAIN)?;
    // A copy, so that nothing of the package can lean on the checkout around it.
    copy_tree(&package.root.join("swift"), &copy)?;

    let mut server = Command::new(sandbox(package.root)?)
        .args(["--port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .context("the sandbox could not be started")?;
    let outcome = create_connection(package, &folder, &mut server);
    let _ = server.kill();
    let _ = server.wait();
    outcome?;
    fs::remove_dir_all(&folder)?;
    process::say("swift: an empty project outside the checkout created a connection");
    Ok(())
}

fn create_connection(package: &Package<'_>, folder: &Path, server: &mut Child) -> Result<()> {
    use std::io::{BufRead, BufReader};

    let output = server.stdout.take().context("the sandbox has no output")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let told: Value = serde_json::from_str(&line).context("the sandbox's first line")?;
    let text = |key: &str| told[key].as_str().unwrap_or_default().to_owned();
    let mut run = package.linked(&["run"], folder, &folder.join(".build"))?;
    run.arg("App")
        .env("OPENINT_API_KEY", text("api_key"))
        .env("OPENINT_BASE_URL", text("base_url"));
    let mut created = false;
    let status = process::stream(run, |line| created |= line.contains("conn_dummy-oauth2_"))?;
    ensure!(
        status.success() && created,
        "the empty project created no connection ({status})"
    );
    Ok(())
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (name, target) = (entry.file_name(), to.join(entry.file_name()));
        if name == ".build" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn sandbox(root: &Path) -> Result<PathBuf> {
    bindings::executable(root, &["-p", "openint-sandbox", "--bin", "openint-sandbox"])
}

/// The targets of each slice; those of one slice are joined by lipo. tvOS and watchOS have no
/// prebuilt standard library of Rust and are built from source by whoever needs them.
const SLICES: [(&str, &[&str]); 3] = [
    ("ios", &["aarch64-apple-ios"]),
    (
        "ios-simulator",
        &["aarch64-apple-ios-sim", "x86_64-apple-ios"],
    ),
    ("macos", &["aarch64-apple-darwin", "x86_64-apple-darwin"]),
];

/// Builds `swift/COpenintFFI.xcframework` from the static library, a slice for each platform.
fn xcframework(root: &Path) -> Result<()> {
    for tool in ["xcodebuild", "lipo"] {
        if process::find(tool).is_none() {
            bail!("swift: {tool} is missing; the XCFramework needs Xcode");
        }
    }
    let target = bindings::target_dir(root)?;
    let work = target.join("xtask/xcframework");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    // In a folder of the module's own, so that the module maps of two frameworks do not meet.
    let headers = work.join("headers/COpenintFFI");
    fs::create_dir_all(&headers)?;
    for file in [HEADER, MODULE_MAP] {
        let file = root.join(file);
        fs::copy(&file, headers.join(file.file_name().context("a name")?))?;
    }
    let output = root.join("swift/COpenintFFI.xcframework");
    if output.exists() {
        fs::remove_dir_all(&output)?;
    }
    let mut create = process::program("xcodebuild", root);
    create.arg("-create-xcframework");
    for (slice, targets) in SLICES {
        let mut lipo = process::program("lipo", root);
        lipo.arg("-create");
        for triple in targets {
            let mut cargo = process::cargo(root);
            cargo.args(["build", "--release", "-p", "openint-uniffi", "--lib"]);
            cargo.args(["--target", triple]);
            run(
                cargo,
                &format!("cargo build for {triple} (rustup target add {triple})"),
            )?;
            lipo.arg(target.join(triple).join("release/libopenint_uniffi.a"));
        }
        let library = work.join(slice).join("libopenint_uniffi.a");
        fs::create_dir_all(library.parent().context("a folder")?)?;
        lipo.arg("-output").arg(&library);
        run(lipo, "lipo")?;
        create.arg("-library").arg(&library);
        create.arg("-headers").arg(work.join("headers"));
    }
    create.arg("-output").arg(&output);
    run(create, "xcodebuild -create-xcframework")?;
    process::say(format_args!("{} written", output.display()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_generated_stays_public() {
        let code = "#if canImport(COpenintFFI)\nimport COpenintFFI\n#endif\n\
                    public protocol P {\n    func a()  \n}\npublic\nopen class C: P {\n    \
                    public convenience init() {}\n    open func a() {}\n}\nprivate let public_ = 1\n";
        let expected = "// swift-format-ignore-file\n#if canImport(COpenintFFI)\n\
                    internal import COpenintFFI\n#endif\n\
                    protocol P {\n    func a()\n}\nclass C: P {\n    \
                    convenience init() {}\n    func a() {}\n}\nprivate let public_ = 1\n";
        assert_eq!(internal(code), expected);
        assert_eq!(tidy("a  \nb\n\n\n"), "a\nb\n");
    }

    #[test]
    fn a_generated_symbol_is_refused() {
        let graph = |file: &str| {
            format!(
                r#"{{"symbols":[{{"kind":{{"displayName":"Class"}},"pathComponents":["Openint"],
                "location":{{"uri":"file:///c/swift/Sources/OpenintSDK/{file}"}}}},
                {{"kind":{{"displayName":"Instance Method"}},"pathComponents":["Openint","close()"]}}]}}"#
            )
        };
        assert_eq!(
            symbols(&graph("Openint.swift")).unwrap(),
            ["Class Openint", "Instance Method Openint.close()"]
        );
        assert!(symbols(&graph("Generated/OpenintBindings.swift")).is_err());
        assert!(symbols("{}").is_err());
        assert!(symbols(r#"{"symbols":[]}"#).is_err());
    }
}
