import HooklineCore
import JSON

/// The keys of the first objects of a JSONL file.
struct JSONLKeys {
    /// Top-level keys, in order of appearance.
    private(set) var top: [String] = []
    /// The dotted paths of all keys, including nested ones.
    private(set) var paths: Set<String> = []
    /// The paths of keys that hold an object in some row.
    private(set) var objects: Set<String> = []
    /// The paths of keys that hold a list of objects in some row.
    private(set) var lists: Set<String> = []
    /// The paths of keys that are null in some row.
    private(set) var nulls: Set<String> = []
    /// How many objects have been scanned.
    private(set) var count = 0

    /// The most paths that are collected: beyond that, keys are data.
    private static let mostPaths = 20_000
    private static let deepest = 8

    init() {}

    /// Collects the keys of one more object.
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

    /// Whether the path may exist although no object shows it, because an object on the way has always been null.
    func mayLieBehindNull(_ path: String) -> Bool {
        Self.prefixes(of: path).contains { nulls.contains($0) && !objects.contains($0) && !lists.contains($0) }
    }

    /// The list that the path leads through; nil if there is none.
    func list(on path: String) -> String? { Self.prefixes(of: path).first { lists.contains($0) } }

    private static func prefixes(of path: String) -> [String] {
        path.indices.filter { path[$0] == "." }.map { String(path[..<$0]) }
    }
}
