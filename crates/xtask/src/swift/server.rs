//! The local server, as a process of its own.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::bindings;

/// Builds it.
pub(super) fn binary(root: &Path) -> Result<PathBuf> {
    bindings::executable(root, &["-p", "openint-sandbox", "--bin", "openint-sandbox"])
}

/// A server that ends with this value.
pub(super) struct Server {
    process: Child,
    pub(super) api_key: String,
    pub(super) base_url: String,
}

impl Server {
    pub(super) fn start(binary: &Path) -> Result<Self> {
        #[derive(Deserialize)]
        struct Told {
            api_key: String,
            base_url: String,
        }
        let mut process = Command::new(binary)
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
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
