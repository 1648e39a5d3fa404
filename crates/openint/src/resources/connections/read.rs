use super::{Connection, ConnectionStatus};
use crate::client::Openint;
use crate::error::Result;
use crate::model::{model, open_enum};
use crate::page::{LIMIT, Page, list_operation};
use crate::params::{Kind, params};
use crate::resources::{Deleted, by_id, from_id};
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
    /// When credentials are renewed before they are shown.
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
    /// What else a connection comes with.
    pub enum ConnectionExpand {
        /// Its connector's own description.
        Connector = "connector",
    }
}

params! {
    /// What [`Openint::get_connection`] asks for.
    pub struct GetConnection: Get "/connection/{id}" -> Connection {
        Path { id: String as Kind::Id("conn_") }
        Query {
            #[serde(default)]
            include_secrets: bool,
            refresh_policy: Option<RefreshPolicy>,
            #[serde(default)]
            expand: Vec<ConnectionExpand>,
        }
    }
}

impl GetConnection {
    /// The id, `conn_…`.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            include_secrets: false,
            refresh_policy: None,
            expand: Vec::new(),
        }
    }

    /// Whether settings are shown.
    pub fn include_secrets(mut self, include: bool) -> Self {
        self.include_secrets = include;
        self
    }

    /// When credentials are renewed first; the API's default is [`RefreshPolicy::Auto`].
    pub fn refresh_policy(mut self, policy: impl Into<RefreshPolicy>) -> Self {
        self.refresh_policy = Some(policy.into());
        self
    }

    /// What else comes along.
    pub fn expand(mut self, expand: impl Into<ConnectionExpand>) -> Self {
        self.expand.push(expand.into());
        self
    }
}

from_id!(GetConnection);

params! {
    /// What [`Openint::list_connections`] asks for.
    #[derive(Default)]
    #[serde(default)]
    pub struct ListConnections: Get "/connection" -> Page<Connection> {
        Query {
            limit: Option<u32> as LIMIT,
            offset: u64,
            customer_id: Option<String>,
            connector_config_id: Option<String> as Kind::Id("ccfg_"),
            connector_names: Vec<String>,
            search_query: Option<String>,
            include_secrets: bool,
            refresh_policy: Option<RefreshPolicy>,
            expand: Vec<ConnectionExpand>,
        }
    }
}

list_operation!(ListConnections, Connection, |row| Some(row.id.as_str()));

impl ListConnections {
    /// Only those of this customer.
    pub fn customer_id(mut self, id: impl Into<String>) -> Self {
        self.customer_id = Some(id.into());
        self
    }

    /// Only those of this connector config, `ccfg_…`.
    pub fn connector_config_id(mut self, id: impl Into<String>) -> Self {
        self.connector_config_id = Some(id.into());
        self
    }

    /// Only those to this connector, or to one of several when called again.
    pub fn connector_name(mut self, name: impl Into<String>) -> Self {
        self.connector_names.push(name.into());
        self
    }

    /// Only those that this text finds.
    pub fn search_query(mut self, query: impl Into<String>) -> Self {
        self.search_query = Some(query.into());
        self
    }

    /// Whether settings are shown.
    pub fn include_secrets(mut self, include: bool) -> Self {
        self.include_secrets = include;
        self
    }

    /// When credentials are renewed first; the API's default is [`RefreshPolicy::None`].
    pub fn refresh_policy(mut self, policy: impl Into<RefreshPolicy>) -> Self {
        self.refresh_policy = Some(policy.into());
        self
    }

    /// What else comes along.
    pub fn expand(mut self, expand: impl Into<ConnectionExpand>) -> Self {
        self.expand.push(expand.into());
        self
    }
}

by_id! {
    /// What [`Openint::delete_connection`] asks for: an id, `conn_…`.
    pub struct DeleteConnection("conn_"): Delete "/connection/{id}" -> Deleted
}

by_id! {
    /// What [`Openint::check_connection`] asks for: an id, `conn_…`.
    pub struct CheckConnection("conn_"): Post "/connection/{id}/check" -> ConnectionCheck
}

model! {
    /// What a check found.
    pub struct ConnectionCheck {
        required {
            /// The connection.
            id: String,
        }
        optional {
            /// What was found.
            status: ConnectionStatus,
            /// The same in words. It can repeat a client secret or a refresh token, so it is
            /// redacted like one.
            status_message: Secret,
        }
    }
}
