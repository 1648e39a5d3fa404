//! `openint import`: a file of rows becomes connections, one a row.

mod bar;
mod check;
mod column;
mod file;
mod problem;
mod record;
mod report;

use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Poll;
use std::time::Duration;

use openint::bulk::{Ended, Import, Outcome, Row};
use openint::{CancelToken, Json, RequestOptions};
use serde::Serialize;

use self::bar::Bar;
use self::check::Checked;
pub(crate) use self::column::FIELDS;
use self::file::Source;
use self::record::Reader;
use self::report::Report;
use crate::account::Account;
use crate::cli::{Global, ImportArgs};
use crate::error::{Failure, exit};
use crate::output::{Output, written};

/// The longest wait for an outcome before the bar is drawn.
const TICK: Duration = Duration::from_millis(100);

pub(crate) fn run(
    global: &Global,
    args: &ImportArgs,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let paths = Paths::new(global, args)?;
    let source = Source::open(&args.file, args.format)?;
    let reader = Reader::new(args, &source)?;
    // A dry run does without an account.
    let account = match Account::open(global) {
        Err(_) if args.dry_run => None,
        account => Some(account?),
    };
    // A key that is refused is found before the file is read.
    let server = account.as_ref().map(Account::name).transpose()?;
    let client = account.as_ref().map(|account| &account.client);
    let checked = check::check(&source, &reader, client)?;
    let (Some(account), Some(server), false) = (&account, server, args.dry_run) else {
        return finish(
            &source,
            &reader,
            &paths,
            Report::dry(args, &checked),
            output,
        );
    };

    let signals = Signals::listen()?;
    let client = account
        .client
        .with_options(RequestOptions::new().cancel(signals.abort.clone()));
    let rows = rows(&source, &reader, &checked)?;
    let mut import = Import::new(&args.name)
        .journal(&paths.journal)
        .server(server)
        .concurrency(args.concurrency)
        .cancel(signals.stop.clone());
    if let Some(rate) = args.max_rate {
        import = import.max_rate(rate);
    }
    let mut outcomes = import.start(&client, rows)?;
    let progress = outcomes.progress();
    let mut bar = Bar::new(checked.good);
    let mut failed = HashMap::new();
    let mut stopped = None;
    loop {
        match outcomes.next_within(TICK) {
            Poll::Pending => {}
            Poll::Ready(None) => break,
            Poll::Ready(Some(Err(error))) => stopped = Some(error),
            Poll::Ready(Some(Ok(outcome))) => {
                if output.json {
                    print(&outcome)?;
                }
                if let Ended::Failed(error) = outcome.ended {
                    failed.insert(outcome.row_id, error.to_string());
                }
            }
        }
        bar.show(|| progress.snapshot(), signals.stop.is_cancelled());
    }
    let progress = progress.snapshot();
    bar.end(&progress);
    let report = Report {
        name: &args.name,
        checked: &checked,
        progress,
        failed,
        journal: Some(&paths.journal),
        failed_file: None,
        is_dry: false,
    };
    let is_cut = report.not_sent() > 0;
    let code = finish(&source, &reader, &paths, report, output)?;
    match stopped {
        Some(error) => Err(error.into()),
        None if signals.stop.is_cancelled() => {
            eprintln!("interrupted; run the same command again to go on");
            Ok(ExitCode::from(exit::INTERRUPTED))
        }
        None if is_cut => {
            let why = "the file could not be read to its end again; run the same command again";
            Err(Failure::Io(io::Error::other(why)))
        }
        None => Ok(code),
    }
}

/// The files beside the one that is imported.
struct Paths {
    journal: PathBuf,
    failed: Option<PathBuf>,
    name: String,
}

impl Paths {
    fn new(global: &Global, args: &ImportArgs) -> Result<Self, Failure> {
        let is_plain = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
        if !args.name.chars().all(is_plain) || args.name.starts_with('.') {
            let expected = "expected letters, digits, blanks and `-_.`, for it names files";
            return Err(Failure::Usage(format!("--name: {expected}")));
        }
        // What a local server was given is gone with it, so its journal says nothing about others.
        let journal = match global.local {
            true => format!("{}.local.journal", args.name),
            false => format!("{}.journal", args.name),
        };
        Ok(Self {
            journal: args.journal.clone().unwrap_or_else(|| journal.into()),
            failed: args.failed.clone(),
            name: args.name.clone(),
        })
    }

    fn failed(&self, source: &Source) -> PathBuf {
        let extension = source.format.extension();
        let usual = || format!("{}.failed.{extension}", self.name).into();
        self.failed.clone().unwrap_or_else(usual)
    }
}

impl<'a> Report<'a> {
    fn dry(args: &'a ImportArgs, checked: &'a Checked) -> Self {
        Self {
            name: &args.name,
            checked,
            progress: Default::default(),
            failed: HashMap::new(),
            journal: None,
            failed_file: None,
            is_dry: true,
        }
    }
}

/// The rows that can be sent, read as they are needed.
fn rows(
    source: &Source,
    reader: &Reader,
    checked: &Checked,
) -> Result<impl Iterator<Item = Row> + Send + 'static, Failure> {
    let bad = checked.bad_lines();
    let reader = reader.clone();
    let records = source.records()?.map_while(Result::ok);
    Ok(records
        .filter(move |record| bad.binary_search(&record.line).is_err())
        .filter_map(move |record| reader.row(&record).ok()))
}

/// Writes the rows to fix, and the report.
fn finish(
    source: &Source,
    reader: &Reader,
    paths: &Paths,
    mut report: Report<'_>,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let is_clean = report.checked.problems.is_empty() && report.failed.is_empty();
    if !is_clean {
        let path = paths.failed(source);
        report::write_failed(&path, source, reader, report.checked, &report.failed)?;
        report.failed_file = Some(path);
    }
    let text = report.text();
    if output.json {
        written(writeln!(io::stdout(), "{}", report.json()?))?;
        eprint!("{text}");
    } else {
        written(write!(io::stdout(), "{text}"))?;
    }
    match is_clean {
        true => Ok(ExitCode::SUCCESS),
        false => Ok(ExitCode::from(exit::ROWS)),
    }
}

/// An outcome as a line of JSON.
fn print(outcome: &Outcome) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Line<'a> {
        event: &'a str,
        row: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        connection: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    }
    let (event, connection, error) = match &outcome.ended {
        Ended::Created(connection) => ("created", Some(connection.id.as_str()), None),
        Ended::Found(connection) => ("found", Some(connection.id.as_str()), None),
        Ended::Skipped => ("skipped", None, None),
        Ended::Failed(error) => ("failed", None, Some(error.to_string())),
    };
    let line = Json::from_serialize(&Line {
        event,
        row: &outcome.row_id,
        connection,
        error,
    })?;
    written(writeln!(io::stdout(), "{line}"))?;
    Ok(())
}

/// Ctrl-C: once to stop, twice to end calls under way, three times to end at once.
struct Signals {
    stop: CancelToken,
    abort: CancelToken,
}

impl Signals {
    fn listen() -> Result<Self, Failure> {
        let (stop, abort) = (CancelToken::new(), CancelToken::new());
        let signals = Self {
            stop: stop.clone(),
            abort: abort.clone(),
        };
        let count = Arc::new(AtomicU32::new(0));
        let listening = ctrlc::set_handler(move || {
            match count.fetch_add(1, Ordering::Relaxed) {
                0 => {
                    if !io::stderr().is_terminal() {
                        eprintln!("stopping; once more to end the calls under way");
                    }
                    stop.cancel();
                }
                1 => abort.cancel(),
                _ => std::process::exit(exit::INTERRUPTED.into()),
            };
        });
        listening.map_err(|error| Failure::Io(io::Error::other(error)))?;
        Ok(signals)
    }
}
