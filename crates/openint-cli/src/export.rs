//! `openint export`: connections in the form that `openint import` reads.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use indexmap::IndexMap;
use openint::{Connection, IDEMPOTENCY_KEY_FIELD, Json};

use crate::account::Account;
use crate::cli::{ExportArgs, Format, Global};
use crate::commands::{limit, list_connections};
use crate::error::Failure;
use crate::import::FIELDS;
use crate::output::written;

/// The fields of a row that the server knows; the last two are options of a create.
const COLUMNS: &[&str] = FIELDS.split_at(6).0;

/// A page whose rows have secrets takes the server longer.
const PAGE_SIZE: u32 = 1_000;

pub(crate) fn run(global: &Global, args: &ExportArgs) -> Result<ExitCode, Failure> {
    let named = args.file.as_deref().and_then(Format::of_name);
    let format = args.format.or(named).unwrap_or(Format::Jsonl);
    let account = Account::open(global)?;
    let rows = account
        .client
        .iter(list_connections(global, &args.which).limit(PAGE_SIZE));
    let target: Box<dyn Write> = match &args.file {
        Some(path) => Box::new(private(path).map_err(Failure::file(path))?),
        None => Box::new(io::stdout().lock()),
    };
    let mut writer = Writer::new(format, target)?;
    let mut count = 0_u64;
    for connection in rows.take(limit(&args.which.list)) {
        if !written(writer.write(&fields(connection?)?))? {
            return Ok(ExitCode::SUCCESS);
        }
        count += 1;
    }
    written(writer.finish())?;
    if let Some(path) = &args.file {
        eprintln!("{count} connections written to {}", path.display());
    }
    if !global.show_secrets {
        eprintln!("without settings: add --show-secrets to write a file that can be imported");
    }
    Ok(ExitCode::SUCCESS)
}

/// A file that only its owner can read.
pub(crate) fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

fn fields(connection: Connection) -> Result<IndexMap<&'static str, Json>, Failure> {
    let mut fields: IndexMap<String, Json> = Json::from_serialize(&connection)?.to()?;
    if let Some(metadata) = fields.get_mut("metadata").filter(|json| json.is_object()) {
        // An import has keys of its own.
        let mut kept: IndexMap<String, Json> = metadata.to()?;
        kept.shift_remove(IDEMPOTENCY_KEY_FIELD);
        *metadata = Json::from_serialize(&kept)?;
    }
    let taken = COLUMNS.iter().filter_map(|&name| {
        let value = fields.get(name).filter(|value| !value.is_null())?;
        Some((name, value.clone()))
    });
    Ok(taken.collect())
}

enum Writer {
    Csv(Box<csv::Writer<Box<dyn Write>>>),
    Jsonl(BufWriter<Box<dyn Write>>),
}

impl Writer {
    fn new(format: Format, target: Box<dyn Write>) -> Result<Self, Failure> {
        Ok(match format {
            Format::Jsonl => Self::Jsonl(BufWriter::new(target)),
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(target);
                writer.write_record(COLUMNS).map_err(io::Error::from)?;
                Self::Csv(Box::new(writer))
            }
        })
    }

    fn write(&mut self, fields: &IndexMap<&'static str, Json>) -> io::Result<()> {
        match self {
            Self::Jsonl(target) => {
                serde_json::to_writer(&mut *target, fields)?;
                target.write_all(b"\n")
            }
            Self::Csv(writer) => {
                let cells = COLUMNS.iter().map(|name| match fields.get(name) {
                    None => String::new(),
                    Some(value) => value
                        .to::<String>()
                        .unwrap_or_else(|_| value.as_str().to_owned()),
                });
                writer.write_record(cells).map_err(io::Error::from)
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Jsonl(mut target) => target.flush(),
            Self::Csv(mut writer) => writer.flush(),
        }
    }
}
