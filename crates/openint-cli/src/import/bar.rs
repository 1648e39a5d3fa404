//! The progress on the screen: a bar on a terminal, a line now and then elsewhere.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use openint::bulk::Progress;

const REFRESH: Duration = Duration::from_millis(100);
const LINE_EVERY: Duration = Duration::from_secs(10);
/// The time that the rate is taken over.
const WINDOW: Duration = Duration::from_secs(5);

pub(super) struct Bar {
    bar: Option<ProgressBar>,
    total: u64,
    shown: Instant,
    /// Rows that were sent, at times of the last seconds.
    sent: Vec<(Instant, u64)>,
}

impl Bar {
    pub(super) fn new(total: u64) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{bar:25.cyan} {msg}");
            bar.set_style(style.expect("the template is good").progress_chars("━━ "));
            bar
        });
        Self {
            bar,
            total,
            shown: Instant::now(),
            sent: vec![(Instant::now(), 0)],
        }
    }

    /// Shows the progress when it is time to.
    pub(super) fn show(&mut self, progress: impl FnOnce() -> Progress, is_stopping: bool) {
        let wait = match &self.bar {
            Some(_) => REFRESH,
            None => LINE_EVERY,
        };
        if self.shown.elapsed() < wait {
            return;
        }
        self.shown = Instant::now();
        let progress = progress();
        let text = self.text(&progress, is_stopping);
        match &self.bar {
            None => eprintln!("{text}"),
            Some(bar) => {
                bar.set_position(progress.rows());
                bar.set_message(text);
            }
        }
    }

    /// Shows the end, which stays.
    pub(super) fn end(mut self, progress: &Progress) {
        let text = self.text(progress, false);
        if let Some(bar) = &self.bar {
            bar.set_position(progress.rows());
            bar.abandon_with_message(text);
        }
    }

    fn text(&mut self, progress: &Progress, is_stopping: bool) -> String {
        let rate = self.rate(progress);
        let left = self.total.saturating_sub(progress.rows());
        let mut parts = vec![format!(
            "{} of {} rows",
            HumanCount(progress.rows()),
            HumanCount(self.total)
        )];
        if rate > 0.0 {
            parts.push(format!("{rate:.0}/s"));
            if left > 0 && !is_stopping {
                let left = Duration::try_from_secs_f64(left as f64 / rate).unwrap_or(Duration::MAX);
                parts.push(format!("{} left", HumanDuration(left)));
            }
        }
        for (name, count) in &progress.errors {
            parts.push(format!("{} {name}", HumanCount(*count)));
        }
        if is_stopping {
            parts.push(format!("stopping, {} under way", progress.in_flight));
        } else if !progress.pause.is_zero() {
            let seconds = progress.pause.as_secs() + 1;
            parts.push(format!("waiting {seconds} s as the server asked"));
        }
        parts.join(" · ")
    }

    fn rate(&mut self, progress: &Progress) -> f64 {
        let now = Instant::now();
        self.sent.push((now, progress.rows() - progress.skipped));
        let old = self
            .sent
            .iter()
            .filter(|(at, _)| now - *at > WINDOW)
            .count();
        // One from before the window stays, to measure from.
        self.sent.drain(..old.saturating_sub(1));
        match self.sent.first() {
            Some((at, count)) if now > *at => {
                (self.sent[self.sent.len() - 1].1 - count) as f64 / (now - *at).as_secs_f64()
            }
            _ => 0.0,
        }
    }
}
