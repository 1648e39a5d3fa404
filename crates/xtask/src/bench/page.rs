//! `docs/benchmarks.md`: what is written by hand in `bench/page.md`, with the figures of this run.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Outcome;
use super::figure::Figure;
use super::instructions::PARTS;
use super::picture;
use super::table::{self, HEADER, number};
use crate::process;
use crate::swift::toolchain::Toolchain;

const TEMPLATE: &str = "bench/page.md";
const PAGE: &str = "docs/benchmarks.md";
const PICTURES: &str = "docs/benchmarks";

/// Writes the page and its pictures. Only a run of everything may do so.
pub(crate) fn write(
    root: &Path,
    folder: &Path,
    quick: bool,
    outcomes: &[(&str, Outcome)],
) -> Result<()> {
    let mut page = fs::read_to_string(root.join(TEMPLATE)).context(TEMPLATE)?;
    page = page.replace("{{machine}}", &machine(root));
    let parts = fs::read_to_string(folder.join(PARTS));
    page = page.replace("{{parts}}", parts.unwrap_or_default().trim_end());
    let command = match quick {
        true => "cargo xtask bench --quick --docs",
        false => "cargo xtask bench --docs",
    };
    page = page.replace("{{command}}", command);
    // A picture of a measure that is no more must not stay.
    let _ = fs::remove_dir_all(root.join(PICTURES));
    fs::create_dir_all(root.join(PICTURES))?;
    for (group, outcome) in outcomes {
        let text = match outcome {
            Outcome::Skipped(why) | Outcome::Failed(why) => format!("Not measured: {why}.\n"),
            Outcome::Figures(figures) => {
                for figure in figures.iter().filter(|figure| figure.peers.len() > 1) {
                    let file = root.join(PICTURES).join(file_name(figure));
                    fs::write(file, picture::bars(figure))?;
                }
                section(figures)
            }
        };
        page = page.replace(&format!("{{{{{group}}}}}"), text.trim_end());
    }
    if let Some(at) = page.find("{{") {
        let left = page[at..].lines().next().unwrap_or_default();
        bail!("{left} of {TEMPLATE} was not measured; --docs takes a run of everything");
    }
    fs::write(root.join(PAGE), page)?;
    process::say(format_args!("{PAGE} written"));
    Ok(())
}

fn section(figures: &[Figure]) -> String {
    let mut text = format!(
        "| {} |\n|{}\n",
        HEADER.join(" | "),
        "---|".repeat(HEADER.len())
    );
    for row in table::rows(figures) {
        text.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    text.push_str(
        "\n| measure | who | median | lowest round | highest round |\n|---|---|---|---|---|\n",
    );
    for figure in figures {
        for (name, spread) in figure.entries() {
            let number = |value| number(value, figure.unit);
            text.push_str(&format!(
                "| {} | {name} | {} | {} | {} |\n",
                figure.measure,
                number(spread.median),
                number(spread.low),
                number(spread.high)
            ));
        }
    }
    for figure in figures.iter().filter(|figure| figure.peers.len() > 1) {
        let file = file_name(figure);
        text.push_str(&format!("\n![{}](benchmarks/{file})\n", figure.measure));
    }
    text
}

/// The measure in letters, digits and hyphens.
fn file_name(figure: &Figure) -> String {
    let words = figure.measure.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    format!("{}.svg", words.join("-"))
}

/// The machine and the versions on it, as a list.
fn machine(root: &Path) -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name\t: "));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown").to_owned();
    let lines = [
        format!("{cores} cores, {}", model.unwrap_or("unknown processor")),
        format!("load in the last minute of the run: {load}"),
        first_line("uname", &["-sr"]),
        first_line("rustc", &["--version"]),
        first_line("python3", &["--version"]),
        first_line("java", &["--version"]),
        swift(root),
    ];
    let lines: Vec<String> = lines.iter().map(|line| format!("- {line}")).collect();
    lines.join("\n")
}

fn first_line(program: &str, args: &[&str]) -> String {
    let mut command = Command::new(program);
    command.args(args);
    said(command).unwrap_or_else(|| format!("no {program}"))
}

fn swift(root: &Path) -> String {
    let command = Toolchain::installed().and_then(|toolchain| {
        let mut command = toolchain.command(&[root], root).ok()?;
        command.args(["swift", "--version"]);
        Some(command)
    });
    command
        .and_then(said)
        .unwrap_or_else(|| "no swift".to_owned())
}

/// The first line that a command prints.
fn said(mut command: Command) -> Option<String> {
    let output = command.output().ok()?.stdout;
    let text = String::from_utf8_lossy(&output);
    text.lines().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figure::Unit;
    use crate::bench::spread::Spread;
    use crate::test::tests::scratch;

    fn outcome() -> Outcome {
        let peers = ["a", "b"].map(|name| (name.to_owned(), Spread::of(&[2.0, 3.0, 9.0])));
        let figure = Figure::new(
            "Rust: CPU a call",
            Unit::Microseconds,
            Spread::exact(1.0),
            peers.to_vec(),
        );
        Outcome::Figures(vec![figure.at_most("a", Some(0.2), None)])
    }

    #[test]
    fn the_page_has_every_figure_with_its_spread_and_its_picture() {
        let root = scratch("page");
        fs::create_dir_all(root.join("bench")).unwrap();
        fs::write(
            root.join(TEMPLATE),
            "# Figures\n\n{{machine}}\n\n{{rust}}\n",
        )
        .unwrap();
        write(&root, &root, false, &[("rust", outcome())]).unwrap();
        let page = fs::read_to_string(root.join(PAGE)).unwrap();
        assert!(
            page.contains("| Rust: CPU a call | a | 3.00 µs | 2.00 µs | 9.00 µs |"),
            "{page}"
        );
        assert!(page.contains("SHORT"), "{page}");
        assert!(page.contains("](benchmarks/rust-cpu-a-call.svg)"), "{page}");
        assert!(root.join("docs/benchmarks/rust-cpu-a-call.svg").is_file());
    }

    #[test]
    fn a_page_with_a_gap_is_not_written() {
        let root = scratch("page-gap");
        fs::create_dir_all(root.join("bench")).unwrap();
        fs::write(root.join(TEMPLATE), "{{rust}} {{python}}\n").unwrap();
        let said = write(&root, &root, false, &[("rust", outcome())])
            .unwrap_err()
            .to_string();
        assert!(said.contains("{{python}}"), "{said}");
        assert!(!root.join(PAGE).exists());
    }
}
