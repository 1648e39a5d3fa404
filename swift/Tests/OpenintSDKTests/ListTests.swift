import Foundation
import OpenintSDK
import Testing

@Suite("ListTests")
struct ListTests {
    private let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
        try sandbox.tell("fill", ["connections": 10, "customer_id": "cus_many"])
    }

    @Test func pagesAreAskedForWhenTheyAreNeeded() async throws {
        let connections = try sandbox.client().connections(pageSize: 4)
        #expect(try sandbox.requests().isEmpty)
        var seen = 0
        for try await _ in connections {
            seen += 1
            if seen == 5 { break }
        }
        #expect(try sandbox.requests().count == 2)
    }

    @Test func readingASecondTimeBeginsAnew() async throws {
        let connections = try sandbox.client().connections(customerID: "cus_many", pageSize: 4)
        for _ in 0..<2 {
            let ids = try await connections.reduce(into: Set<String>()) { $0.insert($1.id) }
            #expect(ids.count == 10)
        }
        #expect(try sandbox.requests().count == 6)
    }

    @Test func anErrorIsTheLastThingThatComesOut() async throws {
        try sandbox.script(
            ["process": true], ["status": 403, "body": ["message": "no", "code": "FORBIDDEN"]])
        var rows = 0
        var iterator = try sandbox.client().connections(pageSize: 4).makeAsyncIterator()
        let error = try await failure {
            while try await iterator.next() != nil { rows += 1 }
        }
        guard case .api(let refusal, _) = error else { throw TestFailure("\(error)") }
        #expect(refusal.status == 403 && rows == 4)
        #expect(try await iterator.next() == nil)
        #expect(try sandbox.requests().count == 2)
    }

    @Test func badInputComesOutWhenTheListIsRead() async throws {
        let error = try await failure {
            for try await _ in try sandbox.client().connections(pageSize: 3_001) {}
        }
        guard case .invalidInput("page_size", _, _) = error else {
            throw TestFailure("\(error)")
        }
        #expect(try sandbox.requests().isEmpty)
    }

    @Test func aCancelledTaskEndsThePageInFlight() async throws {
        try sandbox.script(
            ["process": true], ["fault": ["kind": "stall", "at": "before_response"], "times": 2])
        let client = try sandbox.client(timeout: 120)
        let task = Task { () async throws -> (Int, OpenintError) in
            var rows = 0
            let error = try await failure {
                for try await _ in client.connections(pageSize: 4) { rows += 1 }
            }
            return (rows, error)
        }
        while try sandbox.requests().count < 2 { try await Task.sleep(nanoseconds: 10_000_000) }
        let cancelled = Date()
        task.cancel()
        let (rows, error) = try await task.value
        guard case .cancelled = error else { throw TestFailure("\(error)") }
        #expect(rows == 4)
        // The upper bound is for a busy machine.
        #expect(Date().timeIntervalSince(cancelled) < 10)
    }

    @Test func aClosedClientListsNothing() async throws {
        let client = try sandbox.client()
        client.close()
        let error = try await failure { for try await _ in client.events() {} }
        guard case .closed = error else { throw TestFailure("\(error)") }
    }

    @Test func optionsGoWithEveryPage() async throws {
        let client = try sandbox.client().withOptions(RequestOptions(extraHeaders: ["x-a": "1"]))
        let options = RequestOptions(extraHeaders: ["x-b": "2"])
        for try await _ in client.connections(pageSize: 4, options: options) {}
        let requests = try sandbox.requests()
        #expect(requests.count == 3)
        for request in requests {
            let headers = request["headers"]?.array ?? []
            #expect(headers.contains(["x-a", "1"]) && headers.contains(["x-b", "2"]))
        }
    }

    @Test func aCopyThatReadsOnAfterTheOtherIsRefused() async throws {
        var iterator = try sandbox.client().connections(pageSize: 4).makeAsyncIterator()
        _ = try await iterator.next()
        var copy = iterator
        for _ in 0..<4 { _ = try await iterator.next() }
        var rows = 0
        let error = try await failure {
            while try await copy.next() != nil { rows += 1 }
        }
        guard case .invalidInput("iterator", _, _) = error else { throw TestFailure("\(error)") }
        #expect(rows == 3)
        #expect(try await copy.next() == nil)
        while try await iterator.next() != nil { rows += 1 }
        #expect(rows == 3 + 5)
    }

    @Test func anIteratorPrintsNoRow() async throws {
        let canary = "canary-77e0"
        let client = try sandbox.client()
        _ = try await client.createConnection(
            connectorConfigID: "ccfg_", customerID: "cus_9", data: dummy,
            metadata: ["token": .string(canary)])
        let connections = client.connections(customerID: "cus_9")
        var iterator = connections.makeAsyncIterator()
        #expect(try await iterator.next()?.metadata?["token"]?.string == canary)
        for printed in everyPrint(of: iterator) + everyPrint(of: connections) {
            #expect(!printed.contains(canary))
        }
    }

    @Test func aListThatLosesRowsIsIncomplete() async throws {
        // The server says that there are more rows than it ever shows.
        let page: JSONValue = [
            "items": [["id": "conn_1", "updated_at": "2026-11-24 02:12:36+00"]], "total": 5,
            "limit": 500, "offset": 0,
        ]
        let answer: JSONValue = ["status": 200, "body": page, "times": 1_000]
        try sandbox.script(answer)
        var rows = 0
        let error = try await failure {
            for try await _ in try sandbox.client().connections() { rows += 1 }
        }
        guard case .incomplete(let seen, let total, _) = error else {
            throw TestFailure("\(error)")
        }
        #expect(rows == 1 && seen == 1 && total == 5)
    }

    /// Compiling is most of it: nothing here is sent to another actor that may not be.
    @MainActor
    @Test func listsAndAnswersAreReadFromTheMainActor() async throws {
        let client = try sandbox.client()
        var rows = 0
        for try await _ in client.connections(pageSize: 4) { rows += 1 }
        let response = try await client.withResponse {
            rows += 1
            return try await $0.health()
        }
        #expect(rows == 11 && response.value.ok && response.status == 200)
    }
}
