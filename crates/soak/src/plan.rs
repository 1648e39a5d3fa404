use std::time::Duration;

use clap::Parser;

/// Creates connections through randomly injected faults and counts the rows.
#[derive(Clone, Debug, Parser)]
#[command(name = "soak")]
pub(crate) struct Plan {
    /// How many connections are to be created, with keys and then again without
    #[arg(long, default_value_t = 20_000)]
    pub(crate) calls: u32,
    /// From how many threads
    #[arg(long, default_value_t = 32)]
    pub(crate) threads: u32,
    /// The share of the exchanges that something goes wrong with
    #[arg(long, default_value_t = 0.1)]
    pub(crate) faults: f64,
    /// Which exchanges those are: the same seed gives the same run
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// How long an attempt may take
    #[arg(long, default_value_t = 1_000, value_name = "MS")]
    timeout_ms: u64,
}

impl Plan {
    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_millis(self.timeout_ms)
    }
}
