//! The table of what was built.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Job;
use super::system::System;

const HEADER: [&str; 5] = ["target", "artifact", "tag or floor", "bytes", "tried"];

/// A line of the table.
pub(super) struct Row {
    cells: [String; 5],
    end: End,
}

#[derive(PartialEq, Eq)]
enum End {
    Built,
    NotBuilt,
    Failed,
}

impl Row {
    pub(super) fn of(
        job: &Job,
        artifact: &str,
        floor: &str,
        file: &Path,
        tried: &str,
    ) -> Result<Self> {
        Self::built(job.system.triple, artifact, floor, file, tried)
    }

    /// An artifact that is for every system.
    pub(super) fn of_all(artifact: &str, floor: &str, file: &Path, tried: &str) -> Result<Self> {
        Self::built("", artifact, floor, file, tried)
    }

    fn built(target: &str, artifact: &str, floor: &str, file: &Path, tried: &str) -> Result<Self> {
        let bytes = fs::metadata(file)?.len().to_string();
        Ok(Self {
            cells: [target, artifact, floor, &bytes, tried].map(str::to_owned),
            end: End::Built,
        })
    }

    pub(super) fn failed(target: &str, artifact: &str, error: &anyhow::Error) -> Self {
        let why = format!("FAILED: {error:#}");
        Self {
            cells: [target, artifact, "", "", &why].map(str::to_owned),
            end: End::Failed,
        }
    }

    /// What this machine cannot build.
    pub(super) fn not_built(system: System, why: &str) -> Self {
        let why = format!("not here: {why}");
        Self {
            cells: [system.triple, "", "", "", &why].map(str::to_owned),
            end: End::NotBuilt,
        }
    }

    pub(super) fn is_built(&self) -> bool {
        self.end == End::Built
    }

    pub(super) fn has_failed(&self) -> bool {
        self.end == End::Failed
    }
}

pub(super) fn render(rows: &[Row]) -> String {
    let header = HEADER.map(str::to_owned);
    let lines = || std::iter::once(&header).chain(rows.iter().map(|row| &row.cells));
    let width = |column: usize| lines().map(|cells| cells[column].chars().count()).max();
    let widths = [0, 1, 2, 3].map(|column| width(column).unwrap_or(0));
    lines()
        .map(|[target, artifact, floor, bytes, tried]| {
            let [t, a, f, b] = widths;
            format!("{target:<t$}  {artifact:<a$}  {floor:<f$}  {bytes:>b$}  {tried}\n")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_a_row_like_others() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(&file, "12345678").unwrap();
        let rows = [
            Row::built("x", "a wheel", "manylinux_2_17_x86_64", file.path(), "run").unwrap(),
            Row::failed("y", "b", &anyhow::anyhow!("no linker")),
        ];
        assert!(rows[0].is_built() && rows[1].has_failed());
        let expected = [
            "target  artifact  tag or floor           bytes  tried",
            "x       a wheel   manylinux_2_17_x86_64      8  run",
            "y       b                                       FAILED: no linker",
            "",
        ];
        assert_eq!(render(&rows), expected.join("\n"));
    }
}
