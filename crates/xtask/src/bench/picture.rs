//! Pictures: bars with their spread, as SVG that is read on a light page and on a dark one. It has a
//! ground of its own, because a page can be dark where the system says that it is light.

use std::fmt::Write as _;

use super::figure::{Figure, Unit};
use super::table::number;

const WIDTH: f64 = 720.0;
const LABELS: f64 = 190.0;
const VALUES: f64 = 110.0;
const BAR: f64 = 18.0;
const STEP: f64 = 28.0;
const TOP: f64 = 40.0;

/// Ours above the peers, shortest first, or steps in their order, each with a line from its lowest
/// round to its highest.
pub(crate) fn bars(figure: &Figure) -> String {
    let mut rows = figure.entries();
    let is_growth = figure.last_step.is_some();
    if !is_growth {
        rows[1..].sort_by(|(_, a), (_, b)| a.median.total_cmp(&b.median));
    }
    let highest = rows.iter().map(|(_, spread)| spread.high);
    let most = highest.fold(0.0, f64::max);
    let room = WIDTH - LABELS - VALUES;
    let length = |value: f64| value / most * room;
    let height = TOP + STEP * rows.len() as f64 + 8.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"13\">\n\
         <title>{title}</title>\n\
         <style>.p{{fill:#fff}}text{{fill:#24292f}}.a{{fill:#1f6feb}}.b{{fill:#8c959f}}\
         .s{{stroke:#24292f}}@media(prefers-color-scheme:dark)\
         {{.p{{fill:#0d1117}}text{{fill:#e6edf3}}.s{{stroke:#e6edf3}}}}</style>\n\
         <rect class=\"p\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n\
         <text x=\"8\" y=\"22\" font-weight=\"bold\">{title}</text>\n",
        title = escaped(&title(figure))
    );
    for (index, (name, spread)) in rows.iter().enumerate() {
        let y = TOP + STEP * index as f64;
        let middle = y + BAR / 2.0;
        let (bar, low, high) = (
            length(spread.median),
            length(spread.low),
            length(spread.high),
        );
        let class = if is_growth || index == 0 { "a" } else { "b" };
        // Writing to a text cannot fail.
        let _ = writeln!(
            svg,
            "<text x=\"{x}\" y=\"{base}\" text-anchor=\"end\">{name}</text>\
             <rect class=\"{class}\" x=\"{LABELS}\" y=\"{y}\" width=\"{bar:.1}\" height=\"{BAR}\"/>\
             <line class=\"s\" x1=\"{from:.1}\" y1=\"{middle}\" x2=\"{to:.1}\" y2=\"{middle}\"/>\
             <text x=\"{beside:.1}\" y=\"{base}\">{value}</text>",
            x = LABELS - 8.0,
            base = y + BAR - 4.0,
            name = escaped(name),
            from = LABELS + low,
            to = LABELS + high,
            beside = LABELS + bar.max(high) + 8.0,
            value = escaped(&number(spread.median, figure.unit)),
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn title(figure: &Figure) -> String {
    match figure.unit {
        Unit::CallsPerSecond => format!("{}, more is better", figure.measure),
        _ => figure.measure.clone(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::spread::Spread;

    #[test]
    fn a_bar_is_as_long_as_its_value() {
        let peers = vec![("a & b".to_owned(), Spread::exact(20.0))];
        let figure = Figure::new("time", Unit::Microseconds, Spread::exact(5.0), peers);
        let svg = bars(&figure);
        let room = WIDTH - LABELS - VALUES;
        assert!(svg.contains(&format!("width=\"{room:.1}\"")), "{svg}");
        assert!(
            svg.contains(&format!("width=\"{:.1}\"", room / 4.0)),
            "{svg}"
        );
        assert!(
            svg.contains("a &amp; b") && svg.contains("20.0 µs"),
            "{svg}"
        );
    }
}
