//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum, builder::NonEmptyStringValueParser};
use clap_complete::Shell;

const ENVIRONMENT: &str = "\
Environment:
  OPENINT_API_KEY   the API key of your organisation
  OPENINT_BASE_URL  the API's URL, https://api.openint.dev/v1 unless set

Exit codes:
  0    success
  1    the command failed
  2    the command line or the input is unusable; nothing was sent
  3    not found
  4    the API key is refused
  5    the server cannot be reached or has too much to do; try again later
  6    done, but rows failed or are bad, or a connection is not healthy
  7    the journal cannot be used
  130  interrupted

Examples:
  openint --local connections list           look around without an account
  openint connections get conn_github_01K…   one connection, without its secrets
  openint connections list --json | jq .id   JSON lines, for scripts
  openint import customers.csv --name move   import a customer base; run it again after any failure";

/// The OpenInt API from a terminal, and imports of whole customer bases.
///
/// Prints tables on a terminal, and JSON lines with --json or into a pipe.
#[derive(Debug, Parser)]
#[command(name = "openint", version, after_help = ENVIRONMENT)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// Start a local server for this command alone; no account and no network are needed
    #[arg(long, global = true)]
    pub(crate) local: bool,
    /// Print JSON lines, also on a terminal
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Print settings, tokens and client secrets, which are redacted otherwise
    #[arg(long, global = true)]
    pub(crate) show_secrets: bool,
    /// The API's URL, in place of OPENINT_BASE_URL
    #[arg(long, global = true, value_name = "URL", conflicts_with = "local")]
    pub(crate) base_url: Option<String>,
    /// The time that an attempt may take
    #[arg(long, global = true, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(crate) timeout: Duration,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Connections of customers to other services
    #[command(subcommand)]
    Connections(Connections),
    /// Connector configs: which services your customers can connect, and how
    #[command(subcommand)]
    Configs(Configs),
    /// List the services that there are
    Connectors(ListArgs),
    /// Customers and their tokens
    #[command(subcommand)]
    Customers(Customers),
    /// List what happened, the newest first
    Events(EventsArgs),
    /// Show whose API key this is
    Viewer,
    /// Ask the server whether it is well
    Health,
    /// Import connections from a file; can be killed at any moment and run again
    Import(ImportArgs),
    /// Write connections in the form that import reads
    Export(ExportArgs),
    /// Print a completion script for a shell
    #[command(after_help = "\
Example:
  openint completions bash > ~/.local/share/bash-completion/completions/openint")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the man page, or write those of all commands into a folder
    Man {
        /// The folder, which is created if it is not there
        folder: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Connections {
    /// Create a connection from credentials that you have
    Create(CreateArgs),
    /// Show a connection
    Get {
        /// The connection, conn_…
        id: String,
    },
    /// List connections, those that changed last first
    List(ListConnectionsArgs),
    /// Delete connections
    Delete {
        /// The connections, conn_…
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Try a connection's credentials; exit code 6 when it is not healthy
    Check {
        /// The connection, conn_…
        id: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    /// The connector config, ccfg_…
    #[arg(long, value_name = "ID")]
    pub(crate) config: String,
    /// Your own id of the customer
    #[arg(long, value_name = "ID")]
    pub(crate) customer: String,
    /// The connector, such as github
    #[arg(long, value_name = "NAME")]
    pub(crate) connector: String,
    /// The settings as JSON; @FILE reads a file and - standard input, where others cannot see them
    #[arg(long, value_name = "JSON", default_value = "{}")]
    pub(crate) settings: String,
    /// A JSON object of yours to keep with the connection; @FILE and - as above
    #[arg(long, value_name = "JSON")]
    pub(crate) metadata: Option<String>,
    /// Let the server try the credentials at once
    #[arg(long)]
    pub(crate) check: bool,
    /// Makes repeating the command harmless: a text that no other connection is created with
    #[arg(long, value_name = "KEY")]
    pub(crate) idempotency_key: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ListConnectionsArgs {
    /// Only those of this customer
    #[arg(long, value_name = "ID", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) customer: Option<String>,
    /// Only those of this connector config, ccfg_…
    #[arg(long, value_name = "ID")]
    pub(crate) config: Option<String>,
    /// Only those to this connector; can be given several times
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) connector: Vec<String>,
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// At most so many rows; all unless given
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Configs {
    /// List connector configs
    List(ListArgs),
    /// Show a connector config
    Get {
        /// The connector config, ccfg_…
        id: String,
    },
    /// Create a connector config
    Create {
        /// The connector, such as github
        connector: String,
        /// A name for people
        #[arg(long, value_name = "NAME")]
        display_name: Option<String>,
        /// The connector's own settings as JSON; @FILE reads a file and - standard input
        #[arg(long, value_name = "JSON")]
        config: Option<String>,
    },
    /// Delete a connector config that has no connections
    Delete {
        /// The connector config, ccfg_…
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Customers {
    /// List customers that have connections
    List(ListArgs),
    /// Create a customer, or replace its metadata
    Upsert {
        /// Your own id of the customer
        id: String,
        /// A JSON object to keep with the customer; @FILE reads a file and - standard input
        #[arg(long, value_name = "JSON")]
        metadata: Option<String>,
    },
    /// Make a token for a customer; needs --show-secrets. The server forgets the customer's metadata
    Token {
        /// Your own id of the customer
        id: String,
        /// For how long the token is good; the server's default is 30 days
        #[arg(long, value_name = "SECONDS")]
        valid_for: Option<u32>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct EventsArgs {
    /// Only those since this time, such as 2026-11-24T00:00:00Z
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

const IMPORT: &str = "\
Fields of a row (columns of CSV, or keys of an object in JSON lines):
  id                   your own id of the row, unlike any other row's; required
  customer_id          your own id of the customer; required
  connector_config_id  ccfg_…; required
  connector_name       such as github; required
  settings             what the connector needs, as JSON
  metadata             a JSON object of yours
  check_connection     true or false
  idempotency_key      in place of the one made of --name and id
  In CSV a column can be a field within the settings or the metadata, such as
  settings.oauth.credentials.access_token or metadata.plan. Cells are texts; metadata.seats:number,
  :boolean and :json say otherwise. An empty cell is no value.

Running it again goes on where it ended: rows that have a connection are skipped, and rows that
failed are tried again.

Examples:
  openint --local import examples/customers.csv --name demo
  openint import rows.csv --name move --map id=row_number --set connector_config_id=ccfg_github_1
  pg_dump_to_jsonl | openint import - --name move --max-rate 100";

#[derive(Debug, Args)]
#[command(after_help = IMPORT)]
pub(crate) struct ImportArgs {
    /// A file of CSV or JSON lines; - is standard input
    pub(crate) file: PathBuf,
    /// Names the import; the same in each run of it, and another for other rows
    #[arg(long)]
    pub(crate) name: String,
    /// The journal, which the next run needs; NAME.journal unless given, or NAME.local.journal
    #[arg(long, value_name = "PATH")]
    pub(crate) journal: Option<PathBuf>,
    /// The file for rows that are bad or failed; NAME.failed.csv or .jsonl unless given
    #[arg(long, value_name = "PATH")]
    pub(crate) failed: Option<PathBuf>,
    /// The largest number of calls at once
    #[arg(long, value_name = "N", default_value_t = 16)]
    pub(crate) concurrency: usize,
    /// The largest number of calls a second; no limit unless given
    #[arg(long, value_name = "R")]
    pub(crate) max_rate: Option<f64>,
    /// Check the file and create nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Let the server try each row's credentials at once
    #[arg(long)]
    pub(crate) check: bool,
    /// The form of the file; its name or its first character says it unless given
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// Takes a field from a column of another name, such as id=row_number; can be repeated
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = pair)]
    pub(crate) map: Vec<(String, String)>,
    /// Gives a field the same value in every row; can be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    pub(crate) set: Vec<(String, String)>,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// The file to write; standard output unless given
    pub(crate) file: Option<PathBuf>,
    /// The form; the file's name says it unless given, JSON lines for standard output
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    #[command(flatten)]
    pub(crate) which: ListConnectionsArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Csv,
    Jsonl,
}

impl Format {
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }

    pub(crate) fn of_name(path: &std::path::Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" | "json" => Some(Self::Jsonl),
            _ => None,
        }
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.is_empty() => Ok((field.to_owned(), value.to_owned())),
        _ => Err("expected FIELD=…".to_owned()),
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok();
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or_else(|| "expected a number of seconds".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
