//! `cargo xtask soak`, `cargo xtask reliability` and `cargo xtask messages`: the pages that tests
//! write and compare.

use std::path::Path;

use anyhow::Result;

use crate::process;

/// The test that kills an import, and how it runs here.
const KILLED: &str = "killed_at_any_moment_through_faults_there_is_one_connection_a_row";
const KILLS: [(&str, &str); 2] = [("OPENINT_TEST_KILLS", "50"), ("OPENINT_TEST_ROWS", "5000")];

/// `cargo xtask soak`: creates connections through faults and counts the rows, and kills an import
/// at random moments.
pub(crate) fn soak(root: &Path, args: &[String]) -> Result<()> {
    let mut cargo = process::cargo(root);
    cargo.args([
        "run",
        "--quiet",
        "--profile",
        "soak",
        "--package",
        "openint-soak",
        "--",
    ]);
    cargo.args(args);
    process::run(cargo, "the soak run")?;
    process::say("an import of 5,000 rows that is killed 50 times");
    let mut cargo = process::cargo(root);
    cargo.args(["test", "--quiet", "--profile", "soak"]);
    cargo.args(["--package", "openint-cli", "--test", "import"]);
    cargo.args(["--", "--exact", "--nocapture", KILLED]);
    cargo.envs(KILLS);
    process::run(cargo, "the import that is killed")
}

/// `cargo xtask reliability`: writes the tables of `docs/reliability.md`.
pub(crate) fn tables(root: &Path) -> Result<()> {
    let mut cargo = process::cargo(root);
    cargo
        .args(["test", "--package", "openint", "--test", "faults"])
        .env("OPENINT_WRITE_TABLES", "1");
    process::run(cargo, "the fault matrix")
}

/// `cargo xtask messages`: writes the list of `docs/messages.md`.
pub(crate) fn messages(root: &Path) -> Result<()> {
    let mut cargo = process::cargo(root);
    cargo
        .args(["test", "--package", "openint", "--test", "messages"])
        .env("OPENINT_WRITE_MESSAGES", "1");
    process::run(cargo, "the list of messages")
}
