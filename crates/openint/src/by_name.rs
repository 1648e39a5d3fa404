//! Operations by their name and with their parameters as JSON, for programs that learn both only
//! when they run.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::client::{Openint, Operation};
use crate::error::{Error, Result};
use crate::json::{self, Json};
use crate::options::RequestOptions;
use crate::page::ListOperation;
use crate::paginator::Paginator;
use crate::response::Response;

type Call = fn(&Openint, &Json) -> Result<Response<()>>;
type Pager = fn(&Openint, &Json) -> Result<Box<dyn JsonPages>>;

macro_rules! operations {
    ($( $name:literal => $params:ident $($list:ident)?; )*) => {
        /// The names that [`Openint::call`] takes: those of the methods.
        pub const OPERATIONS: &[&str] = &[$( $name ),*];

        static CALLS: &[(&str, Call, Option<Pager>)] = &[$(
            ($name, call::<crate::$params>, operations!(@ $params $($list)?))
        ),*];
    };
    (@ $params:ident) => { None };
    (@ $params:ident list) => { Some(pager::<crate::$params>) };
}

operations! {
    "create_connection" => CreateConnection;
    "get_connection" => GetConnection;
    "list_connections" => ListConnections list;
    "delete_connection" => DeleteConnection;
    "check_connection" => CheckConnection;
    "create_connector_config" => CreateConnectorConfig;
    "get_connector_config" => GetConnectorConfig;
    "list_connector_configs" => ListConnectorConfigs list;
    "update_connector_config" => UpdateConnectorConfig;
    "delete_connector_config" => DeleteConnectorConfig;
    "list_connectors" => ListConnectors list;
    "connector_status" => GetConnectorStatus;
    "upsert_customer" => UpsertCustomer;
    "list_customers" => ListCustomers list;
    "create_customer_token" => CreateCustomerToken;
    "list_events" => ListEvents list;
    "viewer" => GetViewer;
    "health" => GetHealth;
    "health_echo" => EchoHealth;
    "message_template" => GetMessageTemplate;
}

/// The pages of a list as JSON.
pub struct Pages(Box<dyn JsonPages>);

trait JsonPages: Send + Sync {
    fn next(&mut self, options: RequestOptions) -> Result<Option<Json>>;
}

impl<O: ListOperation + Send + Sync> JsonPages for Paginator<O> {
    fn next(&mut self, options: RequestOptions) -> Result<Option<Json>> {
        let rows = self.next_page_with(options)?;
        rows.map(|rows| Json::from_serialize(&rows)).transpose()
    }
}

impl Pages {
    /// Asks for the next page: a JSON array of its rows.
    ///
    /// # Errors
    /// As the list's own method.
    pub fn next(&mut self, options: RequestOptions) -> Result<Option<Json>> {
        self.0
            .next(options)
            .map_err(|error| renamed(error, "limit", "page_size"))
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

impl Openint {
    /// Carries out an operation by the name of its method, with its parameters as a JSON object of
    /// the fields of their type. The answer stands as it came in [`Response::body`].
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) for an unknown operation or parameter, a
    /// missing parameter and one of the wrong type; else as the method.
    pub fn call(&self, operation: &str, params: impl Into<Json>) -> Result<Response<()>> {
        let (_, call, _) = find(operation, false)?;
        call(self, &params.into())
    }

    /// Reads a list to its end, page by page, by the name of its method. Where the method has
    /// `limit`, this has `page_size`.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), as [`Openint::call`].
    pub fn pages_by_name(&self, operation: &str, params: impl Into<Json>) -> Result<Pages> {
        let (_, _, pager) = find(operation, true)?;
        let params: Json = params.into();
        let mut fields: std::collections::BTreeMap<String, Json> = params.to()?;
        if fields.contains_key("limit") {
            return Err(Error::invalid_input("limit", "page_size"));
        }
        if let Some(size) = fields.remove("page_size") {
            fields.insert("limit".to_owned(), size);
        }
        let pager = pager.as_ref().expect("only lists are found");
        let params = Json::from_serialize(&fields)?;
        Ok(Pages(
            pager(self, &params).map_err(|error| renamed(error, "limit", "page_size"))?,
        ))
    }
}

fn find(name: &str, is_list: bool) -> Result<&'static (&'static str, Call, Option<Pager>)> {
    let mut meant = CALLS
        .iter()
        .filter(|(_, _, list)| !is_list || list.is_some());
    meant
        .find(|(operation, ..)| *operation == name)
        .ok_or_else(|| {
            Error::invalid_input("operation", format!("one of {}", OPERATIONS.join(", ")))
        })
}

fn call<O: Operation + DeserializeOwned>(client: &Openint, params: &Json) -> Result<Response<()>> {
    let operation: O = read(params)?;
    Ok(client.send(&operation)?.map(drop))
}

fn pager<O>(client: &Openint, params: &Json) -> Result<Box<dyn JsonPages>>
where
    O: ListOperation + DeserializeOwned + Send + Sync + 'static,
{
    Ok(Box::new(client.pages(read::<O>(params)?)))
}

fn read<O: DeserializeOwned>(params: &Json) -> Result<O> {
    json::decode(params.as_str().as_bytes()).map_err(|(path, reason)| refused(&path, &reason))
}

fn renamed(error: Error, from: &str, to: &str) -> Error {
    match error.kind() {
        crate::ErrorKind::InvalidInput { field, expected } if field == from => {
            Error::invalid_input(to, expected)
        }
        _ => error,
    }
}

/// Says in words for people what serde found.
fn refused(path: &str, reason: &str) -> Error {
    let reason = reason.split(" at line ").next().unwrap_or(reason);
    let quoted = || reason.split('`').nth(1).unwrap_or_default();
    let (field, expected) = if reason.starts_with("missing field") {
        let parent = if path.is_empty() {
            String::new()
        } else {
            format!("{path}.")
        };
        (
            format!("{parent}{}", quoted()),
            "a value; it is required".to_owned(),
        )
    } else if let Some((_, known)) = reason.split_once(", expected one of ") {
        let field = if path.is_empty() { quoted() } else { path };
        (
            field.to_owned(),
            format!("a known parameter: one of {known}"),
        )
    } else {
        let field = if path.is_empty() { "params" } else { path };
        let expected = reason.strip_prefix("expected ").unwrap_or(reason);
        let expected = match expected {
            "a boolean" => "true or false",
            "a sequence" => "a list",
            "u32" | "u64" => "a whole number, 0 or more",
            other if other.starts_with("struct ") => "an object",
            other => other,
        };
        (field.to_owned(), expected.to_owned())
    };
    Error::invalid_input(field, expected)
}
