/// The operations of the API, by the name that the native library knows them by.
enum Operation: String {
    case createConnection = "create_connection"
    case getConnection = "get_connection"
    case listConnections = "list_connections"
    case deleteConnection = "delete_connection"
    case checkConnection = "check_connection"
    case createConnectorConfig = "create_connector_config"
    case getConnectorConfig = "get_connector_config"
    case listConnectorConfigs = "list_connector_configs"
    case updateConnectorConfig = "update_connector_config"
    case deleteConnectorConfig = "delete_connector_config"
    case listConnectors = "list_connectors"
    case connectorStatus = "connector_status"
    case upsertCustomer = "upsert_customer"
    case listCustomers = "list_customers"
    case createCustomerToken = "create_customer_token"
    case listEvents = "list_events"
    case viewer
    case health
    case healthEcho = "health_echo"
    case messageTemplate = "message_template"

    var isWrite: Bool {
        switch self {
        case .getConnection, .listConnections, .getConnectorConfig, .listConnectorConfigs,
            .listConnectors, .connectorStatus, .listCustomers, .listEvents, .viewer, .health,
            .healthEcho, .messageTemplate:
            false
        case .createConnection, .deleteConnection, .checkConnection, .createConnectorConfig,
            .updateConnectorConfig, .deleteConnectorConfig, .upsertCustomer, .createCustomerToken:
            true
        }
    }
}
