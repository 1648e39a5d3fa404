import Foundation

/// The parameters of an operation, by the names that the native library knows; what is `nil` is not
/// sent.
struct Parameters: ExpressibleByDictionaryLiteral {
    let json: JSONValue

    init(dictionaryLiteral elements: (String, (any ParameterValue)?)...) {
        var fields: [String: JSONValue] = [:]
        for (name, value) in elements {
            fields[name] = value?.parameter
        }
        json = .object(fields)
    }
}

/// What can be a parameter.
protocol ParameterValue {
    var parameter: JSONValue { get }
}

extension JSONValue: ParameterValue {
    var parameter: JSONValue { self }
}

extension String: ParameterValue {
    var parameter: JSONValue { .string(self) }
}

extension Bool: ParameterValue {
    var parameter: JSONValue { .bool(self) }
}

extension Int: ParameterValue {
    var parameter: JSONValue { .number(JSONNumber(self)) }
}

extension Date: ParameterValue {
    var parameter: JSONValue { .string(timestamp) }
}

extension Array: ParameterValue where Element: ParameterValue {
    var parameter: JSONValue { .array(map(\.parameter)) }
}

extension ConnectorSettings: ParameterValue {
    var parameter: JSONValue { json }
}

extension ConnectorData: ParameterValue {
    var parameter: JSONValue {
        ["connector_name": .string(connectorName), "settings": settings.json]
    }
}

extension OpenEnum {
    var parameter: JSONValue { .string(rawValue) }
}

extension RefreshPolicy: ParameterValue {}
extension ConnectionExpand: ParameterValue {}
extension ConnectorConfigExpand: ParameterValue {}
extension ConnectorExpand: ParameterValue {}
extension ConnectView: ParameterValue {}
extension TemplateLanguage: ParameterValue {}
