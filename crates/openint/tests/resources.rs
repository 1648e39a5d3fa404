//! Every operation against the sandbox: what is sent, and what comes back typed.

use openint::{
    ConnectionExpand, ConnectionStatus, ConnectorData, CreateConnection, ErrorKind, GetConnection,
    ListConnections, OAuth2Credentials, Openint, RefreshPolicy, Role,
};
use openint_sandbox::Sandbox;

fn client(sandbox: &Sandbox) -> Openint {
    Openint::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
        .build()
        .unwrap()
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
        .expand(ConnectionExpand::Connector);
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
