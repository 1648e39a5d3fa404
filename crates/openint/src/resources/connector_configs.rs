use crate::client::Openint;
use crate::error::Result;
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::page::{LIMIT, Page, list_operation};
use crate::params::{Kind, params};
use crate::resources::connections::Settings;
use crate::resources::connectors::Connector;
use crate::resources::{Deleted, by_id, from_id};
use crate::timestamp::Timestamp;

impl Openint {
    /// Creates a connector config: a connector as your organisation uses it, with the client that
    /// it signs in with.
    ///
    /// Calling it twice makes two, so it is tried again only when the server cannot have created
    /// the first.
    ///
    /// `POST /connector-config`, operation `createConnectorConfig` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) before anything is sent; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::CreateConnectorConfig;
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let config = client.create_connector_config(
    ///     &CreateConnectorConfig::new("github")
    ///         .display_name("GitHub")
    ///         .config(serde_json::json!({ "oauth": { "client_id": "a", "client_secret": "b" } })),
    /// )?;
    /// assert!(config.id.starts_with("ccfg_github_"));
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn create_connector_config(
        &self,
        params: &CreateConnectorConfig,
    ) -> Result<ConnectorConfig> {
        Ok(self.send(params)?.value)
    }

    /// Gets a connector config: by its id, or with options by a [`GetConnectorConfig`].
    ///
    /// `GET /connector-config/{id}`, operation `getConnectorConfig` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) with status 404 when there is none; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::{ConnectorConfigExpand, GetConnectorConfig};
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let config = client.get_connector_config("ccfg_discord_sandbox")?;
    /// assert_eq!(config.connector_name.as_deref(), Some("discord"));
    ///
    /// let get = GetConnectorConfig::new("ccfg_discord_sandbox");
    /// let config = client.get_connector_config(get.expand(ConnectorConfigExpand::Connector))?;
    /// assert_eq!(config.connector.unwrap().name, "discord");
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn get_connector_config(
        &self,
        params: impl Into<GetConnectorConfig>,
    ) -> Result<ConnectorConfig> {
        Ok(self.send(&params.into())?.value)
    }

    /// Lists connector configs. [`Openint::iter`] reads all pages.
    ///
    /// `GET /connector-config`, operation `listConnectorConfigs` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput) for a limit above 3,000; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::{ConnectorConfigExpand, ListConnectorConfigs};
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let page = client.list_connector_configs(
    ///     &ListConnectorConfigs::new()
    ///         .connector_name("discord")
    ///         .expand(ConnectorConfigExpand::ConnectionCount),
    /// )?;
    /// assert_eq!(page.items[0].connection_count, Some(0));
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn list_connector_configs(
        &self,
        params: &ListConnectorConfigs,
    ) -> Result<Page<ConnectorConfig>> {
        Ok(self.send(params)?.value)
    }

    /// Changes a connector config. What is not set stays; `config`, where it is set, is replaced
    /// as a whole.
    ///
    /// `PUT /connector-config/{id}`, operation `updateConnectorConfig` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) with status 404 when there is none; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::UpdateConnectorConfig;
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let config = client.update_connector_config(
    ///     &UpdateConnectorConfig::new("ccfg_github_sandbox").disabled(true),
    /// )?;
    /// assert_eq!(config.disabled, Some(true));
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn update_connector_config(
        &self,
        params: &UpdateConnectorConfig,
    ) -> Result<ConnectorConfig> {
        Ok(self.send(params)?.value)
    }

    /// Deletes a connector config.
    ///
    /// `DELETE /connector-config/{id}`, operation `deleteConnectorConfig` of the OpenInt v1 API.
    ///
    /// # Errors
    /// [`Api`](crate::ErrorKind::Api) with status 404 when there is none; and every other
    /// [`ErrorKind`](crate::ErrorKind).
    ///
    /// ```
    /// use openint::CreateConnectorConfig;
    /// # let sandbox = openint_sandbox::Sandbox::start().unwrap();
    /// # let client = openint::Openint::builder().api_key(sandbox.api_key()).base_url(sandbox.base_url()).build()?;
    ///
    /// let config = client.create_connector_config(&CreateConnectorConfig::new("github"))?;
    /// assert_eq!(client.delete_connector_config(&config.id)?.id, config.id);
    /// # Ok::<(), openint::Error>(())
    /// ```
    pub fn delete_connector_config(
        &self,
        params: impl Into<DeleteConnectorConfig>,
    ) -> Result<Deleted> {
        Ok(self.send(&params.into())?.value)
    }
}

params! {
    /// What [`Openint::create_connector_config`] sends.
    #[non_exhaustive]
    pub struct CreateConnectorConfig: Post "/connector-config" -> ConnectorConfig {
        Body {
            /// The connector, such as `github`.
            pub connector_name: String as Kind::Id(""),
            /// A name for people.
            pub display_name: Option<String>,
            /// Whether it is switched off.
            pub disabled: Option<bool>,
            /// A JSON object of yours that is kept with it.
            pub metadata: Option<Json>,
            /// What the connector needs of your organisation, such as
            /// `{"oauth": {"client_id": …, "client_secret": …}}`.
            pub config: Option<Settings>,
        }
    }
}

impl CreateConnectorConfig {
    /// The required parameter.
    pub fn new(connector_name: impl Into<String>) -> Self {
        Self {
            connector_name: connector_name.into(),
            display_name: None,
            disabled: None,
            metadata: None,
            config: None,
        }
    }

    /// Sets [`display_name`](Self::display_name).
    pub fn display_name(mut self, name: impl Into<String>) -> Self {
        self.display_name = Some(name.into());
        self
    }

    /// Sets [`disabled`](Self::disabled).
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = Some(disabled);
        self
    }

    /// Sets [`metadata`](Self::metadata).
    pub fn metadata(mut self, metadata: impl Into<Json>) -> Self {
        self.metadata = Some(metadata.into());
        self
    }

    /// Sets [`config`](Self::config).
    pub fn config(mut self, config: impl Into<Json>) -> Self {
        self.config = Some(Settings::new(config));
        self
    }
}

params! {
    /// What [`Openint::update_connector_config`] sends.
    pub struct UpdateConnectorConfig: Put "/connector-config/{id}" -> ConnectorConfig {
        Path { id: String as Kind::Id("ccfg_") }
        Body {
            display_name: Option<String>,
            disabled: Option<bool>,
            config: Option<Settings>,
        }
    }
}

impl UpdateConnectorConfig {
    /// The id, `ccfg_…`. Nothing is changed yet.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            display_name: None,
            disabled: None,
            config: None,
        }
    }

    /// Gives it a name for people.
    pub fn display_name(mut self, name: impl Into<String>) -> Self {
        self.display_name = Some(name.into());
        self
    }

    /// Switches it off or on.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = Some(disabled);
        self
    }

    /// Replaces what the connector needs of your organisation.
    pub fn config(mut self, config: impl Into<Json>) -> Self {
        self.config = Some(Settings::new(config));
        self
    }
}

params! {
    /// What [`Openint::get_connector_config`] asks for.
    pub struct GetConnectorConfig: Get "/connector-config/{id}" -> ConnectorConfig {
        Path { id: String as Kind::Id("ccfg_") }
        Query {
            #[serde(default)]
            expand: Vec<ConnectorConfigExpand>,
        }
    }
}

impl GetConnectorConfig {
    /// The id, `ccfg_…`.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            expand: Vec::new(),
        }
    }

    /// What else comes along.
    pub fn expand(mut self, expand: impl Into<ConnectorConfigExpand>) -> Self {
        self.expand.push(expand.into());
        self
    }
}

from_id!(GetConnectorConfig);

params! {
    /// What [`Openint::list_connector_configs`] asks for.
    #[derive(Default)]
    #[serde(default)]
    pub struct ListConnectorConfigs: Get "/connector-config" -> Page<ConnectorConfig> {
        Query {
            limit: Option<u32> as LIMIT,
            offset: u64,
            connector_names: Vec<String>,
            search_query: Option<String>,
            expand: Vec<ConnectorConfigExpand>,
        }
    }
}

list_operation!(ListConnectorConfigs, ConnectorConfig, |row| Some(
    row.id.as_str()
));

impl ListConnectorConfigs {
    /// Only those of this connector, or of one of several when called again.
    pub fn connector_name(mut self, name: impl Into<String>) -> Self {
        self.connector_names.push(name.into());
        self
    }

    /// Only those that this text finds.
    pub fn search_query(mut self, query: impl Into<String>) -> Self {
        self.search_query = Some(query.into());
        self
    }

    /// What else comes along.
    pub fn expand(mut self, expand: impl Into<ConnectorConfigExpand>) -> Self {
        self.expand.push(expand.into());
        self
    }
}

by_id! {
    /// What [`Openint::delete_connector_config`] asks for: an id, `ccfg_…`.
    pub struct DeleteConnectorConfig("ccfg_"): Delete "/connector-config/{id}" -> Deleted
}

open_enum! {
    /// What else a connector config comes with.
    pub enum ConnectorConfigExpand {
        /// Its connector's own description.
        Connector = "connector",
        /// The same with the JSON schemas of its settings and config.
        ConnectorSchemas = "connector.schemas",
        /// How many connections are made with it.
        ConnectionCount = "connection_count",
    }
}

model! {
    /// A connector as an organisation uses it.
    pub struct ConnectorConfig {
        required {
            /// `ccfg_{connector name}_…`.
            id: String,
        }
        optional {
            /// When it was created.
            created_at: Timestamp,
            /// When it last changed.
            updated_at: Timestamp,
            /// The organisation.
            org_id: String,
            /// A name for people.
            display_name: String,
            /// Whether it is switched off.
            disabled: bool,
            /// Your own JSON.
            metadata: Json,
            /// The connector, such as `github`.
            connector_name: String,
            /// What the connector needs of the organisation. The API always shows it, client
            /// secrets included, so it is redacted like one.
            config: Settings,
            /// The connector's own description, when it was asked for.
            connector: Connector,
            /// How many connections are made with it, when that was asked for.
            connection_count: u64,
        }
    }
}
