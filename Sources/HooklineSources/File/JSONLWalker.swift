import HooklineCore
import JSON

/// Finds the values at given paths in each object.
final class JSONLWalker {
    /// For each path, its value in the current line; nil if missing. Manually allocated, because every change to an array in a class is
    /// checked for exclusive access.
    let values: UnsafeMutableBufferPointer<JSONScanner.Value?>
    /// For each path, whether a value without keys blocks it in this object: text, a number, or a nonempty list.
    let isBlocked: UnsafeMutableBufferPointer<Bool>

    private let paths: JSONLPaths
    private let unescaped = JSONText.Buffer()
    private var hasBlocked = false

    /// - Parameter names: the paths, without duplicates.
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

    /// Finds the values of one object.
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

    /// Traverses an object, and nested objects that paths lead into.
    private func find(in json: inout JSONScanner, node: Int) throws(JSONFault) {
        try json.beginObject()
        while let key = try json.nextKey() {
            guard let child = child(of: node, key, json) else {
                _ = try json.value()
                continue
            }
            // Of duplicate keys the last counts, with everything in it.
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

    /// Whether the value is blank text, or an empty list: PHP writes empty objects that way.
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
