import Foundation
import OpenintSDK

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The local server, as a process of its own; `cargo xtask test swift` says where its binary is.
final class Sandbox: @unchecked Sendable {
    private let process = Process()
    let baseURL: String
    let apiKey: String
    var origin: String { String(baseURL.dropLast("/v1".count)) }

    init() throws {
        guard let binary = ProcessInfo.processInfo.environment["OPENINT_SANDBOX"] else {
            throw TestFailure("OPENINT_SANDBOX is not set: run cargo xtask test swift")
        }
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = ["--port", "0", "--keep-digits"]
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first,
            byte != UInt8(ascii: "\n")
        {
            line.append(byte)
        }
        let told = try JSONValue(parsing: String(decoding: line, as: UTF8.self))
        baseURL = told["base_url"]?.string ?? ""
        apiKey = told["api_key"]?.string ?? ""
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
    }

    func client(timeout: TimeInterval? = nil, maxRetries: Int? = nil) throws -> Openint {
        try Openint(apiKey: apiKey, baseURL: baseURL, timeout: timeout, maxRetries: maxRetries)
    }

    func script(_ answers: JSONValue...) throws {
        try script(answers)
    }

    func script(_ answers: [JSONValue]) throws {
        try tell("script", ["answers": .array(answers)])
    }

    /// Posts to one of the sandbox's own routes.
    func tell(_ route: String, _ body: JSONValue) throws {
        _ = try control("POST", route, body: body)
    }

    /// Injects faults into that share of all exchanges; 0 ends it.
    func injectFaults(seed: Int, share: Double) throws {
        try tell(
            "chaos",
            ["seed": .number(JSONNumber(seed)), "share": JSONValue(floatLiteral: share)])
    }

    func injected() throws -> Int {
        try control("GET", "chaos")["injected"]?.number?.int ?? -1
    }

    func refuse(milliseconds: Int) throws {
        try tell("refuse", ["for_ms": .number(JSONNumber(milliseconds))])
    }

    func requests() throws -> [JSONValue] {
        try control("GET", "requests")["requests"]?.array ?? []
    }

    /// The connections of a customer, or of all.
    func rows(of customerID: String?) throws -> Int {
        let id = customerID?.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
        let query = id.map { "?customer_id=\($0)" } ?? ""
        return try control("GET", "rows\(query)")["connections"]?.number?.int ?? -1
    }

    private func control(
        _ method: String, _ route: String, body: JSONValue? = nil
    ) throws -> JSONValue {
        let body = body?.text ?? ""
        let head = """
            \(method) /_sandbox/\(route) HTTP/1.1\r
            host: sandbox\r
            connection: close\r
            content-type: application/json\r
            content-length: \(body.utf8.count)\r
            \r

            """
        let answer = try Socket.exchange(port: port, Array((head + body).utf8))
        let text = String(decoding: answer, as: UTF8.self)
        guard text.hasPrefix("HTTP/1.1 200"), let end = text.range(of: "\r\n\r\n") else {
            throw TestFailure("\(route): \(text)")
        }
        return try JSONValue(parsing: String(text[end.upperBound...]))
    }

    private var port: UInt16 {
        UInt16(origin.split(separator: ":").last ?? "") ?? 0
    }
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Just enough of a socket to talk to the sandbox without the SDK.
enum Socket {
    /// Sends, and reads to the end; waits for a server that refuses for now.
    static func exchange(port: UInt16, _ request: [UInt8]) throws -> [UInt8] {
        let deadline = Date().addingTimeInterval(20)
        while true {
            let descriptor = try open()
            defer { close(descriptor) }
            if withAddress(port, { connect(descriptor, $0, $1) }) == 0 {
                return try exchange(descriptor, request)
            }
            guard Date() < deadline else { throw TestFailure("no connection to port \(port)") }
            usleep(20_000)
        }
    }

    /// A port on loopback that nobody listens on: it was free a moment ago.
    static func closedPort() throws -> UInt16 {
        let descriptor = try open()
        defer { close(descriptor) }
        guard withAddress(0, { bind(descriptor, $0, $1) }) == 0 else {
            throw TestFailure("no free port")
        }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func open() throws -> Int32 {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw TestFailure("no socket") }
        return descriptor
    }

    private static func withAddress(
        _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func exchange(_ descriptor: Int32, _ request: [UInt8]) throws -> [UInt8] {
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, 0)
            }
            guard count > 0 else { throw TestFailure("the sandbox took no request") }
            sent += count
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return answer }
            answer += buffer[..<count]
        }
    }
}

let dummy = ConnectorData(connectorName: "dummy-oauth2", settings: ["oauth": [:]])

extension Openint {
    func createDummy(customerID: String = "cus_1") async throws -> Connection {
        try await createConnection(
            connectorConfigID: "ccfg_", customerID: customerID, data: dummy)
    }
}

/// The error that a call ends with.
func failure<T>(_ call: () async throws -> T) async throws -> OpenintError {
    do {
        _ = try await call()
    } catch let error as OpenintError {
        return error
    }
    throw TestFailure("the call succeeded")
}
