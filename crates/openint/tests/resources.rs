//! Every operation against the sandbox: what is sent, and what comes back typed.

mod support;

use openint::{
    ConnectOptions, ConnectView, ConnectionExpand, ConnectionStatus, ConnectorConfigExpand,
    ConnectorData, ConnectorExpand, CreateConnection, CreateConnectorConfig, CreateCustomerToken,
    ErrorKind, GetConnection, GetConnectorConfig, GetMessageTemplate, ListConnections,
    ListConnectorConfigs, ListConnectors, ListCustomers, ListEvents, OAuth2Credentials, Openint,
    RefreshPolicy, Role, UpdateConnectorConfig, UpsertCustomer,
};
use openint_sandbox::Sandbox;
use serde_json::json;

fn client(sandbox: &Sandbox) -> Openint {
    support::builder(sandbox).build().unwrap()
}

fn last_target(sandbox: &Sandbox) -> String {
    sandbox.requests().last().unwrap().target.clone()
}

#[test]
fn a_connection_from_its_creation_to_its_end() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let data = ConnectorData::oauth2("acme-oauth2", OAuth2Credentials::new("x"));
    let create = CreateConnection::new("ccfg_acme-oauth2_sandbox", "cus_1", data);
    let id = client.create_connection(&create).unwrap().id;

    let connection = client.get_connection(&id).unwrap();
    assert_eq!(connection.settings, None);
    assert_eq!(last_target(&sandbox), format!("/v1/connection/{id}"));

    let get = GetConnection::new(&id)
        .include_secrets(true)
        .refresh_policy(RefreshPolicy::None)
        .expand([ConnectionExpand::Connector]);
    let connection = client.get_connection(get).unwrap();
    assert_eq!(
        connection
            .settings
            .unwrap()
            .access_token()
            .unwrap()
            .expose(),
        "x"
    );
    assert_eq!(connection.connector.unwrap().name, "acme-oauth2");
    assert_eq!(
        last_target(&sandbox),
        format!("/v1/connection/{id}?include_secrets=true&refresh_policy=none&expand=connector")
    );

    let check = client.check_connection(&id).unwrap();
    assert_eq!(check.id, id);
    assert_eq!(check.status, Some(ConnectionStatus::Error));
    assert!(!format!("{check:?}").contains("introspection"));

    assert_eq!(client.delete_connection(&id).unwrap().id, id);
    assert_eq!(
        client.delete_connection(&id).unwrap_err().status(),
        Some(404)
    );
    assert_eq!(client.get_connection(&id).unwrap_err().status(), Some(404));
}

#[test]
fn the_filters_of_a_list() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    for (config, connector, field) in [
        ("ccfg_greenhouse_sandbox", "greenhouse", "apiKey"),
        ("ccfg_acme-apikey_sandbox", "acme-apikey", "api_key"),
    ] {
        let data = ConnectorData::api_key(connector, field, "k");
        client
            .create_connection(&CreateConnection::new(config, "cus & 1", data))
            .unwrap();
    }
    let count = |list: ListConnections| client.list_connections(&list).unwrap().items.len();
    let all = || ListConnections::new().customer_id("cus & 1");
    assert_eq!(count(all()), 2);
    assert_eq!(count(all().connector_name("greenhouse")), 1);
    assert_eq!(
        count(
            all()
                .connector_name("greenhouse")
                .connector_name("acme-apikey")
        ),
        2
    );
    assert_eq!(
        count(all().connector_config_id("ccfg_greenhouse_sandbox")),
        1
    );
    assert_eq!(count(ListConnections::new().customer_id("nobody")), 0);
    assert_eq!(count(all().limit(1).offset(1)), 1);

    let page = client
        .list_connections(&all().include_secrets(true).limit(1))
        .unwrap();
    assert_eq!(
        (page.total, page.limit, page.offset),
        (Some(2), Some(1), Some(0))
    );
    assert!(page.items[0].settings.is_some());
    assert!(last_target(&sandbox).contains("include_secrets=true"));
    let page = client
        .list_connections(&all().include_secrets(false))
        .unwrap();
    assert!(page.items[0].settings.is_none());
    assert!(!last_target(&sandbox).contains("include_secrets"));
}

#[test]
fn ids_of_another_kind_are_refused_before_anything_is_sent() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    for error in [
        client.get_connection("ccfg_1").unwrap_err(),
        client.delete_connection("").unwrap_err(),
        client.check_connection("cus_1").unwrap_err(),
        client.get_connector_config("conn_1").unwrap_err(),
        client.delete_connector_config("x").unwrap_err(),
        client.create_customer_token("..").unwrap_err(),
        client
            .list_connections(&ListConnections::new().connector_config_id("x"))
            .unwrap_err(),
    ] {
        assert!(
            matches!(error.kind(), ErrorKind::InvalidInput { .. }),
            "{error}"
        );
    }
    assert_eq!(sandbox.requests().len(), 0);
}

#[test]
fn the_api_itself() {
    let sandbox = Sandbox::start().unwrap();
    let org = client(&sandbox);
    assert!(org.health().unwrap().ok);
    let echo = org.health_echo(serde_json::json!({ "warm": 1 })).unwrap();
    assert_eq!(echo.as_str(), r#"{"input":{"warm":1}}"#);
    assert_eq!(org.viewer().unwrap().role, Role::Org);

    let customer = Openint::builder()
        .api_key("key_cus_test_123")
        .base_url(sandbox.base_url())
        .build()
        .unwrap();
    let viewer = customer.viewer().unwrap();
    assert_eq!(viewer.role, Role::Customer);
    assert_eq!(viewer.customer_id.as_deref(), Some("cus_1"));
    assert_eq!(viewer.org_id.as_deref(), Some("org_sandbox"));
}

#[test]
fn a_connector_config_from_its_creation_to_its_end() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let secret = json!({ "oauth": { "client_id": "a", "client_secret": "hunter2" } });
    let create = CreateConnectorConfig::new("acme-oauth2")
        .display_name("made here")
        .metadata(json!({ "team": 7 }))
        .config(secret);
    assert!(!format!("{create:?}").contains("hunter2"));
    let config = client.create_connector_config(&create).unwrap();
    assert!(config.id.starts_with("ccfg_acme-oauth2_"));
    assert!(!format!("{config:?}").contains("hunter2"));
    let settings = config.config.unwrap();
    assert!(settings.json().as_str().contains("hunter2"));

    let get = GetConnectorConfig::new(&config.id).expand([
        ConnectorConfigExpand::Connector,
        ConnectorConfigExpand::ConnectionCount,
    ]);
    let config = client.get_connector_config(get).unwrap();
    assert_eq!(config.display_name.as_deref(), Some("made here"));
    assert_eq!(config.connector.unwrap().name, "acme-oauth2");
    assert_eq!(config.connection_count, Some(0));
    assert!(last_target(&sandbox).ends_with("?expand=connector&expand=connection_count"));

    let list = ListConnectorConfigs::new().connector_name("acme-oauth2");
    let ids: Vec<_> = client
        .iter(list.limit(1))
        .map(|row| row.unwrap().id)
        .collect();
    assert!(ids.contains(&config.id) && ids.len() == 2, "{ids:?}");

    let update = UpdateConnectorConfig::new(&config.id).disabled(true);
    assert_eq!(
        client.update_connector_config(&update).unwrap().disabled,
        Some(true)
    );
    assert_eq!(
        client.delete_connector_config(&config.id).unwrap().id,
        config.id
    );
    let gone = client.get_connector_config(&config.id).unwrap_err();
    assert_eq!(gone.status(), Some(404));
}

#[test]
fn connectors_and_their_status() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let names: Vec<_> = client
        .iter(ListConnectors::new().limit(100))
        .map(|connector| connector.unwrap().name)
        .collect();
    assert!(names.len() > 150 && names.iter().any(|name| name == "github"));
    let list = ListConnectors::new()
        .expand([ConnectorExpand::Schemas])
        .limit(1);
    assert!(
        client.list_connectors(&list).unwrap().items[0]
            .schemas
            .is_some()
    );
    let report = client.connector_status().unwrap();
    assert_eq!(report.total, Some(report.list.len() as u64));
    assert_eq!(report.list[0].has_connection, Some(false));
}

#[test]
fn a_customer_and_a_client_from_their_token() {
    let sandbox = Sandbox::start().unwrap();
    let org = client(&sandbox);
    let upsert = UpsertCustomer::new("cus_meta").metadata(json!({ "keep": "me" }));
    let customer = org.upsert_customer(&upsert).unwrap();
    assert_eq!(customer.metadata.unwrap().as_str(), r#"{"keep":"me"}"#);
    assert!(!format!("{:?}", customer.api_key).contains("key_cus"));

    let options = ConnectOptions::new()
        .return_url("https://x.test/")
        .connector_name("acme-oauth2")
        .view(ConnectView::Add);
    let create = CreateCustomerToken::new("cus_meta")
        .validity_in_seconds(60)
        .connect_options(options);
    let token = org.create_customer_token(create).unwrap();
    assert!(
        token
            .magic_link_url
            .as_ref()
            .unwrap()
            .expose()
            .contains("return_url=")
    );
    assert!(!format!("{token:?}").contains(token.token.expose()));
    // As the documentation warns: the token wiped the metadata.
    let customer = org
        .upsert_customer(&UpsertCustomer::new("cus_meta"))
        .unwrap();
    assert_eq!(customer.metadata, None);

    for key in [token.token, token.api_key.unwrap()] {
        let customer = Openint::builder()
            .api_key(key)
            .base_url(sandbox.base_url())
            .build()
            .unwrap();
        let viewer = customer.viewer().unwrap();
        assert_eq!(viewer.customer_id.as_deref(), Some("cus_meta"));
        let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
        let create = CreateConnection::new("ccfg_", "cus_meta", data);
        assert_eq!(
            customer.create_connection(&create).unwrap_err().status(),
            Some(403)
        );
    }
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    let create = CreateConnection::new("ccfg_", "cus_meta", data);
    org.create_connection(&create).unwrap();
    let listed = org
        .list_customers(&ListCustomers::new().search_query("cus_meta"))
        .unwrap();
    assert_eq!(listed.items[0].connection_count, Some(1));
}

#[test]
fn events_and_the_message_template() {
    let sandbox = Sandbox::start().unwrap();
    let client = client(&sandbox);
    let data = ConnectorData::new("dummy-oauth2", json!({ "oauth": {} }));
    let create = CreateConnection::new("ccfg_", "cus_1", data);
    let id = client.create_connection(&create).unwrap().id;
    client.delete_connection(&id).unwrap();
    let events = client.list_events(&ListEvents::new().limit(1)).unwrap();
    let event = &events.items[0];
    assert_eq!(event.name.as_deref(), Some("connect.connection-deleted"));
    assert!(event.data.as_ref().unwrap().as_str().contains(&id));
    assert!(event.timestamp.as_ref().unwrap().to_system_time().is_some());
    let later =
        ListEvents::new().since(std::time::SystemTime::now() + std::time::Duration::from_secs(60));
    assert!(client.list_events(&later).unwrap().items.is_empty());

    let template = client
        .message_template(&GetMessageTemplate::new("cus_1"))
        .unwrap();
    assert!(!template.template.expose().is_empty());
}
