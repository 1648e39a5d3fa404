import Foundation
import OpenintSDK
import Testing

/// Compares the models with those of the core: `conformance/README.md` has the format of the list.
@Suite("ModelListTests")
struct ModelListTests {
    @Test(arguments: try ModelList().names)
    func aModelHasTheFieldsOfTheCore(_ name: String) throws {
        let list = try ModelList()
        let fields = try list.fields(of: name)
        let full = try list.sample(of: name)
        if name == "OAuth2Credentials" {
            same(OAuth2Credentials.knownFields, fields, name)
            let credentials = try #require(OAuth2Credentials(json: full))
            #expect(credentials.extra.isEmpty && credentials.json == full)
            return
        }
        let model = try #require(type(named: name), "there is no model \(name)")
        same(model.knownFields, fields, name)
        for (field, description) in fields {
            let isRequired = try #require(description["required"]?.bool as Bool?)
            let rest = JSONValue.object((full.object ?? [:]).filter { $0.key != field })
            let canBeAbsent = (try? model.init(json: rest)) != nil
            #expect(canBeAbsent != isRequired, "\(name).\(field)")
        }
    }

    @Test func noModelIsUnknownToTheCore() throws {
        let folder = checkout.appendingPathComponent("swift/Sources/OpenintSDK/Models")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        let lines = try files.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        }
        let start = "public struct "
        let models = lines.filter { $0.hasPrefix(start) && $0.contains(": APIModel") }
            .map { String($0.dropFirst(start.count).prefix { $0.isLetter || $0.isNumber }) }
        #expect(!models.isEmpty)
        let unknown = Set(models).subtracting(try ModelList().names)
        #expect(unknown.isEmpty, "the core does not know \(unknown.sorted())")
    }

    private func same(_ known: [String], _ fields: [String: JSONValue], _ name: String) {
        let missing = Set(fields.keys).subtracting(known).sorted()
        #expect(missing.isEmpty, "\(name) lacks fields of the core: \(missing)")
        let unknown = Set(known).subtracting(fields.keys).sorted()
        #expect(unknown.isEmpty, "\(name) has fields that the core does not know: \(unknown)")
    }

    /// By its name, so that no list of all models has to be kept here.
    private func type(named name: String) -> (any APIModel.Type)? {
        if name == "Page" { return Page<Event>.self }
        return _typeByName("10OpenintSDK\(name.utf8.count)\(name)V") as? any APIModel.Type
    }
}

private let checkout = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../../..").standardizedFileURL

/// `conformance/models.json`.
private struct ModelList {
    private let models: [String: JSONValue]

    init() throws {
        let file = checkout.appendingPathComponent("conformance/models.json")
        let json = try JSONValue(parsing: String(contentsOf: file, encoding: .utf8))
        guard let models = json.object, !models.isEmpty else {
            throw TestFailure("no models in \(file.path)")
        }
        self.models = models
    }

    var names: [String] { models.keys.sorted() }

    func fields(of model: String) throws -> [String: JSONValue] {
        try #require(models[model]?.object, "\(model)")
    }

    /// JSON of a model with all its fields.
    func sample(of model: String) throws -> JSONValue {
        .object(try fields(of: model).mapValues { try value($0["shape"]?.string ?? "") })
    }

    private func value(_ shape: String) throws -> JSONValue {
        let (list, model) = ("list of ", "model ")
        switch shape {
        case "text": return "2026-11-24T02:12:36Z"
        case "flag": return true
        case "number", "whole number": return 7
        // As an event it can be a row of a page.
        case "json": return ["id": "evt_1"]
        case _ where shape.hasPrefix(list):
            return .array([try value(String(shape.dropFirst(list.count)))])
        case _ where shape.hasPrefix(model):
            return try sample(of: String(shape.dropFirst(model.count)))
        default: throw TestFailure("an unknown shape: \(shape)")
        }
    }
}
