//! The programs that are measured, and the server that they talk to.
//!
//! A program stays for a whole run: it takes a command as a line and gives its result as a line of
//! JSON. So rounds of several programs take turns, and whatever else the machine does meets all of
//! them alike.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::spread::{Spread, median};

/// A program under measurement. It ends when it is dropped.
pub(crate) struct Program {
    name: String,
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Program {
    pub(crate) fn start(name: &str, mut command: Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        let output = child.stdout.take().context("its output is a pipe")?;
        Ok(Self {
            name: name.to_owned(),
            input: child.stdin.take(),
            output: BufReader::new(output),
            child,
        })
    }

    /// Gives a command and waits for its result.
    pub(crate) fn ask<T: DeserializeOwned>(&mut self, command: &str) -> Result<T> {
        let name = &self.name;
        let input = self.input.as_mut().context("the program has ended")?;
        writeln!(input, "{command}").with_context(|| name.clone())?;
        input.flush()?;
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            bail!("{name} ended at `{command}`");
        }
        serde_json::from_str(&line).with_context(|| format!("{name} at `{command}`: {line}"))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The end of its input is its end; what does not listen to that is stopped.
        drop(self.input.take());
        for _ in 0..100 {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The result of `calls`: the time of each, and the CPU time of all.
#[derive(Debug, Deserialize)]
pub(crate) struct Calls {
    cpu_ns: f64,
    ns: Vec<f64>,
}

impl Calls {
    pub(crate) fn latency(&self) -> f64 {
        median(&self.ns) / 1e3
    }

    pub(crate) fn cpu(&self) -> f64 {
        self.cpu_ns / 1e3 / self.ns.len() as f64
    }
}

/// The result of commands that make many calls at once.
#[derive(Debug, Deserialize)]
pub(crate) struct Bulk {
    wall_ns: f64,
    pub(crate) cpu_ns: f64,
    pub(crate) calls: f64,
}

impl Bulk {
    pub(crate) fn per_second(&self) -> f64 {
        self.calls / (self.wall_ns / 1e9)
    }
}

/// The result of `memory`.
#[derive(Debug, Deserialize)]
pub(crate) struct Memory {
    pub(crate) rss_kb: f64,
    pub(crate) peak_kb: f64,
}

/// Latency and CPU time of a peer, in microseconds.
pub(crate) struct Timed {
    pub(crate) name: String,
    pub(crate) latency: Spread,
    pub(crate) cpu: Spread,
}

/// Lets the programs make calls in turn: each makes `calls` calls in each of `rounds` rounds, after
/// `warm_up` rounds at once that do not count.
pub(crate) fn take_turns(
    programs: &mut [(String, Program)],
    warm_up: usize,
    rounds: usize,
    calls: impl Fn(&str) -> usize,
) -> Result<Vec<Timed>> {
    let mut latencies = vec![Vec::new(); programs.len()];
    let mut cpus = vec![Vec::new(); programs.len()];
    for (name, program) in programs.iter_mut() {
        program.ask::<Calls>(&format!("calls {}", warm_up * calls(name)))?;
    }
    for _ in 0..rounds {
        for (index, (name, program)) in programs.iter_mut().enumerate() {
            let result: Calls = program.ask(&format!("calls {}", calls(name)))?;
            latencies[index].push(result.latency());
            cpus[index].push(result.cpu());
        }
    }
    let timed = programs.iter().zip(latencies.iter().zip(&cpus));
    Ok(timed
        .map(|((name, _), (latency, cpu))| Timed {
            name: name.clone(),
            latency: Spread::of(latency),
            cpu: Spread::of(cpu),
        })
        .collect())
}

/// Asks the programs in turn, `rounds` times, for a number.
pub(crate) fn ask_in_turn<T: DeserializeOwned>(
    programs: &mut [(String, Program)],
    rounds: usize,
    command: impl Fn(&str) -> String,
    number: impl Fn(&T) -> f64,
) -> Result<Vec<(String, Spread)>> {
    let mut values = vec![Vec::new(); programs.len()];
    for _ in 0..rounds {
        for (index, (name, program)) in programs.iter_mut().enumerate() {
            values[index].push(number(&program.ask(&command(name))?));
        }
    }
    let named = programs.iter().zip(&values);
    Ok(named
        .map(|((name, _), values)| (name.clone(), Spread::of(values)))
        .collect())
}

/// Takes ours out of the peers.
pub(crate) fn split(mut figures: Vec<(String, Spread)>) -> Result<(Spread, Vec<(String, Spread)>)> {
    let at = figures.iter().position(|(name, _)| name == "ours");
    let (_, ours) = figures.remove(at.context("ours is measured")?);
    Ok((ours, figures))
}

/// Addresses of the server.
#[derive(Debug, Deserialize)]
pub(crate) struct Addresses {
    http: String,
    tls: String,
    tls_without_resumption: String,
    pub(crate) ca: PathBuf,
}

/// A running server. It ends when it is dropped: it reads its input to the end.
pub(crate) struct Server {
    child: Child,
    pub(crate) addresses: Addresses,
}

impl Server {
    pub(crate) fn start(program: &Path, folder: &Path) -> Result<Self> {
        let mut child = Command::new(program)
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the server could not be started")?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let addresses =
            serde_json::from_str(&line).context("the server did not say where it is")?;
        Ok(Self { child, addresses })
    }

    /// The base URL of a scenario, such as `rows-1000`; without one an answer is a connection.
    pub(crate) fn url(&self, scenario: &str) -> String {
        base(&self.addresses.http, scenario)
    }

    pub(crate) fn tls(&self, scenario: &str) -> String {
        base(&self.addresses.tls, scenario)
    }

    pub(crate) fn tls_without_resumption(&self, scenario: &str) -> String {
        base(&self.addresses.tls_without_resumption, scenario)
    }
}

fn base(address: &str, scenario: &str) -> String {
    match scenario {
        "" => format!("{address}/v1"),
        scenario => format!("{address}/{scenario}/v1"),
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn programs_take_turns_and_their_results_are_medians() {
        let script = r#"while read -r line; do echo '{"cpu_ns":9000,"ns":[1000,3000,2000]}'; done"#;
        let start = |name: &str| {
            let mut shell = Command::new("sh");
            shell.args(["-c", script]);
            (name.to_owned(), Program::start(name, shell).unwrap())
        };
        let mut programs = [start("ours"), start("peer")];
        let timed = take_turns(&mut programs, 10, 3, |_| 3).unwrap();
        assert_eq!(timed.len(), 2);
        assert_eq!((timed[1].latency.median, timed[1].cpu.median), (2.0, 3.0));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_ends_is_an_error_that_names_it() {
        let mut program = Program::start("peer", Command::new("true")).unwrap();
        let mut said = String::new();
        for _ in 0..2 {
            // The pipe may still stand at the first try.
            said = format!("{:#}", program.ask::<Calls>("calls 1").unwrap_err());
        }
        assert!(said.contains("peer"), "{said}");
    }

    #[test]
    fn ours_is_told_from_the_peers() {
        let figures = ["a", "ours", "b"].map(|name| (name.to_owned(), Spread::exact(1.0)));
        let (_, peers) = split(Vec::from(figures)).unwrap();
        assert_eq!(peers.len(), 2);
        assert!(split(peers).is_err());
    }
}
