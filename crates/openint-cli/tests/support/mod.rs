//! Helpers for the tests of the command.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use openint::{ListConnections, Openint};
use openint_sandbox::Sandbox;
use tempfile::TempDir;

/// A folder, and a server that the command talks to.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) sandbox: Sandbox,
}

/// The end of a command.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

impl Ran {
    /// The lines of JSON on standard output.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        let lines = self.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{self:?}")))
            .collect()
    }

    /// The last line, which an import ends with.
    pub(crate) fn summary(&self) -> serde_json::Value {
        let summary = self.lines().pop().unwrap_or_else(|| panic!("{self:?}"));
        assert_eq!(summary["event"], "summary", "{self:?}");
        summary
    }
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            sandbox: Sandbox::start().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The command in the folder, with the server in its environment.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_openint"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env("OPENINT_API_KEY", self.sandbox.api_key())
            .env("OPENINT_BASE_URL", self.sandbox.base_url());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().unwrap().into()
    }

    pub(crate) fn client(&self) -> Openint {
        Openint::builder()
            .api_key(self.sandbox.api_key())
            .base_url(self.sandbox.base_url())
            .build()
            .unwrap()
    }

    /// The customers of all connections, sorted.
    pub(crate) fn customers(&self) -> Vec<String> {
        let rows = self.client().iter(ListConnections::new().limit(3_000));
        let mut customers: Vec<_> = rows.map(|row| row.unwrap().customer_id.unwrap()).collect();
        customers.sort();
        customers
    }
}

/// A file of the repository.
pub(crate) fn repository(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name)
}

/// Rows of JSON lines, each of a customer of its own.
pub(crate) fn jsonl(count: usize) -> String {
    let row = |n| {
        format!(
            "{{\"id\":\"{n}\",\"customer_id\":\"cus_{n:05}\",\"connector_config_id\":\"ccfg_\",\
             \"connector_name\":\"dummy-oauth2\",\"settings\":{{\"oauth\":{{}}}}}}\n"
        )
    };
    (0..count).map(row).collect()
}
