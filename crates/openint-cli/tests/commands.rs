//! The commands that are one operation each.

#[allow(dead_code)]
mod support;

use support::{Place, Ran};

const SECRET: &str = "gho_canary_77";

fn created(place: &Place) -> String {
    place.write(
        "settings.json",
        format!("{{\"oauth\":{{\"credentials\":{{\"access_token\":\"{SECRET}\"}}}}}}"),
    );
    let ran = place.run(&[
        "connections",
        "create",
        "--config=ccfg_github_sandbox",
        "--customer=cus_9",
        "--connector=github",
        "--settings=@settings.json",
        "--metadata={\"plan\":1.10}",
        "--idempotency-key=once",
    ]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!ran.stdout.contains(SECRET), "{ran:?}");
    ran.lines()[0]["id"].as_str().unwrap().to_owned()
}

fn fails(ran: &Ran, code: i32, says: &str) {
    assert_eq!(ran.code, Some(code), "{ran:?}");
    assert!(ran.stderr.contains(says), "{ran:?}");
    assert!(ran.stdout.is_empty(), "{ran:?}");
}

#[test]
fn a_connection_is_created_once_shown_listed_checked_and_deleted() {
    let place = Place::new();
    let id = created(&place);
    assert_eq!(created(&place), id, "the key names one connection");

    let got = place.run(&["connections", "get", &id]);
    assert_eq!(got.lines()[0]["customer_id"], "cus_9");
    assert!(!got.stdout.contains(SECRET));
    let got = place.run(&["connections", "get", &id, "--show-secrets"]);
    assert!(got.stdout.contains(SECRET), "{got:?}");

    let listed = place.run(&["connections", "list", "--customer", "cus_9"]);
    assert_eq!(listed.lines().len(), 1);
    let listed = place.run(&["connections", "list", "--customer", "nobody"]);
    assert_eq!((listed.code, listed.stdout.as_str()), (Some(0), ""));

    let checked = place.run(&["connections", "check", &id]);
    let is_healthy = checked.lines()[0]["status"] == "healthy";
    assert_eq!(
        checked.code,
        Some(if is_healthy { 0 } else { 6 }),
        "{checked:?}"
    );

    assert_eq!(place.run(&["connections", "delete", &id]).code, Some(0));
    fails(&place.run(&["connections", "get", &id]), 3, "404");
}

#[test]
fn every_other_resource_has_its_commands() {
    let place = Place::new();
    created(&place);
    let first = |args: &[&str], field: &str| {
        let ran = place.run(args);
        assert_eq!(ran.code, Some(0), "{args:?} {ran:?}");
        ran.lines()[0][field].clone()
    };
    assert_eq!(first(&["health"], "ok"), true);
    assert_eq!(first(&["viewer"], "role"), "org");
    assert_eq!(first(&["connectors", "--limit=1"], "name"), "accelo");
    assert_eq!(first(&["customers", "list"], "id"), "cus_9");
    let upserted = ["customers", "upsert", "cus_9", "--metadata={\"a\":1}"];
    assert_eq!(first(&upserted, "metadata")["a"], 1);
    assert_eq!(first(&upserted, "api_key"), "[redacted]");
    assert!(place.run(&["events", "--since=2020-01-01T00:00:00Z"]).code == Some(0));

    let config = first(
        &["configs", "create", "github", "--display-name=Ours"],
        "id",
    );
    let config = config.as_str().unwrap();
    assert_eq!(first(&["configs", "get", config], "display_name"), "Ours");
    let listed = place.run(&["configs", "list"]);
    assert!(listed.lines().iter().any(|row| row["id"] == config));
    assert!(!listed.stdout.contains("client_secret"), "{listed:?}");
    assert_eq!(first(&["configs", "delete", config], "id"), config);

    fails(
        &place.run(&["customers", "token", "cus_9"]),
        2,
        "--show-secrets",
    );
    let token = first(&["customers", "token", "cus_9", "--show-secrets"], "token");
    assert!(token.as_str().unwrap().starts_with("ey"), "{token}");
}

#[test]
fn failures_have_codes_and_say_what_to_do() {
    let place = Place::new();
    let create = |settings: &str| {
        let settings = format!("--settings={settings}");
        let args = [
            "connections",
            "create",
            "--config=x",
            "--customer=c",
            "--connector=github",
        ];
        place.run(&[&args[..], &[&settings]].concat())
    };
    fails(
        &create("{}"),
        2,
        "`connector_config_id`: expected an id that starts with `ccfg_`",
    );
    fails(&create("nonsense"), 2, "--settings: expected a JSON object");
    fails(&create("@missing.json"), 1, "missing.json");
    assert!(place.sandbox.requests().is_empty());

    let mut stranger = place.command(&["viewer"]);
    let ran = stranger
        .env("OPENINT_API_KEY", "key_wrong")
        .output()
        .unwrap();
    fails(&ran.into(), 4, "check the API key");
    let mut nobody = place.command(&["viewer"]);
    let ran = nobody.env_remove("OPENINT_API_KEY").output().unwrap();
    fails(&ran.into(), 2, "OPENINT_API_KEY");
    let nowhere = ["viewer", "--base-url=http://127.0.0.1:9/v1", "--timeout=2"];
    fails(&place.run(&nowhere), 5, "could not connect");
    fails(
        &place.run(&["connections", "frobnicate"]),
        2,
        "unrecognized subcommand",
    );
}

#[test]
fn a_local_server_needs_no_account() {
    let place = Place::new();
    let mut command = place.command(&["--local", "connections", "list"]);
    command
        .env_remove("OPENINT_API_KEY")
        .env_remove("OPENINT_BASE_URL");
    let ran: Ran = command.output().unwrap().into();
    assert_eq!(ran.lines().len(), 3, "{ran:?}");
    assert!(place.sandbox.requests().is_empty());
}

#[test]
fn completions_and_man_pages_know_every_command() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = place.run(&["completions", shell]);
        assert_eq!(script.code, Some(0));
        assert!(script.stdout.contains("connections"), "{shell}");
    }
    let page = place.run(&["man"]).stdout;
    assert!(
        page.starts_with(".ie") && page.contains("OPENINT_API_KEY"),
        "{page}"
    );
    assert_eq!(place.run(&["man", "pages"]).code, Some(0));
    for page in [
        "openint.1",
        "openint-import.1",
        "openint-connections-list.1",
    ] {
        assert!(place.path("pages").join(page).exists(), "{page}");
    }
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let place = Place::new();
    place.sandbox.fill(5_000, "cus_many");
    let list = format!(
        "{} connections list | head -n 1",
        env!("CARGO_BIN_EXE_openint")
    );
    let mut shell = std::process::Command::new("bash");
    shell
        .args(["-o", "pipefail", "-c", &list])
        .env("OPENINT_API_KEY", place.sandbox.api_key())
        .env("OPENINT_BASE_URL", place.sandbox.base_url());
    let ran: Ran = shell.output().unwrap().into();
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(ran.lines().len(), 1);
}
