import HooklineCore

/// What a package's manifest says, whether or not the workspace fits it.
package struct PackageManifest: Sendable {
    package let name: String?
    /// As written; nil when missing.
    package let version: String?
    /// As written; nil when missing.
    package let requires: String?
    /// The version of the hooks that its scripts are written for.
    package let api: Int
    /// What the package calls its source.
    package let source: String?
    /// What the package calls its destination.
    package let destination: String?
    /// The segment of the workspace that it keeps; nil for one of its own.
    package let sharedSegment: String?
    /// The keys that it has, those of `safeguards` included.
    package let keys: Set<String>
    package let parameters: [ParameterDeclaration]
    /// What else in the manifest changes what a run may do, beside fields, rules and scripts.
    package let settings: [Setting]

    /// A key of a manifest and its value, both as written.
    package struct Setting: Codable, Equatable, Sendable {
        package let key: String
        package let value: String
    }

    private static let settingKeys =
        [
            "adopt", "consent", "safeguards", "breakdown", "limits", "on_drift", "on_rename", "max_duration", "reconcile", "ask_again",
            "incremental", "full_every",
        ] + Schedule.keys

    private static let modelKeys = ["primary_key", "probe", "expect"]

    init(_ tree: Tree) {
        name = tree["name"]?.text
        version = tree["version"]?.text
        requires = tree["requires"]?.text
        api = tree["api"]?.text.flatMap { Int($0) } ?? 1
        source = tree["source"]?.text
        destination = tree["destination"]?.text
        keys = Set(tree.entries.map(\.key) + (tree["safeguards"]?.entries ?? []).map(\.key))
        sharedSegment = tree["segment"]?.text
        settings =
            Self.settingKeys.compactMap { key in tree[key].map { Setting(key: key, value: $0.asWritten) } }
            + Self.modelKeys.compactMap { key in
                // A primary key that is only named changes nothing.
                tree["model"]?[key].flatMap {
                    key != "primary_key" || $0.text == nil ? Setting(key: "model.\(key)", value: $0.asWritten) : nil
                }
            }
        parameters = (tree["parameters"]?.entries ?? []).map { ParameterDeclaration($0) }
    }
}

extension Tree {
    /// The value on one line, in YAML's flow style.
    fileprivate var asWritten: String {
        switch content {
        case .null: "null"
        case .scalar(let text): text
        case .list(let items): "[" + items.map(\.asWritten).joined(separator: ", ") + "]"
        case .mapping(let entries): "{ " + entries.map { "\($0.key): \($0.value.asWritten)" }.joined(separator: ", ") + " }"
        }
    }
}
