//! Operations by their name and with their parameters as JSON, for programs that learn both only
//! when they run: bindings to other languages, command lines.

use crate::client::{Openint, Operation};
use crate::error::{Error, Result};
use crate::json::Json;
use crate::pages::Pages;
use crate::params::{Route, Routed};
use crate::resources::connections::{
    self, CheckConnection, CreateConnection, DeleteConnection, GetConnection, ListConnections,
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

/// An operation as data.
struct Described {
    name: &'static str,
    route: &'static Route,
    /// What it answers.
    shape: &'static Shape,
    /// Of a list: the field that tells a row from the others.
    id: Option<&'static str>,
}

impl Described {
    const fn new<O>(name: &'static str) -> Self
    where
        O: Operation<Output: Shaped> + Routed,
    {
        Self {
            name,
            route: O::ROUTE,
            shape: O::Output::SHAPE,
            id: None,
        }
    }

    const fn by(self, id: &'static str) -> Self {
        Self {
            id: Some(id),
            ..self
        }
    }
}

macro_rules! operations {
    ($( $name:literal => $params:ty $(, by $id:literal)?; )*) => {
        /// The names that [`Openint::call`] takes: those of the methods.
        pub const OPERATIONS: &[&str] = &[$( $name ),*];

        static DESCRIBED: &[Described] = &[$( Described::new::<$params>($name) $( .by($id) )? ),*];
    };
}

operations! {
    "create_connection" => CreateConnection;
    "get_connection" => GetConnection;
    "list_connections" => ListConnections, by "id";
    "delete_connection" => DeleteConnection;
    "check_connection" => CheckConnection;
    "create_connector_config" => CreateConnectorConfig;
    "get_connector_config" => GetConnectorConfig;
    "list_connector_configs" => ListConnectorConfigs, by "id";
    "update_connector_config" => UpdateConnectorConfig;
    "delete_connector_config" => DeleteConnectorConfig;
    "list_connectors" => ListConnectors, by "name";
    "connector_status" => GetConnectorStatus;
    "upsert_customer" => UpsertCustomer;
    "list_customers" => ListCustomers, by "id";
    "create_customer_token" => CreateCustomerToken;
    "list_events" => ListEvents, by "id";
    "viewer" => GetViewer;
    "health" => GetHealth;
    "health_echo" => EchoHealth;
    "message_template" => GetMessageTemplate;
}

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
        self.call_described(operation, &params.into())
    }

    fn call_described(&self, operation: &str, params: &Json) -> Result<Response<()>> {
        let operation = find(operation, |_| true)?;
        let values = operation.route.read(params)?;
        match operation.name {
            // With an idempotency key it takes more than one request.
            "create_connection" => connections::pass_on(self, values),
            _ => self.pass_on(&operation.route.request(&values)?, operation.shape),
        }
    }

    /// Reads a list to its end, page by page, by the name of its method; as
    /// [`Openint::iter`] does. Where the method has `limit`, this has `page_size`.
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
    /// let mut pages = client.pages("list_connectors", json!({ "page_size": 100 }))?;
    /// while let Some(rows) = pages.next(RequestOptions::new())? {
    ///     assert!(rows.as_str().starts_with('['));
    /// }
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn pages(&self, operation: &str, params: impl Into<Json>) -> Result<Pages> {
        let Described {
            route, shape, id, ..
        } = find(operation, |operation| operation.id.is_some())?;
        let id = id.unwrap_or_default();
        Pages::new(self, route, params.into(), shape, id)
    }
}

/// What the operations answer.
#[cfg(test)]
pub(crate) fn answers() -> impl Iterator<Item = &'static Shape> {
    DESCRIBED.iter().map(|operation| operation.shape)
}

/// The operation of that name among those that `is_meant` takes.
fn find(name: &str, is_meant: fn(&Described) -> bool) -> Result<&'static Described> {
    let meant = || DESCRIBED.iter().filter(|operation| is_meant(operation));
    meant()
        .find(|operation| operation.name == name)
        .ok_or_else(|| {
            let names: Vec<&str> = meant().map(|operation| operation.name).collect();
            Error::invalid_input("operation", format!("one of {}", names.join(", ")))
        })
}
