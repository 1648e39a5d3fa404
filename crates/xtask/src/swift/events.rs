//! Reads the events that `swift test` records: one JSON object a line.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::suite::{Counts, Report};

/// A report for each suite, in the order of their names. An argument of a parameterised test counts
/// as a test. A test that began and did not end has failed: its process is gone.
pub(crate) fn read(text: &str, language: &str) -> Result<Vec<Report>> {
    let mut suites: BTreeMap<String, Suite> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let record: Value = serde_json::from_str(line).context("the record of swift test")?;
        if record["kind"] != "event" {
            continue;
        }
        let event = &record["payload"];
        let id = event["testID"].as_str().unwrap_or_default();
        let Some(name) = suite_name(id) else {
            continue;
        };
        let suite = suites.entry(name.to_owned()).or_default();
        let at = event["instant"]["absolute"].as_f64();
        suite.first = suite.first.or(at);
        suite.last = at.or(suite.last);
        let kind = event["kind"].as_str().unwrap_or_default();
        if id.contains('/') {
            let case = event["_testCase"]["id"].as_str();
            suite.tests.entry(id.to_owned()).or_default().take(
                kind,
                case,
                event["issue"]["isKnown"] == true,
            );
        } else if kind == "issueRecorded" && event["issue"]["isKnown"] != true {
            suite.failed_itself = true;
        }
    }
    let reports = suites
        .into_iter()
        .map(|(name, suite)| suite.report(format!("{language}: {name}")))
        .filter(|report| report.counts != Counts::default())
        .collect();
    Ok(reports)
}

#[derive(Default)]
struct Suite {
    tests: BTreeMap<String, Test>,
    /// An issue outside of its tests.
    failed_itself: bool,
    first: Option<f64>,
    last: Option<f64>,
}

impl Suite {
    fn report(self, suite: String) -> Report {
        let mut counts = Counts {
            failed: self.failed_itself.into(),
            ..Counts::default()
        };
        for test in self.tests.values() {
            counts += test.counts();
        }
        let seconds = self.last.zip(self.first).map(|(last, first)| last - first);
        Report {
            suite,
            counts,
            seconds: seconds.unwrap_or_default(),
            ..Report::default()
        }
    }
}

/// A function with `@Test`.
#[derive(Default)]
struct Test {
    started: bool,
    ended: bool,
    skipped: bool,
    failed_itself: bool,
    /// Of a test with parameters. Arguments without an id of their own share one, so they are
    /// counted beside.
    cases: u64,
    failed_cases: BTreeSet<String>,
}

impl Test {
    fn take(&mut self, kind: &str, case: Option<&str>, known: bool) {
        match kind {
            "testStarted" => self.started = true,
            "testEnded" => self.ended = true,
            "testSkipped" => self.skipped = true,
            "testCaseStarted" => self.cases += 1,
            "issueRecorded" if !known => match case {
                Some(case) if self.cases > 0 => {
                    self.failed_cases.insert(case.to_owned());
                }
                _ => self.failed_itself = true,
            },
            _ => {}
        }
    }

    fn counts(&self) -> Counts {
        let ran = match self.cases {
            0 => u64::from(self.started && !self.skipped),
            cases => cases,
        };
        let broken = self.failed_itself || (self.started && !self.ended);
        let failed = match self.failed_cases.len() as u64 {
            0 => u64::from(broken),
            failed => failed,
        };
        Counts {
            passed: ran.saturating_sub(failed),
            failed,
            ignored: self.skipped.into(),
        }
    }
}

/// `OpenintSDKTests.ConformanceTests/replay(case:)/ConformanceTests.swift:9:6`: the suite's name.
fn suite_name(id: &str) -> Option<&str> {
    let (_, name) = id.split('/').next()?.split_once('.')?;
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str, test: &str, case: &str, at: f64) -> String {
        let case = match case {
            "" => String::new(),
            case => format!(r#""_testCase":{{"id":"{case}"}},"#),
        };
        format!(
            r#"{{"kind":"event","version":0,"payload":{{"kind":"{kind}","testID":"M.{test}",{case}"instant":{{"absolute":{at}}},"issue":{{"isKnown":false}}}}}}"#
        )
    }

    fn counts(passed: u64, failed: u64, ignored: u64) -> Counts {
        Counts {
            passed,
            failed,
            ignored,
        }
    }

    #[test]
    fn every_argument_counts_and_an_issue_fails_its_own() {
        let lines = [
            r#"{"kind":"test","version":0,"payload":{"kind":"suite","id":"M.A"}}"#.to_owned(),
            event("testStarted", "A", "", 1.0),
            event("testStarted", "A/a(x:)/A.swift:1:1", "", 1.0),
            event("testCaseStarted", "A/a(x:)/A.swift:1:1", "1", 1.0),
            event("testCaseStarted", "A/a(x:)/A.swift:1:1", "2", 1.5),
            event("issueRecorded", "A/a(x:)/A.swift:1:1", "2", 2.0),
            event("issueRecorded", "A/a(x:)/A.swift:1:1", "2", 2.0),
            event("testCaseEnded", "A/a(x:)/A.swift:1:1", "2", 3.0),
            event("testEnded", "A/a(x:)/A.swift:1:1", "", 3.0),
            event("testEnded", "A", "", 3.0),
            event("testSkipped", "B/c()/B.swift:2:1", "", 3.0),
        ];
        let reports = read(&lines.join("\n"), "swift").unwrap();
        assert_eq!(reports.len(), 2);
        assert_eq!(reports[0].suite, "swift: A");
        assert_eq!(reports[0].counts, counts(1, 1, 0));
        assert_eq!(reports[0].seconds, 2.0);
        assert_eq!(reports[1].counts, counts(0, 0, 1));
        assert!(read("not JSON", "swift").is_err());
        assert!(read("", "swift").unwrap().is_empty());
    }

    #[test]
    fn a_test_without_parameters_counts_once() {
        let lines = [
            event("testStarted", "A", "", 0.0),
            event("testStarted", "A/a()/A.swift:1:1", "", 1.0),
            event("testEnded", "A/a()/A.swift:1:1", "", 2.0),
            event("testStarted", "A/b()/A.swift:2:1", "", 2.0),
            event("issueRecorded", "A/b()/A.swift:2:1", "", 3.0),
            event("issueRecorded", "A/b()/A.swift:2:1", "0", 3.0),
            event("testEnded", "A/b()/A.swift:2:1", "", 3.0),
            event("testEnded", "A", "", 3.0),
        ];
        let reports = read(&lines.join("\n"), "swift").unwrap();
        assert_eq!(reports.len(), 1);
        assert_eq!(reports[0].counts, counts(1, 1, 0));
    }

    #[test]
    fn what_did_not_end_has_failed() {
        let lines = [
            event("testStarted", "A/a()/A.swift:1:1", "", 1.0),
            event("testStarted", "B/b(x:)/B.swift:1:1", "", 1.0),
            event("testCaseStarted", "B/b(x:)/B.swift:1:1", "1", 1.0),
            event("testCaseEnded", "B/b(x:)/B.swift:1:1", "1", 1.0),
            event("testCaseStarted", "B/b(x:)/B.swift:1:1", "2", 1.0),
        ];
        let reports = read(&lines.join("\n"), "swift").unwrap();
        assert_eq!(reports[0].counts, counts(0, 1, 0));
        assert_eq!(reports[1].counts, counts(1, 1, 0));
    }
}
