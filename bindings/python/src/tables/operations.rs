// The operations, with what Python tells of them. Parameters and their documentation stand in the
// core.
operations! {
    /// Creates a connection of a customer from credentials that you have.
    ///
    /// The API does not recognise a repetition: calling it twice makes two connections, unless an
    /// `idempotency_key` says that they are one. Without a key it is tried again only when the
    /// server cannot have created the first; where nobody can know, the error's
    /// `may_have_been_applied` is true.
    ///
    /// >>> from openint_sdk import ConnectorData, OAuth2Credentials
    /// >>> connection = client.create_connection(
    /// ...     connector_config_id="ccfg_github_sandbox",
    /// ...     customer_id="customer_42",
    /// ...     data=ConnectorData.oauth2(
    /// ...         "github", OAuth2Credentials(access_token="gho_16C7e42F", expires_in=28_800)
    /// ...     ),
    /// ...     metadata={"plan": "pro"},
    /// ... )
    /// >>> connection.metadata["plan"]
    /// 'pro'
    /// >>> connection.settings.oauth.credentials.expires_at > connection.created_at
    /// True
    by_name fn create_connection(CreateConnection) -> Connection;

    /// Gets a connection.
    ///
    /// >>> created = client.create_connection(
    /// ...     connector_config_id="ccfg_greenhouse_sandbox",
    /// ...     customer_id="customer_42",
    /// ...     data={"connector_name": "greenhouse", "settings": {"apiKey": "gh_live_42"}},
    /// ... )
    /// >>> client.get_connection(created.id).settings is None
    /// True
    /// >>> shown = client.get_connection(created.id, include_secrets=True, refresh_policy="none")
    /// >>> shown.settings.api_key
    /// 'gh_live_42'
    by_place fn get_connection(GetConnection) -> Connection;

    /// Lists connections, those that changed last first. `iter_connections` reads all.
    ///
    /// >>> page = client.list_connections(customer_id="customer_41", connector_names=["github"])
    /// >>> page.items
    /// ()
    list fn list_connections(ListConnections) -> Connection;

    /// All connections, asked for page by page as they are needed.
    ///
    /// Every row that exists during the whole reading comes exactly once, also when rows are created,
    /// changed and deleted meanwhile; otherwise the last thing that comes out is an
    /// `IncompleteListError`. Any error is the last thing, and rows before it stay good. Memory holds
    /// one page, and 16 bytes of each row that came. To delete what a list gives, collect it first.
    ///
    /// >>> for connection in client.iter_connections(customer_id="customer_41"):
    /// ...     print(connection.id)
    iterator fn iter_connections(ListConnections) -> Connection;

    /// Deletes a connection, `conn_…`. A second time it is a `NotFoundError`.
    ///
    /// After a repetition that error can mean that the first attempt deleted it.
    ///
    /// >>> created = client.create_connection(
    /// ...     connector_config_id="ccfg_",
    /// ...     customer_id="customer_id",
    /// ...     data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
    /// ... )
    /// >>> client.delete_connection(created.id).id == created.id
    /// True
    by_place fn delete_connection(DeleteConnection) -> Deleted;

    /// Tries the credentials of a connection, `conn_…`, at the connected service.
    ///
    /// A failed check is a success of this call: look at the `status`.
    ///
    /// >>> created = client.create_connection(
    /// ...     connector_config_id="ccfg_",
    /// ...     customer_id="customer_id",
    /// ...     data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
    /// ... )
    /// >>> if client.check_connection(created.id).status != "healthy":
    /// ...     print("ask the customer to connect again")
    /// ask the customer to connect again
    by_place fn check_connection(CheckConnection) -> ConnectionCheck;

    /// Creates a connector config: a connector as your organisation uses it.
    ///
    /// Calling it twice makes two, so it is tried again only when the server cannot have created
    /// the first.
    ///
    /// >>> config = client.create_connector_config(
    /// ...     "github",
    /// ...     display_name="GitHub",
    /// ...     config={"oauth": {"client_id": "a", "client_secret": "b"}},
    /// ... )
    /// >>> config.id.startswith("ccfg_github_")
    /// True
    by_place fn create_connector_config(CreateConnectorConfig) -> ConnectorConfig;

    /// Gets a connector config. The API always shows its `config`, client secrets included.
    ///
    /// >>> config = client.get_connector_config("ccfg_discord_sandbox", expand="connector")
    /// >>> config.connector.name
    /// 'discord'
    by_place fn get_connector_config(GetConnectorConfig) -> ConnectorConfig;

    /// Lists connector configs. `iter_connector_configs` reads all.
    ///
    /// >>> page = client.list_connector_configs(
    /// ...     connector_names="discord", expand="connection_count"
    /// ... )
    /// >>> page.items[0].connection_count
    /// 0
    list fn list_connector_configs(ListConnectorConfigs) -> ConnectorConfig;

    /// All connector configs, asked for page by page: see `iter_connections`.
    ///
    /// >>> sorted(config.connector_name for config in client.iter_connector_configs())[:2]
    /// ['acme-apikey', 'acme-oauth2']
    iterator fn iter_connector_configs(ListConnectorConfigs) -> ConnectorConfig;

    /// Changes a connector config. What is not given stays.
    ///
    /// >>> client.update_connector_config("ccfg_github_sandbox", disabled=True).disabled
    /// True
    by_place fn update_connector_config(UpdateConnectorConfig) -> ConnectorConfig;

    /// Deletes a connector config, `ccfg_…`.
    ///
    /// >>> config = client.create_connector_config("github")
    /// >>> client.delete_connector_config(config.id).id == config.id
    /// True
    by_place fn delete_connector_config(DeleteConnectorConfig) -> Deleted;

    /// Lists the connectors that the API knows. `iter_connectors` reads all.
    ///
    /// >>> len(client.list_connectors(limit=10))
    /// 10
    list fn list_connectors(ListConnectors) -> Connector;

    /// All connectors, asked for page by page: see `iter_connections`.
    ///
    /// >>> "github" in {connector.name for connector in client.iter_connectors(page_size=100)}
    /// True
    iterator fn iter_connectors(ListConnectors) -> Connector;

    /// Says of every connector whether the organisation uses it and whether it works.
    ///
    /// >>> report = client.connector_status()
    /// >>> len(report.list) == report.total
    /// True
    by_name fn connector_status(GetConnectorStatus) -> ConnectorStatusReport;

    /// Creates a customer, or changes the one of that id.
    ///
    /// **It replaces the customer's metadata**: without any in the call, what was there is gone.
    ///
    /// >>> client.upsert_customer("customer_42", metadata={"plan": "pro"}).metadata
    /// {'plan': 'pro'}
    by_place fn upsert_customer(UpsertCustomer) -> Customer;

    /// Lists customers. `iter_customers` reads all.
    ///
    /// >>> client.list_customers(search_query="nobody").items
    /// ()
    list fn list_customers(ListCustomers) -> Customer;

    /// All customers, asked for page by page: see `iter_connections`.
    ///
    /// >>> for customer in client.iter_customers(search_query="nobody"):
    /// ...     print(customer.id, customer.connection_count)
    iterator fn iter_customers(ListCustomers) -> Customer;

    /// Makes a token for a customer, for use in a browser or an app.
    ///
    /// With it comes a link to a page on which the customer connects services. A customer that
    /// OpenInt has not seen is created.
    ///
    /// **It wipes the customer's metadata.** The API does not decode the id in the path. Letters,
    /// digits and `-._~@:+$=&,;()!*` go as they are; with any other character, such as a blank or
    /// `é`, the token is that of another customer than the one in `create_connection`.
    ///
    /// A client for what the customer may do is made from the token, or from the API key that
    /// comes with it.
    ///
    /// >>> token = client.create_customer_token(
    /// ...     "customer_42",
    /// ...     validity_in_seconds=600,
    /// ...     connect_options={"connector_names": ["github"], "view": "add"},
    /// ... )
    /// >>> Openint(api_key=token.token).viewer().role
    /// 'customer'
    by_place fn create_customer_token(CreateCustomerToken) -> CustomerToken;

    /// Lists what happened in the organisation, the newest first. `iter_events` reads all.
    ///
    /// >>> for event in client.list_events(since="2100-01-01T00:00:00Z", limit=10):
    /// ...     print(event.timestamp, event.name)
    list fn list_events(ListEvents) -> Event;

    /// All events, asked for page by page: see `iter_connections`.
    ///
    /// >>> next(client.iter_events(since="2100-01-01T00:00:00Z"), None) is None
    /// True
    iterator fn iter_events(ListEvents) -> Event;

    /// Says who the key belongs to.
    ///
    /// >>> viewer = client.viewer()
    /// >>> viewer.role, viewer.org_id
    /// ('org', 'org_sandbox')
    by_name fn viewer(GetViewer) -> Viewer;

    /// Says whether the API is there.
    ///
    /// >>> client.health().ok
    /// True
    by_name fn health(GetHealth) -> Health;

    /// Sends any JSON object there and back, so that a connection is open when it is needed.
    ///
    /// >>> client.health_echo({"warm": 1})
    /// {'input': {'warm': 1}}
    by_place fn health_echo(EchoHealth) -> Json;

    /// Gets a text that explains a customer's connections to a language model.
    ///
    /// It holds an API key of the customer. A customer that is only named in `create_connection` has
    /// no record of its own, so this is a `NotFoundError` for it.
    ///
    /// >>> client.message_template("customer_42", language="javascript").language
    /// 'javascript'
    by_place fn message_template(GetMessageTemplate) -> MessageTemplate;
}
