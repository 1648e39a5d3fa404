//! The Python package: its own virtual environment, its suites, and the wheel that a user installs.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::pytest;
use crate::server::{self, Server};
use crate::suite::{Counts, End, Report};
use crate::wheel::{self, COMPRESSION, only};

/// The largest wheel that may be published.
const MAX_WHEEL_BYTES: u64 = 1_750_000;

/// The package of the local server, which the suite uses.
const SANDBOX: &str = "../crates/openint-sandbox/python";

/// Checks of the packages beside their tests: the row, and the commands that make it up. Each
/// command counts as one test.
const CHECKS: [(&str, &[&[&str]]); 4] = [
    (
        "ruff",
        &[
            &["ruff", "check", "--config", "pyproject.toml", ".", SANDBOX],
            &[
                "ruff",
                "format",
                "--config",
                "pyproject.toml",
                "--check",
                ".",
                SANDBOX,
            ],
        ],
    ),
    (
        "mypy",
        &[&[
            "mypy",
            "src",
            "tests/typing",
            "examples",
            "scripts",
            SANDBOX,
        ]],
    ),
    ("pyright", &[&["pyright"]]),
    (
        "stubtest",
        &[&[
            "stubtest",
            "openint_sdk",
            "--allowlist",
            "stubtest-allowlist.txt",
        ]],
    ),
];

/// Makes the environment that the suites run in, or leaves it when it is right already.
pub(crate) fn setup(root: &Path) -> Result<()> {
    Venv::of(root).install(root, "python/requirements-dev.txt")
}

/// Builds the package into the environment and runs everything that checks it.
pub(crate) fn test(root: &Path, strict: bool) -> Vec<Report> {
    let venv = Venv::of(root);
    let sandbox = match develop(root, &venv, strict) {
        Ok(sandbox) => sandbox,
        Err(error) => return vec![Report::broken("python: build", format!("{error:#}"))],
    };
    let folder = root.join("python");
    let mut reports: Vec<Report> = CHECKS
        .iter()
        .map(|(name, commands)| check(&venv, &folder, name, commands))
        .collect();
    reports.push(tests(&venv, &folder, &sandbox, "python: pytest", &["-q"]));
    reports
}

/// Writes what is generated in the package, or verifies it.
pub(crate) fn generate(root: &Path, check: bool) -> Result<()> {
    let mut script = process::program(process::PYTHON, &root.join("python"));
    script.arg("scripts/generate.py");
    if check {
        script.arg("--check");
    }
    process::run(script, "python/scripts/generate.py")
}

/// Builds the wheel, and a wheel from the sdist, and tries each in an empty environment outside
/// of the checkout.
pub(crate) fn package(root: &Path) -> Result<()> {
    setup(root)?;
    let out = target(root).join("python-package");
    let _ = fs::remove_dir_all(&out);
    let venv = Venv::of(root);
    let folder = root.join("python");

    let wheel = wheel::build(venv.command("maturin", &folder), &[], &out)?;
    let mut maturin = venv.command("maturin", &folder);
    // It says that there is no Cargo.toml, because it looks for one in this folder before it has
    // read in pyproject.toml where it is. Nothing is wrong.
    maturin.args(["sdist", "--out"]).arg(&out);
    process::run(maturin, "maturin sdist")?;
    let sdist = only(&out, ".tar.gz")?;

    let scratch = Scratch::new("sdist")?;
    let rebuilt = out.join("from-sdist");
    let mut pip = venv.command("python", &scratch.0);
    pip.args(["-m", "pip", "wheel", "--quiet", "--no-deps"])
        .arg(format!("--config-settings=build-args={COMPRESSION}"))
        .arg("--wheel-dir")
        .arg(&rebuilt)
        .arg(&sdist)
        .env("CARGO_TARGET_DIR", target(root));
    process::run(pip, "pip wheel, from the sdist")?;
    let wheel_of_sdist = only(&rebuilt, ".whl")?;

    for wheel in [&wheel, &wheel_of_sdist] {
        smoke(root, &[wheel.into()])?;
    }
    for file in [&sdist, &wheel, &wheel_of_sdist] {
        let bytes = wheel::say_size("python", file)?;
        if file.extension() == Some(OsStr::new("whl")) && bytes > MAX_WHEEL_BYTES {
            bail!("{} is larger than {MAX_WHEEL_BYTES} bytes", file.display());
        }
    }
    Ok(())
}

/// Installs the wheel that pip takes by `wheel` in an empty environment and uses it.
pub(crate) fn smoke(root: &Path, wheel: &[OsString]) -> Result<()> {
    let server = Server::start(&server::binary(root)?)?;
    let scratch = Scratch::new("python")?;
    let scratch = &scratch.0;
    let venv = Venv {
        folder: scratch.join("venv"),
    };
    venv.make(scratch)?;
    let mut pip = venv.command("python", scratch);
    pip.args(["-m", "pip", "install", "--quiet", "--no-index"])
        .args(wheel);
    process::run(pip, "pip install")?;
    let script = scratch.join("smoke.py");
    fs::copy(root.join("python/scripts/smoke.py"), &script)?;
    let mut python = venv.command("python", scratch);
    python
        .args([OsStr::new("-I"), script.as_os_str()])
        .envs(server.environment());
    process::run(python, "the smoke test")
}

/// Puts the package into the environment, and builds the server that the tests talk to.
pub(crate) fn develop(root: &Path, venv: &Venv, strict: bool) -> Result<PathBuf> {
    let sandbox = match strict {
        true => server::locked_binary(root)?,
        false => server::binary(root)?,
    };
    process::say("python: building the package");
    let mut maturin = venv.command("maturin", &root.join("python"));
    maturin.args(["develop", "--quiet", "--profile", "dev"]);
    if strict {
        maturin.arg("--locked");
    }
    process::run(maturin, "maturin develop")?;
    Ok(sandbox)
}

/// Runs the commands of a row, all of them whatever happens to the first.
fn check(venv: &Venv, folder: &Path, name: &str, commands: &[&[&str]]) -> Report {
    let start = Instant::now();
    let mut counts = Counts::default();
    for words in commands {
        process::say(format_args!("python: {}", words.join(" ")));
        let mut command = venv.command(words[0], folder);
        command.args(&words[1..]);
        match process::stream(command, |_| {}) {
            Ok(status) if status.success() => counts.passed += 1,
            _ => counts.failed += 1,
        }
    }
    Report {
        suite: format!("python: {name}"),
        counts,
        seconds: start.elapsed().as_secs_f64(),
        end: End::Finished,
    }
}

/// Runs pytest. What it counted must go with how it ended.
pub(crate) fn tests(
    venv: &Venv,
    folder: &Path,
    sandbox: &Path,
    suite: &str,
    args: &[&str],
) -> Report {
    let start = Instant::now();
    let mut pytest = venv.command("pytest", folder);
    pytest
        .arg("--color=no")
        .args(args)
        .env("OPENINT_SANDBOX", sandbox);
    let mut last = None;
    let status = process::stream(pytest, |line| last = pytest::summary(line).or(last));
    let end = match (status, last) {
        (Ok(status), Some(counts)) if status.success() == (counts.failed == 0) => End::Finished,
        (Ok(status), _) => End::Broken(format!("pytest ended with {status}")),
        (Err(error), _) => End::Broken(format!("pytest: {error}")),
    };
    Report {
        suite: suite.into(),
        counts: last.unwrap_or_default(),
        seconds: start.elapsed().as_secs_f64(),
        end,
    }
}

/// Folder that cargo builds into.
pub(crate) fn target(root: &Path) -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root.join(folder),
        None => root.join("target"),
    }
}

/// A virtual environment.
pub(crate) struct Venv {
    pub(crate) folder: PathBuf,
}

impl Venv {
    /// The one that the suites run in.
    pub(crate) fn of(root: &Path) -> Self {
        Self {
            folder: target(root).join("python-venv"),
        }
    }

    /// The file of a program.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.programs().join(name)
    }

    fn programs(&self) -> PathBuf {
        self.folder
            .join(if cfg!(windows) { "Scripts" } else { "bin" })
    }

    fn python(&self) -> PathBuf {
        let name = format!("python{}", std::env::consts::EXE_SUFFIX);
        self.programs().join(name)
    }

    /// Installs what the file at `requirements` lists, unless that is there already.
    pub(crate) fn install(&self, root: &Path, requirements: &str) -> Result<()> {
        let file = root.join(requirements);
        let wanted = fs::read_to_string(&file).with_context(|| requirements.to_owned())?;
        let stamp = self.folder.join("installed.txt");
        if self.python().is_file() && fs::read_to_string(&stamp).is_ok_and(|had| had == wanted) {
            process::say(format_args!(
                "python: {} is up to date",
                self.folder.display()
            ));
            return Ok(());
        }
        self.make(root)?;
        let mut pip = self.command("python", root);
        pip.args(["-m", "pip", "install", "--quiet", "-r"])
            .arg(&file);
        process::run(pip, "pip install")?;
        fs::write(&stamp, wanted).context("the environment's stamp")
    }

    pub(crate) fn make(&self, dir: &Path) -> Result<()> {
        let mut python = process::program(process::PYTHON, dir);
        python.args(["-m", "venv", "--clear"]).arg(&self.folder);
        process::run(python, "python3 -m venv")
    }

    /// A program of the environment, which finds the others of it.
    pub(crate) fn command(&self, name: &str, dir: &Path) -> Command {
        let mut command = process::program(self.program(name), dir);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(self.programs()).chain(std::env::split_paths(&path));
        if let Ok(paths) = std::env::join_paths(paths) {
            command.env("PATH", paths);
        }
        command
            .env("VIRTUAL_ENV", &self.folder)
            .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
            .env_remove("PYTHONHOME")
            .env_remove("PYTHONPATH");
        command
    }
}

/// A folder outside of the checkout, removed at the end.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(what: &str) -> Result<Self> {
        let name = format!("openint-{what}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::tests::scratch;

    #[test]
    fn a_failed_check_is_counted_and_the_others_still_run() {
        let folder = scratch("checks");
        let venv = Venv {
            folder: folder.join("venv"),
        };
        fs::create_dir_all(venv.programs()).unwrap();
        let report = check(
            &venv,
            &folder,
            "lint",
            &[&["no-such-program"], &["nor-this"]],
        );
        assert_eq!(report.suite, "python: lint");
        assert_eq!((report.counts.passed, report.counts.failed), (0, 2));
    }
}
