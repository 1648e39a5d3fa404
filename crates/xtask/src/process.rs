//! Running other programs.

use std::ffi::{OsStr, OsString};
use std::fmt::Display;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// Time for output after the program ended: a process that a test left behind can hold the pipe
/// open for ever.
const DRAIN: Duration = Duration::from_secs(2);

/// Names of programs that Windows has others for.
pub(crate) const PYTHON: &str = if cfg!(windows) { "python" } else { "python3" };
pub(crate) const MAVEN: &str = if cfg!(windows) { "mvn.cmd" } else { "mvn" };

/// Returns the path of a program that is on the PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = match program.contains('.') {
        true => program.to_owned(),
        false => format!("{program}{}", std::env::consts::EXE_SUFFIX),
    };
    std::env::split_paths(&path)
        .map(|dir| dir.join(&name))
        .find(|file| file.is_file())
}

/// The cargo that runs this command, in `root`, without colours, and as if started from a shell.
///
/// Two kinds of variables are taken out of its environment. What `cargo run` tells this program
/// about its own package would make build scripts that watch those variables run again, whenever
/// `cargo xtask test` and `cargo test` take turns. And a key or address of the person's own must
/// not reach the tests.
pub(crate) fn cargo(root: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = self::program(program, root);
    command
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_TERM_PROGRESS_WHEN", "never");
    command
}

/// Any program, in `dir`, with an environment like that of [`cargo`].
pub(crate) fn program(program: impl AsRef<OsStr>, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir);
    for (name, _) in std::env::vars_os() {
        if is_private(&name) {
            command.env_remove(name);
        }
    }
    for name in ["LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"] {
        if let Some(path) = std::env::var_os(name).and_then(|path| without_ours(&path)) {
            command.env(name, path);
        }
    }
    command
}

/// A search path without this build's folders, which `cargo run` puts in front: a package that is
/// tried has to find its own library, not the one that was built last.
fn without_ours(path: &OsStr) -> Option<OsString> {
    let exe = std::env::current_exe().ok()?;
    let ours = exe.parent()?;
    let others = std::env::split_paths(path).filter(|folder| !folder.starts_with(ours));
    std::env::join_paths(others).ok()
}

fn is_private(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else {
        return false;
    };
    let of_this_package = ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_"];
    of_this_package
        .iter()
        .any(|prefix| name.starts_with(prefix))
        || [
            "CARGO_CRATE_NAME",
            "CARGO_PRIMARY_PACKAGE",
            "OPENINT_API_KEY",
            "OPENINT_BASE_URL",
        ]
        .contains(&name)
}

/// Runs a program to its end. Everything it prints goes to our standard output as it comes, in
/// the order in which it was printed, and each line is shown to `on_line`.
pub(crate) fn stream(command: Command, mut on_line: impl FnMut(&str)) -> io::Result<ExitStatus> {
    relay(command, |line| {
        write(line);
        on_line(&String::from_utf8_lossy(line));
    })
}

/// Runs a program to its end and shows what it prints; it must succeed.
pub(crate) fn run(command: Command, what: &str) -> Result<()> {
    let status = stream(command, |_| {}).with_context(|| what.to_owned())?;
    ensure!(status.success(), "{what} ended with {status}");
    Ok(())
}

/// Returns what a program prints to its standard output; it must succeed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().display().to_string();
    let output = command.output().with_context(|| name.clone())?;
    ensure!(
        output.status.success(),
        "{name} ended with {}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}

/// Prints a line to standard output.
pub(crate) fn say(line: impl Display) {
    write(format!("{line}\n").as_bytes());
}

/// Whoever reads us may be gone (`| head`); the suites still run to their end.
fn write(bytes: &[u8]) {
    let mut stdout = io::stdout().lock();
    let _ = stdout.write_all(bytes);
    let _ = stdout.flush();
}

/// Runs a program with both its streams on one pipe, and hands over each line.
fn relay(mut command: Command, on_line: impl FnMut(&[u8])) -> io::Result<ExitStatus> {
    let (reader, writer) = io::pipe()?;
    command
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    let child = command.spawn()?;
    // Until the command is gone this process holds the pipe open itself.
    drop(command);

    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        loop {
            let mut line = Vec::new();
            match reader.read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => break,
                Ok(_) if sender.send(line).is_err() => break,
                Ok(_) => {}
            }
        }
    });
    forward(child, &lines, on_line)
}

fn forward(
    mut child: Child,
    lines: &Receiver<Vec<u8>>,
    mut on_line: impl FnMut(&[u8]),
) -> io::Result<ExitStatus> {
    let mut ended: Option<Instant> = None;
    loop {
        match lines.recv_timeout(Duration::from_millis(100)) {
            Ok(line) => on_line(&line),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if ended.is_none() && child.try_wait()?.is_some() {
            ended = Some(Instant::now());
        }
        if ended.is_some_and(|at| at.elapsed() > DRAIN) {
            eprintln!("a process that was left behind still holds the output open; going on");
            break;
        }
    }
    child.wait()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_on_the_path_only() {
        assert!(find("cargo").is_some());
        assert_eq!(find("no-such-program-here"), None);
    }

    #[test]
    fn what_belongs_to_this_package_or_to_the_person_is_not_passed_on() {
        for name in ["CARGO_MANIFEST_DIR", "CARGO_PKG_VERSION", "OPENINT_API_KEY"] {
            assert!(is_private(OsStr::new(name)), "{name}");
        }
        for name in ["CARGO_TARGET_DIR", "CARGO_HOME", "PATH", "OPENINT_LOG"] {
            assert!(!is_private(OsStr::new(name)), "{name}");
        }
    }

    #[cfg(unix)]
    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[cfg(unix)]
    #[test]
    fn both_streams_arrive_in_order_with_the_exit_status() {
        let mut lines = Vec::new();
        let script = "echo one; echo two >&2; echo three; printf four; exit 3";
        let status = relay(shell(script), |line| {
            lines.push(String::from_utf8_lossy(line).into_owned())
        })
        .unwrap();
        assert_eq!(lines, ["one\n", "two\n", "three\n", "four"]);
        assert_eq!(status.code(), Some(3));
    }

    #[cfg(unix)]
    #[test]
    fn a_process_left_behind_does_not_hang_the_run() {
        let start = Instant::now();
        let mut lines = Vec::new();
        let status = relay(shell("sleep 10 & echo done"), |line| {
            lines.push(String::from_utf8_lossy(line).into_owned());
        });
        assert!(status.unwrap().success());
        assert_eq!(lines, ["done\n"]);
        assert!(
            start.elapsed() < Duration::from_secs(8),
            "{:?}",
            start.elapsed()
        );
    }
}
