//! Reads the counts that Maven's Surefire leaves in its folder: one XML file a test class.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::suite::{Counts, Report};

/// A report for each test class, in the order of their names. None where no test ran.
pub(crate) fn read(folder: &Path, language: &str) -> Result<Vec<Report>> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut reports = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("TEST-") && name.ends_with(".xml") {
            let text = fs::read_to_string(&path)?;
            reports.push(parse(&text, language).with_context(|| path.display().to_string())?);
        }
    }
    reports.sort_by(|a, b| a.suite.cmp(&b.suite));
    Ok(reports)
}

/// Reads the opening tag, which holds all that is counted.
fn parse(text: &str, language: &str) -> Result<Report> {
    let start = text.find("<testsuite ").context("no testsuite")?;
    let end = text[start..].find('>').context("an unfinished tag")?;
    let tag = &text[start..start + end];
    let class = attribute(tag, "name").context("no name")?;
    let count = |name| -> Result<u64> {
        let value = attribute(tag, name).with_context(|| format!("no {name}"))?;
        value.parse().with_context(|| format!("{name}: {value}"))
    };
    let (failed, ignored) = (count("failures")? + count("errors")?, count("skipped")?);
    let seconds = attribute(tag, "time").and_then(|time| time.replace(',', "").parse().ok());
    Ok(Report {
        suite: format!("{language}: {}", class.rsplit('.').next().unwrap_or(class)),
        counts: Counts {
            passed: count("tests")?.saturating_sub(failed + ignored),
            failed,
            ignored,
        },
        seconds: seconds.unwrap_or_default(),
        ..Report::default()
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_the_opening_tag() {
        let text = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2" name="dev.openint.sdk.CloseTest" time="1.5" tests="7" errors="1" skipped="2" failures="1" flakes="0">
  <testcase name="a &gt; b" tests="9"/>
</testsuite>"#;
        let report = parse(text, "kotlin").unwrap();
        assert_eq!(report.suite, "kotlin: CloseTest");
        assert_eq!(report.seconds, 1.5);
        let counts = Counts {
            passed: 3,
            failed: 2,
            ignored: 2,
        };
        assert_eq!(report.counts, counts);
    }

    #[test]
    fn what_is_no_report_is_an_error_and_no_folder_is_no_report() {
        assert!(parse("<html></html>", "kotlin").is_err());
        assert!(parse("<testsuite name=\"a\" tests=\"x\">", "kotlin").is_err());
        assert!(
            read(Path::new("/no-such-folder"), "kotlin")
                .unwrap()
                .is_empty()
        );
    }
}
