use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use ureq::http::StatusCode;

use crate::json::{self, Json};

/// The result of everything that can fail in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed, and what is known of its effect.
///
/// Its `Display` is one line that says what happened and what to do next, without URL query,
/// headers or body. [`Error::kind`] is what a program matches on.
///
/// ```
/// use openint::{CreateConnection, ConnectorData, ErrorKind, Openint};
/// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
/// # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
///
/// let created = client.create_connection(&CreateConnection::new(
///     "ccfg_that_is_not_there",
///     "customer_id",
///     ConnectorData::new("dummy-oauth2", serde_json::json!({ "oauth": {} })),
/// ));
/// match created {
///     Ok(connection) => println!("{}", connection.id),
///     Err(error) if error.status() == Some(404) => eprintln!("make the connector config first"),
///     Err(error) if error.may_have_been_applied() => eprintln!("look before repeating: {error}"),
///     Err(error) => return Err(error),
/// }
/// # Ok::<(), openint::Error>(())
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

/// The error of another library that was the cause.
pub(crate) type Source = Arc<dyn std::error::Error + Send + Sync>;

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    operation: Option<String>,
    attempts: u32,
    may_have_been_applied: bool,
    retryable: bool,
    /// The wait before another attempt, and the `total_timeout` that it would have passed.
    unfit_wait: Option<(Duration, Duration)>,
    source: Option<Source>,
    advice: &'static str,
}

/// The kind of an error.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument or option is unusable; nothing was sent.
    #[error("invalid `{field}`: expected {expected}")]
    #[non_exhaustive]
    InvalidInput {
        /// The parameter or option, such as `connector_config_id`.
        field: String,
        /// The values that are accepted.
        expected: String,
    },

    /// The provider of API keys failed; nothing was sent with a new key.
    #[error("the provider of API keys failed ({reason}); fix it, then try again")]
    #[non_exhaustive]
    ApiKey {
        /// The provider's own words.
        reason: String,
    },

    /// No connection to the server, or to the proxy on the way: name resolution, TCP or proxy.
    #[error(
        "could not connect to {server} ({reason}); check `base_url`, the network and the proxy"
    )]
    #[non_exhaustive]
    Connect {
        /// The host and the port of `base_url`.
        server: String,
        /// The system's own words.
        reason: String,
    },

    /// The TLS handshake failed: most often a certificate that is not trusted.
    #[error("no TLS connection to {server} ({reason}){advice}")]
    #[non_exhaustive]
    Tls {
        /// The host and the port of `base_url`.
        server: String,
        /// The reason that ended the handshake.
        reason: String,
        /// Advice at the end of the message; empty where nobody can give any.
        advice: &'static str,
    },

    /// A limit in time was reached.
    #[error("timed out after {} s (`{option}`) while {phase}", seconds(*limit))]
    #[non_exhaustive]
    Timeout {
        /// The phase that the call was in.
        phase: Phase,
        /// The limit.
        limit: Duration,
        /// The option that sets it: `timeout`, `connect_timeout` or `total_timeout`.
        option: &'static str,
    },

    /// The connection broke, or what came was not HTTP, while a request was under way.
    #[error("the connection was lost while {phase} ({reason})")]
    #[non_exhaustive]
    Interrupted {
        /// The phase that the call was in.
        phase: Phase,
        /// The system's own words.
        reason: String,
    },

    /// Its [`CancelToken`](crate::CancelToken) was fired.
    #[error("the call was cancelled")]
    Cancelled,

    /// The server answered with a status other than success.
    #[error("{0}")]
    Api(Box<ApiError>),

    /// The answer is not what the method promises.
    #[error("the answer could not be read{}: {reason}", at(path))]
    #[non_exhaustive]
    Decode {
        /// The path in the JSON, such as `settings.oauth`; empty for the answer as a whole.
        path: String,
        /// The type that was expected there. Never the value.
        reason: String,
    },

    /// A list changed so much while it was read that rows may be missing.
    #[error(
        "the list changed while it was read: {seen} of {total} rows were seen; read it again, \
         narrow it with a filter, or raise the page size"
    )]
    #[non_exhaustive]
    Incomplete {
        /// The number of different rows that came.
        seen: u64,
        /// The number of rows that the API counts.
        total: u64,
    },

    /// The answer is larger than allowed; it was not read to its end.
    #[error("the answer {}", part.exceeds(*limit))]
    #[non_exhaustive]
    ResponseTooLarge {
        /// The part that is too large.
        part: ResponsePart,
        /// The limit: in bytes, or the number of headers.
        limit: u64,
    },
}

impl ErrorKind {
    /// The kind's name in lower case with underscores, the same in every language of the SDK.
    pub fn name(&self) -> &'static str {
        match self {
            Self::InvalidInput { .. } => "invalid_input",
            Self::ApiKey { .. } => "api_key",
            Self::Connect { .. } => "connect",
            Self::Tls { .. } => "tls",
            Self::Timeout { .. } => "timeout",
            Self::Interrupted { .. } => "interrupted",
            Self::Cancelled => "cancelled",
            Self::Api(_) => "api",
            Self::Decode { .. } => "decode",
            Self::Incomplete { .. } => "incomplete",
            Self::ResponseTooLarge { .. } => "response_too_large",
        }
    }
}

fn at(path: &str) -> String {
    if path.is_empty() {
        String::new()
    } else {
        format!(" at `{path}`")
    }
}

/// A part of an answer that has a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponsePart {
    /// The body after decompression; `max_response_bytes` is its limit.
    Body,
    /// The status line and the headers, in bytes.
    Head,
    /// The number of headers.
    HeaderCount,
}

impl ResponsePart {
    fn exceeds(self, limit: u64) -> String {
        match self {
            Self::Body => {
                format!("is larger than {limit} bytes; raise `max_response_bytes` or ask for less")
            }
            Self::Head => {
                format!("has more than {limit} bytes of headers; check `base_url` and the proxy")
            }
            Self::HeaderCount => {
                format!("has more than {limit} headers; check `base_url` and the proxy")
            }
        }
    }
}

/// The phase that a call was in when it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Resolving the name, connecting, or talking to the proxy.
    Connecting,
    /// Agreeing on TLS.
    Handshake,
    /// Sending the request.
    Sending,
    /// Waiting for the status and the headers.
    Waiting,
    /// Reading the body.
    Reading,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connecting => "connecting",
            Self::Handshake => "agreeing on TLS",
            Self::Sending => "sending the request",
            Self::Waiting => "waiting for the answer",
            Self::Reading => "reading the answer",
        })
    }
}

/// An answer of the API that is not a success.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// The API's code, such as `BAD_REQUEST` or `NOT_FOUND`.
    pub code: Option<String>,
    /// The server's message.
    pub message: Option<String>,
    /// The first hundred issues of a request that was refused, each with its field.
    pub issues: Vec<Issue>,
    /// The request id, where the server or a proxy before it sent one.
    pub request_id: Option<String>,
    /// The time that the server asks to wait, where it does.
    pub retry_after: Option<Duration>,
    body: Vec<u8>,
}

impl ApiError {
    /// The body as it came. It can hold what was sent: keep it out of logs.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    pub(crate) fn new(
        status: u16,
        request_id: Option<String>,
        retry_after: Option<Duration>,
        body: Vec<u8>,
    ) -> Self {
        // Each is read by itself, so that one of an unexpected shape does not cost the others.
        #[derive(Default, Deserialize)]
        struct Answer {
            code: Option<Json>,
            message: Option<Json>,
            issues: Option<Json>,
            output_issues: Option<Json>,
        }
        fn read<T: serde::de::DeserializeOwned>(json: Option<Json>) -> Option<T> {
            json?.to().ok()
        }
        let answer: Answer = json::decode(&body).unwrap_or_default();
        let mut issues = Vec::new();
        for sent in [answer.issues, answer.output_issues] {
            if let Some(Issues(found)) = read(sent) {
                issues.extend(found);
            }
        }
        Self {
            status,
            code: read(answer.code),
            message: read(answer.message),
            issues,
            request_id,
            retry_after,
            body,
        }
    }

    /// The words of the HTTP standard for the status.
    fn standard_reason(&self) -> &'static str {
        let status = StatusCode::from_u16(self.status).ok();
        let reason = status.and_then(|status| status.canonical_reason());
        reason.unwrap_or("(a status of no standard)")
    }

    fn advice(&self) -> &'static str {
        match self.status {
            300..=399 => "credentials do not follow redirects: set `base_url` to where the API is",
            401 => "check the API key",
            403 => "use a key that is allowed to do this",
            404 => "check the id, and that the key is of the same organisation",
            429 => "send fewer calls at once",
            _ => "",
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        if let Some(code) = &self.code {
            write!(f, " {}", one_line(code))?;
        }
        match (&self.message, &self.code) {
            (Some(message), _) => write!(f, ": {}", one_line(message))?,
            (None, None) => write!(f, " {}", self.standard_reason())?,
            (None, Some(_)) => {}
        }
        for issue in self.issues.iter().take(3) {
            write!(f, "; {}", one_line(&issue.to_string()))?;
        }
        if self.issues.len() > 3 {
            write!(f, "; and {} more", self.issues.len() - 3)?;
        }
        if let Some(id) = &self.request_id {
            write!(f, " (request {})", one_line(id))?;
        }
        match self.advice() {
            "" => Ok(()),
            advice => write!(f, "; {advice}"),
        }
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("issues", &self.issues)
            .field("request_id", &self.request_id)
            .field("retry_after", &self.retry_after)
            .finish_non_exhaustive()
    }
}

/// One thing that the server found wrong with a request, or with its own answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Issue {
    /// The path of the field, such as `data.settings.oauth`.
    pub path: String,
    /// The server's words for it.
    pub message: String,
}

impl<'de> Deserialize<'de> for Issue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Sent {
            #[serde(default)]
            path: Vec<Json>,
            #[serde(default)]
            message: String,
        }
        let sent = Sent::deserialize(deserializer)?;
        let steps: Vec<String> = sent
            .path
            .iter()
            .map(|step| step.to().unwrap_or_else(|_| step.to_string()))
            .collect();
        Ok(Self {
            path: steps.join("."),
            message: sent.message,
        })
    }
}

/// The first hundred: no person reads more, and an answer of nothing but issues would take many
/// times its own size in memory.
struct Issues(Vec<Issue>);

impl<'de> Deserialize<'de> for Issues {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Issues;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<Issues, A::Error> {
                const MAX: usize = 100;
                let mut issues = Vec::new();
                while issues.len() < MAX {
                    match list.next_element()? {
                        Some(issue) => issues.push(issue),
                        None => return Ok(Issues(issues)),
                    }
                }
                while list.next_element::<serde::de::IgnoredAny>()?.is_some() {}
                Ok(Issues(issues))
            }
        }

        deserializer.deserialize_seq(Visitor)
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "`{}`: {}", self.path, self.message)
        }
    }
}

/// Seconds in digits. To print them as a float takes 18 kB more of code.
fn seconds(time: Duration) -> String {
    let digits = format!("{}.{:09}", time.as_secs(), time.subsec_nanos());
    digits
        .trim_end_matches('0')
        .trim_end_matches('.')
        .to_owned()
}

/// A server's text made fit for a log line.
pub(crate) fn one_line(text: &str) -> String {
    const MAX: usize = 300;
    let mut line: String = text
        .chars()
        .take(MAX)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(MAX).is_some() {
        line.push('…');
    }
    line
}

impl Error {
    /// Returns the kind of the error.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The answer of the API, if there was one and it was not a success.
    pub fn api(&self) -> Option<&ApiError> {
        match self.kind() {
            ErrorKind::Api(error) => Some(error),
            _ => None,
        }
    }

    /// The HTTP status, if the API answered with one that is not a success.
    pub fn status(&self) -> Option<u16> {
        self.api().map(|error| error.status)
    }

    /// Returns true if the same call may succeed later: the cause is transient. Where
    /// [`Error::may_have_been_applied`] is true as well, repeating it can apply it twice.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// Returns true if the server may have carried the call out although it failed here. Always false for
    /// a call that changes nothing.
    pub fn may_have_been_applied(&self) -> bool {
        self.0.may_have_been_applied
    }

    /// Returns the number of times the request was sent or tried to be sent; 0 when the input was
    /// refused.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    pub(crate) fn invalid_input(field: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::before_sending(ErrorKind::InvalidInput {
            field: field.into(),
            expected: expected.into(),
        })
    }

    pub(crate) fn decode(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::before_sending(ErrorKind::Decode {
            path: path.into(),
            reason: reason.into(),
        })
    }

    pub(crate) fn no_api_key(source: Box<dyn std::error::Error + Send + Sync>) -> Self {
        let reason = one_line(&source.to_string());
        let mut error = Self::before_sending(ErrorKind::ApiKey { reason });
        error.0.source = Some(Arc::from(source));
        error
    }

    pub(crate) fn incomplete(seen: u64, total: u64) -> Self {
        let mut error = Self::before_sending(ErrorKind::Incomplete { seen, total });
        error.0.retryable = true;
        error
    }

    pub(crate) fn before_sending(kind: ErrorKind) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            attempts: 0,
            may_have_been_applied: false,
            retryable: false,
            unfit_wait: None,
            source: None,
            advice: "",
        }))
    }

    /// The same where another attempt was due, and the wait before it was longer than what is left
    /// of the call's time.
    pub(crate) fn of_unfit_wait(mut self, wait: Duration, total_timeout: Duration) -> Self {
        let wait = Duration::from_millis(wait.as_millis() as u64);
        self.0.unfit_wait = Some((wait, total_timeout));
        self
    }

    /// The same for a call that took more than the attempts that this error knows of.
    pub(crate) fn of_attempts(mut self, attempts: u32, may_have_been_applied: bool) -> Self {
        self.0.attempts = attempts;
        self.0.may_have_been_applied = may_have_been_applied;
        self
    }

    /// Adds what to do next, where an operation knows better than the status.
    pub(crate) fn advise(mut self, advice: &'static str) -> Self {
        self.0.advice = advice;
        self
    }

    pub(crate) fn of_call(kind: ErrorKind, call: CallOutcome<'_>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: Some(call.operation.to_owned()),
            attempts: call.attempts,
            may_have_been_applied: call.may_have_been_applied,
            retryable: call.retryable,
            unfit_wait: None,
            source: call.source,
            advice: "",
        }))
    }
}

/// The facts of a call that failed, beyond its kind.
pub(crate) struct CallOutcome<'a> {
    pub(crate) operation: &'a str,
    pub(crate) attempts: u32,
    pub(crate) may_have_been_applied: bool,
    pub(crate) retryable: bool,
    pub(crate) source: Option<Source>,
}

impl Error {
    /// Returns true if waiting is all that there is to do.
    fn passes(&self) -> bool {
        let says_what_to_do = matches!(
            self.kind(),
            ErrorKind::Connect { .. } | ErrorKind::Incomplete { .. }
        );
        self.0.retryable && !self.0.may_have_been_applied && !says_what_to_do
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = &self.0.operation {
            write!(f, "{operation}: ")?;
        }
        write!(f, "{}", self.0.kind)?;
        match self.kind() {
            // A part of an answer can be read later, as another type.
            ErrorKind::Decode { .. } if self.0.operation.is_none() => {}
            ErrorKind::Decode { path, .. } if path.is_empty() => {
                f.write_str("; check that `base_url` is the API's")?;
            }
            ErrorKind::Decode { .. } => f.write_str("; please report it")?,
            _ => {}
        }
        if self.0.attempts > 1 {
            write!(f, "; {} attempts", self.0.attempts)?;
        }
        if let Some((wait, total)) = self.0.unfit_wait {
            let (wait, total) = (seconds(wait), seconds(total));
            write!(
                f,
                "; not tried again, because a wait of {wait} s would pass `total_timeout` ({total} s)"
            )?;
        }
        if self.0.may_have_been_applied {
            f.write_str("; it may have been applied all the same: look before repeating it")?;
        }
        if !self.0.advice.is_empty() {
            write!(f, "; {}", self.0.advice)?;
        } else if self.passes() {
            f.write_str("; try again later")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation)
            .field("attempts", &self.0.attempts)
            .field("may_have_been_applied", &self.0.may_have_been_applied)
            .field("retryable", &self.0.retryable)
            .field("unfit_wait", &self.0.unfit_wait)
            .field("source", &self.0.source)
            .finish()
    }
}

impl std::error::Error for Error {
    /// Returns the error of the system, or of a provider of API keys, that was the cause.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_error_says_what_to_mend_on_one_line() {
        let body = br#"{"message":"Input\nvalidation failed","code":"BAD_REQUEST","issues":[
            {"path":["data","settings","oauth"],"message":"Required"},{"path":["list",0],"message":"no"}]}"#;
        let error = ApiError::new(400, Some("req_1".into()), None, body.to_vec());
        assert_eq!(
            error.to_string(),
            "400 BAD_REQUEST: Input validation failed; `data.settings.oauth`: Required; \
             `list.0`: no (request req_1)"
        );
        assert!(!format!("{error:?}").contains("body"));
    }

    #[test]
    fn an_answer_that_is_no_json_still_has_its_status() {
        let error = ApiError::new(502, None, None, b"<html>".to_vec());
        assert_eq!(error.to_string(), "502 Bad Gateway");
        assert_eq!(error.body(), b"<html>");
    }

    #[test]
    fn seconds_are_printed_without_idle_digits() {
        for (millis, expected) in [(60_000, "60"), (1_500, "1.5"), (250, "0.25"), (5, "0.005")] {
            assert_eq!(seconds(Duration::from_millis(millis)), expected);
        }
    }

    #[test]
    fn long_messages_are_cut() {
        let body = format!(r#"{{"message":"{}"}}"#, "x".repeat(10_000));
        let error = ApiError::new(500, None, None, body.into_bytes());
        assert!(error.to_string().chars().count() < 320);
    }
}
