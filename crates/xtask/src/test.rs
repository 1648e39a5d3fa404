//! `cargo xtask test`.

use std::path::Path;

use anyhow::{Result, bail};

use crate::language::{ALL, Entry, Language};
use crate::process;
use crate::spark;
use crate::suite::{self, Missing, Report, Verdict};
use crate::table;

/// Runs the suites of one language or of all in the checkout.
pub(crate) fn run(
    root: &Path,
    wanted: Option<Language>,
    strict: bool,
    with_spark: bool,
) -> Result<()> {
    let plan = Plan::new(root, wanted)?;
    let mut reports: Vec<Report> = plan
        .present
        .iter()
        .flat_map(|entry| reports(entry, root, strict))
        .collect();
    let has_python = plan
        .present
        .iter()
        .any(|entry| entry.language == Language::Python);
    if with_spark || (strict && has_python) {
        reports.extend(spark::test(root, strict, with_spark));
    }

    process::say(format_args!("\n{}", table::render(&reports, strict)));
    if !plan.absent.is_empty() {
        let names: Vec<&str> = plan.absent.iter().map(|entry| entry.name).collect();
        process::say(format_args!(
            "not in this checkout yet: {}",
            names.join(", ")
        ));
    }
    let counts = suite::total(&reports);
    process::say(format_args!(
        "{} passed, {} failed",
        counts.passed, counts.failed
    ));
    conclude(&reports, strict)
}

/// Steps of a request in this checkout.
#[derive(Debug)]
struct Plan {
    present: Vec<&'static Entry>,
    /// Languages that nobody asked for by name and that are not there yet.
    absent: Vec<&'static Entry>,
}

impl Plan {
    fn new(root: &Path, wanted: Option<Language>) -> Result<Self> {
        if let Some(language) = wanted {
            let entry = language.entry();
            if !entry.is_in(root) {
                bail!("{}", entry.absence());
            }
            return Ok(Self {
                present: vec![entry],
                absent: Vec::new(),
            });
        }
        let (present, absent) = ALL.iter().partition(|entry| entry.is_in(root));
        Ok(Self { present, absent })
    }
}

/// Sets a language up and runs its suites.
fn reports(entry: &Entry, root: &Path, strict: bool) -> Vec<Report> {
    if let Some(tool) = entry.missing_tool() {
        let why = format!(
            "{} is missing; install it with: {}",
            tool.program, tool.install
        );
        return vec![Report::skipped(entry.name, why)];
    }
    if let Some(Err(error)) = entry.setup.map(|setup| setup(root)) {
        if let Some(missing) = error.downcast_ref::<Missing>() {
            return vec![Report::skipped(entry.name, missing.to_string())];
        }
        return vec![Report::broken(entry.name, format!("not set up: {error:#}"))];
    }
    match entry.test.map(|test| test(root, strict)) {
        Some(reports) if reports.is_empty() => vec![Report::broken(entry.name, "no test ran")],
        Some(reports) => reports,
        None => {
            let why = format!(
                "{} is there, but cargo xtask has no suite for it",
                entry.marker
            );
            vec![Report::broken(entry.name, why)]
        }
    }
}

/// An error when any suite failed, and when nothing ran at all.
fn conclude(reports: &[Report], strict: bool) -> Result<()> {
    let failed: Vec<&str> = reports
        .iter()
        .filter(|report| matches!(report.verdict(strict), Verdict::Failed(_)))
        .map(|report| report.suite.as_str())
        .collect();
    if !failed.is_empty() {
        bail!("failed suites: {}", failed.join(", "));
    }
    if suite::total(reports).passed == 0 {
        bail!("no test ran");
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use std::path::PathBuf;
    use std::{env, fs};

    use super::*;
    use crate::language::Tool;
    use crate::suite::Counts;

    /// An empty folder of its own for a test, removed at its end.
    pub(crate) struct Scratch(PathBuf);

    pub(crate) fn scratch(name: &str) -> Scratch {
        let path = env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Scratch(path)
    }

    impl std::ops::Deref for Scratch {
        type Target = Path;

        fn deref(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn touch(root: &Path, file: &str) {
        let file = root.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, "").unwrap();
    }

    fn names(entries: &[&Entry]) -> Vec<&'static str> {
        entries.iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn only_what_is_in_the_checkout_is_planned() {
        let root = scratch("plan");
        touch(&root, "crates/openint/Cargo.toml");
        touch(&root, "kotlin/pom.xml");
        let plan = Plan::new(&root, None).unwrap();
        assert_eq!(names(&plan.present), ["rust", "kotlin"]);
        assert_eq!(names(&plan.absent), ["python", "swift"]);

        let plan = Plan::new(&root, Some(Language::Kotlin)).unwrap();
        assert_eq!(names(&plan.present), ["kotlin"]);
        assert!(plan.absent.is_empty());

        let refusal = Plan::new(&root, Some(Language::Python))
            .unwrap_err()
            .to_string();
        assert_eq!(
            refusal,
            "python: there is no Python package in this checkout yet"
        );
    }

    fn entry(tools: &'static [Tool]) -> Entry {
        Entry {
            language: Language::Swift,
            name: "swift",
            title: "Swift",
            marker: "Package.swift",
            tools,
            setup: None,
            test: Some(|_, _| vec![ran("swift", 5, 0)]),
            generate: None,
            package: None,
        }
    }

    fn ran(suite: &str, passed: u64, failed: u64) -> Report {
        Report {
            suite: suite.into(),
            counts: Counts {
                passed,
                failed,
                ignored: 0,
            },
            ..Report::default()
        }
    }

    #[test]
    fn a_missing_toolchain_is_a_skip_that_says_what_to_do() {
        static TOOLS: [Tool; 1] = [Tool {
            program: "no-such-program-here",
            install: "cargo xtask setup swift",
        }];
        let reports = reports(&entry(&TOOLS), Path::new("/"), false);
        let why = "no-such-program-here is missing; install it with: cargo xtask setup swift";
        assert_eq!(reports, [Report::skipped("swift", why)]);
    }

    #[test]
    fn a_language_is_set_up_before_it_is_tested() {
        let root = Path::new("/");
        assert_eq!(reports(&entry(&[]), root, false), [ran("swift", 5, 0)]);

        let broken = Entry {
            setup: Some(|_| bail!("the disk is full")),
            ..entry(&[])
        };
        let expected = Report::broken("swift", "not set up: the disk is full");
        assert_eq!(reports(&broken, root, false), [expected]);

        let elsewhere = Entry {
            setup: Some(|_| bail!(Missing("no swift: cargo xtask setup swift".into()))),
            ..entry(&[])
        };
        let expected = Report::skipped("swift", "no swift: cargo xtask setup swift");
        assert_eq!(reports(&elsewhere, root, false), [expected]);

        let silent = Entry {
            test: Some(|_, _| Vec::new()),
            ..entry(&[])
        };
        assert_eq!(
            reports(&silent, root, false),
            [Report::broken("swift", "no test ran")]
        );

        let without = Entry {
            test: None,
            ..entry(&[])
        };
        assert!(matches!(
            reports(&without, root, false)[0].verdict(false),
            Verdict::Failed(_)
        ));
    }

    #[test]
    fn the_run_is_a_success_only_when_something_ran_and_nothing_failed() {
        let skipped = || Report::skipped("swift", "swift is missing");
        assert!(conclude(&[ran("a", 1, 0), skipped()], false).is_ok());
        let said = |reports: &[Report], strict| conclude(reports, strict).unwrap_err().to_string();
        assert_eq!(
            said(&[ran("a", 1, 0), skipped()], true),
            "failed suites: swift"
        );
        assert_eq!(
            said(&[ran("a", 1, 2), ran("b", 0, 0)], false),
            "failed suites: a, b"
        );
        assert_eq!(said(&[skipped()], false), "no test ran");
        assert_eq!(said(&[], true), "no test ran");
    }
}
