import HooklineCore

/// A parameter as a package declares it, independent of its value.
package struct ParameterDeclaration: Codable, Equatable, Sendable {
    package let name: String
    package let type: String
    /// The default as written, a list's values separated by commas; nil when the parameter must be set.
    package let preset: String?
    /// Further limits on its values: `1 to 10`, `one of a, b`; nil when there are none.
    package let limits: String?
    package let description: String?

    enum CodingKeys: String, CodingKey {
        case name, type, limits, description
        case preset = "default"
    }

    init(_ entry: Tree.Entry) {
        func text(_ tree: Tree?) -> String? { tree.map { ($0.items ?? [$0]).compactMap(\.text).joined(separator: ", ") } }
        name = entry.key
        type = entry.value["type"]?.text ?? ""
        preset = text(entry.value["default"])
        description = entry.value["description"]?.text
        let bounds =
            switch (entry.value["min"]?.text, entry.value["max"]?.text) {
            case (let least?, let most?): "\(least) to \(most)"
            case (let least?, nil): "from \(least)"
            case (nil, let most?): "up to \(most)"
            case (nil, nil): ""
            }
        let words = [bounds, text(entry.value["values"]).map { "one of \($0)" } ?? ""].filter { !$0.isEmpty }
        limits = words.isEmpty ? nil : words.joined(separator: ", ")
    }
}
