//! Reports of suites, and the rules by which a report is a success.

use std::error::Error;
use std::fmt;

/// Why a suite cannot run on this machine, and what would change that. A setup that fails with it
/// makes its suite a skipped one; any other failure is one.
#[derive(Debug)]
pub(crate) struct Missing(pub(crate) String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Missing {}

/// Number of tests of a suite by their result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) ignored: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

/// End of a suite's run, apart from its counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// It ran to its end.
    #[default]
    Finished,
    /// It was not tried, and why.
    Skipped(String),
    /// It could not be built or did not reach its end, and why.
    Broken(String),
}

/// One row of the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Report {
    pub(crate) suite: String,
    pub(crate) counts: Counts,
    pub(crate) seconds: f64,
    pub(crate) end: End,
}

/// Result of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Passed,
    Skipped(String),
    Failed(String),
}

impl Report {
    /// A suite that was not tried.
    pub(crate) fn skipped(suite: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            suite: suite.into(),
            end: End::Skipped(why.into()),
            ..Self::default()
        }
    }

    /// A suite that could not be built or did not reach its end.
    pub(crate) fn broken(suite: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            suite: suite.into(),
            end: End::Broken(why.into()),
            ..Self::default()
        }
    }

    /// The rules. Nothing is green that did not run: a suite without a test fails, and in strict
    /// mode so does one that was skipped or that ignored a test.
    pub(crate) fn verdict(&self, strict: bool) -> Verdict {
        let Counts {
            passed,
            failed,
            ignored,
        } = self.counts;
        match &self.end {
            End::Skipped(why) if strict => Verdict::Failed(format!("skipped: {why}")),
            End::Skipped(why) => Verdict::Skipped(why.clone()),
            End::Broken(why) => Verdict::Failed(why.clone()),
            End::Finished if failed > 0 => Verdict::Failed(format!("{failed} failed")),
            End::Finished if passed == 0 => Verdict::Failed("no test ran".into()),
            End::Finished if strict && ignored > 0 => Verdict::Failed(format!("{ignored} ignored")),
            End::Finished => Verdict::Passed,
        }
    }
}

/// The counts of all reports together.
pub(crate) fn total(reports: &[Report]) -> Counts {
    let mut sum = Counts::default();
    for report in reports {
        sum += report.counts;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts() {
        let failed = |why: &str| Verdict::Failed(why.to_owned());
        let ran = |passed, failed, ignored| Report {
            suite: "rust: openint unit".into(),
            counts: Counts {
                passed,
                failed,
                ignored,
            },
            ..Report::default()
        };
        let broken = Report {
            counts: Counts {
                passed: 9,
                ..Counts::default()
            },
            ..{ Report::broken("rust", "cargo test ended with 101") }
        };
        // (what was reported, its verdict, its verdict in strict mode)
        let cases = [
            (ran(3, 0, 0), Verdict::Passed, Verdict::Passed),
            (ran(3, 1, 0), failed("1 failed"), failed("1 failed")),
            (ran(0, 2, 0), failed("2 failed"), failed("2 failed")),
            (ran(0, 0, 0), failed("no test ran"), failed("no test ran")),
            (ran(0, 0, 5), failed("no test ran"), failed("no test ran")),
            (ran(3, 0, 2), Verdict::Passed, failed("2 ignored")),
            (
                Report::skipped("swift", "no swift"),
                Verdict::Skipped("no swift".into()),
                failed("skipped: no swift"),
            ),
            (
                broken,
                failed("cargo test ended with 101"),
                failed("cargo test ended with 101"),
            ),
        ];
        for (report, lenient, strict) in cases {
            assert_eq!(report.verdict(false), lenient, "{report:?}");
            assert_eq!(report.verdict(true), strict, "{report:?}, strict");
        }
    }

    #[test]
    fn totals_add_up() {
        let one = Report {
            counts: Counts {
                passed: 1,
                failed: 2,
                ignored: 3,
            },
            ..Report::default()
        };
        let sum = total(&[one.clone(), Report::skipped("swift", "no swift"), one]);
        assert_eq!(
            sum,
            Counts {
                passed: 2,
                failed: 4,
                ignored: 6
            }
        );
        assert_eq!(total(&[]), Counts::default());
    }
}
