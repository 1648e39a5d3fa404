//! Shell completions and man pages, made from the command line's definition.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::cli::Cli;
use crate::error::Failure;
use crate::output::written;

pub(crate) fn completions(shell: Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "openint", &mut script);
    written(io::stdout().write_all(&script))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a page for each command into a folder, or the first one to standard output.
pub(crate) fn pages(folder: Option<&Path>) -> Result<ExitCode, Failure> {
    match folder {
        Some(folder) => {
            fs::create_dir_all(folder).map_err(Failure::file(folder))?;
            clap_mangen::generate_to(Cli::command(), folder).map_err(Failure::file(folder))?;
        }
        None => {
            let mut page = Vec::new();
            Man::new(Cli::command()).render(&mut page)?;
            written(io::stdout().write_all(&page))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
