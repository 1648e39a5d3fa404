//! Printed output: tables on a terminal, JSON lines elsewhere, and no secret unless asked for.

use std::io::{self, IsTerminal, Write};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use indexmap::IndexMap;
use openint::Json;
use serde::Serialize;

use crate::cli::Global;
use crate::error::Failure;

/// The fields that can hold a secret, wherever they are on top.
const SECRETS: [&str; 7] = [
    "settings",
    "config",
    "status_message",
    "token",
    "magic_link_url",
    "api_key",
    "template",
];

const REDACTED: &str = "[redacted]";

/// The columns of a table: heading and field.
pub(crate) type Columns = &'static [(&'static str, &'static str)];

pub(crate) struct Output {
    pub(crate) json: bool,
    show_secrets: bool,
}

/// A row as it came, in the order of its fields.
type Fields = IndexMap<String, Json>;

impl Output {
    pub(crate) fn new(global: &Global) -> Self {
        Self {
            json: global.json || !io::stdout().is_terminal(),
            show_secrets: global.show_secrets,
        }
    }

    /// Prints rows as they come, or as one table in the end.
    pub(crate) fn rows<T: Serialize>(
        &self,
        columns: Columns,
        rows: impl Iterator<Item = openint::Result<T>>,
    ) -> Result<(), Failure> {
        let mut stdout = io::stdout().lock();
        let mut table = new_table();
        table.set_header(columns.iter().map(|(heading, _)| *heading));
        let mut count = 0;
        for row in rows {
            let fields = self.fields(&row?)?;
            count += 1;
            if self.json {
                if written(writeln!(stdout, "{}", text(&fields)?))? {
                    continue;
                }
                return Ok(());
            }
            table.add_row(columns.iter().map(|(_, name)| cell(&fields, name)));
        }
        if self.json {
            return Ok(());
        }
        // An id is copied, so it stays in one piece.
        for (column, (_, name)) in table.column_iter_mut().zip(columns) {
            if *name == "id" || is_time(name) {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        let shown = match count {
            0 => "nothing there".to_owned(),
            _ => lines(&table),
        };
        written(writeln!(stdout, "{shown}"))?;
        Ok(())
    }

    /// Prints one row: each field on a line.
    pub(crate) fn one<T: Serialize>(&self, row: &T) -> Result<(), Failure> {
        let fields = self.fields(row)?;
        let mut stdout = io::stdout().lock();
        if self.json {
            written(writeln!(stdout, "{}", text(&fields)?))?;
            return Ok(());
        }
        let mut table = new_table();
        for name in fields.keys() {
            table.add_row([name.clone(), cell(&fields, name)]);
        }
        written(writeln!(stdout, "{}", lines(&table)))?;
        Ok(())
    }

    fn fields<T: Serialize>(&self, row: &T) -> Result<Fields, Failure> {
        let mut fields: Fields = Json::from_serialize(row)?.to()?;
        if !self.show_secrets {
            for name in SECRETS {
                if let Some(value) = fields.get_mut(name).filter(|value| !value.is_null()) {
                    *value = Json::from_serialize(REDACTED)?;
                }
            }
        }
        Ok(fields)
    }
}

fn new_table() -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic);
    table
}

/// The table without the blanks that fill its last column.
fn lines(table: &Table) -> String {
    let lines: Vec<String> = table
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    lines.join("\n")
}

fn text(fields: &Fields) -> Result<String, Failure> {
    Ok(Json::from_serialize(fields)?.as_str().to_owned())
}

fn is_time(name: &str) -> bool {
    name == "timestamp" || name.ends_with("_at")
}

fn cell(fields: &Fields, name: &str) -> String {
    let Some(value) = fields.get(name).filter(|value| !value.is_null()) else {
        return String::new();
    };
    let text = value.to::<String>();
    let mut text = text.unwrap_or_else(|_| value.as_str().to_owned());
    if is_time(name) {
        // Seconds are enough for people.
        text.truncate(text.find('.').unwrap_or(text.len()));
    }
    // What a server sends must not steer the terminal.
    text.replace(|c: char| c.is_control(), " ")
}

/// Returns false when nobody reads any more; a pipe that was closed is no failure.
pub(crate) fn written(result: io::Result<()>) -> Result<bool, Failure> {
    match result {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error.into()),
    }
}
