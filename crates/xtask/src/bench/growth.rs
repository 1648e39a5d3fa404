//! Growth of the core: with rows, with the size of a body, with threads.

use anyhow::{Context, Result, ensure};

use super::figure::{Against, Direction, Figure, Unit};
use super::program::{Bulk, Calls, Memory};
use super::rust::start;
use super::spread::Spread;
use super::{Bench, Outcome};

/// Above 1 by as much as two medians of a shared machine may differ.
const LINEAR: f64 = 1.3;
const ROWS: [(&str, usize); 4] = [
    ("100 rows", 100),
    ("1,000 rows", 1_000),
    ("10,000 rows", 10_000),
    ("100,000 rows", 100_000),
];
const METADATA: [(&str, usize); 5] = [
    ("1 KB", 1_000),
    ("10 KB", 10_000),
    ("100 KB", 100_000),
    ("1 MB", 1_000_000),
    ("10 MB", 10_000_000),
];
const THREADS: [(&str, usize); 7] = [
    ("1 thread", 1),
    ("2 threads", 2),
    ("4 threads", 4),
    ("8 threads", 8),
    ("16 threads", 16),
    ("32 threads", 32),
    ("64 threads", 64),
];
/// The step that the last one is compared with. In those before it what does not grow is large
/// beside what does: the call itself, and the ids of the last ten thousand rows of a list.
const FROM: usize = 2;

pub(crate) fn measure(bench: &Bench) -> Result<Outcome> {
    let mut figures = rows(bench)?;
    figures.extend(metadata(bench)?);
    figures.extend(threads(bench)?);
    Ok(Outcome::Figures(figures))
}

fn rows(bench: &Bench) -> Result<Vec<Figure>> {
    let mut times = vec![Vec::new(); ROWS.len()];
    let mut memory = vec![Vec::new(); ROWS.len()];
    for _ in 0..bench.count(5, 3) {
        for (index, (_, rows)) in ROWS.into_iter().enumerate() {
            let url = bench.server.url(&format!("rows-{rows}"));
            let mut program = start(bench, "ours", &url, None)?;
            let before: Memory = program.ask("memory")?;
            let read: Bulk = program.ask("rows")?;
            ensure!(
                read.calls == rows as f64,
                "{} of {rows} rows came",
                read.calls
            );
            times[index].push(read.cpu_ns / 1e3 / rows as f64);
            let peak = program.ask::<Memory>("memory")?.peak_kb - before.rss_kb;
            memory[index].push(peak / 1e3);
        }
    }
    Ok(vec![
        flat(
            "Growth: CPU a row, 100 to 100,000 rows",
            Unit::Microseconds,
            steps(&ROWS, &times),
        )?,
        flat(
            "Growth: memory of a list, 100 to 100,000 rows",
            Unit::Megabytes,
            steps(&ROWS, &memory),
        )?,
    ])
}

fn metadata(bench: &Bench) -> Result<Vec<Figure>> {
    let mut times = Vec::new();
    let mut memory = 0.0;
    for (_, bytes) in METADATA {
        let url = bench.server.url(&format!("metadata-{bytes}"));
        let calls = (20_000_000 / bytes).clamp(5, bench.count(500, 50));
        let mut program = start(bench, "ours", &url, None)?;
        let before: Memory = program.ask("memory")?;
        let rounds: Result<Vec<f64>> = (0..bench.count(7, 3))
            .map(|_| Ok(program.ask::<Calls>(&format!("calls {calls}"))?.cpu()))
            .collect();
        times.push(rounds?.iter().map(|us| us * 1e3 / bytes as f64).collect());
        let peak = program.ask::<Memory>("memory")?.peak_kb - before.rss_kb;
        memory = peak * 1e3 / bytes as f64;
    }
    let time = flat(
        "Growth: CPU nanoseconds a byte of metadata, 1 KB to 10 MB",
        Unit::Ratio,
        steps(&METADATA, &times),
    )?;
    // The body as it came, and what is made of it; a growing buffer is at worst twice as large.
    let memory = Figure::new(
        "Growth: memory over the size of 10 MB of metadata",
        Unit::Ratio,
        Spread::exact(memory),
        Vec::new(),
    )
    .bound(Against::Itself, Direction::AtMost, Some(4.0), Some(2.5));
    Ok(vec![time, memory])
}

fn threads(bench: &Bench) -> Result<Vec<Figure>> {
    let mut program = start(bench, "ours", &bench.server.url(""), None)?;
    let mut rates = vec![Vec::new(); THREADS.len()];
    for _ in 0..bench.count(7, 3) {
        for (index, (_, threads)) in THREADS.into_iter().enumerate() {
            // Quick or not: with few calls a thread it would be connecting that is measured.
            let calls = 8_000 / threads;
            let made: Bulk = program.ask(&format!("threads {threads} {calls}"))?;
            rates[index].push(made.per_second());
        }
    }
    let measure = "Growth: calls, 1 to 64 threads";
    let figure = growth(measure, Unit::CallsPerSecond, steps(&THREADS, &rates))?;
    Ok(vec![figure.at_least("2 threads", Some(1.0 / LINEAR), None)])
}

fn steps<T>(names: &[(&str, T)], values: &[Vec<f64>]) -> Vec<(String, Spread)> {
    let named = names.iter().zip(values);
    named
        .map(|((name, _), values)| ((*name).to_owned(), Spread::of(values)))
        .collect()
}

/// The last step beside those before it; it must be no more than a step that is large enough to
/// tell.
fn flat(measure: &str, unit: Unit, steps: Vec<(String, Spread)>) -> Result<Figure> {
    let figure = growth(measure, unit, steps)?;
    let (from, _) = figure.peers.get(FROM).context("there are several steps")?;
    let from = from.clone();
    Ok(figure.at_most(&from, Some(LINEAR), Some(1.0)))
}

fn growth(measure: &str, unit: Unit, steps: Vec<(String, Spread)>) -> Result<Figure> {
    Figure::growth(measure, unit, steps).context("there are steps")
}
