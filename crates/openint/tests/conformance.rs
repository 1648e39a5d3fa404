//! Replays `conformance/cases/*.json` against the sandbox: one test a case. The format is in
//! `conformance/README.md`.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use openint::{
    CancelToken, CheckConnection, CreateConnection, CreateConnectorConfig, CreateCustomerToken,
    DeleteConnection, DeleteConnectorConfig, EchoHealth, Error, ErrorKind, GetConnection,
    GetConnectorConfig, GetConnectorStatus, GetHealth, GetMessageTemplate, GetViewer, Json,
    ListConnections, ListConnectorConfigs, ListConnectors, ListCustomers, ListEvents,
    ListOperation, Method, Openint, Operation, Phase, Request, RequestOptions, Response, Secret,
    UpdateConnectorConfig, UpsertCustomer,
};
use openint_sandbox::{Answer, Churn, Sandbox};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/cases");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    let mut trials = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let file: File = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in file.cases {
            trials.push(Trial::test(case.name.clone(), move || {
                case.run().map_err(Failed::from)
            }));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    client: Client,
    #[serde(default)]
    options: Options,
    #[serde(default)]
    server: Server,
    call: Call,
    wire: Option<Vec<Wire>>,
    result: Option<ExpectedResult>,
    error: Option<ExpectedError>,
    attempts: Option<u32>,
    items: Option<usize>,
    elapsed_ms: Option<Elapsed>,
    rows: Option<usize>,
    questions: Option<usize>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Client {
    api_key: Option<String>,
    api_key_provider: Option<Vec<ProvidedKey>>,
    base_url: Option<String>,
    timeout_ms: Option<u64>,
    connect_timeout_ms: Option<u64>,
    total_timeout_ms: Option<u64>,
    max_retries: Option<u32>,
    default_headers: BTreeMap<String, String>,
    user_agent: Option<String>,
    proxy: Option<String>,
    ca_bundle: Option<String>,
    max_response_bytes: Option<u64>,
    allow_plain_http: Option<bool>,
}

/// Answer of a provider of keys.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum ProvidedKey {
    Key(String),
    Failure { failure: String },
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Options {
    timeout_ms: Option<u64>,
    total_timeout_ms: Option<u64>,
    connect_timeout_ms: Option<u64>,
    max_retries: Option<u32>,
    extra_headers: BTreeMap<String, String>,
    extra_query: BTreeMap<String, String>,
    extra_body: BTreeMap<String, Json>,
    cancel_after_ms: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Server {
    answers: Vec<Answer>,
    refuse_for_ms: Option<u64>,
    seed: Option<Json>,
    fill: Option<Fill>,
    churn: Option<Churn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fill {
    connections: usize,
    customer_id: String,
    customers: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    method: String,
    params: Json,
    #[serde(default)]
    all: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestParams {
    method: String,
    path: String,
    #[serde(default)]
    path_params: BTreeMap<String, String>,
    #[serde(default)]
    query: Vec<(String, String)>,
    body: Option<Json>,
    repeat_safe: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    method: String,
    path: String,
    #[serde(default)]
    query: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    absent_headers: Vec<String>,
    body: Option<Value>,
    #[serde(default)]
    body_contains: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedResult {
    value: Option<Value>,
    keys: Option<Vec<String>>,
    #[serde(default)]
    contains: Vec<String>,
    status: Option<u16>,
    #[serde(default)]
    display_lacks: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedError {
    kind: String,
    field: Option<String>,
    status: Option<u16>,
    code: Option<String>,
    message: Option<String>,
    issues: Option<Vec<ExpectedIssue>>,
    request_id: Option<String>,
    retry_after_ms: Option<u64>,
    path: Option<String>,
    phase: Option<String>,
    retryable: Option<bool>,
    may_have_been_applied: Option<bool>,
    #[serde(default)]
    display_contains: Vec<String>,
    #[serde(default)]
    display_lacks: Vec<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct ExpectedIssue {
    path: String,
    message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Elapsed {
    #[serde(default)]
    at_least: u64,
    at_most: u64,
}

/// Result that is compared for every kind of call.
struct Outcome {
    json: String,
    printed: String,
    status: u16,
    attempts: u32,
}

impl<T: Serialize + Debug> From<Response<T>> for Outcome {
    fn from(response: Response<T>) -> Self {
        Self {
            json: serde_json::to_string(&response.value).expect("a result serialises"),
            printed: format!("{:?} {response:?}", response.value),
            status: response.status,
            attempts: response.attempts,
        }
    }
}

type Check<T = ()> = Result<T, String>;

impl Case {
    fn run(&self) -> Check {
        if self.result.is_some() == self.error.is_some() {
            return Err("a case has either a result or an error".into());
        }
        // Cases show that the client keeps every digit, which the real server does not.
        let sandbox = Sandbox::builder()
            .keep_digits()
            .start()
            .map_err(|error| error.to_string())?;
        if let Some(seed) = &self.server.seed {
            sandbox.seed(seed.as_str()).map_err(|e| e.to_string())?;
        }
        if let Some(fill) = &self.server.fill {
            match fill.customers {
                None => sandbox.fill(fill.connections, &fill.customer_id),
                Some(customers) => sandbox.fill_customers(customers, &fill.customer_id),
            }
        }
        if let Some(churn) = &self.server.churn {
            sandbox.churn(churn.clone());
        }
        sandbox.script(self.server.answers.iter().cloned());
        if let Some(ms) = self.server.refuse_for_ms {
            sandbox.refuse_for(Duration::from_millis(ms));
        }

        let mut items = None;
        let questions = Arc::new(AtomicUsize::new(0));
        let started = Instant::now();
        let outcome = self
            .client
            .build(&sandbox, &questions)
            .map(|client| client.with_options(self.options.build()))
            .and_then(|client| self.call.make(&client, &mut items));
        let elapsed = started.elapsed().as_millis() as u64;
        if self.items.is_some() {
            same("items", &items, &self.items)?;
        }

        let attempts = match (&outcome, &self.result, &self.error) {
            (Ok(outcome), Some(expected), _) => expected.check(outcome).map(|()| outcome.attempts),
            (Err(error), _, Some(expected)) => expected.check(error).map(|()| error.attempts()),
            (Ok(outcome), _, _) => Err(format!("succeeded: {}", outcome.json)),
            (Err(error), _, _) => Err(format!("failed: {error}")),
        }?;
        if let Some(expected) = self.attempts {
            same("attempts", &attempts, &expected)?;
        }
        self.check_wire(&sandbox, attempts)?;
        if let Some(bounds) = &self.elapsed_ms {
            if !(bounds.at_least..=bounds.at_most).contains(&elapsed) {
                let (least, most) = (bounds.at_least, bounds.at_most);
                return Err(format!("took {elapsed} ms, not {least} to {most}"));
            }
        }
        if self.questions.is_some() {
            let asked = questions.load(Ordering::Relaxed);
            same("questions", &Some(asked), &self.questions)?;
        }
        if let Some(rows) = self.rows {
            let params: Value = self
                .call
                .params
                .to_value()
                .map_err(|error| error.to_string())?;
            same(
                "rows",
                &sandbox.connections(params["customer_id"].as_str()),
                &rows,
            )?;
        }
        Ok(())
    }

    fn check_wire(&self, sandbox: &Sandbox, attempts: u32) -> Check {
        let requests = sandbox.requests();
        let Some(wire) = &self.wire else {
            let reached = !matches!(
                self.error.as_ref().map(|error| error.kind.as_str()),
                Some("connect" | "tls" | "cancelled" | "timeout")
            );
            let counted = reached && self.server.refuse_for_ms.is_none() && !self.call.all;
            return match counted {
                true => same("requests that arrived", &(requests.len() as u32), &attempts),
                false => Ok(()),
            };
        };
        same("requests that arrived", &requests.len(), &wire.len())?;
        for (request, expected) in requests.iter().zip(wire) {
            same("method", &request.method, &expected.method)?;
            match expected.path.strip_prefix("$prefix:") {
                Some(prefix) if request.path.starts_with(prefix) => {}
                _ => same("path", &request.path, &expected.path)?,
            }
            same("query", &request.query, &expected.query)?;
            let header = |name: &str| {
                let found = request.headers.iter().find(|(header, _)| header == name);
                found.map(|(_, value)| value.as_str())
            };
            for (name, value) in &expected.headers {
                same(
                    &format!("header {name}"),
                    &header(name),
                    &Some(value.as_str()),
                )?;
            }
            for name in &expected.absent_headers {
                same(&format!("header {name}"), &header(name), &None)?;
            }
            if let Some(body) = &expected.body {
                let sent: Value = serde_json::from_str(&request.body)
                    .map_err(|error| format!("body: {error}: {}", request.body))?;
                same("body", &sent, body)?;
            }
            contains("body", &request.body, &expected.body_contains)?;
        }
        Ok(())
    }
}

impl Client {
    fn build(&self, sandbox: &Sandbox, questions: &Arc<AtomicUsize>) -> openint::Result<Openint> {
        let base_url = match &self.base_url {
            None => sandbox.base_url().to_owned(),
            Some(url) => url
                .replace("$origin", sandbox.origin())
                .replace("$tls", &sandbox.origin().replace("http://", "https://"))
                .replace("$closed", &closed_origin()),
        };
        let mut builder = Openint::builder()
            .base_url(base_url)
            .default_headers(&self.default_headers);
        let key = sandbox.api_key().to_owned();
        builder = match self.api_key_provider.clone() {
            None => builder.api_key(self.api_key.as_deref().unwrap_or(&key)),
            Some(keys) => {
                let questions = Arc::clone(questions);
                builder.api_key_provider(move || {
                    let asked = questions.fetch_add(1, Ordering::Relaxed);
                    match &keys[asked.min(keys.len() - 1)] {
                        ProvidedKey::Key(text) => Ok(Secret::new(text.replace("$key", &key))),
                        ProvidedKey::Failure { failure } => Err(failure.clone()),
                    }
                })
            }
        };
        if let Some(ms) = self.total_timeout_ms {
            builder = builder.total_timeout(Duration::from_millis(ms));
        }
        if let Some(ms) = self.timeout_ms {
            builder = builder.timeout(Duration::from_millis(ms));
        }
        if let Some(ms) = self.connect_timeout_ms {
            builder = builder.connect_timeout(Duration::from_millis(ms));
        }
        if let Some(retries) = self.max_retries {
            builder = builder.max_retries(retries);
        }
        if let Some(user_agent) = &self.user_agent {
            builder = builder.user_agent(user_agent);
        }
        if let Some(proxy) = &self.proxy {
            builder = builder.proxy(proxy.as_str());
        }
        if let Some(path) = &self.ca_bundle {
            builder = builder.ca_bundle(path);
        }
        if let Some(bytes) = self.max_response_bytes {
            builder = builder.max_response_bytes(bytes);
        }
        if let Some(allow) = self.allow_plain_http {
            builder = builder.allow_plain_http(allow);
        }
        builder.build()
    }
}

/// The origin of a port that was free a moment ago.
fn closed_origin() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    format!("http://{}", listener.local_addr().expect("its address"))
}

impl Options {
    fn build(&self) -> RequestOptions {
        let mut options = RequestOptions::new();
        if let Some(ms) = self.total_timeout_ms {
            options = options.total_timeout(Duration::from_millis(ms));
        }
        if let Some(ms) = self.timeout_ms {
            options = options.timeout(Duration::from_millis(ms));
        }
        if let Some(ms) = self.connect_timeout_ms {
            options = options.connect_timeout(Duration::from_millis(ms));
        }
        if let Some(retries) = self.max_retries {
            options = options.max_retries(retries);
        }
        for (name, value) in &self.extra_headers {
            options = options.extra_header(name, value);
        }
        for (name, value) in &self.extra_query {
            options = options.extra_query(name, value);
        }
        for (name, json) in &self.extra_body {
            options = options.extra_body(name, json.clone());
        }
        if let Some(ms) = self.cancel_after_ms {
            let token = CancelToken::new();
            options = options.cancel(token.clone());
            if ms == 0 {
                token.cancel();
            } else {
                thread::spawn(move || {
                    thread::sleep(Duration::from_millis(ms));
                    token.cancel();
                });
            }
        }
        options
    }
}

impl Call {
    /// Makes the call. Of a list that is read to its end `items` tells how many rows came.
    fn make(&self, client: &Openint, items: &mut Option<usize>) -> openint::Result<Outcome> {
        let params = &self.params;
        if self.all {
            let items = items.insert(0);
            return match self.method.as_str() {
                "list_connections" => all::<ListConnections>(client, params, items),
                "list_connector_configs" => all::<ListConnectorConfigs>(client, params, items),
                "list_connectors" => all::<ListConnectors>(client, params, items),
                "list_customers" => all::<ListCustomers>(client, params, items),
                "list_events" => all::<ListEvents>(client, params, items),
                other => panic!("no list {other}"),
            };
        }
        match self.method.as_str() {
            "create_connection" => send::<CreateConnection>(client, params),
            "get_connection" => send::<GetConnection>(client, params),
            "list_connections" => send::<ListConnections>(client, params),
            "delete_connection" => send::<DeleteConnection>(client, params),
            "check_connection" => send::<CheckConnection>(client, params),
            "create_connector_config" => send::<CreateConnectorConfig>(client, params),
            "get_connector_config" => send::<GetConnectorConfig>(client, params),
            "list_connector_configs" => send::<ListConnectorConfigs>(client, params),
            "update_connector_config" => send::<UpdateConnectorConfig>(client, params),
            "delete_connector_config" => send::<DeleteConnectorConfig>(client, params),
            "list_connectors" => send::<ListConnectors>(client, params),
            "connector_status" => send::<GetConnectorStatus>(client, params),
            "upsert_customer" => send::<UpsertCustomer>(client, params),
            "list_customers" => send::<ListCustomers>(client, params),
            "create_customer_token" => send::<CreateCustomerToken>(client, params),
            "list_events" => send::<ListEvents>(client, params),
            "viewer" => send::<GetViewer>(client, params),
            "health" => send::<GetHealth>(client, params),
            "health_echo" => send::<EchoHealth>(client, params),
            "message_template" => send::<GetMessageTemplate>(client, params),
            "request" => {
                let params: RequestParams = self.params.to()?;
                let method = match params.method.as_str() {
                    "GET" => Method::Get,
                    "POST" => Method::Post,
                    "PUT" => Method::Put,
                    "PATCH" => Method::Patch,
                    "DELETE" => Method::Delete,
                    other => panic!("no method {other}"),
                };
                let mut request = Request::new(method, params.path);
                for (name, value) in params.path_params {
                    request = request.path_param(name, value);
                }
                for (name, value) in params.query {
                    request = request.query(name, value);
                }
                if let Some(body) = params.body {
                    request = request.body(body);
                }
                if let Some(repeat_safe) = params.repeat_safe {
                    request = request.repeat_safe(repeat_safe);
                }
                client.request::<Json>(&request).map(Outcome::from)
            }
            other => panic!("no method {other}"),
        }
    }
}

fn send<O>(client: &Openint, params: &Json) -> openint::Result<Outcome>
where
    O: Operation<Output: Serialize + Debug> + DeserializeOwned,
{
    client.send(&params.to::<O>()?).map(Outcome::from)
}

fn all<O>(client: &Openint, params: &Json, items: &mut usize) -> openint::Result<Outcome>
where
    O: ListOperation<Item: Debug> + DeserializeOwned,
{
    let mut rows = Vec::new();
    for row in client.iter(params.to::<O>()?) {
        rows.push(row?);
        *items += 1;
    }
    Ok(Outcome {
        json: serde_json::to_string(&rows).expect("rows serialise"),
        printed: format!("{rows:?}"),
        status: 200,
        attempts: 0,
    })
}

impl ExpectedResult {
    fn check(&self, outcome: &Outcome) -> Check {
        let value: Value = serde_json::from_str(&outcome.json).map_err(|e| e.to_string())?;
        if let Some(expected) = &self.value {
            contained(expected, &value, "result")?;
        }
        if let Some(expected) = &self.keys {
            let mut expected = expected.clone();
            expected.sort();
            let object = value.as_object().ok_or("the result is no object")?;
            let mut keys: Vec<String> = object.keys().cloned().collect();
            keys.sort();
            same("keys", &keys, &expected)?;
        }
        if let Some(status) = self.status {
            same("status", &outcome.status, &status)?;
        }
        for text in &self.display_lacks {
            if outcome.printed.contains(text) {
                return Err(format!("the result shows {text:?}: {}", outcome.printed));
            }
        }
        contains("result", &outcome.json, &self.contains)
    }
}

impl ExpectedError {
    fn check(&self, error: &Error) -> Check {
        let kind = error.kind();
        if kind.name() != self.kind {
            return Err(format!("kind {}, not {}: {error}", kind.name(), self.kind));
        }
        if let Some(expected) = &self.field {
            let ErrorKind::InvalidInput { field, .. } = kind else {
                return Err("only invalid input has a field".into());
            };
            // An iterator takes the parameters of its list here, whose limit it uses.
            let expected = match expected.as_str() {
                "page_size" => "limit",
                name => name,
            };
            same("field", &field.as_str(), &expected)?;
        }
        if let Some(expected) = &self.path {
            let ErrorKind::Decode { path, .. } = kind else {
                return Err("only a decode error has a path".into());
            };
            same("path", path, expected)?;
        }
        if let Some(expected) = &self.phase {
            let (ErrorKind::Timeout { phase, .. } | ErrorKind::Interrupted { phase, .. }) = kind
            else {
                return Err("this kind has no phase".into());
            };
            same("phase", &phase_name(*phase), &expected.as_str())?;
        }
        let api = error.api();
        if self.status.is_some() {
            same("status", &error.status(), &self.status)?;
        }
        if self.code.is_some() {
            same("code", &api.and_then(|api| api.code.clone()), &self.code)?;
        }
        if self.message.is_some() {
            same(
                "message",
                &api.and_then(|api| api.message.clone()),
                &self.message,
            )?;
        }
        if let Some(expected) = &self.issues {
            let issues: Vec<ExpectedIssue> = api
                .map(|api| api.issues.as_slice())
                .unwrap_or_default()
                .iter()
                .map(|issue| ExpectedIssue {
                    path: issue.path.clone(),
                    message: issue.message.clone(),
                })
                .collect();
            same("issues", &issues, expected)?;
        }
        if self.request_id.is_some() {
            let id = api.and_then(|api| api.request_id.clone());
            same("request_id", &id, &self.request_id)?;
        }
        if self.retry_after_ms.is_some() {
            let wait = api.and_then(|api| api.retry_after);
            let wait = wait.map(|wait| wait.as_millis() as u64);
            same("retry_after_ms", &wait, &self.retry_after_ms)?;
        }
        if let Some(expected) = self.retryable {
            same("retryable", &error.is_retryable(), &expected)?;
        }
        if let Some(expected) = self.may_have_been_applied {
            let applied = error.may_have_been_applied();
            same("may_have_been_applied", &applied, &expected)?;
        }
        let display = error.to_string();
        same("lines", &display.lines().count(), &1)?;
        contains("error", &display, &self.display_contains)?;
        for text in &self.display_lacks {
            for printed in [display.clone(), format!("{error:?}")] {
                if printed.contains(text) {
                    return Err(format!("the error shows {text:?}: {printed}"));
                }
            }
        }
        Ok(())
    }
}

fn phase_name(phase: Phase) -> &'static str {
    match phase {
        Phase::Connecting => "connecting",
        Phase::Handshake => "handshake",
        Phase::Sending => "sending",
        Phase::Waiting => "waiting",
        Phase::Reading => "reading",
        _ => "a phase that the runner does not know",
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Check {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{what}: found {found:?}, expected {expected:?}")),
    }
}

fn contains(what: &str, text: &str, parts: &[String]) -> Check {
    match parts.iter().find(|part| !text.contains(part.as_str())) {
        None => Ok(()),
        Some(part) => Err(format!("{what}: no {part:?} in {text}")),
    }
}

fn contained(expected: &Value, found: &Value, path: &str) -> Check {
    match (expected, found) {
        (Value::String(text), found) if text == "$any" && !found.is_null() => Ok(()),
        (Value::String(text), Value::String(found)) if text.starts_with("$prefix:") => {
            match found.starts_with(&text["$prefix:".len()..]) {
                true => Ok(()),
                false => Err(format!("{path}: {found:?} is no {text}")),
            }
        }
        (Value::Object(expected), Value::Object(found)) => {
            expected.iter().try_for_each(|(key, value)| {
                let path = format!("{path}.{key}");
                let found = found.get(key).ok_or_else(|| format!("{path}: absent"))?;
                contained(value, found, &path)
            })
        }
        (Value::Array(expected), Value::Array(found)) => {
            same(&format!("length of {path}"), &found.len(), &expected.len())?;
            let pairs = expected.iter().zip(found).enumerate();
            pairs
                .into_iter()
                .try_for_each(|(index, (expected, found))| {
                    contained(expected, found, &format!("{path}[{index}]"))
                })
        }
        _ => same(path, found, expected),
    }
}
