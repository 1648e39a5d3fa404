import Foundation
import OpenintSDK
import Testing

@Suite("TimestampTests")
struct TimestampTests {
    @Test(arguments: [
        ("2026-11-24 02:12:35.5+00", 1_795_486_355.5), ("2026-11-24T02:12:36Z", 1_795_486_356),
        ("2026-11-24 07:42:36+05:30", 1_795_486_356), ("1969-12-31 23:59:59.5+00", -0.5),
        ("2024-02-29T00:00:00Z", 1_709_164_800),
    ])
    func timestampsAreRead(_ text: String, _ seconds: Double) {
        let timestamp = Timestamp(text)
        #expect(timestamp.date == Date(timeIntervalSince1970: seconds))
        #expect(timestamp.text == text && "\(timestamp)" == text)
    }

    @Test(arguments: [
        "", "<string>", "yesterday", "2026-13-01 00:00:00+00", "2026-02-29 00:00:00+00",
        "2026-11-24", "2026-11-24 02:12:35", "2026-11-24 02:12:35.+00", "2026-11-24 02:12:35+00x",
    ])
    func otherTextsStayReadable(_ text: String) {
        let timestamp = Timestamp(text)
        #expect(timestamp.date == nil && timestamp.text == text)
    }

    @Test(arguments: [
        (0.0, "1970-01-01T00:00:00Z"), (-0.5, "1969-12-31T23:59:59.5Z"),
        (1_795_486_356.000001, "2026-11-24T02:12:36.000001Z"),
        (1_795_486_356.12, "2026-11-24T02:12:36.12Z"),
    ])
    func datesAreWritten(_ seconds: Double, _ text: String) throws {
        #expect(try Timestamp(Date(timeIntervalSince1970: seconds)).text == text)
    }

    @Test(arguments: [.infinity, -.infinity, .nan, 1e300, 1e13, -1e13] as [Double])
    func aDateThatIsNoneIsRefusedBeforeAByteIsSent(_ seconds: Double) async throws {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(throws: OpenintError.self) { try Timestamp(date) }
        let sandbox = try Sandbox()
        let client = try sandbox.client()
        let page = try await failure { try await client.listEvents(since: date) }
        let all = try await failure { for try await _ in client.events(since: date) {} }
        for error in [page, all] {
            guard case .invalidInput("since", _, _) = error else { throw TestFailure("\(error)") }
        }
        #expect(try sandbox.requests().isEmpty)
    }

    @Test func timestampsAreWrittenAsTheyAreRead() async throws {
        let sandbox = try Sandbox()
        let client = try sandbox.client()
        for fraction in ["", ".5", ".000001", ".999999", ".120000"] {
            let read = Timestamp("2026-11-24 02:12:36\(fraction)+00")
            _ = try await client.listEvents(since: try #require(read.date))
            let query = try #require(try sandbox.requests().last?["query"]?.string)
            let digits = fraction == ".120000" ? ".12" : fraction
            #expect(query.contains("since=2026-11-24T02%3A12%3A36\(digits)Z"))
        }
    }
}
