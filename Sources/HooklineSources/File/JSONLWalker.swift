import HooklineCore
import JSON

/// Finds, in each object, the values that stand at given paths.
final class JSONLWalker {
    /// Per path, where its value stands in the line; nil when it is missing. Memory of its own, because each change of an array in a
    /// class is checked for exclusive access.
    let values: UnsafeMutableBufferPointer<JSONScanner.Value?>
    /// Per path, whether it leads through a value in this object that has no keys: a text, a number, a list with something in it.
    let isBlocked: UnsafeMutableBufferPointer<Bool>

    private let paths: JSONLPaths
    private let unescaped = JSONText.Buffer()
    private var hasBlocked = false

    /// - Parameter names: the paths, each once.
    init(_ names: [String]) {
        paths = JSONLPaths(names)
        values = .allocate(capacity: names.count)
        values.initialize(repeating: nil)
        isBlocked = .allocate(capacity: names.count)
        isBlocked.initialize(repeating: false)
    }

    deinit {
        values.deallocate()
        isBlocked.deallocate()
    }

    /// Walks over an object.
    func walk(_ object: JSONScanner) throws(JSONFault) {
        for index in values.indices { values[index] = nil }
        if hasBlocked {
            isBlocked.update(repeating: false)
            hasBlocked = false
        }
        var json = object
        try find(in: &json, node: 0)
        try json.end()
    }

    /// Goes over an object and the objects in it that the paths lead into.
    private func find(in json: inout JSONScanner, node: Int) throws(JSONFault) {
        try json.beginObject()
        while let key = try json.nextKey() {
            guard let child = child(of: node, key, json) else {
                _ = try json.value()
                continue
            }
            // Of a key that comes twice the last counts, with all that is in it.
            if paths.leadsOn(child) { forget(child) }
            let value = try self.value(in: &json, node: child)
            if let column = paths.column(at: child) { values[column] = value }
        }
    }

    private func value(in json: inout JSONScanner, node: Int) throws(JSONFault) -> JSONScanner.Value {
        guard paths.leadsOn(node) else { return try json.value() }
        guard json.nextKind() == .object else {
            let value = try json.value()
            if value.kind != .null, !isEmpty(value, json) { block(node) }
            return value
        }
        let start = json.position
        try find(in: &json, node: node)
        return JSONScanner.Value(kind: .object, range: start..<json.position)
    }

    private func forget(_ node: Int) {
        for column in paths.columns(below: node) {
            values[column] = nil
            isBlocked[column] = false
        }
    }

    private func block(_ node: Int) {
        hasBlocked = true
        for column in paths.columns(below: node) { isBlocked[column] = true }
    }

    /// An empty text, or an empty list as PHP writes an empty object.
    private func isEmpty(_ value: JSONScanner.Value, _ json: JSONScanner) -> Bool {
        let written = UnsafeBufferPointer(rebasing: json.bytes[value.range])
        switch value.kind {
        case .string: return TextTrim.isBlank(written)
        case .array: return TextTrim.isBlank(UnsafeBufferPointer(rebasing: written.dropFirst().dropLast()))
        case .null, .boolean, .number, .object: return false
        }
    }

    private func child(of node: Int, _ key: JSONScanner.Value, _ json: JSONScanner) -> Int? {
        let bytes = UnsafeBufferPointer(rebasing: json.bytes[key.range])
        guard key.hasEscapes else { return paths.child(of: node, bytes) }
        return unescaped.with(bytes) { paths.child(of: node, $0) }
    }
}
