import Foundation
import OpenintSDK
import Testing

@Suite("ModelTests")
struct ModelTests {
    private let text =
        #"{"created_at":null,"id":"conn_1","region":{"name":"moon"},"status":"hibernating","updated_at":"one day"}"#

    @Test func absentAndNullAreToldApartAndNothingIsLost() throws {
        let connection = try Connection(json: try JSONValue(parsing: text))
        #expect(connection.status == .other(value: "hibernating"))
        #expect("\(try #require(connection.status))" == "hibernating")
        #expect(connection.createdAt == nil && connection.extra.isNull("created_at"))
        #expect(!connection.extra.isNull("tenant") && connection.extra["tenant"] == nil)
        #expect(connection.updatedAt?.date == nil)
        #expect(connection.updatedAt?.text == "one day")
        #expect(connection.extra == ["created_at": nil, "region": ["name": "moon"]])
        #expect(connection.extra.names == ["created_at", "region"])
        #expect(connection.settings == nil && connection.metadata == nil)
        #expect(try connection.toJSON().text == text)
    }

    @Test func aModelIsCodableAndEqualByValue() throws {
        let connection = try Connection(json: try JSONValue(parsing: text))
        let copy = try JSONDecoder().decode(
            Connection.self, from: try JSONEncoder().encode(connection))
        #expect(copy == connection && Set([connection, copy]).count == 1)
        let other = Connection(id: "conn_1", status: .healthy)
        #expect(other != connection)
        #expect(try other.toJSON().text == #"{"id":"conn_1","status":"healthy"}"#)
    }

    @Test(arguments: ["{}", "[]", "null", #"{"id":1}"#, #"{"id":null}"#])
    func whatHasNoIDIsNoConnection(_ text: String) throws {
        let json = try JSONValue(parsing: text)
        #expect(throws: OpenintError.self) { try Connection(json: json) }
    }

    @Test func whatDoesNotFitIsNamedByItsPath() throws {
        do {
            _ = try OAuth2Settings(json: ["credentials": ["access_token": 1]])
            Issue.record("it fits")
        } catch OpenintError.decode(let path, let outcome) {
            #expect(path == "credentials.access_token")
            #expect(outcome.message.contains(path))
        }
    }

    @Test func aModelPrintsWhatIsNoSecret() throws {
        let connection = try Connection(json: [
            "id": "conn_1", "connector_config_id": "ccfg_1", "settings": ["k": "sesame"],
            "metadata": ["k": "sesame"], "status_message": "sesame", "display_name": nil,
            "new": "sesame",
        ])
        let printed = "\(connection)"
        #expect(printed == connection.debugDescription)
        #expect(printed.contains("conn_1") && printed.contains("ccfg_1"))
        #expect(printed.contains("[redacted]") && printed.contains("new"))
        #expect(!printed.contains("sesame"))
    }

    @Test func credentialsComeBackWhole() throws {
        let json: JSONValue = [
            "access_token": "at", "refresh_token": "rt", "client_id": nil, "scope": "a b",
            "expires_in": 3600, "expires_at": "2026-11-24T02:12:36Z", "token_type": "Bearer",
            "raw": ["guild": 1], "id_token": "new",
        ]
        let settings = ConnectorSettings(["oauth": ["credentials": json]])
        let credentials = try #require(try settings.oauth2?.credentials)
        #expect(try credentials.toJSON() == json)
        #expect(credentials.accessToken.expose() == "at")
        #expect(credentials.expiresIn?.int == 3600)
        #expect(credentials.expiresAt?.date == Date(timeIntervalSince1970: 1_795_486_356))
        #expect(credentials.extra == ["client_id": nil, "id_token": "new"])
        #expect(settings.accessToken?.expose() == "at")
        #expect(ConnectorSettings(["apiKey": "k"]).apiKey?.expose() == "k")
        #expect(try ConnectorSettings(["api_key": "k"]).oauth2 == nil)
        #expect(throws: OpenintError.self) { try ConnectorSettings(["oauth": 1]).oauth2 }
        let data = try ConnectorData.oauth2("github", credentials: credentials)
        #expect(data.settings == settings)
    }
}
