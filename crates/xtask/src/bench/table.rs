//! The table that a run ends with.

use super::Outcome;
use super::figure::{Against, Bound, Direction, Figure, Unit};
use super::spread::Spread;

/// A cell for each column of a row.
pub(crate) type Row = [String; 7];

pub(crate) const HEADER: [&str; 7] = [
    "measure",
    "ours",
    "peer",
    "compared",
    "must reach",
    "aim",
    "",
];

/// Every bound as a row, and a figure without one as a row too.
pub(crate) fn rows(figures: &[Figure]) -> Vec<Row> {
    let rows = figures.iter().map(|figure| match &figure.bounds[..] {
        [] => vec![plain(figure)],
        bounds => bounds.iter().map(|bound| row(figure, bound)).collect(),
    });
    rows.flatten().collect()
}

/// Returns the number of bounds that are not reached.
pub(crate) fn short(outcomes: &[(&str, Outcome)]) -> usize {
    let figures = outcomes.iter().flat_map(|(_, outcome)| figures(outcome));
    let missed = figures.map(|figure| {
        let bounds = figure.bounds.iter();
        bounds
            .filter(|bound| figure.is_reached(bound) == Some(false))
            .count()
    });
    missed.sum()
}

fn figures(outcome: &Outcome) -> &[Figure] {
    match outcome {
        Outcome::Figures(figures) => figures,
        Outcome::Skipped(_) | Outcome::Failed(_) => &[],
    }
}

pub(crate) fn render(outcomes: &[(&str, Outcome)]) -> String {
    let mut rows: Vec<Row> = vec![HEADER.map(str::to_owned)];
    for (_, outcome) in outcomes {
        rows.extend(self::rows(figures(outcome)));
    }
    let mut widths = [0; 7];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::from("\n");
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    for (group, outcome) in outcomes {
        match outcome {
            Outcome::Skipped(why) => text.push_str(&format!("{group}: SKIPPED, {why}\n")),
            Outcome::Failed(why) => text.push_str(&format!("{group}: FAILED, {why}\n")),
            Outcome::Figures(_) => {}
        }
    }
    match short(outcomes) {
        0 => text.push_str("what must be reached is reached\n"),
        short => text.push_str(&format!(
            "{short} of what must be reached are not, marked SHORT\n"
        )),
    }
    text
}

fn row(figure: &Figure, bound: &Bound) -> Row {
    let ratio = !matches!(bound.against, Against::Itself | Against::Over(_));
    let unit = if ratio { Unit::Ratio } else { figure.unit };
    let limit = |value: Option<f64>| match (value, bound.direction) {
        (None, _) => String::new(),
        (Some(value), Direction::AtMost) => format!("≤ {}", number(value, unit)),
        (Some(value), Direction::AtLeast) => format!("≥ {}", number(value, unit)),
    };
    let compared = figure.compared(&bound.against);
    let verdict = match (figure.is_reached(bound), figure.is_aim_met(bound)) {
        (Some(false), _) => "SHORT",
        (_, Some(true)) => "aim met",
        (Some(true), _) => "reached",
        (None, Some(false)) => "aim not met",
        (None, None) => "",
    };
    [
        figure.measure.clone(),
        number(figure.ours.median, figure.unit),
        peer(figure, &bound.against),
        compared.map_or("not measured".to_owned(), |value| {
            number(against_us(value, bound.direction), unit)
        }),
        limit(bound.must),
        limit(bound.aim),
        verdict.to_owned(),
    ]
}

fn plain(figure: &Figure) -> Row {
    let peers: Vec<String> = figure
        .peers
        .iter()
        .map(|(name, spread)| format!("{name} {}", number(spread.median, figure.unit)))
        .collect();
    let mut row = [const { String::new() }; 7];
    row[0] = figure.measure.clone();
    row[1] = number(figure.ours.median, figure.unit);
    row[2] = peers.join(", ");
    row
}

fn peer(figure: &Figure, against: &Against) -> String {
    let named = |name: &str| {
        let found = figure.peers.iter().find(|(peer, _)| peer == name);
        let value = found.map(|(_, spread)| number(spread.median, figure.unit));
        format!("{name} {}", value.unwrap_or_default())
    };
    match against {
        Against::Peer(name) => named(name),
        Against::Over(name) => format!("over {}", named(name)),
        Against::Itself => String::new(),
        Against::Best => {
            let by =
                |a: &&(String, Spread), b: &&(String, Spread)| a.1.median.total_cmp(&b.1.median);
            let best = figure.peers.iter().min_by(by);
            best.map_or(String::new(), |(name, _)| named(name))
        }
    }
}

/// To what is shown, in the direction that is worse for us.
fn against_us(value: f64, direction: Direction) -> f64 {
    let scale = 10_f64.powi(digits(value) as i32);
    let shown = value * scale;
    // A value that is shown exactly must not move by what its binary form adds.
    let shown = match direction {
        Direction::AtMost => (shown - 1e-6).ceil(),
        Direction::AtLeast => (shown + 1e-6).floor(),
    };
    shown / scale
}

/// Returns the number of digits after the point that make three in all.
fn digits(value: f64) -> usize {
    match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        size if size >= 0.1 => 3,
        _ => 4,
    }
}

/// With its unit, to three digits.
pub(crate) fn number(value: f64, unit: Unit) -> String {
    let digits = digits(value);
    match unit {
        Unit::Microseconds => format!("{value:.digits$} µs"),
        Unit::Milliseconds => format!("{value:.digits$} ms"),
        Unit::Megabytes => format!("{value:.digits$} MB"),
        Unit::CallsPerSecond => format!("{value:.0} calls/s"),
        Unit::Count | Unit::Ratio => format!("{value:.digits$}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(ours: f64) -> Vec<(&'static str, Outcome)> {
        let peers = vec![("floor".to_owned(), Spread::exact(10.0))];
        let figure = Figure::new("CPU", Unit::Microseconds, Spread::exact(ours), peers);
        let figure = figure.at_most("floor", Some(1.5), Some(1.25));
        vec![
            ("rust", Outcome::Figures(vec![figure])),
            (
                "swift",
                Outcome::Skipped("swift is missing: install it".to_owned()),
            ),
        ]
    }

    #[test]
    fn what_falls_short_is_marked_beside_its_bound() {
        let text = render(&outcomes(43.0));
        let row = text.lines().find(|line| line.starts_with("CPU")).unwrap();
        let words: Vec<&str> = row.split_whitespace().collect();
        let expected = "CPU 43.0 µs floor 10.0 µs 4.30 ≤ 1.50 ≤ 1.25 SHORT";
        assert_eq!(words.join(" "), expected);
        assert!(text.contains("1 of what must be reached"));
        assert_eq!(short(&outcomes(43.0)), 1);
    }

    #[test]
    fn nothing_is_rounded_in_our_favour() {
        let shown = |value, direction| number(against_us(value, direction), Unit::Ratio);
        assert_eq!(shown(1.001, Direction::AtMost), "1.01");
        assert_eq!(shown(1.999, Direction::AtLeast), "1.99");
        assert_eq!(shown(0.9001, Direction::AtMost), "0.901");
        assert_eq!(shown(4.3, Direction::AtMost), "4.30");
        assert_eq!(shown(4.3, Direction::AtLeast), "4.30");
        assert_eq!(shown(-4.281, Direction::AtMost), "-4.28");
    }

    #[test]
    fn what_is_reached_or_skipped_is_said() {
        let text = render(&outcomes(14.0));
        assert!(
            text.contains("reached") && !text.contains("SHORT"),
            "{text}"
        );
        assert!(render(&outcomes(12.0)).contains("aim met"));
        assert!(text.contains("swift: SKIPPED, swift is missing: install it"));
        assert_eq!(short(&outcomes(14.0)), 0);
    }
}
