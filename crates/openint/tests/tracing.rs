//! Spans of the feature `tracing`, collected as a subscriber of the user's would.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use openint::Openint;
use openint_sandbox::{Answer, Sandbox};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, Registry};

type Fields = BTreeMap<&'static str, String>;

/// Keeps the fields of every span that has ended.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<Fields>>>);

struct Values<'a>(&'a mut Fields);

impl Visit for Values<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::new();
        attributes.record(&mut Values(&mut fields));
        context.span(id).unwrap().extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, context: Context<'_, S>) {
        let span = context.span(id).unwrap();
        record.record(&mut Values(span.extensions_mut().get_mut().unwrap()));
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let fields = context
            .span(&id)
            .unwrap()
            .extensions_mut()
            .remove()
            .unwrap();
        self.0.lock().unwrap().push(fields);
    }
}

#[test]
fn each_attempt_is_a_span() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.script([
        Answer::status(500),
        Answer::status(503).header("x-request-id", "req_7"),
    ]);
    let client = Openint::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
        .build()
        .unwrap();

    let spans = Spans::default();
    let subscriber = Registry::default().with(spans.clone());
    let connection = tracing::subscriber::with_default(subscriber, || {
        client.get_connection("conn_dummy-oauth2_01JDXW8Q3V8H2Z5K4M6N7P8R9S")
    });
    assert_eq!(connection.unwrap_err().status(), Some(404));

    let spans = spans.0.lock().unwrap();
    assert_eq!(spans.len(), 3, "{spans:?}");
    let of = |at: usize, name: &str| spans[at].get(name).map(String::as_str);
    for at in 0..3 {
        assert_eq!(of(at, "otel.name"), Some("GET /connection/{id}"));
        assert_eq!(of(at, "otel.kind"), Some("client"));
        assert_eq!(of(at, "openint.operation"), Some("get_connection"));
        assert_eq!(of(at, "url.template"), Some("/connection/{id}"));
        assert_eq!(of(at, "server.address"), Some("127.0.0.1"));
        assert_eq!(of(at, "otel.status_code"), Some("ERROR"));
    }
    assert_eq!(of(0, "http.response.status_code"), Some("500"));
    assert_eq!(of(0, "http.request.resend_count"), None);
    assert_eq!(of(1, "error.type"), Some("503"));
    assert_eq!(of(1, "openint.request_id"), Some("req_7"));
    assert_eq!(of(2, "http.request.resend_count"), Some("2"));
    assert_eq!(of(2, "error.type"), Some("404"));
    let all = format!("{spans:?}");
    assert!(
        !all.contains("conn_") && !all.contains(sandbox.api_key()),
        "{all}"
    );
}

#[test]
fn a_call_that_has_no_answer_names_its_kind() {
    let client = Openint::builder()
        .api_key("key_test")
        .base_url("http://127.0.0.1:9/v1")
        .max_retries(0)
        .build()
        .unwrap();
    let spans = Spans::default();
    let subscriber = Registry::default().with(spans.clone());
    tracing::subscriber::with_default(subscriber, || client.health()).unwrap_err();
    let spans = spans.0.lock().unwrap();
    assert_eq!(spans.len(), 1);
    assert_eq!(spans[0]["error.type"], "connect");
    assert!(!spans[0].contains_key("http.response.status_code"));
}
