import Foundation

/// Every way in which Swift prints a value.
func everyPrint(of value: Any) -> [String] {
    var dumped = ""
    dump(value, to: &dumped)
    var prints = ["\(value)", String(describing: value), String(reflecting: value), dumped]
    for child in Mirror(reflecting: value).children {
        prints.append("\(child.label ?? ""): \(String(reflecting: child.value))")
    }
    if let error = value as? any Error {
        prints.append(error.localizedDescription)
        prints.append("\(error as NSError) \((error as NSError).userInfo)")
    }
    return prints
}
