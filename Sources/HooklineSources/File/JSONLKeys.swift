import HooklineCore
import JSON

/// The keys of the first objects of a JSONL file.
struct JSONLKeys {
    /// Keys of the objects themselves, in the order in which they come up.
    private(set) var top: [String] = []
    /// Dotted paths of all keys, nested ones too.
    private(set) var paths: Set<String> = []
    /// Paths of the keys that hold an object somewhere.
    private(set) var objects: Set<String> = []
    /// Paths of the keys that hold a list with objects in it somewhere.
    private(set) var lists: Set<String> = []
    /// Paths of the keys that hold null somewhere.
    private(set) var nulls: Set<String> = []
    /// Objects that were looked at.
    private(set) var count = 0

    /// More keys than that are data in themselves.
    private static let mostPaths = 20_000
    private static let deepest = 8

    init() {}

    /// Looks over one more object.
    mutating func look(at object: JSONScanner) throws(JSONFault) {
        var json = object
        try look(in: &json, prefix: "", depth: 0)
        try json.end()
        count += 1
    }

    private mutating func look(in json: inout JSONScanner, prefix: String, depth: Int) throws(JSONFault) {
        try json.beginObject()
        while let key = try json.nextKey() {
            let path = prefix + (try json.text(of: key))
            note(path, isTop: depth == 0)
            switch json.nextKind() {
            case .object where depth < Self.deepest && paths.count < Self.mostPaths:
                objects.insert(path)
                try look(in: &json, prefix: path + ".", depth: depth + 1)
            case .array:
                let value = try json.value()
                if json.bytes[value.range].contains(UInt8(ascii: "{")) { lists.insert(path) }
            case .null:
                nulls.insert(path)
                _ = try json.value()
            default: _ = try json.value()
            }
        }
    }

    private mutating func note(_ path: String, isTop: Bool) {
        guard !path.isEmpty, paths.count < Self.mostPaths, paths.insert(path).inserted else { return }
        if isTop { top.append(path) }
    }

    /// Whether a path may be there although no object shows it: an object on its way is null wherever it comes up.
    func mayLieBehindNull(_ path: String) -> Bool {
        Self.prefixes(of: path).contains { nulls.contains($0) && !objects.contains($0) && !lists.contains($0) }
    }

    /// The list that a path leads into; nil when it leads into none.
    func list(on path: String) -> String? { Self.prefixes(of: path).first { lists.contains($0) } }

    private static func prefixes(of path: String) -> [String] {
        path.indices.filter { path[$0] == "." }.map { String(path[..<$0]) }
    }
}
