//! Sizes of downloads.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::figure::{Against, Direction, Figure, Unit};
use super::spread::Spread;
use super::{Bench, Group, Outcome, kotlin, missing, python};
use crate::bindings;

pub(crate) fn measure(bench: &Bench) -> Result<Outcome> {
    let library = bindings::build_release(&bench.root)?;
    let mut figures = vec![figure("Size: stripped library", &library, 2.8)?];
    if missing(Group::Python).is_none() {
        let (_, wheel) = python::environment(bench)?;
        figures.push(figure("Size: wheel", &wheel, 1.7)?);
    }
    if missing(Group::Kotlin).is_none() {
        figures.push(figure(
            "Size: jar with one platform",
            &kotlin::jar(bench)?,
            2.2,
        )?);
    }
    Ok(Outcome::Figures(figures))
}

fn figure(measure: &str, file: &Path, most: f64) -> Result<Figure> {
    let bytes = fs::metadata(file)
        .with_context(|| file.display().to_string())?
        .len();
    let size = Spread::exact(bytes as f64 / 1e6);
    let figure = Figure::new(measure, Unit::Megabytes, size, Vec::new());
    Ok(figure.bound(
        Against::Itself,
        Direction::AtMost,
        Some(most),
        Some(most / 2.0),
    ))
}
