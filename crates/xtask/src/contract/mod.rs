//! `cargo xtask contract`: replays recorded exchanges against a server and tells what differs, so
//! that drift is seen: of the sandbox from the recordings, or of the real server from both.

mod compare;
mod transcript;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use ureq::Agent;
use ureq::http::{Method, Request, Uri};

use crate::process;
use transcript::{Answer, Transcript};

/// The key that the recordings were made with.
const RECORDED_KEY: &str = "key_test_123";
/// Keys that only a server with the sandbox's seeds knows.
const OTHER_KEYS: [&str; 2] = ["key_test_other", "key_cus_test_123"];
const TIMEOUT: Duration = Duration::from_secs(60);

/// Arguments of `cargo xtask contract`.
#[derive(clap::Args, Debug)]
pub(crate) struct Options {
    /// The folder of the recordings, one `.txt` an exchange; they are sent in the order of names
    folder: PathBuf,
    /// The server, such as http://127.0.0.1:4010/v1. OPENINT_API_KEY takes the place of the
    /// recorded key; exchanges with other keys of the sandbox are then skipped
    #[arg(long, value_name = "URL")]
    base_url: String,
    /// Make the sandbox forget everything before each exchange, where each was recorded alone
    #[arg(long)]
    reset: bool,
    /// Send what writes to other servers than those of this machine, too
    #[arg(long)]
    writes: bool,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let key = std::env::var("OPENINT_API_KEY").ok();
    let rows = replay(options, key.as_deref().filter(|key| !key.is_empty()))?;
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    for row in &rows {
        let result = match &row.outcome {
            Outcome::Alike => "alike".to_owned(),
            Outcome::Skipped(why) => format!("skipped: {why}"),
            Outcome::Different(what) => format!("DIFFERENT: {}", what.join("; ")),
        };
        process::say(format_args!("{:<width$}  {result}", row.name));
    }
    let count = |is: fn(&Outcome) -> bool| rows.iter().filter(|row| is(&row.outcome)).count();
    let alike = count(|outcome| matches!(outcome, Outcome::Alike));
    let different = count(|outcome| matches!(outcome, Outcome::Different(_)));
    let skipped = rows.len() - alike - different;
    process::say(format_args!(
        "{alike} alike, {different} different, {skipped} skipped"
    ));
    ensure!(alike + different > 0, "no exchange was compared");
    let compared = alike + different;
    ensure!(different == 0, "{different} of {compared} exchanges differ");
    Ok(())
}

/// The result of one exchange.
#[derive(Debug)]
struct Row {
    name: String,
    outcome: Outcome,
}

#[derive(Debug, PartialEq)]
enum Outcome {
    Alike,
    Skipped(&'static str),
    Different(Vec<String>),
}

fn replay(options: &Options, key: Option<&str>) -> Result<Vec<Row>> {
    let folder = &options.folder;
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let mut server = Server::new(options, key)?;
    files.iter().map(|file| server.replay(file)).collect()
}

struct Server<'a> {
    agent: Agent,
    base_url: &'a str,
    origin: &'a str,
    key: Option<&'a str>,
    reset: bool,
    may_write: bool,
    /// Recorded ids, and those that the server gave in their place.
    ids: Vec<(String, String)>,
}

impl<'a> Server<'a> {
    fn new(options: &'a Options, key: Option<&'a str>) -> Result<Self> {
        let base_url = options.base_url.trim_end_matches('/');
        let uri: Uri = base_url.parse().context("--base-url")?;
        let host = uri.host().context("--base-url has no host")?;
        let origin = base_url
            .strip_suffix(uri.path())
            .unwrap_or(base_url)
            .trim_end_matches('/');
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ureq::tls::TlsConfig::builder().unversioned_rustls_crypto_provider(provider);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(TIMEOUT))
            .tls_config(tls.build());
        let is_local = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
        Ok(Self {
            agent: config.build().into(),
            base_url,
            origin,
            key: key.filter(|key| *key != RECORDED_KEY),
            reset: options.reset,
            may_write: is_local || options.writes,
            ids: Vec::new(),
        })
    }

    fn replay(&mut self, file: &Path) -> Result<Row> {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let text = fs::read(file).with_context(|| file.display().to_string())?;
        let text = String::from_utf8_lossy(&text);
        let recorded = Transcript::parse(&text)
            .with_context(|| format!("{}: not a recording", file.display()))?;
        let outcome = match self.obstacle(&recorded) {
            Some(why) => Outcome::Skipped(why),
            None => self.compare(recorded)?,
        };
        let name = name.into_owned();
        Ok(Row { name, outcome })
    }

    /// The reason for which an exchange cannot be repeated.
    fn obstacle(&self, recorded: &Transcript) -> Option<&'static str> {
        let reads = matches!(recorded.method.as_str(), "GET" | "HEAD" | "OPTIONS");
        let header = |part: &str| {
            recorded
                .headers
                .iter()
                .any(|(_, value)| value.contains(part))
        };
        if recorded.body.starts_with("(a body") {
            return Some("its body was not kept");
        }
        if header("<jwt>") {
            return Some("its token was not kept");
        }
        if self.key.is_some() && OTHER_KEYS.iter().any(|key| header(key)) {
            return Some("its key is of the sandbox");
        }
        if !reads && !self.may_write {
            return Some("it writes: --writes");
        }
        if let Some(id) = compare::made_ids(&recorded.target).next() {
            if !self.ids.iter().any(|(known, _)| known == id) {
                return Some("it is about a row that was not made");
            }
        }
        None
    }

    fn compare(&mut self, recorded: Transcript) -> Result<Outcome> {
        if self.reset {
            let reset = format!("{}/_sandbox/reset", self.origin);
            let answer = self.agent.post(&reset).send("{}")?;
            ensure!(answer.status() == 200, "{reset} is {}", answer.status());
            self.ids.clear();
        }
        let answer = match self.send(&recorded) {
            Ok(answer) => answer,
            Err(error) => return Ok(Outcome::Different(vec![format!("{error:#}")])),
        };
        self.ids.extend(compare::ids(&recorded.answer, &answer));
        let recorded = recorded.answer.map_body(|body| self.with_own_ids(body));
        let differences = compare::differences(&recorded, &answer);
        Ok(if differences.is_empty() {
            Outcome::Alike
        } else {
            Outcome::Different(differences)
        })
    }

    fn send(&self, recorded: &Transcript) -> Result<Answer> {
        let target = self.with_own_ids(&recorded.target);
        let url = match target.strip_prefix("/v1") {
            Some(rest) if rest.is_empty() || rest.starts_with(['/', '?']) => {
                format!("{}{rest}", self.base_url)
            }
            _ => format!("{}{target}", self.origin),
        };
        let mut request = Request::builder()
            .method(Method::from_bytes(recorded.method.as_bytes())?)
            .uri(url);
        for (name, value) in &recorded.headers {
            let value = match self.key {
                Some(key) => value.replace(RECORDED_KEY, key),
                None => value.clone(),
            };
            request = request.header(name, value.as_bytes());
        }
        let body = self.with_own_ids(&recorded.body);
        let mut response = if body.is_empty() {
            self.agent.run(request.body(())?)?
        } else {
            self.agent.run(request.body(body)?)?
        };
        let content_type = response.headers().get("content-type");
        Ok(Answer {
            status: response.status().as_u16(),
            content_type: content_type
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            body: response.body_mut().read_to_string()?,
        })
    }

    /// A recorded text with the ids of this server.
    fn with_own_ids(&self, text: &str) -> String {
        let replace =
            |text: String, (recorded, own): &(String, String)| text.replace(recorded, own);
        self.ids.iter().fold(text.to_owned(), replace)
    }
}

#[cfg(test)]
mod tests {
    use openint_sandbox::Sandbox;

    use super::*;

    const CREATE: &str = r#"POST /v1/connection
Authorization: Bearer key_test_123
content-type: application/json
{"connector_config_id":"ccfg_acme-oauth2_sandbox","customer_id":"c","data":{"connector_name":"acme-oauth2","settings":{"oauth":{}}}}

<<<<

HTTP/1.1 100 Continue

HTTP/1.1 200 OK
content-type: application/json

{"id":"conn_acme-oauth2_01M85N74DPM3614CBQRK9FCHNY","customer_id":"c","connector_config_id":"ccfg_acme-oauth2_sandbox","integration_id":null,"status_message":"m","created_at":"t","updated_at":"t","display_name":null,"disabled":false,"status":"unknown","metadata":null,"connector_name":"acme-oauth2","settings":{"oauth":{}}}
"#;
    const DELETE: &str = r#"DELETE /v1/connection/conn_acme-oauth2_01M85N74DPM3614CBQRK9FCHNY
Authorization: Bearer key_test_123

<<<<

HTTP/1.1 200 OK
content-type: application/json

{"id":"conn_acme-oauth2_01M85N74DPM3614CBQRK9FCHNY"}
"#;
    const UNTYPED: &str = r#"PUT /v1/customer
Authorization: Bearer key_test_123
content-type:
{"id":"c"}

<<<<

HTTP/1.1 200 OK
content-type: application/json

{"org_id":"o","id":"c","api_key":"k","metadata":null,"created_at":"t","updated_at":"t"}
"#;
    const LIST: &str = r#"GET /v1/connection?limit=3001
Authorization: Bearer key_test_123

<<<<

HTTP/1.1 400 -
content-type: application/json

{"message":"Input validation failed","code":"BAD_REQUEST","data":{"code":"BAD_REQUEST","httpStatus":400,"path":"listConnections"},"issues":[{"code":"too_big","message":"Number must be less than or equal to 3000","path":["limit"]}]}
"#;
    const OUTSIDE: &str =
        "GET /nope\n\n<<<<\n\nHTTP/1.1 404 -\ncontent-type: text/plain;charset=UTF-8\n\nNOT_FOUND";
    const CUT: &str = "GET /v1/openapi.json\n\n<<<<\n\nHTTP/1.1 200 -\ncontent-type: application/json\n\n{\"openapi\":\n ... cut";

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    fn options(folder: &tempfile::TempDir, base_url: &str) -> Options {
        Options {
            folder: folder.path().into(),
            base_url: base_url.into(),
            reset: false,
            writes: false,
        }
    }

    #[test]
    fn what_was_recorded_is_had_again() {
        let sandbox = Sandbox::start().unwrap();
        let folder = folder(&[
            ("1-create.txt", CREATE),
            ("2-delete.txt", DELETE),
            ("3-untyped.txt", UNTYPED),
            ("4-list.txt", LIST),
            ("5-outside.txt", OUTSIDE),
            ("6-cut.txt", CUT),
            ("notes.md", "not a recording"),
        ]);
        let rows = replay(&options(&folder, sandbox.base_url()), None).unwrap();
        assert_eq!(rows.len(), 6);
        for row in &rows {
            assert_eq!(row.outcome, Outcome::Alike, "{}", row.name);
        }
        assert_eq!(sandbox.connections(None), 0);
        run(&options(&folder, sandbox.base_url())).unwrap();
    }

    #[test]
    fn what_differs_is_told() {
        let sandbox = Sandbox::start().unwrap();
        let changed = [
            (LIST.replace("400 -", "422 -"), "status 400, recorded 422"),
            (
                LIST.replace("code\":\"BAD_REQUEST\",\"data", "code\":\"NOPE\",\"data"),
                "code \"BAD_REQUEST\", recorded \"NOPE\"",
            ),
            (
                LIST.replace("\"path\":[\"limit\"]", "\"path\":[\"offset\"]"),
                "issues",
            ),
            (
                CREATE.replace("\"metadata\":null", "\"more\":null"),
                "keys: missing more, extra metadata",
            ),
            (
                OUTSIDE.replace("text/plain", "text/html"),
                "content type text/plain, recorded text/html",
            ),
            (OUTSIDE.replace("\nNOT_FOUND", "\nGONE"), "body"),
            (CUT.replace("200 -", "404 -"), "status 200, recorded 404"),
        ];
        for (text, want) in changed {
            let folder = folder(&[("1.txt", text.as_str())]);
            let options = options(&folder, sandbox.base_url());
            let rows = replay(&options, None).unwrap();
            let Outcome::Different(what) = &rows[0].outcome else {
                panic!("{want}: {:?}", rows[0].outcome);
            };
            assert!(what.join("; ").contains(want), "{want}: {what:?}");
            assert!(run(&options).is_err());
        }
    }

    #[test]
    fn what_cannot_be_had_again_is_skipped() {
        let sandbox = Sandbox::start().unwrap();
        let foreign = LIST.replace("key_test_123", "key_cus_test_123");
        let folder = folder(&[
            ("1-no-row.txt", DELETE),
            ("2-token.txt", &LIST.replace("key_test_123", "<jwt>")),
            ("3-key.txt", &foreign),
            (
                "4-body.txt",
                &CREATE.replace("{\"connector_c", "(a body {\""),
            ),
        ]);
        let outcomes = |options: &Options, key| -> Vec<_> {
            let rows = replay(options, key).unwrap();
            rows.into_iter().map(|row| row.outcome).collect()
        };
        let mut options = options(&folder, sandbox.base_url());
        let skipped = |outcome: &Outcome| matches!(outcome, Outcome::Skipped(_));
        assert!(outcomes(&options, Some("key_mine")).iter().all(skipped));
        let unkeyed = outcomes(&options, None);
        assert_eq!(unkeyed.iter().filter(|outcome| skipped(outcome)).count(), 3);
        assert_eq!(unkeyed[2], Outcome::Alike);
        assert_eq!(sandbox.requests().len(), 1);

        // A server elsewhere is not written to unasked.
        options.base_url = "https://openint.invalid/v1".into();
        fs::write(folder.path().join("5.txt"), UNTYPED).unwrap();
        assert_eq!(
            outcomes(&options, None)[4],
            Outcome::Skipped("it writes: --writes")
        );
    }

    #[test]
    fn the_key_of_the_environment_takes_the_place_of_the_recorded_one() {
        let sandbox = Sandbox::builder().api_key("key_mine").start().unwrap();
        let folder = folder(&[("1.txt", LIST)]);
        let options = options(&folder, sandbox.base_url());
        let outcome = |key| replay(&options, key).unwrap().remove(0).outcome;
        assert_eq!(outcome(Some("key_mine")), Outcome::Alike);
        assert!(matches!(outcome(None), Outcome::Different(_)));
    }

    #[test]
    fn exchanges_that_were_recorded_alone_begin_from_nothing() {
        let sandbox = Sandbox::start().unwrap();
        let folder = folder(&[("1.txt", CREATE), ("2.txt", CREATE)]);
        let mut options = options(&folder, sandbox.base_url());
        run(&options).unwrap();
        assert_eq!(sandbox.connections(None), 2);
        options.reset = true;
        run(&options).unwrap();
        assert_eq!(sandbox.connections(None), 1);
    }

    #[test]
    fn nothing_compared_is_a_failure() {
        let sandbox = Sandbox::start().unwrap();
        let empty = folder(&[]);
        assert!(run(&options(&empty, sandbox.base_url())).is_err());
        let bad = folder(&[("1.txt", "GET /v1/health")]);
        let error = run(&options(&bad, sandbox.base_url())).unwrap_err();
        assert!(
            format!("{error:#}").contains("not a recording"),
            "{error:#}"
        );
        let mut nowhere = options(&empty, "/v1");
        assert!(run(&nowhere).is_err());
        nowhere.folder = "/no/such/folder".into();
        assert!(run(&nowhere).is_err());
    }
}
