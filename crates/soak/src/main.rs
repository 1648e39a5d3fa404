//! Creates connections from many threads through faults injected at random, and counts what is
//! on the server in the end. `cargo xtask soak` runs it.

mod plan;
mod shared;
mod tally;
mod work;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::plan::{Part, Plan};
use crate::shared::Parties;

fn main() -> ExitCode {
    match run(&Plan::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("the soak run came to no end: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs every part, and returns true if all are sound.
fn run(plan: &Plan) -> Result<bool, work::Failure> {
    let mut out = std::io::stdout().lock();
    if let Some(Part::Worker(worker)) = &plan.part {
        write!(out, "{}", shared::work(worker)?)?;
        return Ok(true);
    }
    let mut sound = true;
    for keys in [true, false] {
        let tally = work::run(plan, keys)?;
        sound &= tally.faults().is_empty();
        // Whoever reads us may be gone.
        let _ = writeln!(out, "{}", tally.report(plan));
    }
    for parties in [Parties::Threads, Parties::Processes] {
        let shares = shared::run(plan, parties)?;
        sound &= shares.faults().is_empty();
        let _ = writeln!(out, "{}", shares.report());
    }
    Ok(sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(faults: f64) -> Plan {
        let faults = faults.to_string();
        Plan::parse_from([
            "soak",
            "--calls",
            "160",
            "--threads",
            "8",
            "--timeout-ms",
            "700",
            "--faults",
            &faults,
        ])
    }

    #[test]
    fn with_keys_every_call_ends_as_one_row() {
        let tally = work::run(&plan(0.2), true).unwrap();
        assert_eq!(tally.faults(), Vec::<String>::new());
        assert_eq!((tally.calls, tally.succeeded, tally.rows), (160, 160, 160));
        assert!(
            tally.injected > 25,
            "{} exchanges got a fault",
            tally.injected
        );
    }

    #[test]
    fn without_keys_every_row_is_a_success_or_was_announced() {
        let tally = work::run(&plan(0.2), false).unwrap();
        assert_eq!(tally.faults(), Vec::<String>::new());
        assert_eq!(tally.rows, tally.succeeded + tally.landed);
        assert!(tally.announced > 0 && tally.landed > 0);
        assert_eq!(tally.announced + tally.refused + tally.succeeded, 160);
    }

    #[test]
    fn nothing_fails_without_faults() {
        let tally = work::run(&plan(0.0), false).unwrap();
        assert_eq!((tally.injected, tally.succeeded, tally.rows), (0, 160, 160));
    }
}
