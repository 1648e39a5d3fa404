import Foundation
import OpenintSDK
import Testing

@Suite("ModelTests")
struct ModelTests {
    private let time: JSONValue = "2026-11-24 02:12:36+00"
    private let date = Date(timeIntervalSince1970: 1_795_486_356)

    @Test func everyFieldOfAConnectionHasItsProperty() throws {
        let connection: Connection = try full([
            "id": "conn_1", "customer_id": "cus_1", "connector_config_id": "ccfg_1",
            "integration_id": "int_1", "connector_name": "github", "display_name": "Mine",
            "disabled": true, "status": "healthy", "status_message": "well", "created_at": time,
            "updated_at": time, "settings": ["access_token": "at"], "metadata": ["a": 1],
            "connector": ["name": "github"], "integration": ["id": "int_1"],
        ])
        #expect(connection.id == "conn_1" && connection.customerID == "cus_1")
        #expect(connection.connectorConfigID == "ccfg_1" && connection.integrationID == "int_1")
        #expect(connection.connectorName == "github" && connection.displayName == "Mine")
        #expect(connection.disabled == true && connection.status == .healthy)
        #expect(connection.statusMessage?.expose() == "well")
        #expect(connection.createdAt == date && connection.updatedAt == date)
        #expect(connection.settings?.accessToken?.expose() == "at")
        #expect(connection.metadata == ["a": 1] && connection.connector?.name == "github")
        #expect(connection.integration == ["id": "int_1"])
    }

    @Test func everyFieldOfAConnectorConfigHasItsProperty() throws {
        let config: ConnectorConfig = try full([
            "id": "ccfg_1", "org_id": "org_1", "connector_name": "github", "display_name": "Mine",
            "disabled": false, "created_at": time, "updated_at": time, "connection_count": 3,
            "config": ["oauth": ["client_secret": "s"]], "metadata": ["a": 1],
            "connector": ["name": "github"],
        ])
        #expect(config.id == "ccfg_1" && config.orgID == "org_1" && config.disabled == false)
        #expect(config.connectorName == "github" && config.displayName == "Mine")
        #expect(config.createdAt == date && config.updatedAt == date)
        #expect(config.connectionCount == 3 && config.metadata == ["a": 1])
        #expect(config.config?.json["oauth"]?["client_secret"]?.string == "s")
        #expect(config.connector?.name == "github")
    }

    @Test func everyFieldOfAConnectorHasItsProperty() throws {
        let connector: Connector = try full([
            "name": "github", "display_name": "GitHub", "logo_url": "l", "stage": "ga",
            "platforms": ["web"], "auth_type": "OAUTH2", "has_openint_credentials": true,
            "required_scopes": ["a"], "openint_default_scopes": ["b"],
            "openint_allowed_scopes": ["c"],
            "scopes": [["scope": "d", "display_name": "D", "description": "all"]],
            "schemas": ["s": 1],
        ])
        #expect(connector.name == "github" && connector.displayName == "GitHub")
        #expect(connector.logoURL == "l" && connector.stage == .ga)
        #expect(connector.platforms == ["web"])
        #expect(connector.authType == .oauth2 && connector.hasOpenintCredentials == true)
        #expect(connector.requiredScopes == ["a"] && connector.openintDefaultScopes == ["b"])
        #expect(connector.openintAllowedScopes == ["c"] && connector.schemas == ["s": 1])
        let scope: Scope = try full(try #require(connector.scopes?.first).json)
        #expect(scope.scope == "d" && scope.displayName == "D" && scope.detail == "all")
    }

    @Test func everyFieldOfAReportHasItsProperty() throws {
        let report: ConnectorStatusReport = try full([
            "list": [
                [
                    "name": "github", "hasConnectionForOrg": true, "isHealthyForOrg": false,
                    "hasDefaultCredentials": true, "complete": false,
                ]
            ],
            "numTotalConnectors": 1, "numWithConnectionForOrg": 2, "numHealthyForOrg": 3,
            "numWithDefaultCredentials": 4, "numComplete": 5,
        ])
        #expect(report.total == 1 && report.withConnection == 2 && report.healthy == 3)
        #expect(report.withDefaultCredentials == 4 && report.complete == 5)
        let status: ConnectorStatus = try full(try #require(report.list.first).json)
        #expect(status.name == "github" && status.hasConnection == true)
        #expect(status.isHealthy == false && status.hasDefaultCredentials == true)
        #expect(status.complete == false)
    }

    @Test func everyFieldOfACustomerHasItsProperty() throws {
        let customer: Customer = try full([
            "id": "cus_1", "org_id": "org_1", "api_key": "k", "connection_count": 2,
            "created_at": time, "updated_at": time, "metadata": ["a": 1],
        ])
        #expect(customer.id == "cus_1" && customer.orgID == "org_1")
        #expect(customer.apiKey?.expose() == "k" && customer.connectionCount == 2)
        #expect(customer.createdAt == date && customer.updatedAt == date)
        #expect(customer.metadata == ["a": 1])
        #expect(try Customer(json: ["connection_count": 1]).id == nil)

        let token: CustomerToken = try full(["token": "t", "magic_link_url": "m", "api_key": "k"])
        #expect(token.token.expose() == "t" && token.magicLinkURL?.expose() == "m")
        #expect(token.apiKey?.expose() == "k")
    }

    @Test func everyFieldOfAnEventHasItsProperty() throws {
        let event: Event = try full([
            "id": "evt_1", "name": "n", "timestamp": time, "org_id": "org_1", "user_id": "usr_1",
            "customer_id": "cus_1", "v": "2", "prompt": "p", "data": ["a": 1], "user": ["b": 2],
        ])
        #expect(event.id == "evt_1" && event.name == "n" && event.timestamp == date)
        #expect(event.orgID == "org_1" && event.userID == "usr_1" && event.customerID == "cus_1")
        #expect(event.version == "2" && event.prompt == "p")
        #expect(event.data == ["a": 1] && event.user == ["b": 2])
    }

    @Test func everyFieldOfOAuth2SettingsHasItsProperty() throws {
        let settings: OAuth2Settings = try full([
            "credentials": ["access_token": "at"], "created_at": time, "updated_at": time,
            "last_fetched_at": time, "metadata": ["a": 1],
        ])
        #expect(settings.credentials?.accessToken.expose() == "at")
        #expect(settings.createdAt == date && settings.updatedAt == date)
        #expect(settings.lastFetchedAt == date && settings.metadata == ["a": 1])
        #expect(throws: OpenintError.self) { try OAuth2Settings(json: []) }
    }

    @Test func everyFieldOfTheOthersHasItsProperty() throws {
        let check: ConnectionCheck = try full([
            "id": "conn_1", "status": "error", "status_message": "m",
        ])
        #expect(check.id == "conn_1" && check.status == .error)
        #expect(check.statusMessage?.expose() == "m")
        let viewer: Viewer = try full([
            "role": "org", "orgId": "org_1", "customerId": "cus_1", "userId": "usr_1",
        ])
        #expect(viewer.role == .org && viewer.orgID == "org_1" && viewer.customerID == "cus_1")
        #expect(viewer.userID == "usr_1")
        let template: MessageTemplate = try full(["template": "t", "language": "javascript"])
        #expect(template.template.expose() == "t" && template.language == .javaScript)
        let page: Page<Deleted> = try full([
            "items": [["id": "a"]], "total": 1, "limit": 2, "offset": 3,
        ])
        #expect(page.items.map(\.id) == ["a"] && page.total == 1 && page.limit == 2)
        #expect(page.offset == 3)
        #expect(try full(["ok": true], as: Health.self).ok)
    }

    @Test func absentAndNullAreToldApartAndNothingIsLost() throws {
        let text =
            #"{"created_at":null,"id":"conn_1","region":{"name":"moon"},"status":"hibernating","updated_at":"one day"}"#
        let connection = try Connection(json: try JSONValue(parsing: text))
        #expect(connection.status == "hibernating")
        #expect(connection.createdAt == nil)
        #expect(connection.isNull("created_at") && connection.has("created_at"))
        #expect(!connection.isNull("tenant") && !connection.has("tenant"))
        #expect(connection.updatedAt == nil)
        #expect(connection.updatedAtText == "one day")
        #expect(connection.extra == ["region": ["name": "moon"]])
        #expect(connection.settings == nil && connection.metadata == nil)
        #expect(connection.json.text == text)
        let copy = try JSONDecoder().decode(
            Connection.self, from: try JSONEncoder().encode(connection))
        #expect(copy == connection)
        #expect(Set([connection, copy]).count == 1)
    }

    @Test(arguments: ["{}", "[]", "null", #"{"id":1}"#, #"{"id":null}"#])
    func whatHasNoIDIsNoConnection(_ text: String) throws {
        let json = try JSONValue(parsing: text)
        #expect(throws: OpenintError.self) { try Connection(json: json) }
    }

    @Test func aModelPrintsWhatIsNoSecret() throws {
        let connection = try Connection(json: [
            "id": "conn_1", "connector_config_id": "ccfg_1", "settings": ["k": "sesame"],
            "metadata": ["k": "sesame"], "status_message": "sesame", "display_name": nil,
            "new": "sesame",
        ])
        let printed = """
            Connection(id: conn_1, connectorConfigID: ccfg_1, statusMessage: [redacted], \
            settings: [redacted], metadata: {…}, extra: ["new"])
            """
        #expect(connection.description == printed && connection.debugDescription == printed)
        let page = try Page<Connection>(json: ["items": [connection.json], "total": 1])
        #expect("\(page)" == "Page<Connection>(items: [1], total: 1, extra: [])")
    }

    @Test func timestampsAreWrittenAsTheyAreRead() async throws {
        let sandbox = try Sandbox()
        let client = try sandbox.client()
        for fraction in ["", ".5", ".000001", ".999999", ".120000"] {
            let event = try Event(json: [
                "id": "evt_1", "timestamp": .string("2026-11-24 02:12:36\(fraction)+00"),
            ])
            _ = try await client.listEvents(since: try #require(event.timestamp))
            let query = try #require(try sandbox.requests().last?["query"]?.string)
            let digits = fraction == ".120000" ? ".12" : fraction
            #expect(query == "since=2026-11-24T02%3A12%3A36\(digits)Z")
        }
    }

    /// A model of `json`, which has all fields that the model knows and no others.
    private func full<Model: APIModel>(
        _ json: JSONValue, as type: Model.Type = Model.self
    ) throws -> Model {
        let model = try Model(json: json)
        #expect(json.object?.keys.sorted() == Model.knownFields.sorted())
        #expect(model.extra.isEmpty && Model.secretFields.isSubset(of: Model.knownFields))
        return model
    }
}
