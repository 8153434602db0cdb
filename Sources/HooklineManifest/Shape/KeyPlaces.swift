/// Where a key belongs that was written somewhere else.
enum KeyPlaces {
    /// More places than this say nothing about which was meant.
    private static let most = 2

    /// The files whose keys know each other.
    enum File: String, CaseIterable {
        case activation = "activation.yaml"
        case workspace = "hookline.yaml"

        fileprivate var shape: Shape { self == .activation ? ActivationShape.file : WorkspaceShape.file }
    }

    /// What to add to the message about a key that its mapping does not have; nil for a key that has no place, or many. The file's own
    /// mappings come before those of the other file.
    static func hint(_ key: String, in file: File) -> String? {
        for other in [file] + File.allCases.filter({ $0 != file }) {
            let places = paths(to: key, in: other.shape)
            if places.isEmpty { continue }
            if places.count > most { return nil }
            return "; '\(key)' is a key of \(listed(places, "and"))\(other == file ? "" : " in \(other.rawValue)")"
        }
        return nil
    }

    /// The mappings that have the key, each by the keys that lead to it; names of the author's choice are `NAME`.
    private static func paths(to key: String, in shape: Shape, below path: [String] = []) -> [String] {
        switch shape {
        case .table(let table): paths(to: key, in: [table], below: path)
        case .typed(let tables): paths(to: key, in: tables, below: path)
        case .named(_, let shape): paths(to: key, in: shape, below: path + ["NAME"])
        case .list(let shape), .oneOrMany(let shape), .either(_, or: let shape): paths(to: key, in: shape, below: path)
        default: []
        }
    }

    private static func paths(to key: String, in tables: [KeyTable], below path: [String]) -> [String] {
        let has = tables.contains { $0.keys.contains { $0.name == key } }
        let deeper = tables.flatMap { $0.keys }.flatMap { paths(to: key, in: $0.shape, below: path + [$0.name]) }
        let own = has ? [path.isEmpty ? "the file's top level" : path.joined(separator: ".")] : []
        return own + deeper.filter { !own.contains($0) }
    }
}
