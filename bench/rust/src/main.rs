//! One client, driven over standard input: `bench-rust PEER BASE_URL [CA.pem]`.
//!
//! A line is a command, a line of JSON its result. A process stays for a whole run, so that rounds
//! of several clients can take turns. See `bench/README.md` for the commands.

mod peers;
mod protocol;
mod wire;

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use peers::Target;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let peer = args.next().ok_or("usage: bench-rust PEER BASE_URL [CA.pem]")?;
    let target = Target {
        base_url: args.next().ok_or("a base URL is missing")?,
        ca: args.next().map(Into::into),
    };
    let peer = peers::make(&peer, &target)?;
    let mut stdout = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let result = protocol::carry_out(&line?, &*peer)?;
        writeln!(stdout, "{result}")?;
        stdout.flush()?;
    }
    Ok(())
}
