import Foundation
import OpenintSDK
import Testing

@Suite("ConnectionTests")
struct ConnectionTests {
    @Test(arguments: [
        ("2026-11-24 02:12:35.5+00", 1_795_486_355.5), ("2026-11-24T02:12:36Z", 1_795_486_356),
        ("2026-11-24 07:42:36+05:30", 1_795_486_356), ("2026-11-23 20:42:36-0530", 1_795_486_356),
        ("1969-12-31 23:59:59.5+00", -0.5), ("2024-02-29T00:00:00Z", 1_709_164_800),
    ])
    func timestampsAreRead(_ text: String, _ seconds: Double) throws {
        let json: JSONValue = ["id": "conn_1", "created_at": .string(text)]
        let connection = try Connection(json: json)
        #expect(connection.createdAt == Date(timeIntervalSince1970: seconds))
        #expect(connection.createdAtText == text)
    }

    @Test(arguments: [
        "", "<string>", "yesterday", "2026-13-01 00:00:00+00", "2026-02-29 00:00:00+00",
        "2026-11-24", "2026-11-24 02:12:35", "2026-11-24 02:12:35.+00", "2026-11-24 02:12:35+00x",
    ])
    func otherTextsStayReadable(_ text: String) throws {
        let connection = try Connection(json: ["id": "conn_1", "created_at": .string(text)])
        #expect(connection.createdAt == nil)
        #expect(connection.createdAtText == text)
    }

    @Test func credentialsComeBackWhole() throws {
        let json: JSONValue = [
            "access_token": "at", "refresh_token": "rt", "client_id": nil, "scope": "a b",
            "expires_in": 3600, "expires_at": "2026-11-24T02:12:36Z", "token_type": "Bearer",
            "raw": ["guild": 1], "id_token": "new",
        ]
        let settings = ConnectorSettings(["oauth": ["credentials": json]])
        let credentials = try #require(settings.oauth2?.credentials)
        #expect(credentials.json == json)
        #expect(credentials.accessToken.expose() == "at")
        #expect(credentials.expiresIn?.int == 3600)
        #expect(credentials.expiresAt == Date(timeIntervalSince1970: 1_795_486_356))
        #expect(credentials.extra == ["client_id": nil, "id_token": "new"])
        #expect(settings.accessToken?.expose() == "at")
        #expect(ConnectorSettings(["apiKey": "k"]).apiKey?.expose() == "k")
        #expect(OAuth2Credentials(json: ["access_token": 1]) == nil)
        #expect(OAuth2Credentials(json: ["access_token": "a", "scope": 1]) == nil)
    }
}
