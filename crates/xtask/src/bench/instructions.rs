//! Instructions and system calls of one call: what a shared machine cannot blur.
//!
//! A client makes few calls, then many, and the difference is divided; so start and end do not
//! count.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::figure::{Figure, Unit};
use super::program;
use super::rust::{PEERS, built};
use super::spread::Spread;
use super::{Bench, Outcome};
use crate::process;

/// File with the instructions of ours by part, beside the figures.
pub(crate) const PARTS: &str = "instructions-ours.txt";

const FEW: u64 = 200;
const MANY: u64 = 1_200;
/// Number of parts that are told apart; the rest is one row.
const EXPLAINED: usize = 12;

pub(crate) fn measure(bench: &Bench) -> Result<Outcome> {
    for program in ["valgrind", "strace"] {
        if process::find(program).is_none() {
            let why = format!("{program} is missing: apt-get install {program}");
            return Ok(Outcome::Skipped(why));
        }
    }
    let mut instructions = Vec::new();
    let mut calls = Vec::new();
    for peer in PEERS {
        let rounds = bench.count(3, 1);
        let counts: Result<Vec<f64>> = (0..rounds)
            .map(|_| per_call(|count| executed(bench, peer, count)))
            .collect();
        instructions.push((peer.to_owned(), Spread::of(&counts?)));
        let made = per_call(|count| system_calls(bench, peer, count))?;
        calls.push((peer.to_owned(), Spread::exact(made)));
    }
    explain(bench)?;
    let (ours, peers) = program::split(instructions)?;
    let instructions = Figure::new("Rust: instructions a call", Unit::Count, ours, peers);
    let (ours, peers) = program::split(calls)?;
    let calls = Figure::new("Rust: system calls a call", Unit::Count, ours, peers);
    Ok(Outcome::Figures(vec![instructions, calls]))
}

fn per_call(count: impl Fn(u64) -> Result<f64>) -> Result<f64> {
    Ok((count(MANY)? - count(FEW)?) / (MANY - FEW) as f64)
}

/// The instructions of a whole run with so many calls.
fn executed(bench: &Bench, peer: &str, calls: u64) -> Result<f64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    let said = run(bench, valgrind, peer, calls)?;
    let collected = said
        .lines()
        .find_map(|line| line.split("Collected : ").nth(1));
    let collected = collected.context("callgrind said no count")?;
    Ok(collected.trim().parse()?)
}

/// The system calls of a whole run with so many calls.
fn system_calls(bench: &Bench, peer: &str, calls: u64) -> Result<f64> {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-c"]);
    total(&run(bench, strace, peer, calls)?).context("strace said no total")
}

/// The number of calls in the last line of what `strace -c` says.
fn total(said: &str) -> Option<f64> {
    let line = said.lines().rfind(|line| line.ends_with(" total"))?;
    line.split_whitespace().nth(3)?.parse().ok()
}

/// Writes the instructions of ours by part into a file beside the figures.
fn explain(bench: &Bench) -> Result<()> {
    let file = bench.folder.join("callgrind.ours");
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--toggle-collect=*protocol*measured*"])
        .arg(format!("--callgrind-out-file={}", file.display()));
    run(bench, valgrind, "ours", MANY)?;
    let mut annotate = Command::new("callgrind_annotate");
    annotate.args(["--auto=no", "--threshold=100"]).arg(&file);
    let shares = shares(&process::output(&mut annotate)?, MANY as f64);
    let text: Vec<String> = shares
        .iter()
        .map(|(part, count)| format!("{count:>8.0}  {part}\n"))
        .collect();
    std::fs::write(bench.folder.join(PARTS), text.concat())?;
    process::say(format_args!(
        "instructions a call, ours, by part:\n{}",
        text.concat()
    ));
    Ok(())
}

/// Sums the lines of callgrind_annotate by the part that their function belongs to, most first.
fn shares(annotated: &str, calls: f64) -> Vec<(String, f64)> {
    let mut parts: Vec<(String, f64)> = Vec::new();
    for line in annotated.lines() {
        let Some((count, function)) = entry(line) else {
            continue;
        };
        let part = part(function);
        match parts.iter_mut().find(|(known, _)| known == part) {
            Some((_, sum)) => *sum += count / calls,
            None => parts.push((part.to_owned(), count / calls)),
        }
    }
    parts.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    if parts.len() > EXPLAINED {
        let rest = parts
            .split_off(EXPLAINED - 1)
            .iter()
            .map(|(_, count)| count)
            .sum();
        parts.push(("all else".to_owned(), rest));
    }
    parts
}

/// `1,234 ( 5.60%)  file:function [object]`
fn entry(line: &str) -> Option<(f64, &str)> {
    let (count, rest) = line.trim_start().split_once(" (")?;
    let (_, function) = rest.split_once("%)  ")?;
    if function.starts_with("PROGRAM TOTALS") {
        return None;
    }
    Some((count.replace(',', "").parse().ok()?, function))
}

/// The crate of a function, or what it is for.
fn part(function: &str) -> &str {
    const ALLOCATOR: &str = "allocating and freeing";
    for (sign, part) in [
        ("malloc/", ALLOCATOR),
        ("raw_vec", ALLOCATOR),
        ("mem", "copying and comparing memory"),
        ("ureq_proto::", "ureq-proto"),
        ("ureq::", "ureq"),
        ("httparse", "httparse"),
        ("openint::", "openint"),
        ("serde", "serde and serde_json"),
        ("http::", "http"),
        ("clock_gettime", "the clock"),
        ("pal::unix::time", "the clock"),
        ("core::fmt", "formatting"),
        ("fmt::Write", "formatting"),
    ] {
        let found = match sign {
            "mem" => function.contains("multiarch/mem"),
            sign => function.contains(sign),
        };
        if found {
            return part;
        }
    }
    "the rest of the standard libraries"
}

/// Runs a client with so many calls under a tool, and gives what the tool said.
fn run(bench: &Bench, mut tool: Command, peer: &str, calls: u64) -> Result<String> {
    let mut child = tool
        .arg(built(&bench.folder, "bench-rust"))
        .args([peer, &bench.server.url("")])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{:?}", tool.get_program()))?;
    if let Some(mut input) = child.stdin.take() {
        writeln!(input, "calls {calls}")?;
    }
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(
        output.status.success(),
        "{peer} under {:?}: {said}",
        tool.get_program()
    );
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_summed_by_their_part() {
        let annotated = "\
            2,000 (100.0%)  PROGRAM TOTALS\n\
            1,000 (50.00%)  ./malloc/./malloc/malloc.c:_int_free [/usr/lib/libc.so.6]\n\
              600 (30.00%)  /a/src/run.rs:ureq::run::call_run [/t/bench-rust]\n\
              400 (20.00%)  ./malloc/./malloc/malloc.c:malloc [/usr/lib/libc.so.6]\n";
        let shares = shares(annotated, 10.0);
        let expected = [("allocating and freeing", 140.0), ("ureq", 60.0)];
        assert_eq!(
            shares,
            expected.map(|(part, count)| (part.to_owned(), count))
        );
    }

    #[test]
    fn the_total_of_strace_is_the_number_of_calls() {
        let said = "100.00    0.009874           2      4554      1007 total\n";
        assert_eq!(total(said), Some(4554.0));
        let without_errors = "100.00    0.009874           2      4554           total\n";
        assert_eq!(total(without_errors), Some(4554.0));
    }
}
