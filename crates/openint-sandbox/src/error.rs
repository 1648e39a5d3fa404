//! Failures of the API, in the JSON the server answers them with.

use axum::response::Response;
use http::StatusCode;

use crate::json::{Json, object};
use crate::store::Full;

/// An answer other than success.
#[derive(Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    code: &'static str,
    message: String,
    issues: Option<(&'static str, Vec<Json>)>,
}

impl Failure {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Failure {
            status,
            code,
            message: message.into(),
            issues: None,
        }
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Failure::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    pub(crate) fn unauthorized(message: &str) -> Self {
        Failure::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", message)
    }

    pub(crate) fn forbidden(message: &str) -> Self {
        Failure::new(StatusCode::FORBIDDEN, "FORBIDDEN", message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Failure::new(StatusCode::NOT_FOUND, "NOT_FOUND", message)
    }

    pub(crate) fn malformed() -> Self {
        Failure::new(
            StatusCode::BAD_REQUEST,
            "PARSE_ERROR",
            "Failed to parse request body",
        )
    }

    pub(crate) fn internal() -> Self {
        Failure::database("Internal server error")
    }

    /// Makes the failure that the database reported: the server passes it on.
    pub(crate) fn database(message: impl Into<String>) -> Self {
        Failure::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "INTERNAL_SERVER_ERROR",
            message,
        )
    }

    /// The database's complaint about SQL that goes on with this text where it should not.
    pub(crate) fn syntax_error(rest: &str) -> Self {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let near = match &rest[..end] {
            "" => rest.chars().next().unwrap_or('"').to_string(),
            word => word.to_owned(),
        };
        Failure::database(format!("syntax error at or near \"{near}\""))
    }

    pub(crate) fn invalid_input(issues: Vec<Json>) -> Self {
        Failure {
            issues: Some(("issues", issues)),
            ..Failure::bad_request("Input validation failed")
        }
    }

    /// The server's own check of what it is about to send: the work is done by then.
    pub(crate) fn invalid_output(issues: Vec<Json>) -> Self {
        Failure {
            message: "Output validation failed".into(),
            issues: Some(("output_issues", issues)),
            ..Failure::internal()
        }
    }

    pub(crate) fn not_implemented(message: impl Into<String>) -> Self {
        Failure::new(StatusCode::NOT_IMPLEMENTED, "NOT_IMPLEMENTED", message)
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// The `data` of an answer: code, status and operation.
    pub(crate) fn data(&self, operation: Option<&str>) -> Json {
        let mut data = vec![
            ("code".to_owned(), self.code.into()),
            (
                "httpStatus".to_owned(),
                u64::from(self.status.as_u16()).into(),
            ),
        ];
        if let Some(operation) = operation {
            data.push(("path".to_owned(), operation.into()));
        }
        Json::Object(data)
    }

    /// The response; `operation` is absent where no operation was found.
    pub(crate) fn respond(self, operation: Option<&str>) -> Response {
        let data = self.data(operation);
        let mut members = vec![
            ("message".to_owned(), self.message.into()),
            ("code".to_owned(), self.code.into()),
            ("data".to_owned(), data),
        ];
        if let Some((name, issues)) = self.issues {
            members.push((name.to_owned(), Json::Array(issues)));
        }
        reply(self.status, &Json::Object(members))
    }
}

impl From<Full> for Failure {
    fn from(_: Full) -> Failure {
        Failure::new(
            StatusCode::INSUFFICIENT_STORAGE,
            "INSUFFICIENT_STORAGE",
            "The sandbox is full: delete rows, or POST /_sandbox/reset",
        )
    }
}

/// An answer under `/v1`, with the headers all of them carry.
pub(crate) fn reply(status: StatusCode, body: &Json) -> Response {
    let mut response = Response::new(body.to_string().into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        http::header::CONTENT_TYPE,
        http::HeaderValue::from_static("application/json"),
    );
    response
}

/// An answer of a control route that could not be carried out.
pub(crate) fn refusal(message: &str) -> Response {
    reply(
        StatusCode::BAD_REQUEST,
        &object([("error", message.into())]),
    )
}
