//! The test of the example for Apache Spark, in an environment of its own: pyspark is large, and
//! wants another pandas than the package's own suite.

use std::path::Path;

use crate::process;
use crate::python::{self, Venv};
use crate::suite::Report;

const SUITE: &str = "python: spark";

/// Installs pyspark, and imports rows on a cluster of two workers. Nothing where pyspark cannot be
/// had and nobody asked for it.
pub(crate) fn test(root: &Path, strict: bool, is_asked_for: bool) -> Option<Report> {
    let venv = Venv {
        folder: python::target(root).join("spark-venv"),
    };
    let installed = match process::find("java") {
        Some(_) => venv.install(root, "python/requirements-spark.txt"),
        None => Err(anyhow::anyhow!(
            "it needs java (apt-get install default-jdk-headless)"
        )),
    };
    if let Err(error) = installed {
        let why = format!("pyspark cannot be installed: {error:#}");
        process::say(format_args!("{SUITE} does not run: {why}"));
        return is_asked_for.then(|| Report::broken(SUITE, why));
    }
    let sandbox = match python::develop(root, &venv, strict) {
        Ok(sandbox) => sandbox,
        Err(error) => return Some(Report::broken(SUITE, format!("{error:#}"))),
    };
    // Not with the warnings as errors that the package's own suite has: most are pyspark's own.
    let args = [
        "-q",
        "-W",
        "default",
        "-p",
        "no:cacheprovider",
        "tests/spark",
    ];
    Some(python::tests(
        &venv,
        &root.join("python"),
        &sandbox,
        SUITE,
        &args,
    ))
}
