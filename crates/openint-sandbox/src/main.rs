//! `openint-sandbox`: a local OpenInt v1 server.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use openint_sandbox::Sandbox;

/// A local OpenInt v1 server.
///
/// The first line on standard output is JSON: {"base_url": "http://127.0.0.1:PORT/v1", "api_key":
/// "key_test_123"}. It stops on SIGINT and SIGTERM.
#[derive(Parser)]
#[command(name = "openint-sandbox", version)]
struct Cli {
    /// The port to listen on; 0 for a free one.
    #[arg(long, default_value_t = 4010)]
    port: u16,
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The API key, in place of key_test_123.
    #[arg(long, value_name = "KEY")]
    api_key: Option<String>,
    /// A JSON file with organisations, customers and connector configs.
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// Keep all digits of numbers, of which the real server makes doubles.
    #[arg(long)]
    keep_digits: bool,
    /// The orders in which customers are listed follow from this number.
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    customer_order: u64,
}

/// Line that another program reads to find the server.
#[derive(serde::Serialize)]
struct FirstLine<'a> {
    base_url: &'a str,
    api_key: &'a str,
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("openint-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> io::Result<()> {
    let mut builder = Sandbox::builder()
        .host(&cli.host)
        .port(cli.port)
        .customer_order(cli.customer_order);
    if cli.keep_digits {
        builder = builder.keep_digits();
    }
    if let Some(key) = cli.api_key {
        builder = builder.api_key(key);
    }
    if let Some(path) = &cli.seed {
        let text = std::fs::read_to_string(path)
            .map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))?;
        builder = builder.seed(text);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        // The signals are caught before anybody can know of the process.
        let stop = stop_signal()?;
        let sandbox = builder.start().map_err(|e| {
            io::Error::new(
                e.kind(),
                format!("cannot start on {}:{}: {e}", cli.host, cli.port),
            )
        })?;
        if !sandbox.address().ip().is_loopback() {
            eprintln!(
                "openint-sandbox: listening on {}, which other machines can reach",
                sandbox.address()
            );
        }
        let line = serde_json::to_string(&FirstLine {
            base_url: sandbox.base_url(),
            api_key: sandbox.api_key(),
        })?;
        let mut out = io::stdout();
        writeln!(out, "{line}")?;
        out.flush()?;
        stop.await;
        Ok(())
    })
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
