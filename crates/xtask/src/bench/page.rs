//! `docs/benchmarks.md` and `bench/figures.md`: templates written by hand, with the figures of this
//! run.

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

/// Shows the figures of a group.
type Show = fn(&[Figure]) -> String;

/// The page for readers, and that of every figure: each with its template.
const PAGES: [(&str, &str, Show); 2] = [
    ("bench/page.md", "docs/benchmarks.md", summary),
    ("bench/figures.template.md", "bench/figures.md", section),
];
const PICTURES: &str = "docs/benchmarks";

/// Measures with a picture.
const DRAWN: [&str; 3] = [
    "Rust: CPU a call",
    "Python: median latency",
    "Kotlin: median warm latency",
];

/// Writes the pages and the pictures. Only a run of everything may do so.
pub(crate) fn write(
    root: &Path,
    folder: &Path,
    quick: bool,
    outcomes: &[(&str, Outcome)],
) -> Result<()> {
    let pages = PAGES
        .iter()
        .map(|(template, page, show)| {
            let text = fill(root, folder, quick, outcomes, template, *show)?;
            Ok((*page, text))
        })
        .collect::<Result<Vec<_>>>()?;
    // A picture of a measure that is no more must not stay.
    let _ = fs::remove_dir_all(root.join(PICTURES));
    fs::create_dir_all(root.join(PICTURES))?;
    for (_, outcome) in outcomes {
        let Outcome::Figures(figures) = outcome else {
            continue;
        };
        for figure in figures.iter().filter(|figure| is_drawn(figure)) {
            let file = root.join(PICTURES).join(file_name(figure));
            fs::write(file, picture::bars(figure))?;
        }
    }
    for (page, text) in pages {
        fs::write(root.join(page), text)?;
        process::say(format_args!("{page} written"));
    }
    Ok(())
}

/// The text of a page.
fn fill(
    root: &Path,
    folder: &Path,
    quick: bool,
    outcomes: &[(&str, Outcome)],
    template: &str,
    show: Show,
) -> Result<String> {
    let mut page = fs::read_to_string(root.join(template)).context(template.to_owned())?;
    page = page.replace("{{machine}}", &machine(root));
    let parts = fs::read_to_string(folder.join(PARTS));
    page = page.replace("{{parts}}", parts.unwrap_or_default().trim_end());
    let command = match quick {
        true => "cargo xtask bench --quick --docs",
        false => "cargo xtask bench --docs",
    };
    page = page.replace("{{command}}", command);
    for (group, outcome) in outcomes {
        let text = match outcome {
            Outcome::Skipped(why) | Outcome::Failed(why) => format!("Not measured: {why}.\n"),
            Outcome::Figures(figures) => show(figures),
        };
        page = page.replace(&format!("{{{{{group}}}}}"), text.trim_end());
    }
    if let Some(at) = page.find("{{") {
        let left = page[at..].lines().next().unwrap_or_default();
        bail!("{left} of {template} was not measured; --docs takes a run of everything");
    }
    Ok(page)
}

fn is_drawn(figure: &Figure) -> bool {
    DRAWN.contains(&figure.measure.as_str())
}

/// The medians of ours and of the others, a row for each measure, and the picture of one.
fn summary(figures: &[Figure]) -> String {
    let has_peers = figures.iter().any(|figure| !figure.peers.is_empty());
    let mut text = match has_peers {
        true => String::from("| | openint-sdk | others |\n|---|---|---|\n"),
        false => String::from("| | openint-sdk |\n|---|---|\n"),
    };
    for figure in figures {
        let (_, measure) = figure
            .measure
            .split_once(": ")
            .unwrap_or(("", &figure.measure));
        let ours = number(figure.ours.median, figure.unit);
        text.push_str(&format!("| {measure} | **{ours}** |"));
        if has_peers {
            let peers: Vec<String> = figure
                .peers
                .iter()
                .map(|(name, spread)| format!("{name} {}", number(spread.median, figure.unit)))
                .collect();
            text.push_str(&format!(" {} |", peers.join(", ")));
        }
        text.push('\n');
    }
    for figure in figures.iter().filter(|figure| is_drawn(figure)) {
        let file = file_name(figure);
        text.push_str(&format!("\n![{}](benchmarks/{file})\n", figure.measure));
    }
    text
}

/// Every bound, and every figure with its spread.
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

    fn templates(root: &Path, text: &str) {
        fs::create_dir_all(root.join("bench")).unwrap();
        fs::create_dir_all(root.join("docs")).unwrap();
        for (template, _, _) in PAGES {
            fs::write(root.join(template), text).unwrap();
        }
    }

    #[test]
    fn one_page_has_the_medians_and_the_other_every_figure_with_its_spread() {
        let root = scratch("page");
        templates(&root, "# Figures\n\n{{machine}}\n\n{{rust}}\n");
        write(&root, &root, false, &[("rust", outcome())]).unwrap();
        let page = fs::read_to_string(root.join("docs/benchmarks.md")).unwrap();
        assert!(
            page.contains("| CPU a call | **1.00 µs** | a 3.00 µs, b 3.00 µs |"),
            "{page}"
        );
        assert!(page.contains("](benchmarks/rust-cpu-a-call.svg)"), "{page}");
        assert!(root.join("docs/benchmarks/rust-cpu-a-call.svg").is_file());
        let figures = fs::read_to_string(root.join("bench/figures.md")).unwrap();
        assert!(
            figures.contains("| Rust: CPU a call | a | 3.00 µs | 2.00 µs | 9.00 µs |"),
            "{figures}"
        );
        assert!(figures.contains("SHORT"), "{figures}");
    }

    #[test]
    fn a_page_with_a_gap_is_not_written() {
        let root = scratch("page-gap");
        templates(&root, "{{rust}} {{python}}\n");
        let said = write(&root, &root, false, &[("rust", outcome())])
            .unwrap_err()
            .to_string();
        assert!(said.contains("{{python}}"), "{said}");
        assert!(!root.join("docs/benchmarks.md").exists());
    }
}
