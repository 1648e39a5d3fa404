//! One request to an operation: its headers, query, id and body.

use std::sync::{Arc, MutexGuard};

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::response::Response;
use http::HeaderMap;
use percent_encoding::percent_decode_str;

use crate::auth::{Viewer, viewer};
use crate::error::{Failure, reply};
use crate::json::Json;
use crate::schema::{Field, Path, bad_option, bad_prefix};
use crate::state::State;
use crate::store::Store;

pub(crate) struct Call {
    pub(crate) state: Arc<State>,
    headers: HeaderMap,
    query: Vec<(String, String)>,
    id: String,
    body: Bytes,
}

impl FromRequest<Arc<State>> for Call {
    type Rejection = Response;

    async fn from_request(request: Request, state: &Arc<State>) -> Result<Call, Response> {
        let (parts, body) = request.into_parts();
        let internal = || Failure::internal().respond(None);
        // `/v1/{resource}/{id}`: the server matches on the path as sent, without decoding it.
        let id = parts
            .uri
            .path()
            .split('/')
            .nth(3)
            .unwrap_or_default()
            .to_owned();
        // The body was collected, and its size bounded, before it came here.
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .map_err(|_| internal())?;
        Ok(Call {
            state: state.clone(),
            query: query(parts.uri.query().unwrap_or_default()),
            headers: parts.headers,
            id,
            body,
        })
    }
}

impl Call {
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.state.store()
    }

    pub(crate) fn viewer(&self) -> Result<Viewer, Failure> {
        viewer(&self.headers, &self.store().keys, &self.state.signer)
    }

    /// The path's id as it was sent.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// The path's id, if it begins as the ids of its kind do.
    pub(crate) fn id_of(&self, prefix: &str) -> Result<&str, Failure> {
        if self.id.starts_with(prefix) {
            Ok(&self.id)
        } else {
            let issue = bad_prefix(prefix, &Path::root().key("id"));
            Err(Failure::invalid_input(vec![issue]))
        }
    }

    /// The fields of the body, each cleaned.
    pub(crate) fn fields<const N: usize>(
        &self,
        fields: [Field; N],
    ) -> Result<[Option<Json>; N], Failure> {
        let body = self.json()?;
        let root = Path::root();
        let mut issues = Vec::new();
        let values = fields.map(|field| field.read(&body, &root, &mut issues));
        if !issues.is_empty() {
            return Err(Failure::invalid_input(issues));
        }
        if values.iter().flatten().any(Json::has_nul) {
            return Err(Failure::internal());
        }
        Ok(values)
    }

    /// The body as JSON; an absent one is an empty object. Only a body that calls itself JSON is
    /// told that it is not.
    pub(crate) fn json(&self) -> Result<Json, Failure> {
        let is_json = self
            .headers
            .get(http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                value
                    .trim_start()
                    .to_ascii_lowercase()
                    .starts_with("application/json")
            });
        if self.body.is_empty() && !is_json {
            return Ok(Json::Object(Vec::new()));
        }
        Json::parse(&String::from_utf8_lossy(&self.body)).map_err(|_| {
            if is_json {
                Failure::malformed()
            } else {
                Failure::internal()
            }
        })
    }

    /// The first value of a query parameter.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The values of an array parameter, repeated or joined by commas.
    pub(crate) fn params(&self, name: &str) -> Vec<String> {
        self.query
            .iter()
            .filter(|(key, _)| key == name)
            .flat_map(|(_, value)| value.split(','))
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The values of an array parameter that takes certain values only.
    pub(crate) fn options(
        &self,
        name: &str,
        known: &[String],
        issues: &mut Vec<Json>,
    ) -> Vec<String> {
        let values = self.params(name);
        let path = Path::root().key(name);
        for (index, value) in values.iter().enumerate() {
            if !known.contains(value) {
                issues.push(bad_option(known, value, &path.index(index)));
            }
        }
        values
    }

    /// The value of a parameter that filters, unless it is empty.
    pub(crate) fn given(&self, name: &str) -> Option<String> {
        self.param(name)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }

    /// A boolean parameter. The server makes a boolean of the text, and any text but the empty one
    /// is true.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.param(name).is_some_and(|text| !text.is_empty())
    }

    /// Where the caller reaches the sandbox.
    pub(crate) fn origin(&self) -> String {
        let host = self.headers.get(http::header::HOST);
        let host = host.and_then(|value| value.to_str().ok());
        format!("http://{}", host.unwrap_or("127.0.0.1"))
    }

    /// Whether the query may go to the database: nothing is wrong with it, and there is no NUL.
    pub(crate) fn accept(&self, issues: Vec<Json>) -> Result<(), Failure> {
        if !issues.is_empty() {
            return Err(Failure::invalid_input(issues));
        }
        if self.query.iter().any(|(_, value)| value.contains('\0')) {
            return Err(Failure::internal());
        }
        Ok(())
    }
}

/// Answers an operation by its name.
pub(crate) fn answer(operation: &str, outcome: Result<Json, Failure>) -> Response {
    match outcome {
        Ok(body) => reply(http::StatusCode::OK, &body),
        Err(failure) => failure.respond(Some(operation)),
    }
}

/// The pairs of a query string, decoded.
pub(crate) fn query(text: &str) -> Vec<(String, String)> {
    let decode = |part: &str| {
        percent_decode_str(&part.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key), decode(value))
        })
        .collect()
}
