//! The table that closes a test run.

use crate::suite::{Report, Verdict};

const HEADER: [&str; 6] = ["suite", "passed", "failed", "ignored", "seconds", "result"];

/// Lays the reports out in columns: text to the left, numbers to the right.
pub(crate) fn render(reports: &[Report], strict: bool) -> String {
    let rows: Vec<[String; 6]> = reports
        .iter()
        .map(|report| {
            [
                report.suite.clone(),
                report.counts.passed.to_string(),
                report.counts.failed.to_string(),
                report.counts.ignored.to_string(),
                format!("{:.1}", report.seconds),
                result(&report.verdict(strict)),
            ]
        })
        .collect();

    let mut widths = HEADER.map(|cell| cell.chars().count());
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }

    let mut text = String::new();
    push_line(&mut text, &HEADER.map(str::to_owned), &widths);
    push_line(&mut text, &widths.map(|width| "-".repeat(width)), &widths);
    for row in &rows {
        push_line(&mut text, row, &widths);
    }
    text
}

fn result(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Passed => "ok".to_owned(),
        Verdict::Skipped(why) => format!("skipped: {why}"),
        Verdict::Failed(why) => format!("FAILED: {why}"),
    }
}

fn push_line(text: &mut String, cells: &[String; 6], widths: &[usize; 6]) {
    let [suite, numbers @ .., result] = cells;
    let [suite_width, number_widths @ .., _] = widths;
    let mut line = format!("{suite:<suite_width$}");
    for (cell, width) in numbers.iter().zip(number_widths) {
        line.push_str(&format!("  {cell:>width$}"));
    }
    line.push_str("  ");
    line.push_str(result);
    text.push_str(line.trim_end());
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::Counts;

    #[test]
    fn columns_line_up_and_every_result_is_named() {
        let reports = [
            Report {
                suite: "rust: openint unit".into(),
                counts: Counts {
                    passed: 120,
                    failed: 0,
                    ignored: 1,
                },
                seconds: 12.34,
                ..Report::default()
            },
            Report {
                suite: "rust: xtask unit".into(),
                ..Report::default()
            },
            Report::skipped("swift", "swift is missing: cargo xtask setup swift"),
        ];
        let expected = "\
suite               passed  failed  ignored  seconds  result
------------------  ------  ------  -------  -------  -----------------------------------------------
rust: openint unit     120       0        1     12.3  ok
rust: xtask unit         0       0        0      0.0  FAILED: no test ran
swift                    0       0        0      0.0  skipped: swift is missing: cargo xtask setup swift
";
        let rendered = render(&reports, false);
        let dashes = |text: &str| text.lines().nth(1).unwrap().len();
        assert_eq!(dashes(&rendered), rendered.lines().last().unwrap().len());
        let without_dashes = |text: &str| -> Vec<String> {
            text.lines()
                .filter(|line| !line.starts_with('-'))
                .map(str::to_owned)
                .collect()
        };
        assert_eq!(without_dashes(&rendered), without_dashes(expected));

        let strict = render(&reports, true);
        assert!(strict.contains("FAILED: 1 ignored"), "{strict}");
        assert!(
            strict.contains("FAILED: skipped: swift is missing"),
            "{strict}"
        );
    }

    #[test]
    fn an_empty_table_is_its_header() {
        assert_eq!(render(&[], false).lines().count(), 2);
    }
}
