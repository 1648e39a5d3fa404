//! A canary in every place where a secret can be must be seen in nothing that is printed.

#[path = "support/child.rs"]
#[expect(dead_code)] // `run` is for tests that must succeed
mod child;
#[path = "support/raw.rs"]
mod raw;
#[path = "support/tls.rs"]
mod tls;

use std::io::Write;
use std::sync::{Mutex, OnceLock};

use log::{LevelFilter, Log, Metadata, Record};
use openint::{
    Connection, ConnectorData, CreateConnection, Error, Json, Method, OAuth2Credentials, Openint,
    Request, RequestOptions, Secret,
};
use openint_sandbox::{Answer, Fault, Sandbox};
use serde_json::json;
use tls::{Authority, Bundle};

const CANARY: &str = "canary7f3a";

/// Secret that is part of a URL.
const URL_CANARY: &str = "urlbird91c2";

/// Everything that any crate logs at debug and above. At trace ureq writes the bytes themselves.
struct Capture(Mutex<Vec<String>>);

impl Log for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let line = format!("{} {} {}", record.level(), record.target(), record.args());
        self.0.lock().unwrap().push(line);
    }

    fn flush(&self) {}
}

fn capture() -> &'static Capture {
    static CAPTURE: OnceLock<Capture> = OnceLock::new();
    let capture = CAPTURE.get_or_init(|| Capture(Mutex::new(Vec::new())));
    if log::set_logger(capture).is_ok() {
        log::set_max_level(LevelFilter::Debug);
    }
    capture
}

fn key(name: &str) -> String {
    format!("{CANARY}_{name}")
}

fn create() -> CreateConnection {
    let credentials = OAuth2Credentials::new(key("access"))
        .refresh_token(key("refresh"))
        .raw(json!({ "id_token": key("raw") }));
    CreateConnection::new(
        "ccfg_",
        "cus_1",
        ConnectorData::oauth2("dummy-oauth2", credentials),
    )
    .metadata(json!({ "note": key("metadata") }))
}

#[track_caller]
fn hidden(printed: &str) {
    assert!(!printed.contains(CANARY), "{printed}");
    assert!(!printed.contains(URL_CANARY), "{printed}");
}

#[track_caller]
fn hidden_in(error: &Error) {
    hidden(&format!("{error}\n{error:?}\n{error:#?}"));
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        hidden(&format!("{cause}\n{cause:?}"));
        source = cause.source();
    }
}

#[test]
fn nothing_that_is_printed_shows_a_secret() {
    let logs = capture();
    let sandbox = Sandbox::builder().api_key(key("api")).start().unwrap();
    let builder = Openint::builder()
        .api_key(key("api"))
        .base_url(sandbox.base_url())
        .default_header("x-secret", key("default"));
    hidden(&format!("{builder:?}"));
    hidden(&format!(
        "{:?}",
        builder
            .clone()
            .proxy(format!("http://u:{CANARY}@127.0.0.1:1"))
    ));
    let client = builder.build().unwrap();
    let options = RequestOptions::new()
        .max_retries(0)
        .extra_header("x-other", key("extra"))
        .extra_query("q", URL_CANARY);
    hidden(&format!("{options:?}"));
    let client = client.with_options(options);
    hidden(&format!("{client:?}"));
    hidden(&format!("{:?}", create()));
    hidden(&format!("{:?}", Secret::new(CANARY)));

    let response = client.send(&create()).unwrap();
    assert!(
        String::from_utf8_lossy(response.body()).contains(CANARY),
        "the canary got through"
    );
    hidden(&format!("{response:?} {response:#?}"));
    let oauth = response
        .value
        .settings
        .as_ref()
        .unwrap()
        .oauth2()
        .unwrap()
        .unwrap();
    hidden(&format!("{oauth:?} {:?}", response.value));

    let get = Request::new(Method::Get, "/connection/{id}")
        .path_param("id", URL_CANARY)
        .query("q", URL_CANARY);
    hidden(&format!("{get:?}"));
    hidden_in(&client.request::<Json>(&get).unwrap_err());

    let fault = |fault| Answer::fault(fault);
    for answer in [
        Answer::status(500).text(key("body")),
        Answer::status(200).text(key("body")),
        Answer::status(200).json(json!({ "id": [key("id")] })),
        Answer::status(200).json(json!({ "id": "conn_1", "disabled": key("x") })),
        fault(Fault::Redirect {
            to: format!("http://127.0.0.1:9/{URL_CANARY}"),
            status: 307,
        }),
        fault(Fault::InvalidJson),
        fault(Fault::Empty),
    ] {
        sandbox.script([answer]);
        hidden_in(&client.create_connection(&create()).unwrap_err());
    }
    let wrong = Openint::builder()
        .api_key(key("wrong"))
        .base_url(sandbox.base_url())
        .build()
        .unwrap();
    hidden_in(&wrong.create_connection(&create()).unwrap_err());

    let lines = logs.0.lock().unwrap().join("\n");
    assert!(
        lines.contains("DEBUG openint POST /connection: 200 in "),
        "{lines}"
    );
    hidden(&lines);
}

#[test]
fn tls_and_a_proxy_log_no_secret() {
    let logs = capture();
    let authority = Authority::new();
    let bundle = Bundle::new("secrets", &authority.pem);
    let port = authority.sign("localhost", |_| ()).serve();
    let builder = Openint::builder()
        .api_key(key("tls"))
        .base_url(format!("https://localhost:{port}/v1"))
        .ca_bundle(&bundle.0)
        .max_retries(0);
    builder.clone().build().unwrap().health().unwrap();

    let refusing = raw::serve(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n");
    });
    let authority = refusing.replace("http://", "").replace("/v1", "");
    let proxied = builder.proxy(format!("http://u:{CANARY}@{authority}"));
    hidden_in(&proxied.build().unwrap().health().unwrap_err());

    let lines = logs.0.lock().unwrap().join("\n");
    assert!(lines.contains(" rustls::"), "{lines}");
    hidden(&lines);
}

#[test]
fn a_backtrace_and_an_unwrap_show_no_secret() {
    // Both end in a panic, whose message and backtrace go to the standard error of a child.
    let panics: [(&str, fn()); 2] = [
        ("unwrap", || {
            let sandbox = Sandbox::builder().api_key(key("api")).start().unwrap();
            sandbox.script([Answer::status(500).json(json!({ "id": key("body") }))]);
            let client = Openint::builder()
                .api_key(key("api"))
                .base_url(sandbox.base_url())
                .build()
                .unwrap();
            client.create_connection(&create()).unwrap();
        }),
        ("panic", || {
            let client = Openint::builder()
                .api_key(key("api"))
                .base_url("https://openint.invalid")
                .build()
                .unwrap();
            panic!("{client:?} {:?}", create());
        }),
    ];
    for (name, _) in panics {
        let (succeeded, printed) = child::start(
            "a_backtrace_and_an_unwrap_show_no_secret",
            name,
            &[("RUST_BACKTRACE", "full")],
            |argument| {
                let (_, panic) = panics.iter().find(|(name, _)| *name == argument).unwrap();
                panic();
            },
        );
        assert!(
            !succeeded && printed.contains("stack backtrace:"),
            "{printed}"
        );
        hidden(&printed);
    }
}

#[test]
fn unknown_fields_and_status_messages_are_redacted() {
    let text = json!({
        "id": "conn_1", "status_message": key("message"), "unknown": key("unknown"),
        "settings": { "apiKey": key("setting") }, "metadata": { "a": key("metadata") }
    });
    let connection: Connection = serde_json::from_str(&text.to_string()).unwrap();
    let printed = format!("{connection:?} {connection:#?}");
    hidden(&printed);
    assert!(
        printed.contains("conn_1") && printed.contains("unknown"),
        "{printed}"
    );
}

#[test]
fn a_panic_over_a_result_shows_no_secret() {
    let message = std::panic::catch_unwind(|| {
        let data = ConnectorData::api_key("greenhouse", "apiKey", key("panic"));
        panic!("what is this: {data:?}");
    })
    .unwrap_err();
    hidden(message.downcast_ref::<String>().unwrap());
}
