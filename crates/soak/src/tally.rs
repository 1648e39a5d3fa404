use std::time::Duration;

use crate::plan::Plan;

/// Result of a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// True if each call had a key, and was made until it succeeded.
    pub(crate) keys: bool,
    pub(crate) calls: u64,
    /// Number of times that a call with a key was made again, because it failed.
    pub(crate) again: u64,
    pub(crate) attempts: u64,
    /// Exchanges that something went wrong with.
    pub(crate) injected: u64,
    pub(crate) succeeded: u64,
    /// Failures that said that the write may have been applied.
    pub(crate) announced: u64,
    /// Those of them that were.
    pub(crate) landed: u64,
    /// Failures that said that nothing was done.
    pub(crate) refused: u64,
    pub(crate) rows: u64,
    /// Successes without a row.
    pub(crate) lost: u64,
    /// Rows beyond the first of a call.
    pub(crate) doubled: u64,
    /// Rows of calls that said that nothing was done.
    pub(crate) denied: u64,
    pub(crate) took: Duration,
}

impl Tally {
    /// Findings that fail the run.
    pub(crate) fn faults(&self) -> Vec<String> {
        let failed = if self.keys {
            self.calls - self.succeeded
        } else {
            0
        };
        [
            (failed, "missing: their calls never succeeded"),
            (self.lost, "lost"),
            (self.doubled, "doubled"),
            (
                self.denied,
                "there although the call said that nothing was done",
            ),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} rows {what}"))
        .collect()
    }

    pub(crate) fn report(&self, plan: &Plan) -> String {
        let Self {
            keys,
            calls,
            again,
            attempts,
            injected,
            succeeded,
            announced,
            landed,
            refused,
            rows,
            lost,
            doubled,
            denied,
            took,
        } = self;
        let (threads, seed, seconds) = (plan.threads, plan.seed, took.as_secs_f64());
        let heading = if *keys {
            "with idempotency keys, each call made again until it succeeds"
        } else {
            "without keys, each call made once"
        };
        let verdict = match self.faults().as_slice() {
            [] => "sound".to_owned(),
            faults => format!("UNSOUND: {}", faults.join("; ")),
        };
        format!(
            "{heading}\n\
             {calls:>9} calls from {threads} threads in {seconds:.1} s, seed {seed}\n\
             {attempts:>9} attempts to create\n\
             {injected:>9} exchanges that something went wrong with\n\
             {again:>9} calls made again\n\
             {succeeded:>9} successes\n\
             {announced:>9} failures that may have been applied, {landed} of which were\n\
             {refused:>9} failures that were not applied\n\
             {rows:>9} rows\n\
             {lost:>9} lost\n\
             {doubled:>9} doubled\n\
             {denied:>9} denied\n\
             {verdict}\n"
        )
    }
}
