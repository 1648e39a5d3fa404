//! Every example of docs/bulk.md, run in its order in one folder.

#[allow(dead_code)]
mod support;

use regex_lite::Regex;
use support::{Place, Ran, repository};

/// A command, and what it prints.
#[derive(Debug)]
struct Example {
    command: String,
    output: Vec<String>,
}

fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    for block in page.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for line in block.lines() {
            match line.strip_prefix("$ ") {
                Some(command) => examples.push(Example {
                    command: command.to_owned(),
                    output: Vec::new(),
                }),
                None => examples.last_mut().unwrap().output.push(line.to_owned()),
            }
        }
    }
    examples
}

#[test]
fn every_example_prints_what_the_page_says() {
    let place = Place::new();
    std::fs::create_dir(place.path("examples")).unwrap();
    let file = "examples/customers.csv";
    std::fs::copy(repository(file), place.path(file)).unwrap();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_openint"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let time = Regex::new(r"in \d+\.\d s").unwrap();

    let page = std::fs::read_to_string(repository("docs/bulk.md")).unwrap();
    let examples = examples(&page);
    assert_eq!(examples.len(), 9);
    for Example { command, output } in examples {
        let mut shell = std::process::Command::new("bash");
        shell
            .args(["-c", &command])
            .current_dir(place.folder.path())
            .env("PATH", &path)
            .env("OPENINT_API_KEY", place.sandbox.api_key())
            .env("OPENINT_BASE_URL", place.sandbox.base_url());
        let ran: Ran = shell.output().unwrap().into();
        assert!(matches!(ran.code, Some(0 | 6)), "{command}\n{ran:?}");
        // On a terminal the report is all that is printed; here outcomes are as well.
        let printed = format!("{}{}", ran.stdout, ran.stderr);
        let printed: Vec<_> = printed
            .lines()
            .filter(|line| !line.starts_with("{\"event\""))
            .collect();
        let masked = |text: &str| time.replace_all(text, "in # s").into_owned();
        // The page may leave out the rest.
        let (printed, output) = match output.split_last() {
            Some((last, shown)) if last == "…" => (&printed[..shown.len()], shown),
            _ => (&printed[..], &output[..]),
        };
        assert_eq!(
            masked(&printed.join("\n")),
            masked(&output.join("\n")),
            "{command}"
        );
    }
}
