//! The commands, and what is measured of each.

use std::path::Path;
use std::thread;
use std::time::Instant;

use serde_json::{Value, json};

use crate::peers::{Call, Peer, Result};

pub(crate) fn carry_out(line: &str, peer: &dyn Peer) -> Result<Value> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        ["calls", count] => calls(&mut peer.caller(), count.parse()?),
        ["threads", threads, count] => on_threads(peer, threads.parse()?, count.parse()?),
        ["rows"] => rows(peer),
        ["import", concurrency, rows, journal] => {
            import(peer, concurrency.parse()?, rows.parse()?, Path::new(journal))
        }
        ["memory"] => memory(),
        _ => Err(format!("no such command: {line}").into()),
    }
}

/// One call after the other: the nanoseconds of each, and the CPU time of all.
fn calls(call: &mut Call, count: usize) -> Result<Value> {
    let mut nanos = Vec::with_capacity(count);
    let cpu = cpu_nanos();
    for _ in 0..count {
        let start = Instant::now();
        measured(call);
        nanos.push(start.elapsed().as_nanos() as u64);
    }
    Ok(json!({ "cpu_ns": cpu_nanos() - cpu, "ns": nanos }))
}

/// The call itself, as a function that a profiler can tell from the rest.
#[inline(never)]
pub(crate) fn measured(call: &mut Call) {
    call();
}

fn on_threads(peer: &dyn Peer, threads: usize, count: usize) -> Result<Value> {
    let mut callers: Vec<Call> = (0..threads).map(|_| peer.caller()).collect();
    // Before the clock runs; a pool that the callers share still opens more when they meet.
    callers.iter_mut().for_each(|call| call());
    let (start, cpu) = (Instant::now(), cpu_nanos());
    thread::scope(|scope| {
        for mut call in callers {
            scope.spawn(move || (0..count).for_each(|_| call()));
        }
    });
    Ok(json!({
        "wall_ns": start.elapsed().as_nanos() as u64,
        "cpu_ns": cpu_nanos() - cpu,
        "calls": threads * count,
    }))
}

fn rows(peer: &dyn Peer) -> Result<Value> {
    let (start, cpu) = (Instant::now(), cpu_nanos());
    let rows = peer.rows()?;
    Ok(json!({
        "wall_ns": start.elapsed().as_nanos() as u64,
        "cpu_ns": cpu_nanos() - cpu,
        "calls": rows,
    }))
}

/// An import of rows with a journal, from its start until the journal is closed.
fn import(peer: &dyn Peer, concurrency: usize, rows: usize, journal: &Path) -> Result<Value> {
    let (start, cpu) = (Instant::now(), cpu_nanos());
    let rows = peer.import(concurrency, rows, journal)?;
    Ok(json!({
        "wall_ns": start.elapsed().as_nanos() as u64,
        "cpu_ns": cpu_nanos() - cpu,
        "calls": rows,
    }))
}

/// Resident memory now and at its highest.
fn memory() -> Result<Value> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let kilobytes = |name: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.map_or(0, |number| number.parse().unwrap_or(0))
    };
    Ok(json!({ "rss_kb": kilobytes("VmRSS:"), "peak_kb": kilobytes("VmHWM:") }))
}

fn cpu_nanos() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
