use crate::check;
use crate::client::{Openint, Operation};
use crate::error::Result;
use crate::http::request::{Method, Request};
use crate::json::Json;
use crate::model::{model, open_enum};
use crate::page::{Page, list_operation};
use crate::params::{from_id, params};
use crate::resources::Deleted;
use crate::resources::connections::Settings;
use crate::resources::connectors::Connector;
use crate::response::Response;
use crate::timestamp::Timestamp;

impl Openint {
    /// Creates a connector config: a connector as your organisation uses it, with the client that
    /// it signs in with.
    ///
    /// Calling it twice makes two, so it is tried again only when the server cannot have created
    /// the first.
    ///
    /// **Give `config` for a connector that needs one** (plaid, teller, finch, merge and others).
    /// Without it the API answers 500 and saves the config all the same, and from then on every list
    /// of configs that holds it is a 500 too. The answer shows no id: to remove it, take the id from
    /// the dashboard or from OpenInt's support. Until then, list with `connector_names` of others.
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
    /// let config = client.get_connector_config(get.expand([ConnectorConfigExpand::Connector]))?;
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
    ///         .expand([ConnectorConfigExpand::ConnectionCount]),
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

    /// Deletes a connector config. One that has connections is a 500, which stays: delete them first.
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
    /// Parameters of `create_connector_config`.
    pub struct CreateConnectorConfig {
        required {
            /// The connector, such as `github`.
            connector_name: String,
        }
        optional {
            /// A name for people.
            display_name: String => into,
            /// True to create it switched off.
            disabled: bool,
            /// A JSON object of yours that is kept with it.
            metadata: Json => into,
            /// A JSON object with what the connector needs of your organisation, such as
            /// `{"oauth": {"client_id": …, "client_secret": …}}`.
            config: Settings => into,
        }
    }
}

impl Operation for CreateConnectorConfig {
    type Output = ConnectorConfig;

    fn request(&self) -> Result<Request> {
        check::not_empty("connector_name", &self.connector_name)?;
        check::optional_object("metadata", self.metadata.as_ref())?;
        check::optional_object("config", self.config.as_ref().map(Settings::json))?;
        Ok(
            Request::named("create_connector_config", Method::Post, "/connector-config")
                .field("connector_name", &self.connector_name)
                .optional_field("display_name", &self.display_name)
                .optional_field("disabled", &self.disabled)
                .optional_field("metadata", &self.metadata)
                .optional_field("config", &self.config),
        )
    }

    fn send(&self, client: &Openint) -> Result<Response<ConnectorConfig>> {
        let sent = client.request(&self.request()?);
        sent.map_err(|error| match error.status() {
            Some(500) if self.config.is_none() => error.advise(NEEDS_CONFIG),
            _ => error,
        })
    }
}

/// The saved config has no answer that would show its id.
const NEEDS_CONFIG: &str = "this connector may need `config`: without it the API saves the config \
    and answers 500, and lists of configs that hold it are a 500 as well; list with \
    `connector_names` of other connectors until it is removed, which takes its id, \
    `ccfg_{connector_name}_…`, from the dashboard or the support of OpenInt";

params! {
    /// Parameters of `update_connector_config`. What is not given stays.
    pub struct UpdateConnectorConfig {
        required {
            /// The connector config, `ccfg_…`.
            id: String,
        }
        optional {
            /// A name for people.
            display_name: String => into,
            /// True to switch it off, false to switch it on.
            disabled: bool,
            /// A JSON object with what the connector needs of your organisation, in place of the one
            /// before.
            config: Settings => into,
        }
    }
}

impl Operation for UpdateConnectorConfig {
    type Output = ConnectorConfig;

    fn request(&self) -> Result<Request> {
        check::id("id", &self.id, "ccfg_")?;
        check::optional_object("config", self.config.as_ref().map(Settings::json))?;
        Ok(Request::named(
            "update_connector_config",
            Method::Put,
            "/connector-config/{id}",
        )
        .path_param("id", &self.id)
        .optional_field("display_name", &self.display_name)
        .optional_field("disabled", &self.disabled)
        .optional_field("config", &self.config))
    }
}

params! {
    /// Parameters of `get_connector_config`.
    pub struct GetConnectorConfig {
        required {
            /// The connector config, `ccfg_…`.
            id: String,
        }
        optional {
            /// Further details to include.
            expand: Vec<ConnectorConfigExpand> => each,
        }
    }
}

impl Operation for GetConnectorConfig {
    type Output = ConnectorConfig;

    fn request(&self) -> Result<Request> {
        check::id("id", &self.id, "ccfg_")?;
        Ok(Request::named(
            "get_connector_config",
            Method::Get,
            "/connector-config/{id}",
        )
        .path_param("id", &self.id)
        .query_list("expand", &self.expand))
    }
}

params! {
    /// Parameters of `list_connector_configs`.
    pub struct ListConnectorConfigs {
        required {}
        optional {
            /// The most rows of a page, 0 to 3,000; 50 where the API decides.
            limit: u32,
            /// The number of rows to leave out at the beginning.
            offset: u64,
            /// Only configs of these connectors.
            connector_names: Vec<String> => each connector_name,
            /// Only configs that this text finds. The API trims it, and `%` and `_` are wildcards.
            search_query: String => into,
            /// Further details to include.
            expand: Vec<ConnectorConfigExpand> => each,
        }
    }
}

impl Operation for ListConnectorConfigs {
    type Output = Page<ConnectorConfig>;

    fn request(&self) -> Result<Request> {
        check::limit(self.limit)?;
        check::filters("connector_names", self.connector_names.as_ref())?;
        check::search(self.search_query.as_ref())?;
        Ok(
            Request::named("list_connector_configs", Method::Get, "/connector-config")
                .page(self.limit, self.offset)
                .query_list("connector_names", &self.connector_names)
                .optional_query("search_query", &self.search_query)
                .query_list("expand", &self.expand),
        )
    }
}

list_operation!(ListConnectorConfigs, ConnectorConfig, NewestFirst, |row| Some(
    row.id.as_str()
), by updated_at);

params! {
    /// Parameters of `delete_connector_config`.
    pub struct DeleteConnectorConfig {
        required {
            /// The connector config, `ccfg_…`.
            id: String,
        }
        optional {}
    }
}

impl Operation for DeleteConnectorConfig {
    type Output = Deleted;

    fn request(&self) -> Result<Request> {
        check::id("id", &self.id, "ccfg_")?;
        Ok(Request::named(
            "delete_connector_config",
            Method::Delete,
            "/connector-config/{id}",
        )
        .path_param("id", &self.id))
    }
}

from_id!(GetConnectorConfig, DeleteConnectorConfig);

open_enum! {
    /// A further detail of a connector config.
    pub enum ConnectorConfigExpand {
        /// Its connector's own description.
        Connector = "connector",
        /// The JSON schemas of its settings and config. The API sends them only together with
        /// `connector` where it gets one config.
        ConnectorSchemas = "connector.schemas",
        /// The number of connections that are made with it.
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
            /// The time of its creation.
            created_at: Timestamp,
            /// The time of its last change.
            updated_at: Timestamp,
            /// The organisation.
            org_id: String,
            /// A name for people.
            display_name: String,
            /// True if it is switched off.
            disabled: bool,
            /// Your own JSON.
            metadata: Json,
            /// The connector, such as `github`.
            connector_name: String,
            /// The organisation's part of the settings. The API always shows it, client secrets
            /// included, so it is redacted like one.
            config: Settings,
            /// The connector's own description, when it was asked for.
            connector: Connector,
            /// The number of connections that are made with it, when it was asked for.
            connection_count: u64,
        }
    }
}
