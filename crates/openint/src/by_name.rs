//! Operations by their name and with their parameters as JSON, for programs that learn both only
//! when they run: bindings to other languages, command lines.

use std::fmt;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::client::{Openint, Operation};
use crate::error::{Error, Result};
use crate::http::request::Request;
use crate::json::{self, Json};
use crate::options::RequestOptions;
use crate::page::{ListOperation, Walk};
use crate::resources::connections::{
    CheckConnection, CreateConnection, DeleteConnection, GetConnection, ListConnections,
};
use crate::resources::connector_configs::{
    CreateConnectorConfig, DeleteConnectorConfig, GetConnectorConfig, ListConnectorConfigs,
    UpdateConnectorConfig,
};
use crate::resources::connectors::{GetConnectorStatus, ListConnectors};
use crate::resources::customers::{CreateCustomerToken, ListCustomers, UpsertCustomer};
use crate::resources::events::ListEvents;
use crate::resources::system::{EchoHealth, GetHealth, GetMessageTemplate, GetViewer};
use crate::response::Response;
use crate::shape::{Shape, Shaped};

macro_rules! operations {
    (
        calls { $( $call:literal => $params:ty ),* $(,)? }
        lists { $( $list:literal => $list_params:ty, by $id:literal ),* $(,)? }
    ) => {
        /// The names that [`Openint::call`] takes: those of the methods.
        pub const OPERATIONS: &[&str] = &["create_connection", $( $call, )* $( $list, )* ];

        impl Openint {
            /// Carries out an operation by the name of its method, with its parameters as a JSON
            /// object of the fields of their type. The answer is checked as the method would, and
            /// stands as it came in [`Response::body`].
            ///
            /// # Errors
            /// [`InvalidInput`](crate::ErrorKind::InvalidInput) for an unknown operation or
            /// parameter, a missing parameter and one of the wrong type; else as the method.
            ///
            /// ```
            /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
            /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
            /// use serde_json::json;
            ///
            /// let response = client.call("upsert_customer", json!({ "id": "customer_42" }))?;
            /// assert!(std::str::from_utf8(response.body()).unwrap().contains("customer_42"));
            /// # Ok::<(), openint::Error>(())
            /// ```
            pub fn call(&self, operation: &str, params: impl Into<Json>) -> Result<Response<()>> {
                let params = params.into();
                match operation {
                    // With an idempotency key it takes more than one request.
                    "create_connection" => {
                        Ok(self.send(&read::<CreateConnection>(&params)?)?.without_value())
                    }
                    $( $call => self.call_with::<$params>(&params), )*
                    $( $list => self.call_with::<$list_params>(&params), )*
                    _ => Err(unknown(OPERATIONS)),
                }
            }

            /// Reads a list to its end, page by page, by the name of its method; as
            /// [`Openint::iter`] does, with `limit` as the size of a page.
            ///
            /// # Errors
            /// [`InvalidInput`](crate::ErrorKind::InvalidInput), as [`Openint::call`].
            ///
            /// ```
            /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
            /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
            /// use openint::RequestOptions;
            /// use serde_json::json;
            ///
            /// let mut pages = client.pages("list_connectors", json!({ "limit": 100 }))?;
            /// while let Some(rows) = pages.next(RequestOptions::new())? {
            ///     assert!(rows.as_str().starts_with('['));
            /// }
            /// # Ok::<(), openint::Error>(())
            /// ```
            pub fn pages(&self, operation: &str, params: impl Into<Json>) -> Result<Pages> {
                let params = params.into();
                match operation {
                    $( $list => Ok(Pages::new(self, read::<$list_params>(&params)?, $id)), )*
                    _ => Err(unknown(&[ $( $list ),* ])),
                }
            }
        }
    };
}

operations! {
    calls {
        "get_connection" => GetConnection,
        "delete_connection" => DeleteConnection,
        "check_connection" => CheckConnection,
        "create_connector_config" => CreateConnectorConfig,
        "get_connector_config" => GetConnectorConfig,
        "update_connector_config" => UpdateConnectorConfig,
        "delete_connector_config" => DeleteConnectorConfig,
        "connector_status" => GetConnectorStatus,
        "upsert_customer" => UpsertCustomer,
        "create_customer_token" => CreateCustomerToken,
        "viewer" => GetViewer,
        "health" => GetHealth,
        "health_echo" => EchoHealth,
        "message_template" => GetMessageTemplate,
    }
    lists {
        "list_connections" => ListConnections, by "id",
        "list_connector_configs" => ListConnectorConfigs, by "id",
        "list_connectors" => ListConnectors, by "name",
        "list_customers" => ListCustomers, by "id",
        "list_events" => ListEvents, by "id",
    }
}

impl Openint {
    fn call_with<O>(&self, params: &Json) -> Result<Response<()>>
    where
        O: Operation<Output: Shaped> + DeserializeOwned,
    {
        self.pass_on(&read::<O>(params)?.request()?, O::Output::SHAPE)
    }
}

/// The pages of a list, of whatever kind its rows are; made by [`Openint::pages`].
pub struct Pages {
    client: Openint,
    request: Box<dyn Fn(u32, u64) -> Result<Request> + Send>,
    shape: &'static Shape,
    /// The field that tells a row from the others.
    id: &'static str,
    walk: Walk,
}

impl Pages {
    fn new<O>(client: &Openint, operation: O, id: &'static str) -> Self
    where
        O: ListOperation<Output: Shaped> + Send + 'static,
    {
        Self {
            client: client.clone(),
            walk: Walk::new(operation.limit(), operation.offset()),
            request: Box::new(move |limit, offset| operation.at(limit, offset).request()),
            shape: O::Output::SHAPE,
            id,
        }
    }

    /// Asks for the next page, with `options` over those of the client: a JSON array of its rows
    /// without those that came before, or `None` at the end. After an error the list has ended.
    ///
    /// # Errors
    /// As the list's own method.
    pub fn next(&mut self, options: RequestOptions) -> Result<Option<Json>> {
        #[derive(Deserialize)]
        struct RawPage {
            items: Vec<Json>,
            limit: Option<u64>,
        }
        let Some((limit, offset)) = self.walk.next()? else {
            return Ok(None);
        };
        let request = (self.request)(limit, offset)?;
        let client = self.client.with_options(options);
        let response = client.pass_on(&request, self.shape)?;
        let page: RawPage =
            json::decode(response.body()).map_err(|(path, reason)| Error::decode(path, reason))?;
        let rows = page.items.into_iter().map(|row| {
            let id: Option<String> = row.get(self.id).and_then(|id| id.to().ok());
            (id, row)
        });
        let rows = self
            .walk
            .take(rows.collect(), page.limit, |(id, _)| id.as_deref());
        let rows = rows.map(|rows| {
            let rows: Vec<Json> = rows.into_iter().map(|(_, row)| row).collect();
            Json::from_serialize(&rows)
        });
        rows.transpose()
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

fn unknown(operations: &[&str]) -> Error {
    Error::invalid_input("operation", format!("one of {}", operations.join(", ")))
}

fn read<T: DeserializeOwned>(params: &Json) -> Result<T> {
    json::decode(params.as_str().as_bytes()).map_err(|(path, reason)| refused(&path, &reason))
}

/// Says in words for people what serde found.
fn refused(path: &str, reason: &str) -> Error {
    let quoted = || reason.split('`').nth(1).unwrap_or_default();
    let (field, expected) = if reason.starts_with("missing field") {
        let parent = if path.is_empty() {
            ""
        } else {
            &format!("{path}.")
        };
        (
            format!("{parent}{}", quoted()),
            "a value; it is required".to_owned(),
        )
    } else if reason.starts_with("unknown field") {
        let field = if path.is_empty() { quoted() } else { path };
        let known = reason
            .split(", expected ")
            .nth(1)
            .unwrap_or("no such parameter");
        (
            field.to_owned(),
            format!("a known parameter: {}", without_place(known)),
        )
    } else {
        let field = if path.is_empty() { "params" } else { path };
        let expected = reason.strip_prefix("expected ").unwrap_or(reason);
        let expected = match without_place(expected) {
            "u32" => "a whole number from 0 to 4294967295",
            "u64" | "usize" => "a whole number, 0 or more",
            "a boolean" => "true or false",
            "a sequence" => "a list",
            other if other.starts_with("struct ") => "an object",
            other => other,
        };
        (field.to_owned(), expected.to_owned())
    };
    Error::invalid_input(field, expected)
}

fn without_place(text: &str) -> &str {
    text.split(" at line ").next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn refusal<T: DeserializeOwned + fmt::Debug>(params: &str) -> (String, String) {
        let error = read::<T>(&Json::parse(params).unwrap()).unwrap_err();
        match error.kind() {
            ErrorKind::InvalidInput {
                field, expected, ..
            } => (field.clone(), expected.clone()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refusal_names_the_field_and_never_the_value() {
        let cases = [
            (refusal::<GetConnection>(r#"{}"#), "id", "required"),
            (
                refusal::<GetConnection>(r#"{"id":"conn_1","expand":"connector"}"#),
                "expand",
                "a list",
            ),
            (
                refusal::<GetConnection>(r#"{"id":"conn_1","include_secrets":"x"}"#),
                "include_secrets",
                "true or false",
            ),
            (
                refusal::<GetConnection>(r#"{"id":"conn_1","includeSecrets":true}"#),
                "includeSecrets",
                "include_secrets",
            ),
            (refusal::<GetConnection>(r#"[]"#), "params", "an object"),
            (
                refusal::<ListConnections>(r#"{"limit":-1}"#),
                "limit",
                "a whole number",
            ),
            (
                refusal::<ListConnections>(r#"{"offset":1.5}"#),
                "offset",
                "a whole number",
            ),
            (
                refusal::<ListConnections>(r#"{"connector_names":["a",7]}"#),
                "connector_names[1]",
                "a string",
            ),
            (
                refusal::<CreateConnection>(
                    r#"{"connector_config_id":"ccfg_","customer_id":"c","data":{"settings":{"k":"sesame"}}}"#,
                ),
                "data.connector_name",
                "required",
            ),
            (
                refusal::<CreateConnection>(
                    r#"{"connector_config_id":"ccfg_","customer_id":"c","data":"sesame"}"#,
                ),
                "data",
                "an object",
            ),
        ];
        for ((field, expected), wanted, words) in cases {
            assert_eq!(field, wanted, "{expected}");
            assert!(expected.contains(words), "{field}: {expected}");
            assert!(
                !expected.contains("sesame") && !expected.contains("line"),
                "{expected}"
            );
        }
    }
}
