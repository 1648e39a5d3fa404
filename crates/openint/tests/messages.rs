//! Every message of the SDK on one page, `docs/messages.md`, as a user reads them.

use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use openint::{
    CancelToken, ConnectorData, CreateConnection, CreateCustomerToken, Error, ListConnections,
    ListConnectorConfigs, Method, Openint, OpenintBuilder, Request, RequestOptions, UpsertCustomer,
};
use openint_sandbox::{Answer, Fault, Phase, Sandbox};
use serde_json::json;

const BEGIN: &str = "<!-- Written by `cargo xtask messages`. -->\n";

fn builder(sandbox: &Sandbox) -> OpenintBuilder {
    Openint::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
        .max_retries(0)
}

fn create() -> CreateConnection {
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    CreateConnection::new("ccfg_", "customer_id", data)
}

/// Sections of the page, each with its messages in order.
struct Page(String);

impl Page {
    fn section(&mut self, title: &str) {
        let _ = write!(self.0, "\n## {title}\n\n");
    }

    fn add(&mut self, error: impl ToString) {
        let message = error.to_string();
        assert!(!message.contains('\n'), "{message}");
        assert!(!message.contains("canary"), "{message}");
        // Ports differ from run to run.
        let mut shown = String::new();
        let mut rest = message.as_str();
        while let Some(at) = rest.find("127.0.0.1:") {
            let (before, after) = rest.split_at(at + "127.0.0.1:".len());
            shown.push_str(before);
            shown.push_str("PORT");
            rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        shown.push_str(rest);
        let _ = writeln!(self.0, "- `` {shown} ``");
    }

    fn refused<T>(&mut self, result: Result<T, Error>) {
        match result {
            Ok(_) => panic!("the call succeeded"),
            Err(error) => self.add(error),
        }
    }
}

fn options(page: &mut Page) {
    page.section("Options of a client");
    let built = |build: fn(OpenintBuilder) -> OpenintBuilder| {
        build(Openint::builder().api_key("key"))
            .build()
            .err()
            .unwrap()
    };
    page.refused(Openint::builder().api_key("").build());
    page.refused(Openint::builder().api_key("ke y").build());
    page.add(built(|b| {
        b.api_key_provider(|| Err::<openint::Secret, _>("closed"))
    }));
    page.add(built(|b| b.base_url("api.openint.dev")));
    page.add(built(|b| b.base_url("http://openint.internal")));
    page.add(built(|b| b.base_url("https://canary:p@openint.internal")));
    page.add(built(|b| b.base_url("https://1.2.3")));
    page.add(built(|b| b.timeout(Duration::ZERO)));
    page.add(built(|b| b.default_header("content-length", "1")));
    page.add(built(|b| b.default_header("x y", "1")));
    page.add(built(|b| b.default_header("x-team", "a\nb")));
    page.add(built(|b| b.user_agent("a\nb")));
    page.add(built(|b| b.proxy("socks5://proxy.internal")));
    page.add(built(|b| b.proxy("proxy internal")));
    page.add(built(|b| b.ca_bundle("/nowhere/ca.pem")));
}

fn input(page: &mut Page, sandbox: &Sandbox) {
    page.section("Parameters");
    let client = builder(sandbox).build().unwrap();
    let data = || ConnectorData::new("dummy-oauth2", json!({}));
    let created = |params: CreateConnection| client.create_connection(&params);
    page.refused(created(CreateConnection::new(
        "github",
        "customer_id",
        data(),
    )));
    page.refused(created(CreateConnection::new("ccfg_", "", data())));
    page.refused(created(CreateConnection::new(
        "ccfg_",
        "customer_id",
        ConnectorData::new("dummy-oauth2", json!([])),
    )));
    page.refused(created(create().metadata(json!("pro"))));
    page.refused(created(create().metadata(json!({ "plan": "\0" }))));
    page.refused(created(create().idempotency_key("order 1291")));
    page.refused(created(
        create()
            .idempotency_key("order-1291")
            .metadata(json!({ "openint_idempotency_key": "a" })),
    ));
    page.refused(client.get_connection("github"));
    page.refused(client.list_connections(&ListConnections::new().limit(5_000)));
    page.refused(client.list_connections(&ListConnections::new().customer_id("")));
    page.refused(client.list_connector_configs(&ListConnectorConfigs::new().connector_name("a,b")));
    page.refused(
        client.create_customer_token(CreateCustomerToken::new("c").validity_in_seconds(0)),
    );
    page.refused(client.upsert_customer(&UpsertCustomer::new("c").metadata(json!(1))));
    page.refused(client.iter(ListConnections::new().limit(0)).next().unwrap());
    let other = |path: &str| client.request::<openint::Json>(&Request::new(Method::Get, path));
    page.refused(other("connection"));
    page.refused(other("/connection/a b"));
    page.refused(other("/connection/{id}"));
    let extra = RequestOptions::new().extra_body("trace", json!(true));
    page.refused(client.with_options(extra).viewer());
}

fn connections(page: &mut Page, sandbox: &Sandbox) {
    page.section("The way to the server");
    let client = builder(sandbox).build().unwrap();
    let provider = builder_with_provider(sandbox);
    page.refused(provider.viewer());

    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let at = |url: String| builder(sandbox).base_url(url).build().unwrap();
    page.refused(at(format!("http://{closed}/v1")).viewer());
    page.refused(at("https://nobody.invalid/v1".to_owned()).viewer());
    let tls = sandbox.base_url().replace("http://", "https://");
    page.refused(at(tls).viewer());

    let faulty = |fault| Answer::fault(fault);
    let close = |at| Fault::Close { at, reset: false };
    let stall = || {
        faulty(Fault::Stall {
            at: Phase::BeforeResponse,
        })
    };
    for at in [Phase::BeforeResponse, Phase::Headers, Phase::Body] {
        sandbox.script([faulty(close(at))]);
        page.refused(client.viewer());
    }
    sandbox.script([faulty(close(Phase::BeforeResponse))]);
    page.refused(client.create_connection(&create()));
    sandbox.script([faulty(Fault::Close {
        at: Phase::BeforeResponse,
        reset: true,
    })]);
    page.refused(client.viewer());

    let hasty = client.with_options(RequestOptions::new().timeout(Duration::from_millis(50)));
    sandbox.script([stall()]);
    page.refused(hasty.viewer());
    sandbox.script([stall()]);
    page.refused(hasty.create_connection(&create()));
    let whole = RequestOptions::new().total_timeout(Duration::from_millis(50));
    sandbox.script([stall()]);
    page.refused(client.with_options(whole).viewer());
    let once = client.with_options(RequestOptions::new().max_retries(1));
    sandbox.script([Answer::status(503).times(2)]);
    page.refused(once.viewer());
    sandbox.script([Answer::status(429).header("retry-after", "90")]);
    let short = RequestOptions::new()
        .total_timeout(Duration::from_secs(30))
        .max_retries(1);
    page.refused(client.with_options(short).viewer());

    let token = CancelToken::new();
    token.cancel();
    page.refused(
        client
            .with_options(RequestOptions::new().cancel(token))
            .viewer(),
    );
}

fn builder_with_provider(sandbox: &Sandbox) -> Openint {
    Openint::builder()
        .api_key_provider(|| Err::<openint::Secret, _>("the vault is sealed"))
        .base_url(sandbox.base_url())
        .build()
        .unwrap()
}

fn answers(page: &mut Page, sandbox: &Sandbox) {
    page.section("Answers of the API");
    let client = builder(sandbox).build().unwrap();
    let wrong = Openint::builder()
        .api_key("key_wrong")
        .base_url(sandbox.base_url())
        .build()
        .unwrap();
    page.refused(wrong.create_connection(&create()));
    let customer = client.create_customer_token("customer_42").unwrap();
    let customer = Openint::builder()
        .api_key(customer.token)
        .base_url(sandbox.base_url())
        .build()
        .unwrap();
    page.refused(customer.create_connection(&create()));
    let nowhere = CreateConnection::new(
        "ccfg_nope",
        "customer_id",
        ConnectorData::new("dummy-oauth2", json!({ "oauth": {} })),
    );
    page.refused(client.create_connection(&nowhere));
    let lacking = CreateConnection::new(
        "ccfg_github_sandbox",
        "customer_id",
        ConnectorData::new("github", json!({})),
    );
    page.refused(client.create_connection(&lacking));
    page.refused(client.get_connection("conn_github_nope"));
    for status in [408, 409, 429, 500, 502, 503] {
        sandbox.script([Answer::status(status).header("x-request-id", "req_7")]);
        page.refused(client.viewer());
    }
    sandbox.script([Answer::status(500)]);
    page.refused(client.create_connection(&create()));
    sandbox.script([Answer::fault(Fault::Redirect {
        to: "https://elsewhere.test/".to_owned(),
        status: 307,
    })]);
    page.refused(client.viewer());

    page.section("Answers that cannot be read");
    for fault in [
        Fault::Html,
        Fault::Empty,
        Fault::InvalidJson,
        Fault::InvalidUtf8,
        Fault::DeepJson { depth: 1_000 },
        Fault::ManyHeaders { count: 2_000 },
    ] {
        sandbox.script([Answer::fault(fault)]);
        page.refused(client.viewer());
    }
    sandbox.script([Answer::status(200).json(json!({ "role": 7 }))]);
    page.refused(client.viewer());
    sandbox.script([Answer::status(200).json(json!({ "role": 7 }))]);
    page.refused(client.create_connection(&create()));
    sandbox.script([Answer::status(200)
        .header("content-encoding", "br")
        .json(json!({}))]);
    page.refused(client.viewer());
    let small = builder(sandbox).max_response_bytes(100).build().unwrap();
    page.refused(small.list_connector_configs(&ListConnectorConfigs::new()));
}

#[test]
fn the_page_has_every_message_as_it_is() {
    let sandbox = Sandbox::start().unwrap();
    let mut page = Page(String::new());
    options(&mut page);
    input(&mut page, &sandbox);
    connections(&mut page, &sandbox);
    answers(&mut page, &sandbox);

    // Some have the system's own words.
    if !cfg!(target_os = "linux") {
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/messages.md");
    let standing = std::fs::read_to_string(&path).unwrap_or_default();
    let (before, list) = standing
        .split_once(BEGIN)
        .expect("a mark where the messages begin");
    if std::env::var_os("OPENINT_WRITE_MESSAGES").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{}", page.0)).unwrap();
        return;
    }
    assert_eq!(list, page.0, "docs/messages.md: run `cargo xtask messages`");
}
