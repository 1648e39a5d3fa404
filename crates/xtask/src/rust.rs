//! The Rust suites: unit, integration and documentation tests of each workspace crate.
//!
//! Everything is built once, by one `cargo test --no-run`, whose messages say which binary
//! belongs to which crate. One `cargo test` then runs it all, and its headings say which binary
//! the results that follow belong to.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::libtest::{self, Line};
use crate::process;
use crate::suite::{End, Report};

const SUITE: &str = "rust";

/// Builds and runs all Rust tests.
pub(crate) fn test(root: &Path, strict: bool) -> Vec<Report> {
    match build(root, strict).and_then(|inventory| run(root, strict, inventory)) {
        Ok(reports) if reports.is_empty() => vec![Report::broken(SUITE, "no test ran")],
        Ok(reports) => reports,
        Err(error) => vec![Report::broken(SUITE, format!("{error:#}"))],
    }
}

fn cargo_test(root: &Path, strict: bool) -> Command {
    let mut cargo = process::cargo(root);
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    if strict {
        cargo.arg("--locked");
    }
    cargo
}

/// Compiles every test and says where each belongs.
fn build(root: &Path, strict: bool) -> Result<Inventory> {
    process::say("rust: building the tests");
    let start = Instant::now();
    let mut cargo = cargo_test(root, strict);
    cargo.args(["--no-run", "--message-format=json-render-diagnostics"]);
    cargo.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = cargo.spawn().context("cargo could not be started")?;
    let mut messages = String::new();
    child
        .stdout
        .take()
        .context("cargo has no output")?
        .read_to_string(&mut messages)?;
    let status = child.wait()?;
    if !status.success() {
        bail!("the tests do not build");
    }
    process::say(format_args!(
        "rust: built in {:.1} s",
        start.elapsed().as_secs_f64()
    ));
    Inventory::read(&messages)
}

/// Runs what was built and sorts the results.
fn run(root: &Path, strict: bool, inventory: Inventory) -> Result<Vec<Report>> {
    let mut tally = Tally::new(root, inventory);
    let cargo = cargo_test(root, strict);
    let status = process::stream(cargo, |line| tally.line(line))
        .context("cargo test could not be run to its end")?;
    Ok(tally.finish(status.success()))
}

/// A row of the table: the crate and the kind of its tests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    package: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Unit,
    Integration,
    Doc,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Unit => "unit",
            Kind::Integration => "integration",
            Kind::Doc => "doc",
        };
        write!(f, "{SUITE}: {} {kind}", self.package)
    }
}

/// Which row each test binary and each documented crate belongs to.
#[derive(Debug, Default)]
struct Inventory {
    binaries: HashMap<PathBuf, Row>,
    docs: HashMap<String, Row>,
}

/// The part of cargo's build messages that matters here.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    package_id: String,
    target: Option<Target>,
    profile: Option<Profile>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
    #[serde(default)]
    doctest: bool,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

impl Inventory {
    /// Reads the lines of `--message-format=json`.
    fn read(messages: &str) -> Result<Self> {
        let mut inventory = Self::default();
        for line in messages.lines().filter(|line| line.starts_with('{')) {
            let message: Message = serde_json::from_str(line)
                .with_context(|| format!("cargo said something unexpected: {line}"))?;
            inventory.add(message);
        }
        Ok(inventory)
    }

    fn add(&mut self, message: Message) {
        // Path dependencies are the workspace's own crates; everything else has a registry's id.
        if message.reason != "compiler-artifact" || !message.package_id.starts_with("path+") {
            return;
        }
        let (Some(target), Some(profile)) = (message.target, message.profile) else {
            return;
        };
        let package = package_name(&message.package_id);
        if target.doctest {
            let row = Row {
                package: package.clone(),
                kind: Kind::Doc,
            };
            self.docs.insert(crate_name(&target.name), row);
        }
        if let (true, Some(executable)) = (profile.test, message.executable) {
            let integration = target
                .kind
                .iter()
                .any(|kind| kind == "test" || kind == "bench");
            let kind = if integration {
                Kind::Integration
            } else {
                Kind::Unit
            };
            self.binaries.insert(executable, Row { package, kind });
        }
    }
}

/// `path+file:///checkout/crates/openint#0.1.0` and `…/bindings/python#openint-python@0.1.0`:
/// the name stands behind `#` when it is not the folder's.
fn package_name(id: &str) -> String {
    let (path, fragment) = id.split_once('#').unwrap_or((id, ""));
    let name = fragment.split_once('@').map(|(name, _)| name);
    name.or_else(|| path.rsplit('/').next())
        .unwrap_or(id)
        .to_owned()
}

fn crate_name(target: &str) -> String {
    target.replace('-', "_")
}

/// Follows the output of `cargo test`.
struct Tally<'a> {
    root: &'a Path,
    inventory: Inventory,
    rows: BTreeMap<Row, Report>,
    /// Test binary that runs now, since when, and whether its result was seen.
    current: Option<Current>,
}

struct Current {
    row: Row,
    since: Instant,
    ended: bool,
}

impl<'a> Tally<'a> {
    fn new(root: &'a Path, inventory: Inventory) -> Self {
        let rows = inventory
            .binaries
            .values()
            .chain(inventory.docs.values())
            .map(|row| {
                (
                    row.clone(),
                    Report {
                        suite: row.to_string(),
                        ..Report::default()
                    },
                )
            });
        Self {
            root,
            rows: rows.collect(),
            inventory,
            current: None,
        }
    }

    fn line(&mut self, line: &str) {
        match libtest::parse(line) {
            Line::Running(path) => {
                // The path is relative where the target directory is inside the checkout.
                if let Some(row) = self.inventory.binaries.get(&self.root.join(path)).cloned() {
                    self.start(row);
                }
            }
            Line::DocTests(name) => {
                if let Some(row) = self.inventory.docs.get(&crate_name(name)).cloned() {
                    self.start(row);
                }
            }
            Line::Result(counts) => {
                if let Some(current) = &mut self.current {
                    current.ended = true;
                    if let Some(report) = self.rows.get_mut(&current.row) {
                        report.counts += counts;
                    }
                }
            }
            Line::Other => {}
        }
    }

    fn start(&mut self, row: Row) {
        self.close();
        self.current = Some(Current {
            row,
            since: Instant::now(),
            ended: false,
        });
    }

    fn close(&mut self) {
        let Some(Current { row, since, ended }) = self.current.take() else {
            return;
        };
        let Some(report) = self.rows.get_mut(&row) else {
            return;
        };
        report.seconds += since.elapsed().as_secs_f64();
        if !ended {
            report.end = End::Broken("ended without a result".into());
        }
    }

    /// The reports, when cargo has ended. Where cargo failed and no row says why, that is a row of
    /// its own.
    fn finish(mut self, success: bool) -> Vec<Report> {
        self.close();
        let mut reports: Vec<Report> = self.rows.into_values().collect();
        let explained = reports
            .iter()
            .any(|report| report.counts.failed > 0 || matches!(report.end, End::Broken(_)));
        if !success && !explained {
            reports.push(Report::broken(
                SUITE,
                "cargo test failed; see its output above",
            ));
        }
        reports
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::Verdict;

    const MESSAGES: &str = r#"
{"reason":"compiler-artifact","package_id":"registry+somewhere#clap@4.5.0","target":{"kind":["lib"],"name":"clap","doctest":true},"profile":{"test":false},"executable":null}
{"reason":"compiler-artifact","package_id":"path+file:///w/crates/openint#0.1.0","target":{"kind":["lib"],"name":"openint","doctest":true},"profile":{"test":false},"executable":null}
{"reason":"compiler-artifact","package_id":"path+file:///w/crates/openint#0.1.0","target":{"kind":["lib"],"name":"openint","doctest":true},"profile":{"test":true},"executable":"/w/target/debug/deps/openint-1"}
{"reason":"compiler-artifact","package_id":"path+file:///w/crates/openint#0.1.0","target":{"kind":["test"],"name":"server","doctest":false},"profile":{"test":true},"executable":"/w/target/debug/deps/server-2"}
{"reason":"compiler-artifact","package_id":"path+file:///w/crates/openint#0.1.0","target":{"kind":["example"],"name":"create_connection","doctest":false},"profile":{"test":false},"executable":"/w/target/debug/examples/create_connection"}
{"reason":"compiler-artifact","package_id":"path+file:///w/bindings/python#openint-python@0.1.0","target":{"kind":["test"],"name":"server","doctest":false},"profile":{"test":true},"executable":"/elsewhere/deps/server-3"}
{"reason":"build-finished","success":true}
"#;

    fn names(reports: &[Report]) -> Vec<&str> {
        reports.iter().map(|report| report.suite.as_str()).collect()
    }

    fn tally(lines: &[&str], success: bool) -> Vec<Report> {
        let mut tally = Tally::new(Path::new("/w"), Inventory::read(MESSAGES).unwrap());
        for line in lines {
            tally.line(line);
        }
        tally.finish(success)
    }

    const OK: &str = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";

    #[test]
    fn results_go_to_the_crate_whose_binary_ran() {
        let reports = tally(
            &[
                "     Running unittests src/lib.rs (target/debug/deps/openint-1)",
                OK,
                "     Running tests/server.rs (target/debug/deps/server-2)",
                "test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out",
                "     Running tests/server.rs (/elsewhere/deps/server-3)",
                OK,
                "   Doc-tests openint",
                OK,
                OK,
            ],
            false,
        );
        assert_eq!(
            names(&reports),
            [
                "rust: openint unit",
                "rust: openint integration",
                "rust: openint doc",
                "rust: openint-python integration"
            ]
        );
        let passed: Vec<_> = reports.iter().map(|report| report.counts.passed).collect();
        assert_eq!(passed, [2, 1, 4, 2]);
        assert_eq!(
            reports[1].verdict(false),
            Verdict::Failed("1 failed".into())
        );
    }

    #[test]
    fn a_suite_that_never_ran_or_died_fails() {
        let reports = tally(
            &[
                "     Running unittests src/lib.rs (target/debug/deps/openint-1)",
                "     Running tests/server.rs (target/debug/deps/server-2)",
                OK,
            ],
            false,
        );
        let verdicts: Vec<_> = reports.iter().map(|report| report.verdict(false)).collect();
        assert_eq!(
            verdicts,
            [
                Verdict::Failed("ended without a result".into()),
                Verdict::Passed,
                Verdict::Failed("no test ran".into()),
                Verdict::Failed("no test ran".into()),
            ]
        );
    }

    #[test]
    fn a_failure_of_cargo_that_no_row_explains_is_a_row() {
        let reports = tally(&[], false);
        let last = reports.last().unwrap();
        assert_eq!(last.suite, "rust");
        assert!(matches!(last.verdict(false), Verdict::Failed(_)));
        assert_eq!(tally(&[], true).len(), 4);
    }

    #[test]
    fn a_result_without_a_heading_counts_for_nobody() {
        let reports = tally(&[OK], true);
        assert!(reports.iter().all(|report| report.counts.passed == 0));
    }

    #[test]
    fn messages_that_are_none_are_an_error() {
        assert!(Inventory::read("{\"reason\":").is_err());
        assert!(
            Inventory::read("warning: something\n")
                .unwrap()
                .binaries
                .is_empty()
        );
    }
}
