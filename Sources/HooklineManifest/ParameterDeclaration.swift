import HooklineCore

/// A parameter as a package declares it, whatever its value is.
package struct ParameterDeclaration: Codable, Equatable, Sendable {
    package let name: String
    package let type: String
    /// The default as it is written, a list's values with commas; nil when it must be set.
    package let preset: String?
    /// What else it says of its values: `1 to 10`, `one of a, b`.
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

/// What a manifest says of itself, whether the workspace fits it or not.
package struct PackageManifest: Sendable {
    package let name: String?
    /// As it is written; nil when it is not.
    package let version: String?
    package let requires: String?
    package let api: Int
    /// What the package calls its source and its destination.
    package let source: String?
    package let destination: String?
    package let parameters: [ParameterDeclaration]
    /// What it says beside its fields, rules and scripts that changes what a run may do: key and value as they are written.
    package let settings: [Setting]

    /// A key of a manifest and what it says.
    package struct Setting: Codable, Equatable, Sendable {
        package let key: String
        package let value: String
    }

    private static let settingKeys = [
        "adopt", "consent", "safeguards", "breakdown", "limits", "on_drift", "on_rename", "max_duration", "reconcile", "schedule", "every",
    ]

    init(_ tree: Tree) {
        name = tree["name"]?.text
        version = tree["version"]?.text
        requires = tree["requires"]?.text
        api = tree["api"]?.text.flatMap { Int($0) } ?? 1
        source = tree["source"]?.text
        destination = tree["destination"]?.text
        settings = Self.settingKeys.compactMap { key in tree[key].map { Setting(key: key, value: $0.asWritten) } }
        parameters = (tree["parameters"]?.entries ?? []).map { ParameterDeclaration($0) }
    }
}

extension Tree {
    /// On one line, as YAML's flow style has it.
    fileprivate var asWritten: String {
        switch content {
        case .null: "null"
        case .scalar(let text): text
        case .list(let items): "[" + items.map(\.asWritten).joined(separator: ", ") + "]"
        case .mapping(let entries): "{ " + entries.map { "\($0.key): \($0.value.asWritten)" }.joined(separator: ", ") + " }"
        }
    }
}
