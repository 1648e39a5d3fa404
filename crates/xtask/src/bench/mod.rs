//! `cargo xtask bench`: us and the clients that people would pick instead, in one run against one
//! server.
//!
//! A language has a file that builds its programs and says what is measured of them. The programs
//! are in `bench/`, a workspace of its own, and all take the same commands; see `program.rs`.

mod built;
mod bulk;
mod figure;
mod growth;
mod instructions;
mod kotlin;
mod page;
mod picture;
mod program;
mod python;
mod rust;
mod size;
mod spread;
mod swift;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, bail};
use serde::Serialize;

use self::figure::Figure;
use self::program::Server;
use crate::bindings;
use crate::language::Language;
use crate::process;

/// Options of the command line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) quick: bool,
    pub(crate) strict: bool,
    pub(crate) docs: bool,
    pub(crate) only: Option<Group>,
}

/// Group that can be measured alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Group {
    Rust,
    Instructions,
    Python,
    Kotlin,
    Swift,
    Size,
    Growth,
    Bulk,
}

impl Group {
    fn name(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Instructions => "instructions",
            Self::Python => "python",
            Self::Kotlin => "kotlin",
            Self::Swift => "swift",
            Self::Size => "size",
            Self::Growth => "growth",
            Self::Bulk => "bulk",
        }
    }

    /// The language whose tools it takes, beside Rust's own.
    fn language(self) -> Option<Language> {
        match self {
            Self::Python => Some(Language::Python),
            Self::Kotlin => Some(Language::Kotlin),
            _ => None,
        }
    }
}

type Measure = fn(&Bench) -> Result<Outcome>;

const ALL: [(Group, Measure); 8] = [
    (Group::Rust, rust::measure),
    (Group::Instructions, instructions::measure),
    (Group::Python, python::measure),
    (Group::Kotlin, kotlin::measure),
    (Group::Swift, swift::measure),
    (Group::Size, size::measure),
    (Group::Growth, growth::measure),
    (Group::Bulk, bulk::measure),
];

/// Result of a group.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Figures(Vec<Figure>),
    /// Reason why it cannot run, and the command that installs what it needs.
    Skipped(String),
    /// Why it could not be measured.
    Failed(String),
}

/// Context that every group needs.
struct Bench {
    root: PathBuf,
    /// Folder of all that is built and written for benchmarks.
    folder: PathBuf,
    quick: bool,
    server: Server,
}

impl Bench {
    /// As many in a full run, or as many in a quick one.
    fn count(&self, full: usize, quick: usize) -> usize {
        if self.quick { quick } else { full }
    }
}

pub(crate) fn run(root: &Path, options: Options) -> Result<()> {
    let folder = bindings::target_dir(root)?.join("bench");
    fs::create_dir_all(&folder)?;
    process::say("bench: building the server and the Rust clients");
    rust::build(root, &folder)?;
    let bench = Bench {
        root: root.to_owned(),
        server: Server::start(&rust::built(&folder, "bench-server"), &folder)?,
        folder,
        quick: options.quick,
    };
    let mut outcomes = Vec::new();
    for (group, measure) in ALL {
        if options.only.is_some_and(|only| only != group) {
            continue;
        }
        let start = Instant::now();
        process::say(format_args!("bench: {}", group.name()));
        let outcome = match missing(group) {
            Some(why) => Outcome::Skipped(why),
            // What one group lacks must not cost the figures of the others.
            None => measure(&bench).unwrap_or_else(|error| Outcome::Failed(format!("{error:#}"))),
        };
        let file = bench.folder.join(format!("{}.json", group.name()));
        fs::write(&file, serde_json::to_string_pretty(&outcome)? + "\n")?;
        process::say(format_args!(
            "bench: {} took {:.0} s",
            group.name(),
            start.elapsed().as_secs_f64()
        ));
        outcomes.push((group.name(), outcome));
    }
    process::say(table::render(&outcomes));
    if options.docs {
        page::write(root, &bench.folder, options.quick, &outcomes)?;
    }
    let failed = outcomes
        .iter()
        .filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_)));
    let failed: Vec<&str> = failed.map(|(name, _)| *name).collect();
    if !failed.is_empty() {
        bail!("bench: not measured: {}", failed.join(", "));
    }
    let short = table::short(&outcomes);
    if options.strict && short > 0 {
        bail!("bench: {short} of what must be reached was not");
    }
    Ok(())
}

fn missing(group: Group) -> Option<String> {
    let tool = group.language()?.entry().missing_tool()?;
    Some(format!("{} is missing: {}", tool.program, tool.install))
}
