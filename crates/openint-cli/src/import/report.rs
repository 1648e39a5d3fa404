//! The result of an import: the report, and the file of rows to fix.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use csv::StringRecord;
use indexmap::IndexMap;
use indicatif::HumanCount;
use openint::Json;
use openint::bulk::Progress;
use serde::Serialize;

use super::check::Checked;
use super::file::{Content, Source};
use super::record::{ERROR_FIELD, Reader};
use crate::error::Failure;
use crate::export::private;

/// The number of bad rows that the report shows.
const MAX_SHOWN: usize = 20;

/// The end of an import.
pub(super) struct Report<'a> {
    pub(super) name: &'a str,
    pub(super) checked: &'a Checked,
    pub(super) progress: Progress,
    /// Ids of rows that failed, and why.
    pub(super) failed: HashMap<String, String>,
    pub(super) journal: Option<&'a Path>,
    pub(super) failed_file: Option<PathBuf>,
    pub(super) is_dry: bool,
}

/// The same for programs.
#[derive(Serialize)]
struct Summary<'a> {
    event: &'static str,
    import: &'a str,
    created: u64,
    found: u64,
    skipped: u64,
    failed: u64,
    bad: usize,
    not_sent: u64,
    errors: &'a std::collections::BTreeMap<String, u64>,
    seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    journal: Option<&'a Path>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed_file: Option<&'a Path>,
}

impl Report<'_> {
    /// Rows that can be sent and were not, because the import stopped.
    pub(super) fn not_sent(&self) -> u64 {
        self.checked.good - self.progress.rows()
    }

    pub(super) fn json(&self) -> Result<String, Failure> {
        let progress = &self.progress;
        let summary = Summary {
            event: "summary",
            import: self.name,
            created: progress.created,
            found: progress.found,
            skipped: progress.skipped,
            failed: progress.failed,
            bad: self.checked.bad_lines().len(),
            not_sent: self.not_sent(),
            errors: &progress.errors,
            seconds: (progress.elapsed.as_secs_f64() * 1e3).round() / 1e3,
            journal: self.journal,
            failed_file: self.failed_file.as_deref(),
        };
        Ok(Json::from_serialize(&summary)?.as_str().to_owned())
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let bad = self.checked.bad_lines().len() as u64;
        let progress = &self.progress;
        let total = self.checked.good + bad;
        let heading = match self.is_dry {
            true => format!(
                "{}: {} rows, nothing was created",
                self.name,
                HumanCount(total)
            ),
            false => {
                let seconds = progress.elapsed.as_secs_f64();
                format!(
                    "{}: {} rows in {seconds:.1} s",
                    self.name,
                    HumanCount(total)
                )
            }
        };
        let _ = writeln!(text, "{heading}");
        let ready = [("good", self.checked.good, "can be sent")];
        let ended = [
            ("created", progress.created, ""),
            ("found", progress.found, "their connection was there"),
            (
                "skipped",
                progress.skipped,
                "they have a connection, by the journal",
            ),
            ("failed", progress.failed, "the next run tries them again"),
            ("not sent", self.not_sent(), "the import stopped before"),
        ];
        let lines = if self.is_dry { &ready[..] } else { &ended[..] };
        let bad = ("bad", bad, "they cannot be sent as they are");
        for (name, count, note) in lines.iter().chain([&bad]) {
            let note = if *count == 0 { "" } else { note };
            let line = format!("  {name:<9} {:>9}  {note}", HumanCount(*count).to_string());
            let _ = writeln!(text, "{}", line.trim_end());
        }
        if !progress.errors.is_empty() {
            let errors = progress.errors.iter();
            let errors: Vec<_> = errors
                .map(|(name, count)| format!("{count} {name}"))
                .collect();
            let _ = writeln!(text, "Failures: {}", errors.join(", "));
            let mut shown: Vec<_> = self.failed.iter().collect();
            shown.sort();
            list(
                &mut text,
                shown.len(),
                shown.iter().map(|(id, why)| format!("row {id}: {why}")),
            );
        }
        let problems = &self.checked.problems;
        if !problems.is_empty() {
            let _ = writeln!(text, "Bad rows:");
            list(
                &mut text,
                problems.len(),
                problems.iter().map(ToString::to_string),
            );
        }
        if let Some(path) = &self.failed_file {
            let path = path.display();
            let _ = writeln!(
                text,
                "Rows to fix are in {path}, which can be imported in turn."
            );
        }
        if let Some(path) = self.journal {
            let _ = writeln!(text, "Journal: {}", path.display());
        }
        text
    }
}

fn list(text: &mut String, count: usize, lines: impl Iterator<Item = String>) {
    for line in lines.take(MAX_SHOWN) {
        let _ = writeln!(text, "  {line}");
    }
    if count > MAX_SHOWN {
        let _ = writeln!(
            text,
            "  and {} more",
            HumanCount((count - MAX_SHOWN) as u64)
        );
    }
}

/// Writes the rows that are bad or failed as they are in the file, each with its reason.
pub(super) fn write_failed(
    path: &Path,
    source: &Source,
    reader: &Reader,
    checked: &Checked,
    failed: &HashMap<String, String>,
) -> Result<(), Failure> {
    let mut reasons: IndexMap<u64, String> = IndexMap::new();
    for problem in &checked.problems {
        let reason = match problem.field.as_str() {
            "" => problem.message.clone(),
            field => format!("{field}: {}", problem.message),
        };
        let known = reasons.entry(problem.line).or_default();
        let separator = if known.is_empty() { "" } else { "; " };
        known.push_str(separator);
        known.push_str(&reason);
    }
    // Beside the target until it is whole: the input may be the last run's file of failed rows.
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let temporary = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")));
    let temporary = temporary.map_err(Failure::file(path))?;
    let mut target = io::BufWriter::new(private(temporary.path()).map_err(Failure::file(path))?);
    let error_column = source
        .header
        .iter()
        .position(|column| column == ERROR_FIELD);
    if !source.header.is_empty() {
        let header = with_error(&source.header, error_column, ERROR_FIELD);
        target
            .write_all(&line(&header))
            .map_err(Failure::file(path))?;
    }
    for record in source.records()? {
        let record = record?;
        let reason = match reasons.get(&record.line) {
            Some(reason) => Some(reason),
            None => reader.id(&record).and_then(|id| failed.get(&id)),
        };
        let Some(reason) = reason else { continue };
        let bytes = match &record.content {
            Content::Cells(cells) => line(&with_error(cells, error_column, reason)),
            Content::Object(fields) => {
                let mut fields = fields.clone();
                fields.insert(ERROR_FIELD.to_owned(), Json::from_serialize(reason)?);
                let mut bytes = serde_json::to_vec(&fields).map_err(io::Error::from)?;
                bytes.push(b'\n');
                bytes
            }
            Content::Unreadable(bytes, _) => [bytes.as_slice(), b"\n"].concat(),
        };
        target.write_all(&bytes).map_err(Failure::file(path))?;
    }
    target.flush().map_err(Failure::file(path))?;
    let kept = temporary.persist(path);
    kept.map_err(|error| Failure::file(path)(error.error))?;
    Ok(())
}

/// A record with the reason in its column, which is the last one unless it was there.
fn with_error(cells: &StringRecord, column: Option<usize>, reason: &str) -> StringRecord {
    match column {
        None => {
            let mut cells = cells.clone();
            cells.push_field(reason);
            cells
        }
        Some(column) => {
            let cells = cells.iter().enumerate();
            cells
                .map(|(at, cell)| if at == column { reason } else { cell })
                .collect()
        }
    }
}

fn line(record: &StringRecord) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(record);
    written
        .ok()
        .and_then(|()| writer.into_inner().ok())
        .expect("memory takes what is written")
}
