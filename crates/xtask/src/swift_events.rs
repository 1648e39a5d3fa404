//! Reads the events that `swift test` records: one JSON object a line.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::suite::{Counts, Report};

/// A report for each suite, in the order of their names. An argument of a parameterised test counts
/// as a test.
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
        let case = || format!("{id} {}", event["_testCase"]["id"]);
        let at = event["instant"]["absolute"].as_f64();
        match event["kind"].as_str().unwrap_or_default() {
            "testCaseStarted" => {
                suite.started += 1;
                suite.first = suite.first.or(at);
            }
            "testCaseEnded" => suite.last = at.or(suite.last),
            "testSkipped" => suite.skipped += 1,
            "issueRecorded" if event["issue"]["isKnown"] != true => {
                suite.failed.insert(case());
            }
            _ => {}
        }
    }
    let reports = suites
        .into_iter()
        .filter(|(_, suite)| suite.started + suite.skipped > 0 || !suite.failed.is_empty())
        .map(|(name, suite)| suite.report(format!("{language}: {name}")))
        .collect();
    Ok(reports)
}

#[derive(Default)]
struct Suite {
    started: u64,
    skipped: u64,
    failed: BTreeSet<String>,
    first: Option<f64>,
    last: Option<f64>,
}

impl Suite {
    fn report(self, suite: String) -> Report {
        let failed = self.failed.len() as u64;
        let seconds = self.last.zip(self.first).map(|(last, first)| last - first);
        Report {
            suite,
            counts: Counts {
                passed: self.started.saturating_sub(failed),
                failed,
                ignored: self.skipped,
            },
            seconds: seconds.unwrap_or_default(),
            ..Report::default()
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

    #[test]
    fn every_argument_counts_and_an_issue_fails_its_own() {
        let event = |kind: &str, test: &str, case: &str, at: f64| {
            format!(
                r#"{{"kind":"event","version":0,"payload":{{"kind":"{kind}","testID":"M.{test}","instant":{{"absolute":{at}}},"_testCase":{{"id":"{case}"}},"issue":{{"isKnown":false}}}}}}"#
            )
        };
        let lines = [
            r#"{"kind":"test","version":0,"payload":{"kind":"suite","id":"M.A"}}"#.to_owned(),
            event("testStarted", "A", "", 0.0),
            event("testCaseStarted", "A/a(x:)/A.swift:1:1", "1", 1.0),
            event("testCaseStarted", "A/a(x:)/A.swift:1:1", "2", 1.5),
            event("issueRecorded", "A/a(x:)/A.swift:1:1", "2", 2.0),
            event("issueRecorded", "A/a(x:)/A.swift:1:1", "2", 2.0),
            event("testCaseEnded", "A/a(x:)/A.swift:1:1", "2", 3.0),
            event("testCaseStarted", "B/b()/B.swift:1:1", "", 3.0),
            event("testSkipped", "B/c()/B.swift:2:1", "", 3.0),
        ];
        let reports = read(&lines.join("\n"), "swift").unwrap();
        let counts = |passed, failed, ignored| Counts {
            passed,
            failed,
            ignored,
        };
        assert_eq!(reports.len(), 2);
        assert_eq!(reports[0].suite, "swift: A");
        assert_eq!(reports[0].counts, counts(1, 1, 0));
        assert_eq!(reports[0].seconds, 2.0);
        assert_eq!(reports[1].counts, counts(1, 0, 1));
        assert!(read("not JSON", "swift").is_err());
        assert!(read("", "swift").unwrap().is_empty());
    }
}
