//! Reads what `cargo test` prints: which binary runs, and how it ended.

use crate::suite::Counts;

/// Meaning of a line of `cargo test` for the table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// `Running unittests src/lib.rs (target/debug/deps/openint-0f3a)`: the path in brackets.
    Running(&'a str),
    /// `Doc-tests openint`: the crate's name.
    DocTests(&'a str),
    /// `test result: ok. 3 passed; 0 failed; 1 ignored; …`
    Result(Counts),
    /// Anything else.
    Other,
}

/// Reads one line. Only whole lines of the known form count; a test that prints something alike
/// in the middle of a line does not.
pub(crate) fn parse(line: &str) -> Line<'_> {
    let line = line.trim_end();
    if let Some(rest) = line.strip_prefix("test result: ") {
        return result(rest).map_or(Line::Other, Line::Result);
    }
    // Cargo right-aligns its verbs in twelve columns.
    let Some(heading) = line.strip_prefix("  ").map(str::trim_start) else {
        return Line::Other;
    };
    if let Some(name) = heading.strip_prefix("Doc-tests ") {
        return Line::DocTests(name);
    }
    let path = heading
        .strip_prefix("Running ")
        .and_then(|rest| rest.strip_suffix(')'))
        .and_then(|rest| rest.split_once(" ("));
    path.map_or(Line::Other, |(_, path)| Line::Running(path))
}

/// `ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s`
fn result(text: &str) -> Option<Counts> {
    let text = text
        .strip_prefix("ok. ")
        .or_else(|| text.strip_prefix("FAILED. "))?;
    let mut parts = text.split("; ");
    let mut next = |noun: &str| -> Option<u64> {
        parts
            .next()?
            .strip_suffix(noun)?
            .strip_suffix(' ')?
            .parse()
            .ok()
    };
    Some(Counts {
        passed: next("passed")?,
        failed: next("failed")?,
        ignored: next("ignored")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results() {
        let cases = [
            (
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n",
                Some((12, 0, 1)),
            ),
            (
                "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out; finished in 61.20s",
                Some((3, 2, 0)),
            ),
            (
                "test result: ok. 0 passed; 0 failed; 0 ignored",
                Some((0, 0, 0)),
            ),
            ("test result: ok. many passed; 0 failed; 0 ignored", None),
            ("test result: ok. 1 passed", None),
            ("test result: perhaps. 1 passed; 0 failed; 0 ignored", None),
            (
                "left: \"test result: ok. 9 passed; 0 failed; 0 ignored\"",
                None,
            ),
            ("  test result: ok. 9 passed; 0 failed; 0 ignored", None),
        ];
        for (line, expected) in cases {
            let expected = expected.map_or(Line::Other, |(passed, failed, ignored)| {
                Line::Result(Counts {
                    passed,
                    failed,
                    ignored,
                })
            });
            assert_eq!(parse(line), expected, "{line}");
        }
    }

    #[test]
    fn headings() {
        let cases = [
            (
                "     Running unittests src/lib.rs (target/debug/deps/openint-0f3a)",
                Line::Running("target/debug/deps/openint-0f3a"),
            ),
            (
                "     Running tests/conformance.rs (/tmp/a (b)/deps/conformance-1)\r\n",
                Line::Running("/tmp/a (b)/deps/conformance-1"),
            ),
            (
                "   Doc-tests openint_sandbox",
                Line::DocTests("openint_sandbox"),
            ),
            ("Running unittests src/lib.rs (x)", Line::Other),
            ("     Running `target/debug/xtask`", Line::Other),
            ("running 3 tests", Line::Other),
            ("test parser ... ok", Line::Other),
            ("", Line::Other),
        ];
        for (line, expected) in cases {
            assert_eq!(parse(line), expected, "{line}");
        }
    }
}
