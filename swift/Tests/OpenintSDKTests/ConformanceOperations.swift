import Foundation
import OpenintSDK

typealias ConformanceOperation =
    @Sendable (Openint, ConformanceParameters, RequestOptions) async throws -> ConformanceAnswer
typealias ConformanceList =
    @Sendable (Openint, ConformanceParameters, RequestOptions) async throws ->
    ConformanceCall.Outcome

/// The method of each operation, by the operation's name in the conformance cases.
let conformanceOperations: [String: ConformanceOperation] = [
    "create_connection": { client, given, options in
        let given = try given.only(
            "connector_config_id", "customer_id", "data", "metadata", "check_connection",
            "idempotency_key")
        return try ConformanceAnswer(
            try await client.createConnection(
                connectorConfigID: given.text("connector_config_id"),
                customerID: given.text("customer_id"),
                data: ConnectorData(
                    connectorName: given.json["data"]?["connector_name"]?.string ?? "",
                    settings: ConnectorSettings(given.json["data"]?["settings"] ?? .null)),
                metadata: given.json["metadata"], checkConnection: given.flag("check_connection"),
                idempotencyKey: given.optional("idempotency_key"), options: options))
    },
    "get_connection": { client, given, options in
        let given = try given.only("id", "include_secrets", "refresh_policy", "expand")
        return try ConformanceAnswer(
            try await client.getConnection(
                id: given.text("id"), includeSecrets: given.flag("include_secrets") ?? false,
                refreshPolicy: given.word("refresh_policy", RefreshPolicy.other),
                expand: given.words("expand", ConnectionExpand.other),
                options: options))
    },
    "list_connections": { client, given, options in
        let given = try connectionFilters(given)
        return try ConformanceAnswer(
            page: try await client.listConnections(
                customerID: given.optional("customer_id"),
                connectorConfigID: given.optional("connector_config_id"),
                connectorNames: given.texts("connector_names"),
                searchQuery: given.optional("search_query"),
                includeSecrets: given.flag("include_secrets") ?? false,
                refreshPolicy: given.word("refresh_policy", RefreshPolicy.other),
                expand: given.words("expand", ConnectionExpand.other),
                limit: given.number("limit"), offset: given.number("offset") ?? 0, options: options)
        )
    },
    "delete_connection": { client, given, options in
        let given = try given.only("id")
        return try ConformanceAnswer(
            try await client.deleteConnection(id: given.text("id"), options: options))
    },
    "check_connection": { client, given, options in
        let given = try given.only("id")
        return try ConformanceAnswer(
            try await client.checkConnection(id: given.text("id"), options: options))
    },
    "create_connector_config": { client, given, options in
        let given = try given.only(
            "connector_name", "display_name", "disabled", "metadata", "config")
        return try ConformanceAnswer(
            try await client.createConnectorConfig(
                connectorName: given.text("connector_name"),
                displayName: given.optional("display_name"), disabled: given.flag("disabled"),
                metadata: given.json["metadata"], config: given.settings("config"), options: options
            ))
    },
    "get_connector_config": { client, given, options in
        let given = try given.only("id", "expand")
        return try ConformanceAnswer(
            try await client.getConnectorConfig(
                id: given.text("id"), expand: given.words("expand", ConnectorConfigExpand.other),
                options: options))
    },
    "list_connector_configs": { client, given, options in
        let given = try configFilters(given)
        return try ConformanceAnswer(
            page: try await client.listConnectorConfigs(
                connectorNames: given.texts("connector_names"),
                searchQuery: given.optional("search_query"),
                expand: given.words("expand", ConnectorConfigExpand.other),
                limit: given.number("limit"), offset: given.number("offset") ?? 0, options: options)
        )
    },
    "update_connector_config": { client, given, options in
        let given = try given.only("id", "display_name", "disabled", "config")
        return try ConformanceAnswer(
            try await client.updateConnectorConfig(
                id: given.text("id"), displayName: given.optional("display_name"),
                disabled: given.flag("disabled"), config: given.settings("config"), options: options
            ))
    },
    "delete_connector_config": { client, given, options in
        let given = try given.only("id")
        return try ConformanceAnswer(
            try await client.deleteConnectorConfig(id: given.text("id"), options: options))
    },
    "list_connectors": { client, given, options in
        let given = try given.only("expand", "limit", "offset")
        return try ConformanceAnswer(
            page: try await client.listConnectors(
                expand: given.words("expand", ConnectorExpand.other), limit: given.number("limit"),
                offset: given.number("offset") ?? 0, options: options))
    },
    "connector_status": { client, given, options in
        _ = try given.only()
        return try ConformanceAnswer(try await client.connectorStatus(options: options))
    },
    "upsert_customer": { client, given, options in
        let given = try given.only("id", "metadata")
        return try ConformanceAnswer(
            try await client.upsertCustomer(
                id: given.text("id"), metadata: given.json["metadata"], options: options))
    },
    "list_customers": { client, given, options in
        let given = try given.only("search_query", "limit", "offset")
        return try ConformanceAnswer(
            page: try await client.listCustomers(
                searchQuery: given.optional("search_query"), limit: given.number("limit"),
                offset: given.number("offset") ?? 0, options: options))
    },
    "create_customer_token": { client, given, options in
        let given = try given.only("customer_id", "validity_in_seconds", "connect_options")
        return try ConformanceAnswer(
            try await client.createCustomerToken(
                customerID: given.text("customer_id"),
                validityInSeconds: given.number("validity_in_seconds"),
                connectOptions: try connectOptions(given), options: options))
    },
    "list_events": { client, given, options in
        let given = try eventFilters(given)
        return try ConformanceAnswer(
            page: try await client.listEvents(
                searchQuery: given.optional("search_query"), since: try since(given),
                includePrompt: given.flag("include_prompt") ?? false, limit: given.number("limit"),
                offset: given.number("offset") ?? 0, options: options))
    },
    "viewer": { client, given, options in
        _ = try given.only()
        return try ConformanceAnswer(try await client.viewer(options: options))
    },
    "health": { client, given, options in
        _ = try given.only()
        return try ConformanceAnswer(try await client.health(options: options))
    },
    "health_echo": { client, given, options in
        let given = try given.only("body")
        return ConformanceAnswer(
            json: try await client.healthEcho(given.json["body"] ?? .null, options: options))
    },
    "message_template": { client, given, options in
        let given = try given.only("customer_id", "language", "use_environment_variables")
        return try ConformanceAnswer(
            try await client.messageTemplate(
                customerID: given.text("customer_id"),
                language: given.word("language", TemplateLanguage.other),
                useEnvironmentVariables: given.flag("use_environment_variables") ?? false,
                options: options))
    },
    "request": { client, given, options in
        let given = try given.only(
            "method", "path", "path_params", "query", "body", "repeat_safe")
        guard let method = methods[given.text("method")] else {
            throw TestFailure("no method \(given.json)")
        }
        let response = try await client.request(
            method, given.text("path"),
            pathParameters: given.json.fields("path_params"),
            query: (given.json["query"]?.array ?? []).map {
                URLQueryItem(name: $0[0]?.string ?? "", value: $0[1]?.string)
            },
            body: given.json["body"], repeatSafe: given.flag("repeat_safe"), options: options)
        return ConformanceAnswer(json: response.value)
    },
]

/// The sequence of each list, read to its end.
let conformanceLists: [String: ConformanceList] = [
    "list_connections": { client, given, options in
        let given = try connectionFilters(given)
        return try await rows(
            client.connections(
                customerID: given.optional("customer_id"),
                connectorConfigID: given.optional("connector_config_id"),
                connectorNames: given.texts("connector_names"),
                searchQuery: given.optional("search_query"),
                includeSecrets: given.flag("include_secrets") ?? false,
                refreshPolicy: given.word("refresh_policy", RefreshPolicy.other),
                expand: given.words("expand", ConnectionExpand.other),
                pageSize: given.number("limit"), offset: given.number("offset") ?? 0,
                options: options))
    },
    "list_connector_configs": { client, given, options in
        let given = try configFilters(given)
        return try await rows(
            client.connectorConfigs(
                connectorNames: given.texts("connector_names"),
                searchQuery: given.optional("search_query"),
                expand: given.words("expand", ConnectorConfigExpand.other),
                pageSize: given.number("limit"), offset: given.number("offset") ?? 0,
                options: options))
    },
    "list_connectors": { client, given, options in
        let given = try given.only("expand", "limit", "offset")
        return try await rows(
            client.connectors(
                expand: given.words("expand", ConnectorExpand.other),
                pageSize: given.number("limit"),
                offset: given.number("offset") ?? 0, options: options))
    },
    "list_customers": { client, given, options in
        let given = try given.only("search_query", "limit", "offset")
        return try await rows(
            client.customers(
                searchQuery: given.optional("search_query"), pageSize: given.number("limit"),
                offset: given.number("offset") ?? 0, options: options))
    },
    "list_events": { client, given, options in
        let given = try eventFilters(given)
        return try await rows(
            client.events(
                searchQuery: given.optional("search_query"), since: try since(given),
                includePrompt: given.flag("include_prompt") ?? false,
                pageSize: given.number("limit"), offset: given.number("offset") ?? 0,
                options: options))
    },
]

private func rows<Row: APIModel>(
    _ sequence: PagedSequence<Row>
) async throws -> ConformanceCall.Outcome {
    var rows: [JSONValue] = []
    var printed: [String] = []
    var iterator = sequence.makeAsyncIterator()
    do {
        while let row = try await iterator.next() {
            rows.append(try row.toJSON())
            printed += everyPrint(of: row)
        }
        return .init(value: .array(rows), printed: printed)
    } catch let error as OpenintError {
        guard try await iterator.next() == nil else {
            throw TestFailure("an error was not the end of the list")
        }
        return .init(value: .array(rows), error: error, attempts: error.attempts)
    }
}

private func connectionFilters(_ given: ConformanceParameters) throws -> ConformanceParameters {
    try given.only(
        "customer_id", "connector_config_id", "connector_names", "search_query",
        "include_secrets", "refresh_policy", "expand", "limit", "offset")
}

private func configFilters(_ given: ConformanceParameters) throws -> ConformanceParameters {
    try given.only("connector_names", "search_query", "expand", "limit", "offset")
}

private func eventFilters(_ given: ConformanceParameters) throws -> ConformanceParameters {
    try given.only("search_query", "since", "include_prompt", "limit", "offset")
}

private func since(_ given: ConformanceParameters) throws -> Date? {
    guard let text = given.json["since"] else { return nil }
    guard let date = Timestamp(text.string ?? "").date else {
        throw TestFailure("since is no time: \(text)")
    }
    return date
}

private func connectOptions(_ given: ConformanceParameters) throws -> ConnectOptions? {
    guard let json = given.json["connect_options"] else { return nil }
    let given = try ConformanceParameters(json: json).only(
        "return_url", "connector_names", "view", "debug", "is_embedded", "hide_navigation")
    return ConnectOptions(
        returnURL: given.optional("return_url"), connectorNames: given.texts("connector_names"),
        view: given.word("view", ConnectView.other), debug: given.flag("debug"),
        isEmbedded: given.flag("is_embedded"), hideNavigation: given.flag("hide_navigation"))
}

private let methods: [String: HTTPMethod] = [
    "GET": .get, "POST": .post, "PUT": .put, "PATCH": .patch, "DELETE": .delete,
]

/// An answer, and what it is as JSON.
struct ConformanceAnswer: Sendable {
    let value: any Sendable
    let json: JSONValue

    init(_ model: some APIModel) throws {
        value = model
        json = try model.toJSON()
    }

    init(page: some Page) throws {
        value = page
        var fields = page.extra.fields
        fields["items"] = .array(try page.items.map { try $0.toJSON() })
        let counts = ["total": page.total, "limit": page.limit, "offset": page.offset]
        for case (let name, let count?) in counts {
            fields[name] = .number(JSONNumber(count))
        }
        fields["has_next_page"] = page.hasNextPage.map { .bool($0) } ?? fields["has_next_page"]
        json = .object(fields)
    }

    init(json: JSONValue) {
        value = json
        self.json = json
    }
}

protocol Page<Item>: Sendable {
    associatedtype Item: APIModel
    var items: [Item] { get }
    var total: Int64? { get }
    var limit: Int64? { get }
    var offset: Int64? { get }
    var hasNextPage: Bool? { get }
    var extra: Extra { get }
}

extension ConnectionPage: Page {}
extension ConnectorConfigPage: Page {}
extension ConnectorPage: Page {}
extension CustomerPage: Page {}
extension EventPage: Page {}
