//! `openint import` and `openint export`.

#[allow(dead_code)]
mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::Duration;

use openint::ListConnections;
use openint_sandbox::{Answer, Chaos};
use support::{Place, Ran, jsonl, repository};

const HEADER: &str = "id,customer_id,connector_config_id,connector_name";

fn counts(ran: &Ran) -> [u64; 5] {
    let summary = ran.summary();
    ["created", "found", "skipped", "failed", "bad"].map(|name| summary[name].as_u64().unwrap())
}

#[test]
fn the_example_is_imported_and_then_nothing_is_sent_for_it() {
    let place = Place::new();
    let file = repository("examples/customers.csv");
    let args = ["import", file.to_str().unwrap(), "--name", "demo"];
    let ran = place.run(&args);
    assert_eq!(ran.code, Some(6), "{ran:?}");
    assert_eq!(counts(&ran), [984, 0, 0, 0, 16]);
    assert_eq!(place.customers().len(), 984);
    for expected in [
        "line 43, customer_id: expected a value, found none",
        "line 135, connector_config_id: expected an id that starts with `ccfg_`",
        "line 183, connector_config_id: `ccfg_gitub_sandbox` does not exist",
        "line 242, connector_name: expected `discord`",
        "line 312, id: expected an id of its own; line 122 has the same",
        "line 359, settings.oauth.credentials.expires_in: expected a number",
        "line 404, settings.oauth.credentials: missing field `access_token`",
        "line 707: expected 11 cells, found 8",
        "line 814: expected UTF-8",
    ] {
        assert!(ran.stderr.contains(expected), "{expected}\n{}", ran.stderr);
    }

    let before = place.sandbox.requests().len();
    let again = place.run(&args);
    assert_eq!(counts(&again), [0, 0, 984, 0, 16]);
    let sent = place.sandbox.requests().split_off(before);
    let about_rows: Vec<_> = sent
        .iter()
        .filter(|r| r.path.starts_with("/v1/connection"))
        .collect();
    assert!(about_rows.is_empty(), "{about_rows:?}");
}

#[test]
fn the_local_server_has_a_journal_of_its_own() {
    let place = Place::new();
    place.write("rows.jsonl", jsonl(20));
    let args = ["--local", "import", "rows.jsonl", "--name=move"];
    assert_eq!(counts(&place.run(&args)), [20, 0, 0, 0, 0]);
    assert_eq!(counts(&place.run(&args)), [0, 0, 20, 0, 0]);
    assert!(place.path("move.local.journal").exists());
    let args = ["import", "rows.jsonl", "--name=move"];
    assert_eq!(counts(&place.run(&args)), [20, 0, 0, 0, 0]);
    assert_eq!(place.customers().len(), 20);

    let mixed = [
        "import",
        "rows.jsonl",
        "--name=move",
        "--journal=move.local.journal",
    ];
    let ran = place.run(&mixed);
    assert_eq!(ran.code, Some(7), "{ran:?}");
    assert!(ran.stderr.contains("on the local server"), "{ran:?}");
}

#[test]
fn rows_that_failed_are_written_so_that_they_can_be_mended_and_imported() {
    let place = Place::new();
    let rows = format!(
        "{HEADER},settings,metadata.note\n\
         1,cus_1,ccfg_,dummy-oauth2,\"{{\"\"oauth\"\":{{}}}}\",\n\
         2,cus_2,ccfg_,dummy-oauth2,nonsense,\"a, \"\"b\"\"\"\n\
         3,cus_3,ccfg_,dummy-oauth2,\"{{\"\"oauth\"\":{{}}}}\",slow\n"
    );
    place.write("rows.csv", rows);
    // The second that is sent fails for good.
    place.sandbox.script([
        Answer::real().on("POST", "/v1/connection"),
        Answer::status(400).on("POST", "/v1/connection"),
    ]);
    let args = ["import", "rows.csv", "--name=move", "--concurrency=1"];
    let ran = place.run(&args);
    assert_eq!((ran.code, counts(&ran)), (Some(6), [1, 0, 0, 1, 1]));
    assert_eq!(ran.summary()["errors"]["api 400"], 1);
    assert_eq!(place.customers(), ["cus_1"]);

    let failed = place.read("move.failed.csv");
    assert_eq!(failed.lines().count(), 3, "{failed}");
    assert!(failed.contains("settings: expected JSON"), "{failed}");
    assert!(failed.contains("400"), "{failed}");
    let fixed = failed.replace("nonsense", "\"{\"\"oauth\"\":{}}\"");
    place.write("move.failed.csv", fixed);
    let ran = place.run(&["import", "move.failed.csv", "--name=move"]);
    assert_eq!(
        (ran.code, counts(&ran)),
        (Some(0), [2, 0, 0, 0, 0]),
        "{ran:?}"
    );
    assert_eq!(place.customers(), ["cus_1", "cus_2", "cus_3"]);
    let note = ListConnections::new().customer_id("cus_2");
    let page = place.client().list_connections(&note).unwrap();
    let metadata = page.items[0].metadata.as_ref().unwrap();
    assert_eq!(
        metadata.get("note").unwrap().to::<String>().unwrap(),
        "a, \"b\""
    );
}

#[test]
fn rows_of_json_lines_have_the_names_of_the_api_and_may_be_mapped() {
    let place = Place::new();
    let rows = r#"{"id":1,"customer_id":"cus_1","connector_config_id":"ccfg_","data":{"connector_name":"dummy-oauth2","settings":{"oauth":{}}},"metadata":{"n":1.10}}

{"nr":"2","customer_id":"cus_2","settings":{"oauth":{}},"metadata":{"n":12345678901234567890}}
{"id":"3","customer_id":"cus_3","colour":"red"}
[1]
"#;
    place.write("rows", rows);
    let args = [
        "import",
        "rows",
        "--name=move",
        "--map=id=nr",
        "--set=connector_config_id=ccfg_",
        "--set=connector_name=dummy-oauth2",
    ];
    let ran = place.run(&args);
    assert_eq!(
        (ran.code, counts(&ran)),
        (Some(6), [2, 0, 0, 0, 2]),
        "{ran:?}"
    );
    assert!(
        ran.stderr.contains("line 4, colour: unknown field"),
        "{ran:?}"
    );
    assert!(
        ran.stderr.contains("line 5: expected a JSON object"),
        "{ran:?}"
    );
    let sent = place.sandbox.requests();
    assert!(
        sent.iter()
            .any(|r| r.body.contains(r#""n":12345678901234567890"#))
    );
    assert!(sent.iter().any(|r| r.body.contains(r#""n":1.10"#)));
    let failed = place.read("move.failed.jsonl");
    assert_eq!(failed.lines().count(), 2, "{failed}");
    assert!(
        failed.contains("[1]") && failed.contains("import_error"),
        "{failed}"
    );
}

#[test]
fn columns_that_cannot_be_are_named_before_anything_is_read() {
    let place = Place::new();
    for (header, args, says) in [
        ("id,customer,x", &[][..], "unknown column `customer`"),
        ("id,customer_id", &[], "no column `connector_config_id`"),
        (
            "id,customer_id",
            &["--map=id=nr"],
            "the file has no column `nr`",
        ),
        (HEADER, &["--map=name=id"], "unknown field `name`"),
        (
            HEADER,
            &["--set=settings..x=1"],
            "unknown field `settings..x`",
        ),
        (HEADER, &["--name=../x"], "--name"),
    ] {
        place.write("rows.csv", format!("{header}\n"));
        let mut all = vec!["import", "rows.csv"];
        all.extend(args);
        if !args.iter().any(|arg| arg.starts_with("--name")) {
            all.push("--name=move");
        }
        let ran = place.run(&all);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.stderr.contains(says), "{says}: {ran:?}");
    }
    assert!(!place.path("move.journal").exists());
}

#[test]
fn a_dry_run_creates_nothing_and_does_without_an_account() {
    let place = Place::new();
    place.write("rows.jsonl", jsonl(5) + "{}\n");
    let args = ["import", "rows.jsonl", "--name=move", "--dry-run"];
    let mut command = place.command(&args);
    let ran: Ran = command
        .env_remove("OPENINT_API_KEY")
        .output()
        .unwrap()
        .into();
    assert_eq!(
        (ran.code, counts(&ran)),
        (Some(6), [0, 0, 0, 0, 1]),
        "{ran:?}"
    );
    assert!(place.sandbox.requests().is_empty());

    assert_eq!(place.run(&args).code, Some(6));
    assert!(place.customers().is_empty());
    assert!(!place.path("move.journal").exists());
}

#[test]
fn a_refused_key_is_found_before_a_row_is_sent() {
    let place = Place::new();
    place.write("rows.jsonl", jsonl(5));
    let mut command = place.command(&["import", "rows.jsonl", "--name=move"]);
    let ran: Ran = command
        .env("OPENINT_API_KEY", "key_no")
        .output()
        .unwrap()
        .into();
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert_eq!(place.sandbox.requests().len(), 1);
}

#[test]
fn rows_come_from_standard_input_and_are_checked_on_request() {
    let place = Place::new();
    let mut command = place.command(&["import", "-", "--name=move", "--check", "--max-rate=1000"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let rows = format!("\u{feff}{HEADER}\n1,cus_1,ccfg_,dummy-oauth2\n");
    let rows = rows.replace("connector_name", "connector_name,settings.oauth.created_at");
    let rows = rows.replace("dummy-oauth2\n", "dummy-oauth2,2026-01-01T00:00:00Z\n");
    child
        .stdin
        .take()
        .unwrap()
        .write_all(rows.as_bytes())
        .unwrap();
    let ran: Ran = child.wait_with_output().unwrap().into();
    assert_eq!(counts(&ran), [1, 0, 0, 0, 0], "{ran:?}");
    let sent = place.sandbox.requests();
    let post = sent
        .iter()
        .find(|request| request.method == "POST")
        .unwrap();
    assert!(post.body.contains(r#""check_connection":true"#), "{post:?}");
}

#[test]
fn an_export_is_what_an_import_reads() {
    let place = Place::new();
    let secret = "canary-93";
    let rows = format!(
        "{HEADER},settings.oauth.credentials.access_token,metadata.n:json\n\
         1,cus_1,ccfg_github_sandbox,github,{secret},1.50\n\
         2,cus_2,ccfg_github_sandbox,github,{secret},\"[1,\"\"a\"\"]\"\n"
    );
    place.write("rows.csv", rows);
    assert_eq!(place.run(&["import", "rows.csv", "--name=a"]).code, Some(0));
    let without = place.run(&["export"]);
    assert_eq!(without.lines().len(), 2);
    assert!(!without.stdout.contains(secret));

    for name in ["all.csv", "all.jsonl"] {
        let ran = place.run(&["export", name, "--show-secrets"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(!place.read(name).contains("openint_idempotency_key"));
        let other = Place::new();
        other.write(name, place.read(name));
        let ran = other.run(&["import", name, "--name=b"]);
        assert_eq!(
            (ran.code, counts(&ran)),
            (Some(0), [2, 0, 0, 0, 0]),
            "{ran:?}"
        );
        let shown = other.run(&["export", "--show-secrets"]);
        assert_eq!(shown.stdout.matches(secret).count(), 4, "{shown:?}");
    }
}

/// As on a disk that is full: the file can grow no further.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stops_the_import_and_loses_nothing() {
    let place = Place::new();
    place.write("rows.jsonl", jsonl(500));
    let import = format!(
        "{} import rows.jsonl --name=move",
        env!("CARGO_BIN_EXE_openint")
    );
    let limited = format!("trap '' XFSZ; ulimit -f 16; exec {import}");
    let mut shell = std::process::Command::new("bash");
    shell
        .args(["-c", &limited])
        .current_dir(place.folder.path())
        .env("OPENINT_API_KEY", place.sandbox.api_key())
        .env("OPENINT_BASE_URL", place.sandbox.base_url());
    let ran: Ran = shell.output().unwrap().into();
    assert_eq!(ran.code, Some(7), "{ran:?}");
    assert!(
        ran.stderr.contains("move.journal cannot be used"),
        "{ran:?}"
    );
    assert!(ran.summary()["not_sent"].as_u64() > Some(100), "{ran:?}");
    let had = place.customers().len() as u64;
    assert!(had < 400, "{had}");

    let ran = place.run(&["import", "rows.jsonl", "--name=move"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let [created, found, skipped, ..] = counts(&ran);
    assert_eq!((created, found + skipped), (500 - had, had));
    assert_each_once(&place, 500);
}

fn assert_each_once(place: &Place, count: usize) {
    let expected: Vec<String> = (0..count).map(|n| format!("cus_{n:05}")).collect();
    let customers = place.customers();
    assert!(customers == expected, "{} of {count} rows", customers.len());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_what_is_under_way_and_the_next_run_goes_on() {
    let place = Place::new();
    place.write("rows.jsonl", jsonl(300));
    place.sandbox.script([Answer::real()
        .on("POST", "/v1/connection")
        .delay(Duration::from_millis(150))
        .times(60)]);
    let mut command = place.command(&["import", "rows.jsonl", "--name=move", "--concurrency=4"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut String::new()).unwrap();
    let interrupt = format!("kill -INT {}", child.id());
    assert!(
        std::process::Command::new("bash")
            .args(["-c", &interrupt])
            .status()
            .unwrap()
            .success()
    );
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut stdout, &mut rest).unwrap();
    let ended: Ran = child.wait_with_output().unwrap().into();
    assert_eq!(ended.code, Some(130), "{ended:?}");
    assert!(
        ended.stderr.contains("run the same command again"),
        "{ended:?}"
    );
    let had = place.customers().len() as u64;
    assert!((1..60).contains(&had), "{had}");
    let ran = place.run(&["import", "rows.jsonl", "--name=move"]);
    assert_eq!(counts(&ran), [300 - had, 0, had, 0, 0]);
    assert_each_once(&place, 300);
}

#[cfg(unix)]
#[test]
fn killed_at_any_moment_through_faults_there_is_one_connection_a_row() {
    // `cargo xtask soak` sets these to 50 and 5,000.
    let number = |name: &str, usual| std::env::var(name).map_or(usual, |n| n.parse().unwrap());
    let kills = number("OPENINT_TEST_KILLS", 8);
    let rows = number("OPENINT_TEST_ROWS", 800);
    let seed = number("OPENINT_TEST_SEED", 5) as u64;
    let place = Place::new();
    place.write("rows.jsonl", jsonl(rows));
    place.sandbox.inject_faults(Chaos::new(seed, 0.1));
    // So that the rows last for as long as there are kills.
    let rate = format!("--max-rate={}", 3 * rows / kills);
    let args = ["import", "rows.jsonl", "--name=move", "--timeout=1", &rate];
    let mut dice = fastrand::Rng::with_seed(seed);
    let (mut killed, mut unfinished) = (0, 0);
    while killed < kills {
        let mut child = place
            .command(&args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(dice.u64(20..600)));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            killed += 1;
            unfinished += usize::from(place.sandbox.connections(None) < rows);
        }
        child.wait().unwrap();
    }
    assert!(
        unfinished > kills / 2,
        "{unfinished} kills hit an import that had rows left"
    );
    let ended = (0..10)
        .map(|_| place.run(&args))
        .find(|ran| ran.code == Some(0));
    let injected = place.sandbox.faults_injected();
    assert!(ended.is_some() && injected > 20);
    place.sandbox.stop_faults();
    assert_each_once(&place, rows);
    eprintln!(
        "{rows} rows, {killed} kills, {injected} exchanges that something went wrong with: {rows} connections"
    );
}
