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
    // A name that no test has would run nothing, and succeed.
    assert!(output.status.success() && text.contains(DONE), "{text}");
}
