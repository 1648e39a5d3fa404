//! Creating a connection once, by a key: the server knows no such thing, so the key is kept with
//! the row and looked up.

use super::{Connection, CreateConnection, GetConnection, ListConnections, RefreshPolicy};
use crate::client::Openint;
use crate::error::{Error, ErrorKind, Result};
use crate::http::MOST_RETRY_AFTER;
use crate::http::request::Request;
use crate::options::RequestOptions;
use crate::response::Response;

/// The field of a connection's metadata that holds its idempotency key.
pub const IDEMPOTENCY_KEY_FIELD: &str = "openint_idempotency_key";

/// For servers that will honour it.
pub(super) const HEADER: &str = "Idempotency-Key";

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

/// Sends `request`, made of `params`, until there is one row with `key`.
pub(super) fn create(
    client: &Openint,
    params: &CreateConnection,
    key: &str,
    request: &Request,
) -> Result<Response<Connection>> {
    if let Some(field) = client.extra_fields().find(|name| LOOKED_UP.contains(name)) {
        return Err(Error::invalid_input(
            "extra_body",
            format!("no `{field}` beside an idempotency key, which is looked up by it"),
        ));
    }
    let rows = Rows {
        client: client.without_extras(),
        params,
        key,
    };
    if let Some(found) = rows.settle()? {
        return Ok(found.after_attempts(0));
    }
    let max_retries = client.max_retries();
    let mut attempts = 0;
    // An attempt of unknown effect stays one, however the later ones end.
    let mut unknown = false;
    loop {
        let left = max_retries.saturating_sub(attempts);
        let error = match client
            .with_options(RequestOptions::new().max_retries(left))
            .request(request)
        {
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
struct Rows<'a> {
    client: Openint,
    params: &'a CreateConnection,
    key: &'a str,
}

impl Rows<'_> {
    /// Looks the row up, and where there are several keeps the oldest: whoever else finds them
    /// decides the same.
    fn settle(&self) -> Result<Option<Response<Connection>>> {
        let list = ListConnections::new()
            .customer_id(&self.params.customer_id)
            .connector_config_id(&self.params.connector_config_id);
        let mut rows = Vec::new();
        for row in self.client.iter(list) {
            let row = row?;
            let metadata = row.metadata.as_ref();
            let key = metadata.and_then(|metadata| metadata.get(IDEMPOTENCY_KEY_FIELD));
            if key.is_some_and(|key| key.to::<String>().is_ok_and(|key| key == self.key)) {
                rows.push((row.created_at, row.id));
            }
        }
        rows.sort_by(|(a, a_id), (b, b_id)| {
            let text =
                |time: &Option<crate::Timestamp>| time.as_ref().map(|t| t.as_str().to_owned());
            text(a).cmp(&text(b)).then_with(|| a_id.cmp(b_id))
        });
        let mut ids = rows.into_iter().map(|(_, id)| id);
        let Some(kept) = ids.next() else {
            return Ok(None);
        };
        for double in ids {
            // Somebody else may have deleted it; and what cannot be deleted now, the next call
            // with this key finds again.
            let _ = self.client.delete_connection(double);
        }
        let get = GetConnection::new(&kept)
            .include_secrets(true)
            .refresh_policy(RefreshPolicy::None);
        match self.client.send(&get) {
            Ok(found) => Ok(Some(found)),
            // The API does not show secrets of a row whose settings lack something.
            Err(error) if error.status() == Some(500) => {
                self.client.send(&GetConnection::new(kept)).map(Some)
            }
            Err(error) => Err(error),
        }
    }
}
