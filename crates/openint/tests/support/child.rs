//! A test in a process of its own, with an environment of its own.

use std::process::Command;

const MARK: &str = "OPENINT_TEST_CHILD";
const DONE: &str = "the child has done its part";

/// Runs `act` in a new process, with `argument` and these variables of the environment: this test
/// binary again, with `test` alone.
pub(crate) fn run(
    test: &str,
    argument: &str,
    environment: &[(&str, &str)],
    act: impl FnOnce(&str),
) {
    let (succeeded, text) = start(test, argument, environment, act);
    // A name that no test has would run nothing, and succeed.
    assert!(succeeded && text.contains(DONE), "{text}");
}

/// The same, and gives whether it succeeded and what it printed.
pub(crate) fn start(
    test: &str,
    argument: &str,
    environment: &[(&str, &str)],
    act: impl FnOnce(&str),
) -> (bool, String) {
    if let Ok(argument) = std::env::var(MARK) {
        act(&argument);
        // What the test does beside this is the parent's part.
        eprintln!("{DONE}");
        std::process::exit(0);
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(MARK, argument)
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (output.status.success(), text)
}
