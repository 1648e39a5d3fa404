//! Every fault that the sandbox can make, for a read, a write and a write with an idempotency key:
//! how the call ends, what is left on the server, and whether the connection is used again.
//!
//! The table stands in `docs/reliability.md`; `cargo xtask reliability` writes it there.

mod support;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use openint::{ConnectorData, CreateConnection, Error, ErrorKind, Openint};
use openint_sandbox::{Answer, Fault, Phase, Sandbox};
use serde_json::json;

const TIMEOUT: Duration = Duration::from_millis(1500);
const MAX_RETRIES: u32 = 1;
/// For a machine that is busy with other things.
const SLACK: Duration = Duration::from_secs(6);
const CUSTOMER: &str = "cus_1";
const THREADS: usize = 8;

/// A way for an exchange to go wrong.
#[derive(Clone)]
struct Case {
    name: &'static str,
    /// Answer of the server to the request, or `None` where it is the connection that fails.
    answer: Option<Answer>,
    /// True if the connection cannot carry another request.
    spoils: bool,
}

fn case(name: &'static str, spoils: bool, answer: Answer) -> Case {
    Case {
        name,
        answer: Some(answer),
        spoils,
    }
}

/// The fault in the answer to a request that was carried out.
fn done(fault: Fault) -> Answer {
    Answer::real().with_fault(fault)
}

fn cases() -> Vec<Case> {
    use Phase::{BeforeResponse, Body, Headers};

    let close = |at, reset| Fault::Close { at, reset };
    let stall = |at| Fault::Stall { at };
    let drip = |at| Fault::Drip {
        bytes: 1,
        every_ms: 60,
        at,
    };
    let refused = Case {
        name: "nobody listens",
        answer: None,
        spoils: false,
    };
    vec![
        refused,
        case(
            "closed unanswered, not carried out",
            true,
            Answer::fault(close(BeforeResponse, false)),
        ),
        case(
            "closed unanswered, carried out",
            true,
            done(close(BeforeResponse, false)),
        ),
        case(
            "reset unanswered, not carried out",
            true,
            Answer::fault(close(BeforeResponse, true)),
        ),
        case(
            "reset unanswered, carried out",
            true,
            done(close(BeforeResponse, true)),
        ),
        case(
            "closed within the headers",
            true,
            done(close(Headers, false)),
        ),
        case("reset within the headers", true, done(close(Headers, true))),
        case("closed within the body", true, done(close(Body, false))),
        case("reset within the body", true, done(close(Body, true))),
        case(
            "silence, not carried out",
            true,
            Answer::fault(stall(BeforeResponse)),
        ),
        case("silence, carried out", true, done(stall(BeforeResponse))),
        case("silence within the headers", true, done(stall(Headers))),
        case("silence within the body", true, done(stall(Body))),
        case("headers in drips", true, done(drip(BeforeResponse))),
        case("a body in drips", true, done(drip(Body))),
        case(
            "a body shorter than its length",
            true,
            done(Fault::WrongLength),
        ),
        case(
            "a chunk shorter than its length",
            true,
            done(Fault::TruncatedChunk),
        ),
        case(
            "a gzip bomb",
            true,
            done(Fault::GzipBomb { bytes: 1 << 30 }),
        ),
        case(
            "two thousand headers",
            true,
            done(Fault::ManyHeaders { count: 2_000 }),
        ),
        case("JSON that ends early", false, done(Fault::InvalidJson)),
        case("no UTF-8", false, done(Fault::InvalidUtf8)),
        case("a page of HTML", false, done(Fault::Html)),
        case("an empty body", false, done(Fault::Empty)),
        case(
            "JSON a hundred thousand deep",
            false,
            done(Fault::DeepJson { depth: 100_000 }),
        ),
        case(
            "307",
            false,
            Answer::fault(Fault::Redirect {
                to: "http://127.0.0.1:9/".to_owned(),
                status: 307,
            }),
        ),
        case("408", false, Answer::status(408)),
        case("409", false, Answer::status(409)),
        case("429", false, Answer::status(429)),
        case(
            "429, to wait 1 s",
            false,
            Answer::status(429).header("retry-after", "1"),
        ),
        case(
            "429, to wait 121 s",
            false,
            Answer::status(429).header("retry-after", "121"),
        ),
        case("500, not carried out", false, Answer::status(500)),
        case(
            "500, carried out",
            false,
            Answer::status(500).after_processing(),
        ),
        case("502", false, Answer::status(502)),
        case("503", false, Answer::status(503)),
        case(
            "503, to wait 1 s",
            false,
            Answer::status(503).header("retry-after", "1"),
        ),
        case(
            "504, carried out",
            false,
            Answer::status(504).after_processing(),
        ),
    ]
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Read,
    Write,
    WriteWithKey,
}

const CALLS: [Call; 3] = [Call::Read, Call::Write, Call::WriteWithKey];

impl Call {
    fn target(self) -> (&'static str, &'static str) {
        match self {
            Self::Read => ("GET", "/v1/viewer"),
            Self::Write | Self::WriteWithKey => ("POST", "/v1/connection"),
        }
    }

    /// Makes the call, and says how many attempts it took.
    fn make(self, client: &Openint) -> Result<u32, Error> {
        let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
        let create = CreateConnection::new("ccfg_", CUSTOMER, data);
        match self {
            Self::Read => client
                .send(&openint::GetViewer::new())
                .map(|answer| answer.attempts),
            Self::Write => client.send(&create).map(|answer| answer.attempts),
            Self::WriteWithKey => client
                .send(&create.idempotency_key("once"))
                .map(|answer| answer.attempts),
        }
    }
}

/// Result of a call.
struct Seen {
    result: Result<u32, Error>,
    took: Duration,
    rows: usize,
    /// True if a later request came on a connection on which this went wrong; `None` where there
    /// was no connection.
    reused: Option<bool>,
}

fn run(case: &Case, call: Call, lasting: bool) -> Seen {
    let sandbox = Sandbox::start().unwrap();
    let client = support::builder(&sandbox)
        .timeout(TIMEOUT)
        .max_retries(MAX_RETRIES)
        .max_response_bytes(1 << 20)
        .build()
        .unwrap();
    let (method, path) = call.target();
    match &case.answer {
        Some(answer) => {
            let times = if lasting { 99 } else { 1 };
            sandbox.script([answer.clone().on(method, path).times(times)]);
        }
        None => sandbox.refuse_for(if lasting {
            Duration::from_secs(60)
        } else {
            Duration::from_millis(250)
        }),
    }
    let started = Instant::now();
    let result = call.make(&client);
    let took = started.elapsed();
    let rows = sandbox.connections(Some(CUSTOMER));
    let reused = case.answer.is_some().then(|| {
        client.health().unwrap();
        let requests = sandbox.requests();
        let faulty = if lasting { usize::MAX } else { 1 };
        requests
            .iter()
            .enumerate()
            .filter(|(_, request)| {
                (request.method.as_str(), request.path.as_str()) == (method, path)
            })
            .take(faulty)
            .any(|(at, request)| {
                let mut later = requests[at + 1..].iter();
                later.any(|later| later.connection == request.connection)
            })
    });
    Seen {
        result,
        took,
        rows,
        reused,
    }
}

/// Checks the rules that hold whatever the page says.
fn check(case: &Case, call: Call, seen: &Seen) -> Result<(), String> {
    let hold = |holds: bool, what: &str| {
        let state = || {
            let (rows, took) = (seen.rows, seen.took);
            format!(
                "{}, {call:?}: {what}: {:?}, {rows} rows, {took:?}",
                case.name, seen.result
            )
        };
        holds.then_some(()).ok_or_else(state)
    };
    let applied = seen
        .result
        .as_ref()
        .is_err_and(Error::may_have_been_applied);
    let attempts = match &seen.result {
        Ok(attempts) => *attempts,
        Err(error) => error.attempts(),
    };
    hold(attempts <= MAX_RETRIES + 1, "attempts are counted")?;
    let waits = Duration::from_millis(1100) * (attempts + 1);
    hold(
        seen.took < TIMEOUT * (attempts + 1) + waits + SLACK,
        "it ends in time",
    )?;
    match (call, &seen.result) {
        (Call::Read, _) => {
            hold(seen.rows == 0 && !applied, "a read changes nothing")?;
        }
        (_, Ok(_)) => hold(seen.rows == 1, "a success is one row")?,
        (_, Err(_)) => {
            hold(seen.rows <= 1, "no row is doubled")?;
            hold(
                applied || seen.rows == 0,
                "a row that is there was announced",
            )?;
        }
    }
    if call == Call::Write {
        let once = !applied || attempts == 1;
        hold(once, "a write of unknown effect is not repeated")?;
    }
    if case.spoils {
        hold(
            seen.reused == Some(false),
            "a broken connection is not used again",
        )?;
    }
    Ok(())
}

/// A cell of the table.
fn cell(call: Call, seen: &Seen) -> String {
    let attempts = |count: u32| match count {
        1 => "1 attempt".to_owned(),
        count => format!("{count} attempts"),
    };
    match &seen.result {
        Ok(count) => format!("ok, {}", attempts(*count)),
        Err(error) => {
            let phase = match error.kind() {
                ErrorKind::Timeout { phase, .. } | ErrorKind::Interrupted { phase, .. } => {
                    format!(" {phase:?}").to_lowercase()
                }
                ErrorKind::Api(api) => format!(" {}", api.status),
                _ => String::new(),
            };
            let mut text = format!(
                "`{}`{phase}, {}",
                error.kind().name(),
                attempts(error.attempts())
            );
            if call != Call::Read {
                let known = if error.may_have_been_applied() {
                    "unknown"
                } else {
                    "not applied"
                };
                let rows = match seen.rows {
                    1 => "1 row".to_owned(),
                    rows => format!("{rows} rows"),
                };
                let _ = write!(text, ", {known}, {rows}");
            }
            text
        }
    }
}

/// The two tables: faults that pass, and faults that last.
fn tables() -> Result<String, String> {
    let cases = cases();
    let mut page = String::new();
    for (lasting, heading) in [
        (false, "### A fault that happens once"),
        (true, "### A fault that happens every time"),
    ] {
        let jobs: Vec<_> = cases
            .iter()
            .enumerate()
            .flat_map(|(row, case)| CALLS.into_iter().map(move |call| (row, case, call)))
            .collect();
        let jobs = Mutex::new(jobs);
        let seen = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    loop {
                        let Some((row, case, call)) = jobs.lock().unwrap().pop() else {
                            return;
                        };
                        let found = run(case, call, lasting);
                        let checked = check(case, call, &found);
                        seen.lock().unwrap().push((
                            row,
                            call as usize,
                            cell(call, &found),
                            found.reused,
                            checked,
                        ));
                    }
                });
            }
        });
        let mut seen = seen.into_inner().unwrap();
        seen.sort_by_key(|(row, call, ..)| (*row, *call));
        let _ = write!(
            page,
            "{heading}\n\n| what happens | a read | a write | a write with a key | connection |\n|---|---|---|---|---|\n"
        );
        for (case, cells) in cases.iter().zip(seen.chunks(CALLS.len())) {
            for (.., checked) in cells {
                checked.clone()?;
            }
            let kept = match cells[0].3 {
                Some(true) => "kept",
                Some(false) => "closed",
                None => "none",
            };
            let cells: Vec<_> = cells.iter().map(|(_, _, cell, ..)| cell.as_str()).collect();
            let _ = writeln!(page, "| {} | {} | {kept} |", case.name, cells.join(" | "));
        }
        page.push('\n');
    }
    Ok(page)
}

const BEGIN: &str =
    "<!-- The tables up to the next mark are written by `cargo xtask reliability`. -->\n\n";
const END: &str = "<!-- end of the tables -->";

#[test]
fn every_fault_ends_as_the_page_says() {
    let tables = tables().unwrap();
    // The page is of Linux. Another system may notice a reset at another point.
    if !cfg!(target_os = "linux") {
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reliability.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page
        .split_once(BEGIN)
        .expect("a mark where the tables begin");
    let (standing, after) = rest.split_once(END).expect("a mark where the tables end");
    if std::env::var_os("OPENINT_WRITE_TABLES").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{tables}{END}{after}")).unwrap();
        return;
    }
    for (stands, is) in standing.lines().zip(tables.lines()) {
        assert_eq!(
            stands, is,
            "docs/reliability.md: run `cargo xtask reliability`"
        );
    }
    assert_eq!(
        standing, tables,
        "docs/reliability.md: run `cargo xtask reliability`"
    );
}
