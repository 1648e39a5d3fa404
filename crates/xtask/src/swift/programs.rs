//! The example programs, run as their users run them.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, ensure};

use super::project::Project;
use crate::process;
use crate::server::{self, Server};

pub(super) fn run(project: &Project<'_>) -> Result<()> {
    let server = Server::start(&server::binary(project.root)?)?;
    let github = github()?;
    let run = |name: &str, words: &[&str]| {
        process::say(format_args!("swift: {name} {}", words.join(" ")));
        let mut program = project.program(name)?;
        program
            .args(words)
            .envs(server.environment())
            .env("GITHUB_API_URL", &github);
        Output::of(program)
    };

    let created = run("CreateConnection", &[])?.success()?;
    let id = created.trim();
    ensure!(id.starts_with("conn_dummy-oauth2_"), "created {created:?}");

    let expected = fs::read_to_string(project.root.join("examples/walk.txt"))?;
    let walked = run("Walk", &[])?.success()?;
    ensure!(walked == expected, "the walk printed {walked}");

    let tool = |words: &[&str]| run("ConnectionTool", words);
    let listed = tool(&["list", "customer_id"])?.success()?;
    ensure!(
        listed.starts_with(&format!("{id} dummy-oauth2 ")),
        "listed {listed:?}"
    );
    let deleted = tool(&["delete", id])?.success()?;
    ensure!(deleted == format!("{id} deleted\n"), "deleted {deleted:?}");
    let left = tool(&["list", "customer_id"])?.success()?;
    ensure!(left.is_empty(), "{left:?} is left");
    let refused = tool(&["check", id])?;
    ensure!(
        refused.code == Some(1) && refused.errors.contains("404"),
        "{refused:?}"
    );
    let unknown = tool(&["wash", id])?;
    ensure!(
        unknown.code == Some(2) && unknown.errors.contains("usage: "),
        "{unknown:?}"
    );
    Ok(())
}

#[derive(Debug)]
struct Output {
    code: Option<i32>,
    text: String,
    errors: String,
}

impl Output {
    fn of(mut program: Command) -> Result<Self> {
        let output = program.output().context("the program did not start")?;
        Ok(Self {
            code: output.status.code(),
            text: String::from_utf8(output.stdout)?,
            errors: String::from_utf8(output.stderr)?,
        })
    }

    fn success(self) -> Result<String> {
        ensure!(self.code == Some(0), "{self:?}");
        Ok(self.text)
    }
}

/// Stands for GitHub: tells whose token `gho_example` is, for as long as this process lives.
fn github() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let mut head = lines.take_while(|line| !line.is_empty());
            let status = match head.any(|line| line.ends_with(": Bearer gho_example")) {
                true => "200 OK",
                false => "401 Unauthorized",
            };
            head.for_each(drop);
            let head = format!("HTTP/1.1 {status}\r\ncontent-length: 19\r\nconnection: close");
            let _ = write!(stream, "{head}\r\n\r\n{{\"login\":\"octocat\"}}");
        }
    });
    Ok(format!("http://{address}"))
}
