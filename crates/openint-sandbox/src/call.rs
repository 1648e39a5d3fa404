//! One request to an operation: its headers, query, id and body.

use std::collections::BTreeMap;
use std::sync::{Arc, MutexGuard};

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::response::Response;
use http::{HeaderMap, header};

use crate::auth::{Viewer, viewer};
use crate::error::{Failure, reply};
use crate::js;
use crate::json::{Json, well_formed};
use crate::schema::{Field, Kind, Path, bad_option, bad_prefix, bad_type, bad_type_named, split};
use crate::search::Search;
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
            query: pairs(parts.uri.query().unwrap_or_default().as_bytes()),
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
        values.iter().flatten().try_for_each(storable)?;
        Ok(values)
    }

    /// The body as an object, as JavaScript spreads it out; an absent one is empty. Only a body
    /// that calls itself JSON is told that it is not.
    pub(crate) fn json(&self) -> Result<Json, Failure> {
        let content_type = self.headers.get(header::CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default().trim().to_ascii_lowercase();
        let is_json = content_type.starts_with("application/json");
        if content_type.starts_with("application/x-www-form-urlencoded") {
            return Ok(Json::Object(form(&self.body)));
        }
        if self.body.is_empty() && !is_json {
            return Ok(Json::Object(Vec::new()));
        }
        let text = String::from_utf8_lossy(&self.body);
        match Json::parse(&text, self.state.rules.numbers) {
            Ok(body) => Ok(Json::Object(js::spread(body))),
            Err(_) if is_json => Err(Failure::malformed()),
            Err(_) => Err(Failure::internal()),
        }
    }

    fn values(&self, name: &str) -> Vec<&str> {
        self.query
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// The value of a query parameter that is a string. Given twice it is a list, which is none.
    pub(crate) fn string(&self, name: &str, issues: &mut Vec<Json>) -> Option<&str> {
        match self.values(name)[..] {
            [] => None,
            [value] => Some(value),
            _ => {
                issues.push(bad_type_named("string", "array", &Path::root().key(name)));
                None
            }
        }
    }

    /// The value of a query parameter that is a string and must be given.
    pub(crate) fn required(&self, name: &str, issues: &mut Vec<Json>) -> Option<&str> {
        if self.values(name).is_empty() {
            issues.push(bad_type("string", None, &Path::root().key(name)));
        }
        self.string(name, issues)
    }

    /// The value of a string that filters; an empty one does not.
    pub(crate) fn filter(&self, name: &str, issues: &mut Vec<Json>) -> Option<String> {
        self.string(name, issues)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    }

    /// The search of a list.
    pub(crate) fn search(&self, issues: &mut Vec<Json>) -> Option<Search> {
        Search::new(self.string("search_query", issues)?)
    }

    /// The value of a query parameter that takes certain values only.
    pub(crate) fn option(
        &self,
        name: &str,
        known: &[&str],
        issues: &mut Vec<Json>,
    ) -> Option<String> {
        let known: Vec<String> = known.iter().map(|&name| name.to_owned()).collect();
        let value = match self.values(name)[..] {
            [] => return None,
            [value] => value.into(),
            ref many => many.to_vec().into(),
        };
        let cleaned = Kind::Enum(known).clean(&value, &Path::root().key(name), issues)?;
        cleaned.as_str().map(str::to_owned)
    }

    /// The values of an array parameter that takes certain values only, repeated or with commas
    /// between them.
    pub(crate) fn options(
        &self,
        name: &str,
        known: &[String],
        issues: &mut Vec<Json>,
    ) -> Option<Vec<String>> {
        let given = self.values(name);
        let path = Path::root().key(name);
        let mut values = Vec::new();
        for value in given.iter().flat_map(|value| split(value)) {
            let value = value.as_str().unwrap_or_default().to_owned();
            if !known.contains(&value) {
                issues.push(bad_option(known, &value, &path.index(values.len())));
            }
            values.push(value);
        }
        (!given.is_empty()).then_some(values)
    }

    /// The value of a query parameter that is a number. Given twice it is none.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        match self.values(name)[..] {
            [] => None,
            [value] => Some(js::number(value)),
            _ => Some(f64::NAN),
        }
    }

    /// The value of a query parameter that is a boolean: any text but the empty one is true.
    pub(crate) fn flag(&self, name: &str) -> bool {
        match self.values(name)[..] {
            [] => false,
            [value] => !value.is_empty(),
            _ => true,
        }
    }

    /// Returns the address at which the caller reaches the sandbox.
    pub(crate) fn origin(&self) -> String {
        let host = self.headers.get(header::HOST);
        let host = host.and_then(|value| value.to_str().ok());
        format!("http://{}", host.unwrap_or("127.0.0.1"))
    }

    /// Fails if the query may not go to the database: something is wrong with it, or there is a NUL.
    pub(crate) fn accept(&self, issues: Vec<Json>) -> Result<(), Failure> {
        if !issues.is_empty() {
            return Err(Failure::invalid_input(issues));
        }
        self.query
            .iter()
            .try_for_each(|(_, value)| text_column(value))
    }
}

/// Fails if the database cannot keep a value: a text column holds no NUL, a JSON column neither that
/// nor a lone surrogate.
pub(crate) fn storable(value: &Json) -> Result<(), Failure> {
    match value {
        Json::String(text) => text_column(text),
        other => other
            .refusal()
            .map_or(Ok(()), |message| Err(Failure::database(message))),
    }
}

/// Fails if a text column does not take a text.
pub(crate) fn text_column(text: &str) -> Result<(), Failure> {
    if text.contains('\0') {
        let message = "invalid byte sequence for encoding \"UTF8\": 0x00";
        return Err(Failure::database(message));
    }
    Ok(())
}

/// The text of a text column.
pub(crate) fn text(value: Option<Json>) -> Option<String> {
    match value {
        Some(Json::String(text)) => Some(well_formed(&text).into_owned()),
        _ => None,
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
pub(crate) fn pairs(query: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(query).into_owned().collect()
}

/// The fields of a form: each is a list of all the texts that were given for it.
fn form(body: &[u8]) -> Vec<(String, Json)> {
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in pairs(body) {
        fields.entry(name).or_default().push(value);
    }
    let fields = fields
        .into_iter()
        .map(|(name, values)| (name, values.into()));
    js::object(fields.collect())
}
