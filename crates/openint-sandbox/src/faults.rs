//! Faults made of an answer: another answer, or a plan for the bare connection.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use crate::bomb;
use crate::script::{Fault, Phase};
use crate::wire::{Framing, Plan, Step, head};

/// An answer held whole, so that it can be changed or cut.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn empty() -> Reply {
        Reply {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    pub(crate) async fn collect(response: Response) -> Reply {
        let (mut parts, body) = response.into_parts();
        // The body may become another one; its length is added when it is sent.
        parts.headers.remove(header::CONTENT_LENGTH);
        // The handlers' bodies are in memory already, so collecting them cannot fail.
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .unwrap_or_default();
        Reply {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub(crate) fn respond(self) -> Response {
        self.respond_with(|body| body.into())
    }

    fn respond_with(self, body: impl FnOnce(Bytes) -> Body) -> Response {
        let mut response = Response::new(body(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }

    fn typed(mut self, content_type: &'static str, body: impl Into<Bytes>) -> Reply {
        self.headers
            .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        self.body = body.into();
        self
    }
}

pub(crate) enum Outcome {
    Response(Response),
    Wire(Plan),
}

impl Fault {
    /// Returns what becomes of `reply`.
    pub(crate) fn apply(&self, mut reply: Reply) -> Outcome {
        const JSON: &str = "application/json";
        let response = match self {
            Fault::Close { .. }
            | Fault::Stall { .. }
            | Fault::Drip { .. }
            | Fault::WrongLength
            | Fault::TruncatedChunk => return Outcome::Wire(self.plan(reply)),
            Fault::Redirect { to, status } => {
                // Both were checked when the script was read.
                reply.status = StatusCode::from_u16(*status).unwrap_or(reply.status);
                if let Ok(to) = HeaderValue::try_from(to) {
                    reply.headers.insert(header::LOCATION, to);
                }
                Reply {
                    body: Bytes::new(),
                    ..reply
                }
                .respond()
            }
            Fault::GzipBomb { bytes } => {
                reply
                    .headers
                    .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                let bomb = Body::new(bomb::Bomb::new(*bytes));
                reply.typed(JSON, Bytes::new()).respond_with(|_| bomb)
            }
            Fault::InvalidJson => reply.typed(JSON, r#"{"id":"conn_broken","#).respond(),
            Fault::InvalidUtf8 => reply
                .typed(JSON, &b"{\"id\":\"conn_\xff\xfe\"}"[..])
                .respond(),
            Fault::Html => {
                let page = "<!DOCTYPE html>\n<html><head><title>Bad Gateway</title></head>\
                            <body><h1>Bad Gateway</h1></body></html>\n";
                reply.typed("text/html", page).respond()
            }
            Fault::Empty => reply.typed(JSON, Bytes::new()).respond(),
            Fault::DeepJson { depth } => {
                let body = "[".repeat(*depth) + &"]".repeat(*depth);
                reply.typed(JSON, body).respond()
            }
            Fault::ManyHeaders { count } => {
                for n in 0..*count {
                    let name = HeaderName::try_from(format!("x-many-{n}"));
                    if let Ok(name) = name {
                        reply.headers.insert(name, HeaderValue::from_static("many"));
                    }
                }
                reply.respond()
            }
        };
        Outcome::Response(response)
    }

    fn plan(&self, mut reply: Reply) -> Plan {
        if reply.body.is_empty() {
            // There must be something to cut.
            reply = reply.typed("application/json", "{}");
        }
        let body = reply.body.clone();
        let framed = |framing| Bytes::from(head(reply.status, &reply.headers, framing));
        let whole_head = framed(Framing::Length(body.len()));
        let until = |at: Phase| match at {
            Phase::BeforeResponse => Vec::new(),
            Phase::Headers => vec![Step::Send(whole_head.slice(..whole_head.len() / 2))],
            Phase::Body => vec![
                Step::Send(whole_head.clone()),
                Step::Send(body.slice(..body.len() / 2)),
            ],
        };
        match self {
            Fault::Close { at, reset } => {
                let mut plan = until(*at);
                plan.extend(reset.then_some(Step::Abort));
                plan
            }
            Fault::Stall { at } => {
                let mut plan = until(*at);
                plan.push(Step::Hold);
                plan
            }
            Fault::Drip {
                bytes: size,
                every_ms,
                at,
            } => {
                let every = Duration::from_millis(*every_ms);
                let drip = |bytes| Step::Drip {
                    bytes,
                    size: *size,
                    every,
                };
                if *at == Phase::Body {
                    vec![Step::Send(whole_head.clone()), drip(body.clone())]
                } else {
                    vec![drip([&whole_head[..], &body[..]].concat().into())]
                }
            }
            Fault::WrongLength => {
                vec![
                    Step::Send(framed(Framing::Length(body.len() + 100))),
                    Step::Send(body),
                ]
            }
            _ => {
                let size = format!("{:x}\r\n", body.len() + 100);
                vec![
                    Step::Send(framed(Framing::Chunked)),
                    Step::Send(size.into()),
                    Step::Send(body),
                ]
            }
        }
    }
}
