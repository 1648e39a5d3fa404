//! How the core grows: with rows, with the size of a body, with threads.

use anyhow::{Context, Result, ensure};

use super::figure::{Against, Direction, Figure, Unit};
use super::program::{Bulk, Calls, Memory};
use super::rust::start;
use super::spread::Spread;
use super::{Bench, Outcome, program};

/// Above 1 by as much as two medians of a shared machine may differ.
const LINEAR: f64 = 1.3;
const ROWS: [usize; 4] = [100, 1_000, 10_000, 100_000];
const METADATA: [usize; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const THREADS: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];
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
        for (index, rows) in ROWS.into_iter().enumerate() {
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
    let steps = |values: Vec<Vec<f64>>| -> Vec<(String, Spread)> {
        let named = ROWS.into_iter().zip(values);
        named
            .map(|(rows, values)| (format!("{rows} rows"), Spread::of(&values)))
            .collect()
    };
    let (times, memory) = (steps(times), steps(memory));
    Ok(vec![
        flat(
            "Growth: CPU a row, 100 to 100,000 rows",
            Unit::Microseconds,
            &times,
        )?,
        flat(
            "Growth: memory of a list, 100 to 100,000 rows",
            Unit::Megabytes,
            &memory,
        )?,
    ])
}

fn metadata(bench: &Bench) -> Result<Vec<Figure>> {
    let mut times = Vec::new();
    let mut memory = Vec::new();
    for bytes in METADATA {
        let url = bench.server.url(&format!("metadata-{bytes}"));
        let calls = (20_000_000 / bytes).clamp(5, bench.count(500, 50));
        let mut program = start(bench, "ours", &url, None)?;
        let before: Memory = program.ask("memory")?;
        let rounds: Result<Vec<f64>> = (0..bench.count(7, 3))
            .map(|_| Ok(program.ask::<Calls>(&format!("calls {calls}"))?.cpu()))
            .collect();
        let rounds: Vec<f64> = rounds?.iter().map(|us| us * 1e3 / bytes as f64).collect();
        let peak = program.ask::<Memory>("memory")?.peak_kb - before.rss_kb;
        times.push((format!("{bytes} bytes"), Spread::of(&rounds)));
        memory.push((
            format!("{bytes} bytes"),
            Spread::exact(peak * 1e3 / bytes as f64),
        ));
    }
    let name = "Growth: CPU nanoseconds a byte of metadata, 1 KB to 10 MB";
    let time = flat(name, Unit::Ratio, &times)?;
    let (_, at_most) = memory.last().context("there are sizes")?;
    // The body as it came, and what is made of it; a growing buffer is at worst twice as large.
    let memory = Figure::new(
        "Growth: memory over the size of 10 MB of metadata",
        Unit::Ratio,
        *at_most,
        memory[..memory.len() - 1].to_vec(),
    )
    .bound(Against::Itself, Direction::AtMost, Some(4.0), Some(2.5));
    Ok(vec![time, memory])
}

fn threads(bench: &Bench) -> Result<Vec<Figure>> {
    let url = bench.server.url("");
    let mut programs = [("ours".to_owned(), start(bench, "ours", &url, None)?)];
    let mut figures = Vec::new();
    for threads in THREADS {
        let calls = bench.count(8_000, 1_600) / threads;
        let command = |_: &str| format!("threads {threads} {calls}");
        let rounds = bench.count(7, 3);
        let rate = program::ask_in_turn(&mut programs, rounds, command, Bulk::per_second)?;
        let (_, rate) = rate.into_iter().next().context("one program, one figure")?;
        figures.push((format!("{threads} threads"), rate));
    }
    let (_, most) = figures.pop().context("there are steps")?;
    let figure = Figure::new("Growth: 64 threads", Unit::CallsPerSecond, most, figures);
    Ok(vec![figure.at_least("2 threads", Some(1.0 / LINEAR), None)])
}

/// The last step beside those before it; it must be no more than a step that is large enough to
/// tell.
fn flat(measure: &str, unit: Unit, steps: &[(String, Spread)]) -> Result<Figure> {
    let ((_, last), before) = steps.split_last().context("there are steps")?;
    let (from, _) = before.get(FROM).context("there are several steps")?;
    let figure = Figure::new(measure, unit, *last, before.to_vec());
    Ok(figure.at_most(from, Some(LINEAR), Some(1.0)))
}
