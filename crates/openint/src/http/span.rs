//! A `tracing` span around each attempt, by OpenTelemetry's conventions for HTTP clients.

use tracing::Span;
use tracing::field::Empty;

use crate::observer::{Attempt, AttemptEnd};

/// The span of an attempt.
pub(super) fn of(attempt: &Attempt<'_>) -> Span {
    let method = attempt.method.as_str();
    let span = tracing::info_span!(
        target: "openint",
        "openint.attempt",
        otel.name = format_args!("{method} {}", attempt.path_template),
        otel.kind = "client",
        otel.status_code = Empty,
        openint.operation = attempt.operation,
        openint.request_id = Empty,
        http.request.method = method,
        http.request.resend_count = Empty,
        http.request.body.size = attempt.request_bytes,
        http.response.status_code = Empty,
        http.response.body.size = Empty,
        url.template = attempt.path_template,
        server.address = attempt.server_address,
        server.port = attempt.server_port,
        error.type = Empty,
    );
    if attempt.number > 1 {
        span.record("http.request.resend_count", attempt.number - 1);
    }
    span
}

/// Writes down in the span how its attempt ended.
pub(super) fn record(span: &Span, end: &AttemptEnd<'_>) {
    span.record("http.response.status_code", end.status);
    span.record("http.response.body.size", end.response_bytes);
    span.record("openint.request_id", end.request_id);
    match (end.status, end.error_kind) {
        (_, None) => return,
        (Some(status), _) => span.record("error.type", tracing::field::display(status)),
        (None, Some(kind)) => span.record("error.type", kind),
    };
    span.record("otel.status_code", "ERROR");
}
