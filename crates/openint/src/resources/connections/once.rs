//! Creating a connection once, by a key: the server knows no such thing, so the key is kept with
//! the row and looked up.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{
    Connection, CreateConnection, DeleteConnection, GetConnection, ListConnections, RefreshPolicy,
};
use crate::client::{Openint, Operation};
use crate::error::{Error, ErrorKind, Result};
use crate::http::MOST_RETRY_AFTER;
use crate::http::request::Request;
use crate::json::Json;
use crate::options::RequestOptions;
use crate::page::Page;
use crate::pages::Pages;
use crate::params::{Routed, Value, Values};
use crate::resources::Deleted;
use crate::response::Response;
use crate::shape::Shaped;

/// The field of a connection's metadata that holds its idempotency key.
pub const IDEMPOTENCY_KEY_FIELD: &str = "openint_idempotency_key";

/// For servers that will honour it.
const HEADER: &str = "Idempotency-Key";

const LONGEST_KEY: usize = 255;

/// The fields of the body by which a row is found again.
const LOOKED_UP: [&str; 3] = ["customer_id", "connector_config_id", "metadata"];

pub(super) fn check_key(key: &str) -> Result<()> {
    if key.is_empty() || key.len() > LONGEST_KEY || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Error::invalid_input(
            "idempotency_key",
            format!("1 to {LONGEST_KEY} visible ASCII characters"),
        ));
    }
    Ok(())
}

/// The request, with the key where the row is looked up by it.
pub(super) fn request(values: &mut Values<'_>) -> Result<Request> {
    let route = CreateConnection::ROUTE;
    let Some(key) = values.text("idempotency_key").map(str::to_owned) else {
        return route.request(values);
    };
    values.check()?;
    let marked = marked(values.json("metadata"), &key)?;
    values.set("metadata", Value::Json(Cow::Owned(marked)));
    Ok(route.request(values)?.header(HEADER, key))
}

/// The metadata with the key in it.
fn marked(metadata: Option<&RawValue>, key: &str) -> Result<Box<RawValue>> {
    let mut fields: BTreeMap<String, Json> = match metadata {
        Some(metadata) => Json::from_raw(metadata).to()?,
        None => BTreeMap::new(),
    };
    let key = Json::from_serialize(key)?;
    match fields.insert(IDEMPOTENCY_KEY_FIELD.to_owned(), key.clone()) {
        Some(other) if other != key => Err(Error::invalid_input(
            "metadata",
            format!("an object without `{IDEMPOTENCY_KEY_FIELD}`, which the key is kept in"),
        )),
        _ => Ok(Json::from_serialize(&fields)?.into_raw()),
    }
}

/// How a connection is asked for: to be decoded, or to be passed on.
type Ask<T> = fn(&Openint, &Request) -> Result<Response<T>>;

/// Creates a connection; with a key until there is one row with it. `is_new` says that nothing was
/// sent with the key before, so that the look-up before the first attempt is left out.
pub(super) fn create<T>(
    client: &Openint,
    mut values: Values<'_>,
    ask: Ask<T>,
    is_new: bool,
) -> Result<Response<T>> {
    let request = request(&mut values)?;
    let Some(key) = values.text("idempotency_key") else {
        return ask(client, &request);
    };
    if let Some(field) = client.extra_fields().find(|name| LOOKED_UP.contains(name)) {
        return Err(Error::invalid_input(
            "extra_body",
            format!("no `{field}` beside an idempotency key, which is looked up by it"),
        ));
    }
    let rows = Rows {
        client: client.without_extras(),
        filter: Filter {
            customer_id: values.text("customer_id"),
            connector_config_id: values.text("connector_config_id"),
        },
        key,
        ask,
    };
    if !is_new {
        if let Some(found) = rows.settle()? {
            return Ok(found.after_attempts(0));
        }
    }
    let max_retries = client.max_retries();
    let mut attempts = 0;
    // An attempt of unknown effect stays one, however the later ones end.
    let mut unknown = false;
    loop {
        let left = max_retries.saturating_sub(attempts);
        let trying = client.with_options(RequestOptions::new().max_retries(left));
        let error = match ask(&trying, &request) {
            Ok(created) => {
                attempts += created.attempts;
                // The attempt before may have been carried out since it was looked for.
                let settled = unknown.then(|| rows.settle().ok().flatten()).flatten();
                return Ok(settled.unwrap_or(created).after_attempts(attempts));
            }
            Err(error) => error,
        };
        attempts += error.attempts();
        unknown |= error.may_have_been_applied();
        let error = error.of_attempts(attempts, unknown);
        if !error.may_have_been_applied() || matches!(error.kind(), ErrorKind::Cancelled) {
            return Err(error);
        }
        let asked = error.api().and_then(|api| api.retry_after);
        let too_long = asked.is_some_and(|wait| wait > MOST_RETRY_AFTER);
        if !too_long {
            client.back_off(attempts, asked);
        }
        match rows.settle() {
            Ok(Some(found)) => return Ok(found.after_attempts(attempts)),
            Ok(None) if attempts <= max_retries && !too_long && error.is_retryable() => {}
            _ => return Err(error),
        }
    }
}

/// The rows that one key has made.
struct Rows<'a, T> {
    client: Openint,
    filter: Filter<'a>,
    key: &'a str,
    ask: Ask<T>,
}

/// Of [`ListConnections`].
#[derive(Serialize)]
struct Filter<'a> {
    customer_id: Option<&'a str>,
    connector_config_id: Option<&'a str>,
}

/// What of a connection matters here.
#[derive(Deserialize)]
struct Row {
    id: String,
    created_at: Option<String>,
    metadata: Option<Json>,
}

impl Row {
    fn has(&self, key: &str) -> bool {
        let metadata = self.metadata.as_ref();
        let kept = metadata.and_then(|metadata| metadata.get(IDEMPOTENCY_KEY_FIELD));
        kept.is_some_and(|kept| kept.to::<String>().is_ok_and(|kept| kept == key))
    }
}

impl<T> Rows<'_, T> {
    /// Looks the row up, and where there are several keeps the oldest: whoever else finds them
    /// decides the same.
    fn settle(&self) -> Result<Option<Response<T>>> {
        let mut pages = Pages::new(
            &self.client,
            ListConnections::ROUTE,
            Json::from_serialize(&self.filter)?,
            Page::<Connection>::SHAPE,
            "id",
        )?;
        let mut rows = Vec::new();
        while let Some(page) = pages.rows(RequestOptions::new())? {
            for row in page {
                let row: Row = row.to()?;
                if row.has(self.key) {
                    // Few rows have it, and code to sort any number takes 5 kB.
                    let row = (row.created_at, row.id);
                    let at = rows.partition_point(|other| *other < row);
                    rows.insert(at, row);
                }
            }
        }
        let mut ids = rows.into_iter().map(|(_, id)| id);
        let Some(kept) = ids.next() else {
            return Ok(None);
        };
        for double in ids {
            // Somebody else may have deleted it; and what cannot be deleted now, the next call
            // with this key finds again.
            let delete = DeleteConnection::new(double).request();
            let _ = delete.and_then(|delete| self.client.pass_on(&delete, Deleted::SHAPE));
        }
        let shown = GetConnection::new(&kept)
            .include_secrets(true)
            .refresh_policy(RefreshPolicy::None);
        match self.get(&shown) {
            // The API does not show secrets of a row whose settings lack something.
            Err(error) if error.status() == Some(500) => self.get(&GetConnection::new(kept)),
            found => found,
        }
        .map(Some)
    }

    fn get(&self, params: &GetConnection) -> Result<Response<T>> {
        (self.ask)(&self.client, &params.request()?)
    }
}
