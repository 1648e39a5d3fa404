use super::{Connection, ConnectionStatus};
use crate::check;
use crate::client::{Openint, Operation};
use crate::error::Result;
use crate::http::request::{Method, Request};
use crate::model::{model, open_enum};
use crate::page::{Page, list_operation};
use crate::params::{from_id, params};
use crate::resources::Deleted;
use crate::secret::Secret;

impl Openint {
    /// Gets a connection: by its id, or with options by a [`GetConnection`].
    ///
    /// `GET /connection/{id}`, operation `getConnection` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) with status 404 when there is none that the key may see; and
    /// every other [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::{GetConnection, RefreshPolicy};
    /// # use openint::{ConnectorData, CreateConnection, OAuth2Credentials, Openint};
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    /// # let data = ConnectorData::oauth2("github", OAuth2Credentials::new("t"));
    /// # let id = client.create_connection(&CreateConnection::new("ccfg_github_sandbox", "c", data))?.id;
    ///
    /// let connection = client.get_connection(&id)?;
    /// assert!(connection.settings.is_none(), "secrets are shown only on request");
    ///
    /// let connection = client.get_connection(
    ///     GetConnection::new(&id).include_secrets(true).refresh_policy(RefreshPolicy::None),
    /// )?;
    /// let token = connection.settings.unwrap().access_token().unwrap();
    /// # assert_eq!(token.expose(), "t");
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn get_connection(&self, params: impl Into<GetConnection>) -> Result<Connection> {
        Ok(self.send(&params.into())?.value)
    }

    /// Lists connections, those that changed last first. [`Openint::iter`] reads all pages.
    ///
    /// `GET /connection`, operation `listConnections` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) for a limit above 3,000; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::ListConnections;
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let page = client.list_connections(
    ///     &ListConnections::new().customer_id("customer_42").connector_name("github").limit(10),
    /// )?;
    /// assert!(page.items.is_empty());
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn list_connections(&self, params: &ListConnections) -> Result<Page<Connection>> {
        Ok(self.send(params)?.value)
    }

    /// Deletes a connection. A second time it is 404.
    ///
    /// `DELETE /connection/{id}`, operation `deleteConnection` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) with status 404 when there is none that the key may see,
    /// which after a retry can mean that the first attempt deleted it; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    /// # let data = openint::ConnectorData::oauth2("github", openint::OAuth2Credentials::new("t"));
    /// # let id = client.create_connection(&openint::CreateConnection::new("ccfg_github_sandbox", "c", data))?.id;
    /// client.delete_connection(&id)?;
    /// assert_eq!(client.delete_connection(&id).unwrap_err().status(), Some(404));
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn delete_connection(&self, params: impl Into<DeleteConnection>) -> Result<Deleted> {
        Ok(self.send(&params.into())?.value)
    }

    /// Tries a connection's credentials at the connected service. A failed check is a success of
    /// this call: look at the status.
    ///
    /// `POST /connection/{id}/check`, operation `checkConnection` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) with status 404 when there is none that the key may see; and
    /// every other [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::ConnectionStatus;
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// # let data = openint::ConnectorData::oauth2("github", openint::OAuth2Credentials::new("t"));
    /// # let id = client.create_connection(&openint::CreateConnection::new("ccfg_github_sandbox", "c", data))?.id;
    /// let check = client.check_connection(&id)?;
    /// if check.status != Some(ConnectionStatus::Healthy) {
    ///     eprintln!("ask the customer to connect again");
    /// }
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn check_connection(&self, params: impl Into<CheckConnection>) -> Result<ConnectionCheck> {
        Ok(self.send(&params.into())?.value)
    }
}

open_enum! {
    /// A rule for renewing credentials before they are shown.
    pub enum RefreshPolicy {
        /// Never.
        None = "none",
        /// Always.
        Force = "force",
        /// When they have run out.
        Auto = "auto",
    }
}

open_enum! {
    /// A further detail of a connection.
    pub enum ConnectionExpand {
        /// Its connector's own description.
        Connector = "connector",
    }
}

params! {
    /// Parameters of `get_connection`.
    pub struct GetConnection {
        required {
            /// The connection, `conn_…`.
            id: String,
        }
        optional {
            /// True to include the settings with their secrets.
            include_secrets: bool,
            /// When credentials are renewed first; the API's default is `auto`. Without
            /// `include_secrets` it has no effect.
            refresh_policy: RefreshPolicy => into,
            /// Further details to include.
            expand: Vec<ConnectionExpand> => each,
        }
    }
}

impl Operation for GetConnection {
    type Output = Connection;

    fn request(&self) -> Result<Request> {
        check::id("id", &self.id, "conn_")?;
        Ok(
            Request::named("get_connection", Method::Get, "/connection/{id}")
                .path_param("id", &self.id)
                .query_flag("include_secrets", self.include_secrets)
                .optional_query("refresh_policy", &self.refresh_policy)
                .query_list("expand", &self.expand),
        )
    }
}

params! {
    /// Parameters of `list_connections`.
    pub struct ListConnections {
        required {}
        optional {
            /// The most rows of a page, 0 to 3,000; 50 where the API decides.
            limit: u32,
            /// The number of rows to leave out at the beginning.
            offset: u64,
            /// Only connections of this customer.
            customer_id: String => into,
            /// Only connections of this connector config, `ccfg_…`.
            connector_config_id: String => into,
            /// Only connections to these connectors.
            connector_names: Vec<String> => each connector_name,
            /// Only connections that this text finds. The API trims it, and `%` and `_` are
            /// wildcards.
            search_query: String => into,
            /// True to include the settings with their secrets.
            include_secrets: bool,
            /// When credentials are renewed first; the API's default is `none`.
            refresh_policy: RefreshPolicy => into,
            /// Further details to include.
            expand: Vec<ConnectionExpand> => each,
        }
    }
}

impl Operation for ListConnections {
    type Output = Page<Connection>;

    fn request(&self) -> Result<Request> {
        check::limit(self.limit)?;
        check::filter("customer_id", self.customer_id.as_ref())?;
        if let Some(id) = &self.connector_config_id {
            check::id("connector_config_id", id, "ccfg_")?;
        }
        check::filters("connector_names", self.connector_names.as_ref())?;
        check::search(self.search_query.as_ref())?;
        Ok(
            Request::named("list_connections", Method::Get, "/connection")
                .page(self.limit, self.offset)
                .optional_query("customer_id", &self.customer_id)
                .optional_query("connector_config_id", &self.connector_config_id)
                .query_list("connector_names", &self.connector_names)
                .optional_query("search_query", &self.search_query)
                .query_flag("include_secrets", self.include_secrets)
                .optional_query("refresh_policy", &self.refresh_policy)
                .query_list("expand", &self.expand),
        )
    }
}

list_operation!(ListConnections, Connection, NewestFirst, |row| Some(row.id.as_str()), by updated_at);

params! {
    /// Parameters of `delete_connection`.
    pub struct DeleteConnection {
        required {
            /// The connection, `conn_…`.
            id: String,
        }
        optional {}
    }
}

impl Operation for DeleteConnection {
    type Output = Deleted;

    fn request(&self) -> Result<Request> {
        check::id("id", &self.id, "conn_")?;
        Ok(
            Request::named("delete_connection", Method::Delete, "/connection/{id}")
                .path_param("id", &self.id),
        )
    }
}

params! {
    /// Parameters of `check_connection`.
    pub struct CheckConnection {
        required {
            /// The connection, `conn_…`.
            id: String,
        }
        optional {}
    }
}

impl Operation for CheckConnection {
    type Output = ConnectionCheck;

    fn request(&self) -> Result<Request> {
        check::id("id", &self.id, "conn_")?;
        Ok(
            Request::named("check_connection", Method::Post, "/connection/{id}/check")
                .path_param("id", &self.id),
        )
    }
}

from_id!(GetConnection, DeleteConnection, CheckConnection);

model! {
    /// The result of a check.
    pub struct ConnectionCheck {
        required {
            /// The connection.
            id: String,
        }
        optional {
            /// The status that the check found.
            status: ConnectionStatus,
            /// The same in words. It can repeat a client secret or a refresh token, so it is
            /// redacted like one.
            status_message: Secret,
        }
    }
}
