//! Creating a connection once, by a key. The server knows no such thing, so the key is kept with the
//! row and looked up. No row is deleted but the one that this same call made.

use std::collections::BTreeMap;

use super::{
    Connection, CreateConnection, DeleteConnection, GetConnection, ListConnections, RefreshPolicy,
};
use crate::check::MAX_LIMIT;
use crate::client::{Openint, Operation};
use crate::error::{Error, ErrorKind, Result};
use crate::http::request::Request;
use crate::json::Json;
use crate::options::RequestOptions;
use crate::response::Response;
use crate::timestamp::{Instant, SKEW};

/// The field of a connection's metadata that holds its idempotency key.
pub const IDEMPOTENCY_KEY_FIELD: &str = "openint_idempotency_key";

const MAX_KEY_BYTES: usize = 255;

/// The rows that are asked for at once where few can be new.
const FRONT_LIMIT: u32 = 50;

/// The fields of the body by which a row is found again.
const LOOKED_UP: [&str; 3] = ["customer_id", "connector_config_id", "metadata"];

/// Returns the metadata with the key in it, and the key.
pub(super) fn marked(params: &CreateConnection) -> Result<(Option<Json>, Option<&str>)> {
    let Some(key) = &params.idempotency_key else {
        return Ok((params.metadata.clone(), None));
    };
    if key.is_empty() || key.len() > MAX_KEY_BYTES || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Error::invalid_input(
            "idempotency_key",
            format!("1 to {MAX_KEY_BYTES} visible ASCII characters"),
        ));
    }
    let mut fields: BTreeMap<String, Json> = match &params.metadata {
        Some(metadata) => metadata.to()?,
        None => BTreeMap::new(),
    };
    let json = Json::from_serialize(key)?;
    match fields.insert(IDEMPOTENCY_KEY_FIELD.to_owned(), json.clone()) {
        Some(other) if other != json => Err(Error::invalid_input(
            "metadata",
            format!("an object without `{IDEMPOTENCY_KEY_FIELD}`, which the key is kept in"),
        )),
        _ => Ok((Some(Json::from_serialize(&fields)?), Some(key))),
    }
}

/// Creates a connection; with a key only if there is none with it. `is_new` says that nothing was
/// ever sent with the key and that nobody else sends with it now, so that no look-up is needed
/// before an attempt of unknown effect.
pub(super) fn create(
    client: &Openint,
    params: &CreateConnection,
    is_new: bool,
) -> Result<Response<Connection>> {
    let request = params.request()?;
    let Some(key) = &params.idempotency_key else {
        return client.request(&request);
    };
    if let Some(field) = client.extra_fields().find(|name| LOOKED_UP.contains(name)) {
        return Err(Error::invalid_input(
            "extra_body",
            format!("no `{field}` beside an idempotency key, which is looked up by it"),
        ));
    }
    let client = &client.for_one_call()?;
    client.share_creation(
        [&params.customer_id, &params.connector_config_id, key],
        || create_with_key(client, params, key, &request, is_new),
    )
}

fn create_with_key(
    client: &Openint,
    params: &CreateConnection,
    key: &str,
    request: &Request,
    is_new: bool,
) -> Result<Response<Connection>> {
    let rows = Rows {
        client: client.without_extras(),
        params,
        key,
    };
    let known = match is_new {
        true => Found::default(),
        false => rows.find(None)?,
    };
    if let Some(found) = rows.get(&known)? {
        return Ok(found.after_attempts(0));
    }
    let max_retries = client.max_retries();
    let mut attempts = 0;
    // An attempt of unknown effect stays one, however the later ones end.
    let mut unknown = false;
    loop {
        let left = max_retries.saturating_sub(attempts);
        let trying = client.with_options(RequestOptions::new().max_retries(left));
        let error = match trying.request::<Connection>(request) {
            Ok(created) => {
                let attempts = attempts + created.attempts;
                if is_new && !unknown {
                    return Ok(created.after_attempts(attempts));
                }
                return Ok(rows
                    .keep_oldest(created, known.newest)
                    .after_attempts(attempts));
            }
            Err(error) => error,
        };
        attempts += error.attempts();
        unknown |= error.may_have_been_applied();
        let error = error.of_attempts(attempts, unknown);
        if !error.may_have_been_applied() || matches!(error.kind(), ErrorKind::Cancelled) {
            return Err(error);
        }
        let (error, waited) = match client.back_off(attempts, error) {
            Ok(error) => (error, true),
            Err(error) => (error, false),
        };
        match rows.find(known.newest).and_then(|found| rows.get(&found)) {
            Ok(Some(found)) => return Ok(found.after_attempts(attempts)),
            Ok(None) if waited && attempts <= max_retries && error.is_retryable() => {}
            _ => return Err(error),
        }
    }
}

/// The rows of one key.
struct Rows<'a> {
    client: Openint,
    params: &'a CreateConnection,
    key: &'a str,
}

/// The rows that were found.
#[derive(Default)]
struct Found {
    /// Oldest first.
    ids: Vec<String>,
    /// Rows that are not among these change later than this.
    newest: Option<Instant>,
}

impl Rows<'_> {
    /// Looks for rows with the key among those that changed since `since`, or among all.
    fn find(&self, since: Option<Instant>) -> Result<Found> {
        let list = ListConnections::new()
            .customer_id(&self.params.customer_id)
            .connector_config_id(&self.params.connector_config_id)
            .limit(if since.is_some() {
                FRONT_LIMIT
            } else {
                MAX_LIMIT
            });
        let mut rows = Vec::new();
        let mut newest = None;
        let mut pages = self.client.pages_since(list, since);
        while let Some(page) = pages.next_page()? {
            for row in page {
                let changed_at = row.updated_at.as_ref().and_then(|time| time.instant());
                newest = newest.max(changed_at);
                if self.has_key(&row) {
                    let created_at = row.created_at.as_ref().and_then(|time| time.instant());
                    rows.push((created_at, row.id));
                }
            }
        }
        rows.sort_unstable();
        Ok(Found {
            ids: rows.into_iter().map(|(_, id)| id).collect(),
            // A row can be seen later than its time says.
            newest: newest.and_then(|newest| newest.checked_sub(SKEW).ok()),
        })
    }

    fn has_key(&self, row: &Connection) -> bool {
        let metadata = row.metadata.as_ref();
        let kept = metadata.and_then(|metadata| metadata.get(IDEMPOTENCY_KEY_FIELD));
        kept.is_some_and(|kept| kept.to::<String>().is_ok_and(|kept| kept == self.key))
    }

    /// Gets the oldest of the rows that were found, and names the others.
    fn get(&self, found: &Found) -> Result<Option<Response<Connection>>> {
        let Some((oldest, duplicates)) = found.ids.split_first() else {
            return Ok(None);
        };
        let shown = GetConnection::new(oldest)
            .include_secrets(true)
            .refresh_policy(RefreshPolicy::None);
        let mut response = match self.client.send(&shown) {
            // The API does not show secrets of a row whose settings lack something.
            Err(error) if error.status() == Some(500) => {
                self.client.send(&GetConnection::new(oldest))
            }
            shown => shown,
        }?;
        report(&mut response.value, duplicates);
        Ok(Some(response))
    }

    /// Looks once more after a row was created: if somebody else's is older, it is the one, and the
    /// row of this call goes.
    fn keep_oldest(
        &self,
        mut created: Response<Connection>,
        since: Option<Instant>,
    ) -> Response<Connection> {
        // The connection is there, whatever else fails now.
        let Ok(mut found) = self.find(since) else {
            return created;
        };
        let own = &created.value.id;
        // Which row is older cannot be said without both: each call would delete its own.
        if !found.ids.contains(own) {
            report(&mut created.value, &found.ids);
            return created;
        }
        if found.ids.first().is_none_or(|oldest| oldest == own) {
            report(&mut created.value, found.ids.get(1..).unwrap_or_default());
            return created;
        }
        found.ids.retain(|id| id != own);
        let Ok(Some(mut response)) = self.get(&found) else {
            return created;
        };
        let deleted = self.client.send(&DeleteConnection::new(own));
        if deleted.is_err_and(|error| error.status() != Some(404)) {
            found.ids.push(own.clone());
            report(&mut response.value, &found.ids[1..]);
        }
        response
    }
}

fn report(connection: &mut Connection, duplicates: &[String]) {
    if duplicates.is_empty() {
        return;
    }
    log::warn!(
        target: "openint",
        "POST /connection: {} more connections have the same idempotency key",
        duplicates.len()
    );
    connection.duplicates = Some(duplicates.to_vec());
}
