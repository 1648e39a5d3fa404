use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use openint::Openint;

/// Creates connections through randomly injected faults and counts the rows.
#[derive(Clone, Debug, Parser)]
#[command(name = "soak")]
pub(crate) struct Plan {
    /// Connections to create, with keys and then again without
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
    /// Milliseconds that an attempt may take
    #[arg(long, default_value_t = 1_000, value_name = "MS")]
    pub(crate) timeout_ms: u64,
    /// Keys that are used by several threads and by several processes at once
    #[arg(long, default_value_t = 500)]
    pub(crate) shared_keys: u32,
    #[command(subcommand)]
    pub(crate) part: Option<Part>,
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Part {
    /// One of the processes that use the same keys
    #[command(hide = true)]
    Worker(Worker),
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Worker {
    #[arg(long)]
    pub(crate) base_url: String,
    #[arg(long)]
    pub(crate) api_key: String,
    #[arg(long)]
    pub(crate) keys: u32,
    #[arg(long)]
    pub(crate) timeout_ms: u64,
}

impl Worker {
    pub(crate) fn client(&self) -> openint::Result<Openint> {
        Openint::builder()
            .api_key(self.api_key.as_str())
            .base_url(&self.base_url)
            .timeout(Duration::from_millis(self.timeout_ms))
            .build()
    }

    pub(crate) fn arguments(&self) -> Vec<String> {
        let option = |name: &str, value: &dyn ToString| [format!("--{name}"), value.to_string()];
        let options = [
            option("base-url", &self.base_url),
            option("api-key", &self.api_key),
            option("keys", &self.keys),
            option("timeout-ms", &self.timeout_ms),
        ];
        let worker = std::iter::once("worker".to_owned());
        worker.chain(options.into_iter().flatten()).collect()
    }
}

impl Plan {
    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_millis(self.timeout_ms)
    }
}
