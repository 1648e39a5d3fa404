//! The look at the whole file before anything is sent.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use openint::bulk::Row;
use openint::{ErrorKind, Openint};
use sha2::{Digest, Sha256};

use super::file::{Record, Source};
use super::problem::Problem;
use super::record::Reader;
use crate::error::Failure;

/// With more connector configs than this the rest is left to the server.
const MAX_CONFIGS: usize = 200;

/// The result of a check.
#[derive(Default)]
pub(super) struct Checked {
    /// The rows that can be sent.
    pub(super) good: u64,
    /// The problems of the others, by line.
    pub(super) problems: Vec<Problem>,
}

impl Checked {
    /// The lines of the rows that are not sent, in order.
    pub(super) fn bad_lines(&self) -> Vec<u64> {
        let mut lines: Vec<u64> = self.problems.iter().map(|problem| problem.line).collect();
        lines.dedup();
        lines
    }
}

/// Reads all records. With a client also the connector configs are looked up.
pub(super) fn check(
    source: &Source,
    reader: &Reader,
    client: Option<&Openint>,
) -> Result<Checked, Failure> {
    let mut configs = Configs {
        client,
        known: HashMap::new(),
    };
    let mut checked = Checked::default();
    // 16 bytes a row: the most that the check holds.
    let mut ids: Vec<(IdHash, u32)> = Vec::new();
    for record in source.records()? {
        let record: Record = record?;
        match reader.row(&record) {
            Err(problems) => checked.problems.extend(problems),
            Ok(row) => match configs.check(&row)? {
                Some((field, message)) => checked.problems.push(Problem {
                    line: record.line,
                    field,
                    message,
                }),
                None => {
                    ids.push((
                        hash(&row.id),
                        u32::try_from(record.line).unwrap_or(u32::MAX),
                    ));
                    checked.good += 1;
                }
            },
        }
    }
    ids.sort_unstable();
    for pair in ids.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        checked.good -= 1;
        checked.problems.push(Problem {
            line: pair[1].1.into(),
            field: "id".to_owned(),
            message: format!("expected an id of its own; line {} has the same", pair[0].1),
        });
    }
    checked.problems.sort_by_key(|problem| problem.line);
    Ok(checked)
}

type IdHash = [u8; 12];

fn hash(id: &str) -> IdHash {
    Sha256::digest(id)[..12].try_into().expect("12 of 32 bytes")
}

/// The connector of each connector config, asked for when it is first seen.
struct Configs<'a> {
    client: Option<&'a Openint>,
    known: HashMap<String, Config>,
}

enum Config {
    Of(String),
    Missing,
    Unknown,
}

impl Configs<'_> {
    /// Checks a row's connector config: field and message of a problem.
    fn check(&mut self, row: &Row) -> Result<Option<(String, String)>, Failure> {
        let Some(client) = self.client else {
            return Ok(None);
        };
        let count = self.known.len();
        let params = &row.params;
        let config = match self.known.entry(params.connector_config_id.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(_) if count == MAX_CONFIGS => return Ok(None),
            Entry::Vacant(unknown) => unknown.insert(get(client, &params.connector_config_id)?),
        };
        let connector = &params.data.connector_name;
        Ok(match config {
            Config::Missing => Some((
                "connector_config_id".to_owned(),
                format!(
                    "`{}` does not exist; create it first",
                    params.connector_config_id
                ),
            )),
            Config::Of(name) if name != connector => Some((
                "connector_name".to_owned(),
                format!(
                    "expected `{name}`, the connector of `{}`, found `{connector}`",
                    params.connector_config_id
                ),
            )),
            Config::Of(_) | Config::Unknown => None,
        })
    }
}

fn get(client: &Openint, id: &str) -> Result<Config, Failure> {
    match client.get_connector_config(id) {
        Ok(config) => Ok(config.connector_name.map_or(Config::Unknown, Config::Of)),
        Err(error) if error.status() == Some(404) => Ok(Config::Missing),
        // A config that the server cannot show may still do.
        Err(error) if matches!(error.kind(), ErrorKind::Api(_)) && error.status() >= Some(500) => {
            Ok(Config::Unknown)
        }
        Err(error) => Err(error.into()),
    }
}
