//! `openint`: the OpenInt API from a terminal, and imports of whole customer bases.

mod account;
mod cli;
mod commands;
mod error;
mod export;
mod import;
mod manual;
mod output;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::error::Failure;
use crate::output::Output;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("error: {failure}");
            failure.exit_code()
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let output = Output::new(&cli.global);
    match cli.command {
        Command::Import(args) => import::run(&cli.global, &args, &output),
        Command::Export(args) => export::run(&cli.global, &args),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { folder } => manual::pages(folder.as_deref()),
        Command::Connections(command) => commands::connections(&cli.global, command, &output),
        Command::Configs(command) => commands::configs(&cli.global, command, &output),
        Command::Connectors(args) => commands::connectors(&cli.global, &args, &output),
        Command::Customers(command) => commands::customers(&cli.global, command, &output),
        Command::Events(args) => commands::events(&cli.global, &args, &output),
        Command::Viewer => commands::viewer(&cli.global, &output),
        Command::Health => commands::health(&cli.global, &output),
    }
}
