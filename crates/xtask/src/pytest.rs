//! Reads what `pytest` prints at its end.

use crate::suite::Counts;

/// Reads the line that closes a run, such as `1 failed, 285 passed, 2 skipped in 50.71s`, with or
/// without the bars around it. Any other line is nothing.
pub(crate) fn summary(line: &str) -> Option<Counts> {
    let line = line
        .trim()
        .trim_matches(|c: char| c == '=')
        .trim()
        .replace("no tests ran", "0 passed");
    let (outcomes, time) = line.rsplit_once(" in ")?;
    let seconds = time.split(' ').next()?.strip_suffix('s')?;
    seconds.parse::<f64>().ok()?;
    let mut counts = Counts::default();
    for outcome in outcomes.split(", ") {
        let (number, noun) = outcome.split_once(' ')?;
        let number: u64 = number.parse().ok()?;
        match noun {
            "passed" => counts.passed += number,
            // A test that was expected to fail and did not is a mistake somewhere.
            "failed" | "error" | "errors" | "xpassed" => counts.failed += number,
            "skipped" | "xfailed" | "deselected" => counts.ignored += number,
            "warning" | "warnings" => {}
            _ => return None,
        }
    }
    Some(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries() {
        for (line, expected) in [
            ("285 passed in 50.71s\n", Some((285, 0, 0))),
            ("1 failed, 285 passed in 50.71s", Some((285, 1, 0))),
            (
                "===== 2 failed, 3 passed, 4 skipped, 1 xfailed, 2 warnings, 1 error in 61.00s (0:01:01) =====",
                Some((3, 3, 5)),
            ),
            ("no tests ran in 0.01s", Some((0, 0, 0))),
            ("5 passed, 1 deselected, 1 xpassed in 1.0s", Some((5, 1, 1))),
            ("many passed in 1.0s", None),
            ("5 passed", None),
            ("5 eaten in 1.0s", None),
            ("they were seen in 1s", None),
            ("............ [ 25%]", None),
            ("", None),
        ] {
            let expected = expected.map(|(passed, failed, ignored)| Counts {
                passed,
                failed,
                ignored,
            });
            assert_eq!(summary(line), expected, "{line}");
        }
    }
}
