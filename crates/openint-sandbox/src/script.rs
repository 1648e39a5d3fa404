//! Answers written in advance, in place of those the server would give.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::{HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

/// Bodies made on request stay within this.
const MAX_DEPTH: usize = 8 << 20;
const MAX_HEADERS: usize = 20_000;

/// One scripted answer. It is used for the first request it matches, `times` times.
///
/// Serializes to and from the JSON of `POST /_sandbox/script`.
///
/// ```
/// use openint_sandbox::{Answer, Fault, Phase};
///
/// // A rate limit, once, on creates alone.
/// let limited = Answer::status(429).header("retry-after", "1").on("POST", "/v1/connection");
/// // The row is saved, and the answer is lost on the way.
/// let lost = Answer::real().with_fault(Fault::Close { at: Phase::BeforeResponse, reset: true });
/// assert_eq!(
///     serde_json::to_string(&limited)?,
///     r#"{"method":"POST","path":"/v1/connection","status":429,"headers":{"retry-after":"1"}}"#,
/// );
/// # let _ = lost;
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use]
pub struct Answer {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    times: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    delay_ms: u64,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    process: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<String, String>,
    // A `null` is a body too, and numbers keep their digits.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    body: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fault: Option<Fault>,
}

fn one() -> u64 {
    1
}

fn is_one(n: &u64) -> bool {
    *n == 1
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

fn present<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Box::<RawValue>::deserialize(input).map(Some)
}

impl Answer {
    fn blank() -> Answer {
        Answer {
            method: None,
            path: None,
            times: 1,
            delay_ms: 0,
            process: false,
            status: None,
            headers: BTreeMap::new(),
            body: None,
            text: None,
            base64: None,
            fault: None,
        }
    }

    /// An answer with this status and, until one is added, no body.
    pub fn status(status: u16) -> Answer {
        Answer {
            status: Some(status),
            ..Answer::blank()
        }
    }

    /// The answer the server gives by itself: a place for a delay, a header or a fault.
    pub fn real() -> Answer {
        Answer {
            process: true,
            ..Answer::blank()
        }
    }

    /// A fault in place of an answer.
    pub fn fault(fault: Fault) -> Answer {
        Answer::blank().with_fault(fault)
    }

    /// Answers requests of this method and path alone. The path is exact and without a query.
    pub fn on(mut self, method: &str, path: &str) -> Answer {
        self.method = Some(method.into());
        self.path = Some(path.into());
        self
    }

    /// Answers this many requests; one unless said otherwise.
    pub fn times(mut self, times: u64) -> Answer {
        self.times = times;
        self
    }

    /// Waits before answering, after the request was processed.
    pub fn delay(mut self, delay: Duration) -> Answer {
        self.delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self
    }

    /// Lets the server do the request's work first, so that a row is saved, then answers as scripted.
    pub fn after_processing(mut self) -> Answer {
        self.process = true;
        self
    }

    /// Adds a header. The value `@http-date+N` becomes the HTTP date N seconds from the answer.
    pub fn header(mut self, name: &str, value: &str) -> Answer {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// A JSON body.
    ///
    /// # Panics
    /// If the value cannot be written as JSON.
    pub fn json(mut self, body: impl Serialize) -> Answer {
        let raw = serde_json::value::to_raw_value(&body).expect("the body can be written as JSON");
        self.body = Some(raw);
        self
    }

    /// A body of plain text, without a content type unless a header gives one.
    pub fn text(mut self, body: impl Into<String>) -> Answer {
        self.text = Some(body.into());
        self
    }

    /// A body of any bytes.
    pub fn bytes(mut self, body: impl AsRef<[u8]>) -> Answer {
        self.base64 = Some(BASE64.encode(body));
        self
    }

    /// Applies a fault to this answer.
    pub fn with_fault(mut self, fault: Fault) -> Answer {
        self.fault = Some(fault);
        self
    }

    pub(crate) fn matches(&self, method: &str, path: &str) -> bool {
        self.method
            .as_ref()
            .is_none_or(|m| m.eq_ignore_ascii_case(method))
            && self.path.as_ref().is_none_or(|p| p == path)
    }

    /// Everything of the answer that could not be sent, found before it is needed.
    pub(crate) fn ready(self) -> Result<Ready, String> {
        if self.times == 0 {
            return Err("times must be at least 1".into());
        }
        let status = |code: u16| {
            StatusCode::from_u16(code)
                .ok()
                .filter(|_| (200..=599).contains(&code))
                .ok_or_else(|| format!("status must be from 200 to 599, not {code}"))
        };
        let mut content = Vec::new();
        if let Some(body) = &self.body {
            content.push(Bytes::from(body.get().to_owned()));
        }
        if let Some(text) = &self.text {
            content.push(Bytes::from(text.clone()));
        }
        if let Some(text) = &self.base64 {
            content.push(
                BASE64
                    .decode(text)
                    .map_err(|e| format!("base64: {e}"))?
                    .into(),
            );
        }
        if content.len() > 1 {
            return Err("only one of body, text and base64 can be given".into());
        }
        let mut headers = Vec::new();
        for (name, value) in &self.headers {
            headers.push(Header::read(name, value)?);
        }
        if let Some(fault) = &self.fault {
            fault.check()?;
            if let Fault::Redirect { status: code, .. } = fault {
                status(*code)?;
            }
        }
        Ok(Ready {
            status: self.status.map(status).transpose()?,
            content: content.pop(),
            is_json: self.body.is_some(),
            headers,
            left: self.times,
            answer: self,
        })
    }
}

/// An answer that was checked, and how often it is still to be given.
#[derive(Clone, Debug)]
pub(crate) struct Ready {
    answer: Answer,
    pub(crate) status: Option<StatusCode>,
    pub(crate) content: Option<Bytes>,
    pub(crate) is_json: bool,
    pub(crate) headers: Vec<Header>,
    left: u64,
}

impl Ready {
    pub(crate) fn process(&self) -> bool {
        self.answer.process
    }

    pub(crate) fn delay(&self) -> Duration {
        Duration::from_millis(self.answer.delay_ms)
    }

    pub(crate) fn fault(&self) -> Option<&Fault> {
        self.answer.fault.as_ref()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) name: HeaderName,
    value: HeaderText,
}

#[derive(Clone, Debug)]
enum HeaderText {
    Fixed(HeaderValue),
    DateIn(Duration),
}

impl Header {
    fn read(name: &str, value: &str) -> Result<Header, String> {
        let bad = || format!("header {name}: {value:?} cannot be sent");
        let name = HeaderName::try_from(name).map_err(|_| format!("bad header name {name:?}"))?;
        if name == http::header::CONTENT_LENGTH || name == http::header::TRANSFER_ENCODING {
            return Err(format!(
                "{name} is set by the sandbox: use the fault wrong_length or truncated_chunk"
            ));
        }
        let value = match value.strip_prefix("@http-date+") {
            Some(seconds) => {
                let seconds = seconds.parse::<u32>().map_err(|_| bad())?;
                HeaderText::DateIn(Duration::from_secs(seconds.into()))
            }
            None => HeaderText::Fixed(HeaderValue::try_from(value).map_err(|_| bad())?),
        };
        Ok(Header { name, value })
    }

    pub(crate) fn value(&self) -> HeaderValue {
        match &self.value {
            HeaderText::Fixed(value) => value.clone(),
            HeaderText::DateIn(wait) => {
                let date = httpdate::fmt_http_date(std::time::SystemTime::now() + *wait);
                HeaderValue::try_from(date).expect("a date is visible ASCII")
            }
        }
    }
}

/// Place in an answer at which a fault happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Before a byte of the answer was sent.
    #[default]
    BeforeResponse,
    /// In the middle of its head.
    Headers,
    /// In the middle of its body.
    Body,
}

/// A way for an answer to go wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// The connection ends.
    Close {
        /// Part of the answer that is sent before that.
        #[serde(default)]
        at: Phase,
        /// Ends it with RST in place of FIN.
        #[serde(default)]
        reset: bool,
    },
    /// Nothing more comes, until the peer leaves, the sandbox is reset, or for 60 s.
    Stall {
        /// Part of the answer that is sent before that.
        #[serde(default)]
        at: Phase,
    },
    /// The answer comes in small pieces.
    Drip {
        /// Bytes in a piece.
        #[serde(default = "Fault::drip_bytes")]
        bytes: usize,
        /// Milliseconds between two pieces.
        #[serde(default = "Fault::drip_every_ms")]
        every_ms: u64,
        /// [`Phase::Body`]: the head is sent whole.
        #[serde(default)]
        at: Phase,
    },
    /// `content-length` promises more than is sent before the connection ends.
    WrongLength,
    /// A chunked body ends within a chunk, and with it the connection.
    TruncatedChunk,
    /// Another place is to be asked.
    Redirect {
        /// The `location`.
        to: String,
        /// The status.
        #[serde(default = "Fault::redirect_status")]
        status: u16,
    },
    /// A compressed JSON body, small on the wire and this large when unpacked.
    GzipBomb {
        /// The unpacked size.
        #[serde(default = "Fault::bomb_bytes")]
        bytes: u64,
    },
    /// A body that calls itself JSON and ends too early.
    InvalidJson,
    /// A JSON body with bytes that are not UTF-8.
    InvalidUtf8,
    /// A page of HTML, as from a proxy.
    Html,
    /// A body of no bytes.
    Empty,
    /// A JSON body of arrays in arrays.
    DeepJson {
        /// Levels of nesting.
        #[serde(default = "Fault::json_depth")]
        depth: usize,
    },
    /// A head with many headers.
    ManyHeaders {
        /// Number of headers.
        #[serde(default = "Fault::header_count")]
        count: usize,
    },
}

impl Fault {
    fn drip_bytes() -> usize {
        1
    }

    fn drip_every_ms() -> u64 {
        50
    }

    fn redirect_status() -> u16 {
        307
    }

    fn bomb_bytes() -> u64 {
        100 << 20
    }

    fn json_depth() -> usize {
        100_000
    }

    fn header_count() -> usize {
        2_000
    }

    fn check(&self) -> Result<(), String> {
        let at_most = |name: &str, value: usize, most: usize| {
            (value <= most)
                .then_some(())
                .ok_or_else(|| format!("fault: {name} must be at most {most}, not {value}"))
        };
        match self {
            Fault::Drip { bytes: 0, .. } => Err("fault: bytes must be at least 1".into()),
            Fault::DeepJson { depth } => at_most("depth", *depth, MAX_DEPTH),
            Fault::ManyHeaders { count } => at_most("count", *count, MAX_HEADERS),
            Fault::Redirect { to, .. } if HeaderValue::try_from(to).is_err() => {
                Err(format!("fault: {to:?} cannot be a location"))
            }
            _ => Ok(()),
        }
    }
}

/// The answers to come, in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Script {
    answers: VecDeque<Ready>,
}

impl Script {
    pub(crate) fn extend(&mut self, answers: impl IntoIterator<Item = Ready>) {
        self.answers.extend(answers);
    }

    /// The first answer that matches, used up by one.
    pub(crate) fn take(&mut self, method: &str, path: &str) -> Option<Ready> {
        let place = self
            .answers
            .iter()
            .position(|a| a.answer.matches(method, path))?;
        let ready = &mut self.answers[place];
        ready.left -= 1;
        if ready.left == 0 {
            self.answers.remove(place)
        } else {
            Some(ready.clone())
        }
    }
}

/// Reads the body of `POST /_sandbox/script`.
pub(crate) fn read(body: &[u8]) -> Result<Vec<Ready>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Document {
        answers: Vec<Box<RawValue>>,
    }
    let document: Document = serde_json::from_slice(body).map_err(|e| e.to_string())?;
    document
        .answers
        .iter()
        .enumerate()
        .map(|(index, text)| {
            read_answer(text.get()).map_err(|error| format!("answers[{index}]: {error}"))
        })
        .collect()
}

fn read_answer(text: &str) -> Result<Ready, String> {
    let answer: Answer = serde_json::from_str(text).map_err(|e| e.to_string())?;
    if let Some(fault) = &answer.fault {
        // serde lets unknown fields of a tagged unit variant pass, so they are looked for here.
        let given: serde_json::Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let known = serde_json::to_value(fault).map_err(|e| e.to_string())?;
        let given = given["fault"]
            .as_object()
            .into_iter()
            .flat_map(|members| members.keys());
        if let Some(field) = given.into_iter().find(|field| known.get(field).is_none()) {
            return Err(format!("fault: unknown field `{field}`"));
        }
    }
    answer.ready()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(answer: &str) -> String {
        read(format!(r#"{{"answers":[{answer}]}}"#).as_bytes()).unwrap_err()
    }

    #[test]
    fn what_cannot_be_meant_is_refused_by_name() {
        for (answer, word) in [
            (r#"{"statu":200}"#, "unknown field `statu`"),
            (
                r#"{"fault":{"kind":"html","sise":1}}"#,
                "unknown field `sise`",
            ),
            (
                r#"{"fault":{"kind":"close","when":"body"}}"#,
                "unknown field `when`",
            ),
            (r#"{"fault":{"kind":"nope"}}"#, "nope"),
            (r#"{"fault":{"kind":"drip","bytes":0}}"#, "bytes"),
            (
                r#"{"fault":{"kind":"many_headers","count":50000}}"#,
                "count",
            ),
            (r#"{"fault":{"kind":"redirect","to":"a\nb"}}"#, "location"),
            (r#"{"times":0}"#, "times"),
            (r#"{"status":99}"#, "status"),
            (r#"{"status":100}"#, "status"),
            (r#"{"body":1,"text":"a"}"#, "only one"),
            (r#"{"base64":"*"}"#, "base64"),
            (r#"{"headers":{"a b":"c"}}"#, "a b"),
            (r#"{"headers":{"content-length":"1"}}"#, "wrong_length"),
            (
                r#"{"headers":{"retry-after":"@http-date+x"}}"#,
                "retry-after",
            ),
        ] {
            let error = error(answer);
            assert!(
                error.starts_with("answers[0]: ") && error.contains(word),
                "{error}"
            );
        }
    }

    #[test]
    fn answers_survive_their_json() {
        for text in [
            r#"{"times":2,"delay_ms":5,"process":true,"status":503,"body":null}"#,
            r#"{"body":{"n":12345678901234567890123.10}}"#,
            r#"{"fault":{"kind":"stall","at":"headers"}}"#,
            r#"{"fault":{"kind":"invalid_utf8"}}"#,
            r#"{"fault":{"kind":"gzip_bomb","bytes":5}}"#,
        ] {
            let answer: Answer = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&answer).unwrap(), text);
        }
    }

    #[test]
    fn the_first_match_is_taken_and_used_up() {
        let mut script = Script::default();
        let ready = [
            Answer::status(500).on("POST", "/v1/connection").times(2),
            Answer::status(501),
        ]
        .map(|answer| answer.ready().unwrap());
        script.extend(ready);
        let mut take = |method, path| {
            script
                .take(method, path)
                .map(|r| r.status.unwrap().as_u16())
        };
        assert_eq!(take("POST", "/v1/connection"), Some(500));
        assert_eq!(take("GET", "/v1/connection"), Some(501));
        assert_eq!(take("GET", "/v1/connection"), None);
        assert_eq!(take("post", "/v1/connection"), Some(500));
        assert_eq!(take("POST", "/v1/connection"), None);
    }
}
