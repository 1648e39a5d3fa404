//! The local server, as a process of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::bindings;
use crate::process;

const PROGRAM: [&str; 4] = ["-p", "openint-sandbox", "--bin", "openint-sandbox"];

/// Builds its program.
pub(crate) fn binary(root: &Path) -> Result<PathBuf> {
    bindings::executable(root, &PROGRAM)
}

/// Builds its program, and fails where that would change Cargo.lock.
pub(crate) fn locked_binary(root: &Path) -> Result<PathBuf> {
    bindings::executable(root, &[&PROGRAM[..], &["--locked"]].concat())
}

/// Builds its program as the packages hold it.
pub(crate) fn packaged_binary(root: &Path) -> Result<PathBuf> {
    let packaged = ["--locked", "--profile", "packaged"];
    bindings::executable(root, &[&PROGRAM[..], &packaged].concat())
}

/// A server that ends with this value.
pub(crate) struct Server {
    process: Child,
    api_key: String,
    base_url: String,
}

impl Server {
    pub(crate) fn start(binary: &Path) -> Result<Self> {
        Self::start_by(Command::new(binary))
    }

    /// Starts it by a command that runs its program.
    pub(crate) fn start_by(mut program: Command) -> Result<Self> {
        #[derive(Deserialize)]
        struct Told {
            api_key: String,
            base_url: String,
        }
        let mut process = program
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .context("the sandbox could not be started")?;
        let output = process.stdout.take();
        // From here on it ends with this value, also when it says nothing.
        let mut server = Self {
            process,
            api_key: String::new(),
            base_url: String::new(),
        };
        let mut line = String::new();
        BufReader::new(output.context("the sandbox has no output")?).read_line(&mut line)?;
        let told: Told = serde_json::from_str(&line).context("the sandbox's first line")?;
        server.api_key = told.api_key;
        server.base_url = told.base_url;
        Ok(server)
    }

    /// Environment of a program that talks to this server.
    pub(crate) fn environment(&self) -> [(&str, &str); 2] {
        [
            ("OPENINT_API_KEY", &self.api_key),
            ("OPENINT_BASE_URL", &self.base_url),
        ]
    }

    /// Fails unless it answers.
    pub(crate) fn answers(&self) -> Result<()> {
        let status = ureq::get(format!("{}/connection", self.base_url))
            .header("authorization", format!("Bearer {}", self.api_key))
            .call()
            .context("the local server")?
            .status();
        ensure!(status == 200, "the local server answered {status}");
        Ok(())
    }

    /// Runs a program that creates a connection here and prints its id.
    pub(crate) fn expect_connection(&self, mut program: Command, what: &str) -> Result<()> {
        program.envs(self.environment());
        let mut created = false;
        let status = process::stream(program, |line| {
            created |= line.contains("conn_dummy-oauth2_")
        })?;
        ensure!(
            status.success() && created,
            "{what} created no connection ({status})"
        );
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_no_server_is_an_error() {
        assert!(Server::start(Path::new("/no/such/program")).is_err());
        assert!(Server::start(&std::env::current_exe().unwrap()).is_err());
    }
}
