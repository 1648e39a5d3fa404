//! `cargo xtask`: the commands of this repository, the same on a laptop and in CI.
//!
//! `language.rs` is the table of languages: what says that a package is in the checkout, which
//! tools it needs, and what setting up, testing, generating and packaging it mean. Adding a
//! language is filling one entry of it.

mod android;
mod bench;
mod bindings;
mod cli;
mod contract;
mod cross;
mod debian;
mod docs;
mod elf;
mod fuzz;
mod kotlin;
mod language;
mod libtest;
mod msrv;
mod process;
mod pytest;
mod python;
mod release;
mod reliability;
mod rust;
mod sandbox;
mod server;
mod spark;
mod suite;
mod surefire;
mod swift;
mod table;
mod task;
mod test;
mod wheel;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::cross::Target;
use crate::language::Language;
use crate::task::{Packaged, SetUp};

/// The commands of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Set up what the suites need, run them, and end with a table of what ran
    Test {
        /// Only this language; all languages in the checkout when left out
        language: Option<Language>,
        /// As CI does: a skipped suite or an ignored test is a failure, and Cargo.lock is locked
        #[arg(long)]
        strict: bool,
        /// Also the test of the example for Apache Spark, which --strict runs where it can
        #[arg(long)]
        spark: bool,
    },
    /// Install what a language's suite needs on this machine
    Setup {
        /// Only this language, or `cross`, for packages of other systems; all languages in the
        /// checkout when left out
        what: Option<SetUp>,
    },
    /// Write the generated code of the bindings
    Generate {
        /// Only this language; all in this checkout otherwise
        language: Option<Language>,
        /// Write nothing; fail when the committed code is not what would be written
        #[arg(long)]
        check: bool,
    },
    /// Measure against the clients that people would pick instead
    Bench {
        /// Fewer and shorter rounds: about two minutes, once what is measured is built
        #[arg(long)]
        quick: bool,
        /// Fail when a figure that must be reached is not
        #[arg(long)]
        strict: bool,
        /// Write docs/benchmarks.md with its pictures, and bench/figures.md
        #[arg(long)]
        docs: bool,
        /// Only this group of figures
        #[arg(long, conflicts_with = "docs")]
        only: Option<bench::Group>,
    },
    /// Build the site of the documentation into target/site
    Docs,
    /// Create connections through randomly injected faults, kill an import, and count the rows
    Soak {
        /// Such as `--seed 7 --calls 2000`; `-- --help` lists them
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Write the tables of docs/reliability.md: how a call ends under every fault
    Reliability,
    /// Write docs/messages.md: every message of the SDK as a user reads it
    Messages,
    /// Replay recorded exchanges against a server, and tell what it answers otherwise
    Contract(contract::Options),
    /// Build the crates with the oldest compiler that they promise to build with
    Msrv,
    /// Run every fuzz target
    Fuzz {
        /// Seconds that each target runs
        #[arg(long, value_name = "N", default_value_t = 60)]
        seconds: u64,
    },
    /// Put a version everywhere, or do another step of a release
    Release(release::Options),
    /// Build the package that a user installs
    Package {
        /// Only this language, `android`, `cli` or `sandbox`; all languages in the checkout when
        /// left out
        what: Option<Packaged>,
        /// For android: a folder with a folder for each ABI, such as arm64-v8a, with its library
        #[arg(long, value_name = "DIR", required_if_eq("what", "android"))]
        libs: Option<PathBuf>,
        /// For this system, with its oldest libraries: wheels, the jar, archives of the programs
        #[arg(long, conflicts_with = "libs")]
        target: Option<Target>,
    },
}

fn main() -> ExitCode {
    let root = root();
    let outcome = match Cli::parse().command {
        Command::Test {
            language,
            strict,
            spark,
        } => test::run(&root, language, strict, spark),
        Command::Setup { what } => task::setup(&root, what),
        Command::Generate { language, check } => task::generate(&root, language, check),
        Command::Bench {
            quick,
            strict,
            docs,
            only,
        } => bench::run(
            &root,
            bench::Options {
                quick,
                strict,
                docs,
                only,
            },
        ),
        Command::Docs => docs::build(&root),
        Command::Soak { args } => reliability::soak(&root, &args),
        Command::Reliability => reliability::tables(&root),
        Command::Messages => reliability::messages(&root),
        Command::Contract(options) => contract::run(&options),
        Command::Msrv => msrv::check(&root),
        Command::Fuzz { seconds } => fuzz::run(&root, seconds),
        Command::Release(options) => release::run(&root, options),
        Command::Package {
            what,
            target: Some(target),
            ..
        } => cross::package(&root, what, target),
        Command::Package { what, libs, .. } => task::package(&root, what, libs.as_deref()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The checkout that this command was started from: cargo names the directory of this crate.
fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.ancestors().nth(2).map_or(here.clone(), PathBuf::from)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_root_is_the_workspace() {
        assert!(root().join("crates/xtask/Cargo.toml").is_file());
        assert!(root().join("Cargo.lock").is_file());
    }

    #[test]
    fn the_hosted_workflows_use_commands_that_are_there() {
        let mut count = 0;
        for entry in std::fs::read_dir(root().join(".github/workflows")).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for command in text.split("cargo xtask ").skip(1) {
                let end = command.find(['\n', ';', '>', '\'']).unwrap();
                let words = command[..end].split_whitespace();
                let parsed = Cli::try_parse_from(std::iter::once("cargo xtask").chain(words));
                parsed.unwrap_or_else(|error| panic!("{error}"));
                count += 1;
            }
        }
        assert!(count > 10, "{count} commands");
    }

    #[test]
    fn options_arrive() {
        let cli = Cli::try_parse_from(["cargo xtask", "test", "kotlin", "--strict"]).unwrap();
        assert!(matches!(
            cli.command,
            Command::Test {
                language: Some(Language::Kotlin),
                strict: true,
                spark: false
            }
        ));
        let android = ["cargo xtask", "package", "android", "--libs", "libs"];
        assert!(matches!(
            Cli::try_parse_from(android).unwrap().command,
            Command::Package {
                what: Some(Packaged::Android),
                libs: Some(_),
                target: None
            }
        ));
        assert!(Cli::try_parse_from(&android[..3]).is_err());
        assert!(Cli::try_parse_from(["cargo xtask", "test", "cobol"]).is_err());
        assert!(Cli::try_parse_from(["cargo xtask", "fuzz", "--seconds", "soon"]).is_err());
    }
}
