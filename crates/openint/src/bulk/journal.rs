//! The journal: which rows were begun and how they ended, as JSON lines that only grow.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};
use serde::{Deserialize, Serialize};

use super::row::{Fingerprint, Row, RowKey};

const VERSION: u32 = 1;

/// The longest line that a journal can have, and then some.
const MAX_LINE_BYTES: u64 = 64 * 1024;

/// Errors of a journal. In each case the file is as it was, and no row was lost.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// Another process is using the journal.
    #[error(
        "the journal {} is in use by another import; wait for it or give this one another journal",
        path.display()
    )]
    #[non_exhaustive]
    Locked {
        /// The file.
        path: PathBuf,
    },

    /// The journal belongs to another import or another server.
    #[error(
        "the journal {} is of the import `{import}` on {server}; give this import another journal",
        path.display()
    )]
    #[non_exhaustive]
    OtherImport {
        /// The file.
        path: PathBuf,
        /// The import that it belongs to.
        import: String,
        /// The server that it belongs to.
        server: String,
    },

    /// A row in the journal has the same id and another customer, connector config or connector:
    /// the rows come from another file.
    #[error(
        "row `{row}` is in the journal {} for another customer or connector, so these rows are not \
         those of its import; give this import another name and journal",
        path.display()
    )]
    #[non_exhaustive]
    OtherRows {
        /// The file.
        path: PathBuf,
        /// The id of the row.
        row: String,
    },

    /// The file exists and is not a journal.
    #[error("{} is not a journal; it was left as it is", path.display())]
    #[non_exhaustive]
    NotAJournal {
        /// The file.
        path: PathBuf,
    },

    /// The journal was written by a later version.
    #[error("the journal {} has version {version}; use a later release", path.display())]
    #[non_exhaustive]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: u32,
    },

    /// A line other than the last one is damaged.
    #[error(
        "line {line} of the journal {} is damaged; restore the file, because guessing could double \
         rows",
        path.display()
    )]
    #[non_exhaustive]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
    },

    /// The file could not be read or written, for example on a full disk.
    #[error(
        "the journal {} cannot be used ({source}); fix that and run the import again, it goes on \
         from here",
        path.display()
    )]
    #[non_exhaustive]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

/// The first line of a journal.
#[derive(Serialize, Deserialize)]
struct Header {
    openint_journal: u32,
    import: String,
    server: String,
}

/// A line after the first. It holds no parameters of a row, so no secret.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Entry {
    /// Written before anything is sent.
    Begun {
        row: String,
        of: Fingerprint,
    },
    Created {
        row: String,
        connection: String,
    },
    Found {
        row: String,
        connection: String,
    },
    Failed {
        row: String,
        error: String,
        may_have_been_applied: bool,
    },
}

/// An open, locked journal.
pub(super) struct Journal {
    file: File,
    path: PathBuf,
    /// The length up to the last line that is surely written.
    length: u64,
}

impl Journal {
    /// Opens or creates the journal of an import, and reads what earlier runs wrote.
    pub(super) fn open(
        path: &Path,
        import: &str,
        server: &str,
    ) -> Result<(Self, History), JournalError> {
        let io = |source| JournalError::Io {
            path: path.to_owned(),
            source,
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let file = options.open(path).map_err(io)?;
        match FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(JournalError::Locked {
                    path: path.to_owned(),
                });
            }
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        let header = Header {
            openint_journal: VERSION,
            import: import.to_owned(),
            server: server.to_owned(),
        };
        let mut reading = Reading {
            path,
            lines: BufReader::new(&file),
            number: 0,
            length: 0,
        };
        let is_begun = reading.header(&header)?;
        let mut history = History {
            path: path.to_owned(),
            ..History::default()
        };
        if is_begun {
            reading.history(&mut history)?;
        }
        let length = reading.length;
        // What follows is a last line that was cut off.
        file.set_len(length).map_err(io)?;
        let mut journal = Self {
            file,
            path: path.to_owned(),
            length,
        };
        journal
            .file
            .seek(SeekFrom::Start(length))
            .map_err(|error| journal.error(error))?;
        if !is_begun {
            let mut line =
                serde_json::to_vec(&header).expect("texts and a number have a JSON form");
            line.push(b'\n');
            journal.append(&line)?;
            journal
                .sync_folder()
                .map_err(|error| journal.error(error))?;
        }
        Ok((journal, history))
    }

    /// Writes lines and waits until the disk has them. What could not be written whole is taken
    /// back as far as the disk allows.
    pub(super) fn append(&mut self, lines: &[u8]) -> Result<(), JournalError> {
        let written = self
            .file
            .write_all(lines)
            .and_then(|()| self.file.sync_data());
        match written {
            Ok(()) => {
                self.length += lines.len() as u64;
                Ok(())
            }
            Err(error) => {
                let _ = self.file.set_len(self.length);
                Err(self.error(error))
            }
        }
    }

    /// A new file is there after a power cut only when its folder was written too.
    fn sync_folder(&self) -> io::Result<()> {
        let folder = self.path.parent().filter(|folder| *folder != Path::new(""));
        if cfg!(unix) {
            File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        }
        Ok(())
    }

    fn error(&self, source: io::Error) -> JournalError {
        JournalError::Io {
            path: self.path.clone(),
            source,
        }
    }
}

pub(super) fn write_entry(lines: &mut Vec<u8>, entry: &Entry) {
    serde_json::to_writer(&mut *lines, entry).expect("an entry has a JSON form");
    lines.push(b'\n');
}

/// A journal while it is read.
struct Reading<'a, R> {
    path: &'a Path,
    lines: R,
    number: u64,
    /// The bytes up to the end of the last whole line.
    length: u64,
}

impl<R: BufRead> Reading<'_, R> {
    /// The next line without its end; nothing for one that was cut off, which can only be the last.
    fn line(&mut self, line: &mut Vec<u8>) -> Result<bool, JournalError> {
        line.clear();
        let mut lines = self.lines.by_ref().take(MAX_LINE_BYTES);
        lines
            .read_until(b'\n', line)
            .map_err(|source| JournalError::Io {
                path: self.path.to_owned(),
                source,
            })?;
        self.number += 1;
        if !line.ends_with(b"\n") {
            return match line.len() as u64 == MAX_LINE_BYTES {
                true => Err(self.damaged()),
                false => Ok(false),
            };
        }
        self.length += line.len() as u64;
        Ok(true)
    }

    /// Reads the header, which must be this one; `false` when there is none yet.
    fn header(&mut self, own: &Header) -> Result<bool, JournalError> {
        let mut line = Vec::new();
        let not_a_journal = || JournalError::NotAJournal {
            path: self.path.to_owned(),
        };
        let is_whole = match self.line(&mut line) {
            Err(JournalError::Damaged { .. }) => return Err(not_a_journal()),
            other => other?,
        };
        if !is_whole {
            let text = serde_json::to_vec(own).expect("texts and a number have a JSON form");
            return match text.starts_with(&line) {
                true => Ok(false),
                false => Err(not_a_journal()),
            };
        }
        #[derive(Deserialize)]
        struct Version {
            openint_journal: u32,
        }
        let Version { openint_journal } =
            serde_json::from_slice(&line).map_err(|_| not_a_journal())?;
        if openint_journal != VERSION {
            return Err(JournalError::Version {
                path: self.path.to_owned(),
                version: openint_journal,
            });
        }
        let header: Header = serde_json::from_slice(&line).map_err(|_| not_a_journal())?;
        if header.import != own.import || header.server != own.server {
            return Err(JournalError::OtherImport {
                path: self.path.to_owned(),
                import: header.import,
                server: header.server,
            });
        }
        Ok(true)
    }

    fn history(&mut self, history: &mut History) -> Result<(), JournalError> {
        let mut line = Vec::new();
        while self.line(&mut line)? {
            let entry = serde_json::from_slice(&line).map_err(|_| self.damaged())?;
            history.add(&entry);
        }
        history.ended.sort_unstable();
        Ok(())
    }

    fn damaged(&self) -> JournalError {
        JournalError::Damaged {
            path: self.path.to_owned(),
            line: self.number,
        }
    }
}

/// The rows of earlier runs: 16 bytes for each that ended, and a few more for each that did not.
#[derive(Default)]
pub(super) struct History {
    path: PathBuf,
    ended: Vec<(RowKey, Fingerprint)>,
    open: HashMap<RowKey, (Fingerprint, Before)>,
}

/// The state of a row after earlier runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing was sent for it, or nothing that had an effect.
    New,
    /// It may have been sent.
    Begun,
    /// It has a connection.
    Ended,
}

impl History {
    fn add(&mut self, entry: &Entry) {
        match entry {
            Entry::Begun { row, of } => {
                self.open.insert(RowKey::of(row), (*of, Before::Begun));
            }
            Entry::Created { row, .. } | Entry::Found { row, .. } => {
                let key = RowKey::of(row);
                if let Some((of, _)) = self.open.remove(&key) {
                    self.ended.push((key, of));
                }
            }
            Entry::Failed {
                row,
                may_have_been_applied,
                ..
            } => {
                if let Some((_, before)) = self.open.get_mut(&RowKey::of(row)) {
                    *before = match may_have_been_applied {
                        true => Before::Begun,
                        false => Before::New,
                    };
                }
            }
        }
    }

    /// Finds the state of a row; an error when its id stood for another row.
    pub(super) fn look_up(&self, row: &Row, key: RowKey) -> Result<Before, JournalError> {
        let ended = self.ended.binary_search_by_key(&key, |(key, _)| *key);
        let (known, before) = match (ended, self.open.get(&key)) {
            (Ok(at), _) => (self.ended[at].1, Before::Ended),
            (_, Some(open)) => *open,
            _ => return Ok(Before::New),
        };
        // A row that had no effect may be fixed before it is sent again.
        if known == row.fingerprint() || before == Before::New {
            return Ok(before);
        }
        Err(JournalError::OtherRows {
            path: self.path.clone(),
            row: row.id.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::connections::{ConnectorData, CreateConnection};

    fn open(path: &Path) -> Result<(Journal, History), JournalError> {
        Journal::open(path, "move", "https://api.example/v1")
    }

    fn begun(row: &str) -> Entry {
        Entry::Begun {
            row: row.to_owned(),
            of: row_of(row, "customer").fingerprint(),
        }
    }

    fn created(row: &str) -> Entry {
        Entry::Created {
            row: row.to_owned(),
            connection: "conn_1".to_owned(),
        }
    }

    fn failed(row: &str, may_have_been_applied: bool) -> Entry {
        Entry::Failed {
            row: row.to_owned(),
            error: "timeout".to_owned(),
            may_have_been_applied,
        }
    }

    fn written(path: &Path, entries: &[Entry]) {
        let (mut journal, _) = open(path).unwrap();
        let mut lines = Vec::new();
        for entry in entries {
            write_entry(&mut lines, entry);
        }
        journal.append(&lines).unwrap();
    }

    fn row_of(id: &str, customer: &str) -> Row {
        let data = ConnectorData::new("github", serde_json::json!({}));
        Row::new(id, CreateConnection::new("ccfg_", customer, data))
    }

    fn before(history: &History, row: &str) -> Option<Before> {
        of_customer(history, row, "customer")
    }

    fn of_customer(history: &History, row: &str, customer: &str) -> Option<Before> {
        history
            .look_up(&row_of(row, customer), RowKey::of(row))
            .ok()
    }

    #[test]
    fn a_row_is_as_its_last_entry_says() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let rows = ["ended", "begun", "refused", "unknown", "again"];
        let entries: Vec<Entry> = rows.map(begun).into();
        written(&path, &entries);
        written(
            &path,
            &[
                created("ended"),
                failed("refused", false),
                failed("unknown", true),
                failed("again", true),
                begun("again"),
                created("again"),
            ],
        );
        let (_, history) = open(&path).unwrap();
        for (row, expected) in [
            ("ended", Before::Ended),
            ("begun", Before::Begun),
            ("refused", Before::New),
            ("unknown", Before::Begun),
            ("again", Before::Ended),
            ("never seen", Before::New),
        ] {
            assert_eq!(before(&history, row), Some(expected), "{row}");
        }
        assert_eq!(of_customer(&history, "ended", "other"), None);
        assert_eq!(of_customer(&history, "begun", "other"), None);
        let fixed = of_customer(&history, "refused", "other");
        assert_eq!(fixed, Some(Before::New));
    }

    #[test]
    fn a_file_that_is_cut_anywhere_goes_on_where_its_last_whole_line_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        written(&path, &[begun("1"), created("1"), begun("2")]);
        let whole = std::fs::read(&path).unwrap();
        for cut in 0..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            written(&path, &[begun("3")]);
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.ends_with("\n"), "cut at {cut}: {text}");
            let (_, history) = open(&path).unwrap();
            assert_eq!(before(&history, "3"), Some(Before::Begun), "cut at {cut}");
            let lines = whole[..cut].iter().filter(|byte| **byte == b'\n').count();
            let first = match lines {
                0 | 1 => Before::New,
                2 => Before::Begun,
                _ => Before::Ended,
            };
            assert_eq!(before(&history, "1"), Some(first), "cut at {cut}");
        }
    }

    #[test]
    fn what_must_not_be_used_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        written(&path, &[begun("1"), created("1")]);
        let whole = std::fs::read_to_string(&path).unwrap();

        let other = Journal::open(&path, "other", "https://api.example/v1").err();
        assert!(
            matches!(other, Some(JournalError::OtherImport { import, .. }) if import == "move")
        );
        let other = Journal::open(&path, "move", "https://other.example/v1").err();
        assert!(matches!(other, Some(JournalError::OtherImport { .. })));

        let held = open(&path).unwrap();
        assert!(matches!(open(&path), Err(JournalError::Locked { .. })));
        drop(held);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), whole);

        for text in [
            "customer_id,connector\na,b\n",
            "no end of line",
            "{\"openint\"",
            &"x".repeat(1 << 20),
        ] {
            std::fs::write(&path, text).unwrap();
            let refused = open(&path).err().unwrap();
            assert!(
                matches!(refused, JournalError::NotAJournal { .. }),
                "{refused}"
            );
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }

        let later = whole.replacen(":1,", ":2,", 1);
        std::fs::write(&path, later).unwrap();
        let refused = open(&path).err();
        assert!(matches!(
            refused,
            Some(JournalError::Version { version: 2, .. })
        ));

        let damaged = whole.replacen("begun", "b\u{0}gun", 1);
        std::fs::write(&path, &damaged).unwrap();
        let refused = open(&path).err();
        assert!(matches!(
            refused,
            Some(JournalError::Damaged { line: 2, .. })
        ));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), damaged);
    }

    #[test]
    fn a_million_rows_cost_sixteen_megabytes() {
        assert_eq!(size_of::<(RowKey, Fingerprint)>(), 16);
    }
}
