//! One request, from its arrival to its answer.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::response::Response;
use http::request::Parts;
use http::{HeaderValue, Request, StatusCode, Version, header};
use hyper::body::{Body as _, Incoming};
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use tokio::sync::{mpsc, oneshot};

use crate::error::Failure;
use crate::faults::{Outcome, Reply};
use crate::journal::{Entry, RecordedRequest};
use crate::script::Ready;
use crate::server::Command;
use crate::state::State;
use crate::wire::Plan;
use crate::{api, control};

const MAX_BODY: usize = 32 << 20;
/// Most bytes beyond that which are read and forgotten, so that the peer gets to read its answer.
const MAX_DRAIN: usize = 128 << 20;

/// State that every connection is served with.
pub(crate) struct Site {
    pub(crate) state: Arc<State>,
    pub(crate) idle: Duration,
    api: Router,
    control: Router,
}

impl Site {
    pub(crate) fn new(state: Arc<State>, idle: Duration) -> Site {
        Site {
            api: api::routes(state.clone()),
            control: control::routes(state.clone()),
            state,
            idle,
        }
    }

    /// The server's own answer, without script and journal.
    #[cfg(feature = "fuzzing")]
    pub(crate) async fn answer(&self, parts: Parts, body: Bytes) -> Response {
        real(self, parts, body).await
    }
}

/// The connection a request came on.
#[derive(Clone)]
pub(crate) struct Connection {
    pub(crate) ordinal: u64,
    pub(crate) commands: mpsc::UnboundedSender<Command>,
    takeover: Arc<Mutex<Option<oneshot::Sender<Plan>>>>,
}

impl Connection {
    pub(crate) fn new(
        ordinal: u64,
        commands: mpsc::UnboundedSender<Command>,
    ) -> (Connection, oneshot::Receiver<Plan>) {
        let (sender, receiver) = oneshot::channel();
        let takeover = Arc::new(Mutex::new(Some(sender)));
        (
            Connection {
                ordinal,
                commands,
                takeover,
            },
            receiver,
        )
    }

    /// Hands the bare connection to a plan. HTTP is over on it, and this call with it.
    async fn take_over(&self, plan: Plan) -> Response {
        let sender = self
            .takeover
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(sender) = sender {
            let _ = sender.send(plan);
        }
        std::future::pending().await
    }
}

pub(crate) async fn serve(
    site: Arc<Site>,
    connection: Connection,
    request: Request<Incoming>,
) -> Result<Response, Infallible> {
    let (mut parts, body) = request.into_parts();
    let body = collect(body).await;
    let closes = parts.version != Version::HTTP_11
        || parts
            .headers
            .get(header::CONNECTION)
            .is_some_and(|v| v.as_bytes().eq_ignore_ascii_case(b"close"));

    let mut response = if parts.uri.path().starts_with("/_sandbox/") {
        parts.extensions.insert(connection);
        match body {
            Ok(body) => route(&site.control, parts, body).await,
            Err(Unread) => too_large(),
        }
    } else {
        record(
            &site.state,
            &connection,
            &parts,
            body.as_ref().cloned().unwrap_or_default(),
        );
        let method = parts.method.as_str();
        let scripted = site.state.script().take(method, parts.uri.path());
        let scripted = scripted.or_else(|| {
            let body = body.as_ref().ok()?;
            let target = parts.uri.to_string();
            site.state.injector().inject(method, &target, body)
        });
        match (body, scripted) {
            (Err(Unread), _) => too_large(),
            (Ok(body), None) => real(&site, parts, body).await,
            (Ok(body), Some(ready)) => {
                scripted_answer(&site, &connection, parts, body, ready).await
            }
        }
    };

    let headers = response.headers_mut();
    if !closes && !headers.contains_key(header::CONNECTION) {
        headers.insert(header::CONNECTION, HeaderValue::from_static("keep-alive"));
        if let Ok(idle) = HeaderValue::try_from(format!("timeout={}", site.idle.as_secs())) {
            headers.insert("keep-alive", idle);
        }
    }
    Ok(response)
}

/// The server's own answer.
async fn real(site: &Site, mut parts: Parts, body: Bytes) -> Response {
    let cors = api::cors(&parts.method, &parts.headers);
    let mut response = match api::early(&parts.method, parts.uri.path()) {
        Some(response) => response,
        None => {
            if let Some(path) = api::canonical(parts.uri.path()) {
                let query = parts
                    .uri
                    .query()
                    .map(|q| format!("?{q}"))
                    .unwrap_or_default();
                parts.uri = format!("{path}{query}").parse().unwrap_or(parts.uri);
            }
            route(&site.api, parts, body).await
        }
    };
    for (name, value) in cors
        .into_iter()
        .filter_map(|(name, value)| Some((name?, value)))
    {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

async fn route(router: &Router, parts: Parts, body: Bytes) -> Response {
    let request = Request::from_parts(parts, Body::from(body));
    match TowerToHyperService::new(router.clone()).call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

async fn scripted_answer(
    site: &Site,
    connection: &Connection,
    parts: Parts,
    body: Bytes,
    ready: Ready,
) -> Response {
    let is_head = parts.method == http::Method::HEAD;
    let mut reply = if ready.process() {
        let reply = Reply::collect(real(site, parts, body).await).await;
        // A scripted status is a scripted answer, and has the body it was given or none.
        if ready.status.is_some() {
            Reply::empty()
        } else {
            reply
        }
    } else {
        Reply::empty()
    };
    if !ready.delay().is_zero() {
        tokio::time::sleep(ready.delay()).await;
    }
    reply.status = ready.status.unwrap_or(reply.status);
    if let Some(content) = &ready.content {
        reply.body = content.clone();
        reply.headers.remove(header::CONTENT_TYPE);
        if ready.is_json {
            let json = HeaderValue::from_static("application/json");
            reply.headers.insert(header::CONTENT_TYPE, json);
        }
    }
    for scripted in &ready.headers {
        reply
            .headers
            .insert(scripted.name.clone(), scripted.value());
    }
    match ready.fault().map(|fault| fault.apply(reply.clone())) {
        None if is_head => Reply {
            body: Bytes::new(),
            ..reply
        }
        .respond(),
        None => reply.respond(),
        Some(Outcome::Response(response)) => response,
        Some(Outcome::Wire(plan)) => connection.take_over(plan).await,
    }
}

fn record(state: &State, connection: &Connection, parts: &Parts, body: Bytes) {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let head = RecordedRequest {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts
            .headers
            .iter()
            .map(|(n, v)| (n.to_string(), text(v)))
            .collect(),
        body: String::new(),
        connection: connection.ordinal,
        at_ms: u64::try_from(state.started.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    state.journal().record(Entry { head, body });
}

/// The body did not come, or was too large to keep.
struct Unread;

async fn collect(mut body: Incoming) -> Result<Bytes, Unread> {
    let mut kept = Vec::new();
    let mut seen = 0;
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(data) = frame.map_err(|_| Unread)?.into_data() else {
            continue;
        };
        seen += data.len();
        if seen > MAX_DRAIN {
            break;
        }
        if seen <= MAX_BODY {
            kept.extend_from_slice(&data);
        } else {
            kept = Vec::new();
        }
    }
    if seen <= MAX_BODY {
        Ok(kept.into())
    } else {
        Err(Unread)
    }
}

fn too_large() -> Response {
    let message = format!("Request body is larger than {MAX_BODY} bytes");
    let mut response =
        Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message).respond(None);
    response
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
