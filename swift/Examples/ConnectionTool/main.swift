// A command-line tool that looks after a customer's connections:
//
//     connection-tool list CUSTOMER
//     connection-tool check ID
//     connection-tool delete ID
//
// It takes OPENINT_API_KEY, and OPENINT_BASE_URL where that is set. It ends with 0, with 1 when the
// API said no or could not be reached, and with 2 for a command that it does not know.

import Foundation
import OpenintSDK

let usage = "usage: connection-tool list CUSTOMER | check ID | delete ID"

func say(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
}

func run(_ arguments: [String]) async throws {
    guard arguments.count == 2 else {
        say(usage)
        exit(2)
    }
    let (command, subject) = (arguments[0], arguments[1])
    let client = try Openint()
    switch command {
    case "list":
        for try await connection in client.connections(customerID: subject) {
            let status = connection.status?.description ?? "unknown"
            print(connection.id, connection.connectorName ?? "-", status)
        }
    case "check":
        let checked = try await client.checkConnection(id: subject)
        print(checked.id, checked.status?.description ?? "unknown")
    case "delete":
        print(try await client.deleteConnection(id: subject).id, "deleted")
    default:
        say(usage)
        exit(2)
    }
}

do {
    try await run(Array(CommandLine.arguments.dropFirst()))
} catch let error as OpenintError {
    // What happened, and what to do next. No secret is in it.
    say("connection-tool: \(error)")
    exit(1)
}
