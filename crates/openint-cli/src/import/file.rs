//! The file of rows: opened once, read as often as needed, record by record.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use csv::StringRecord;
use indexmap::IndexMap;
use openint::Json;
use tempfile::NamedTempFile;

use crate::cli::Format;
use crate::error::Failure;

/// The longest row of JSON lines that is read.
const MAX_LINE_BYTES: u64 = 16 << 20;

/// A file of rows. Standard input is copied to a temporary file, because it is read twice.
pub(super) struct Source {
    path: PathBuf,
    /// Gone with this.
    _copy: Option<NamedTempFile>,
    pub(super) format: Format,
    /// The columns of CSV.
    pub(super) header: StringRecord,
}

/// One row as it is in the file.
pub(super) struct Record {
    /// Counted from 1.
    pub(super) line: u64,
    pub(super) content: Content,
}

pub(super) enum Content {
    /// Cells under the columns of the header.
    Cells(StringRecord),
    /// The fields of an object.
    Object(IndexMap<String, Json>),
    /// The bytes of what is not a record, and why.
    Unreadable(Vec<u8>, String),
}

impl Source {
    pub(super) fn open(path: &Path, format: Option<Format>) -> Result<Self, Failure> {
        let copy = match path == Path::new("-") {
            true => Some(copy_of_input()?),
            false => None,
        };
        let path = copy.as_ref().map_or(path, NamedTempFile::path).to_owned();
        let format = match format.or_else(|| Format::of_name(&path)) {
            Some(format) => format,
            None => sniff(&path).map_err(Failure::file(&path))?,
        };
        let mut source = Self {
            path: path.clone(),
            _copy: copy,
            format,
            header: StringRecord::new(),
        };
        if format == Format::Csv {
            let mut reader = source.csv().map_err(Failure::file(&path))?;
            let header = reader.headers().cloned();
            source.header = header.map_err(|error| Failure::file(path)(error.into()))?;
        }
        Ok(source)
    }

    /// The records from the first on.
    pub(super) fn records(&self) -> io::Result<Records> {
        Ok(match self.format {
            Format::Csv => Records::Csv {
                columns: self.header.len(),
                records: self.csv()?.into_byte_records(),
            },
            Format::Jsonl => Records::Jsonl {
                lines: BufReader::new(open(&self.path)?),
                line: 0,
            },
        })
    }

    fn csv(&self) -> io::Result<csv::Reader<File>> {
        let mut options = csv::ReaderBuilder::new();
        options.flexible(true).trim(csv::Trim::Headers);
        Ok(options.from_reader(open(&self.path)?))
    }
}

fn copy_of_input() -> io::Result<NamedTempFile> {
    let mut copy = NamedTempFile::new()?;
    io::copy(&mut io::stdin().lock(), &mut copy)?;
    Ok(copy)
}

/// A file behind the byte order mark that spreadsheets write.
fn open(path: &Path) -> io::Result<File> {
    let mut file = File::open(path)?;
    let mut mark = [0; 3];
    let read = file.read(&mut mark)?;
    if mark[..read] != *b"\xEF\xBB\xBF" {
        file.rewind()?;
    }
    Ok(file)
}

fn sniff(path: &Path) -> io::Result<Format> {
    let mut start = [0; 64];
    let read = open(path)?.read(&mut start)?;
    let first = start[..read]
        .iter()
        .find(|byte| !byte.is_ascii_whitespace());
    Ok(match first {
        Some(b'{') => Format::Jsonl,
        _ => Format::Csv,
    })
}

/// Reads records one after the other.
pub(super) enum Records {
    Csv {
        columns: usize,
        records: csv::ByteRecordsIntoIter<File>,
    },
    Jsonl {
        lines: BufReader<File>,
        line: u64,
    },
}

impl Iterator for Records {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Csv { columns, records } => {
                let record = match records.next()? {
                    Ok(record) => record,
                    Err(error) => return Some(Err(error.into())),
                };
                let line = record.position().map_or(0, csv::Position::line);
                let content = match StringRecord::from_byte_record(record) {
                    Ok(cells) if cells.len() == *columns => Content::Cells(cells),
                    Ok(cells) => {
                        let why = format!("expected {columns} cells, found {}", cells.len());
                        Content::Unreadable(raw(cells.as_byte_record()), why)
                    }
                    Err(error) => {
                        let why = "expected UTF-8".to_owned();
                        Content::Unreadable(raw(&error.into_byte_record()), why)
                    }
                };
                Some(Ok(Record { line, content }))
            }
            Self::Jsonl { lines, line } => loop {
                let mut bytes = Vec::new();
                match lines.take(MAX_LINE_BYTES).read_until(b'\n', &mut bytes) {
                    Err(error) => return Some(Err(error)),
                    Ok(0) => return None,
                    Ok(_) => *line += 1,
                }
                if bytes.len() as u64 == MAX_LINE_BYTES {
                    let why = format!("line {line} has more than {MAX_LINE_BYTES} bytes");
                    return Some(Err(io::Error::new(io::ErrorKind::InvalidData, why)));
                }
                if bytes.iter().all(u8::is_ascii_whitespace) {
                    continue;
                }
                return Some(Ok(Record {
                    line: *line,
                    content: object(bytes),
                }));
            },
        }
    }
}

fn object(mut bytes: Vec<u8>) -> Content {
    while bytes.last().is_some_and(u8::is_ascii_whitespace) {
        bytes.pop();
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            return Content::Unreadable(error.into_bytes(), "expected UTF-8".to_owned());
        }
    };
    match serde_json::from_str(&text) {
        Ok(fields) => Content::Object(fields),
        Err(error) => {
            let why = format!("expected a JSON object ({error})");
            Content::Unreadable(text.into_bytes(), why)
        }
    }
}

/// A record of CSV as a line.
fn raw(record: &csv::ByteRecord) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let written = writer.write_byte_record(record);
    let mut line = written
        .ok()
        .and_then(|()| writer.into_inner().ok())
        .unwrap_or_default();
    line.pop();
    line
}
