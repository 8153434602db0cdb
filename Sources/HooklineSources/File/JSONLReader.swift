import HooklineCore
import JSON

/// Reads the objects of a JSONL file into batches.
final class JSONLReader: RowReader {
    let columns: [Column]
    private(set) var counter: RowCounter
    /// The size of the file's buffer, in bytes.
    var bufferCapacity: Int { lines.bufferCapacity }

    private let lines: JSONLLines
    private let paths: JSONLPaths
    private let calculator: Calculator?
    /// For each column that is not calculated, the index of its path: two fields may have the same key.
    private let indexes: [Int]
    /// For each path, the position of its value in the line; nil if it is missing. Manually allocated, because every change of an array in
    /// a class is checked for exclusive access.
    private let values: UnsafeMutableBufferPointer<JSONScanner.Value?>
    private let unescaped = JSONText.Buffer()
    /// For each column that is not calculated, whether any object had its key so far.
    private let wasThere: UnsafeMutableBufferPointer<Bool>
    private var hasUnseen = true
    /// The issues for keys that no object had.
    private let missing: ([Bool]) -> [Issue]

    /// Reads the lines.
    ///
    /// - Parameters:
    ///   - lines: the lines of the file.
    ///   - names: the paths of the columns that are not calculated, in their order.
    ///   - agreement: the columns.
    ///   - model: the model.
    ///   - missing: the issues for the keys marked false, which no object of a file with any object had.
    /// - Throws: `DatabaseError` if the calculated fields cannot be prepared.
    init(
        _ lines: JSONLLines, paths names: [String], agreement: ColumnAgreement, model: Model, missing: @escaping ([Bool]) -> [Issue]
    ) throws {
        self.lines = lines
        self.missing = missing
        wasThere = .allocate(capacity: agreement.own.count)
        wasThere.initialize(repeating: false)
        columns = agreement.all
        var different: [[UInt8]: Int] = [:]
        indexes = names.map { name in
            let (path, next) = (Array(name.utf8), different.count)
            if different[path] == nil { different[path] = next }
            return different[path] ?? next
        }
        self.paths = JSONLPaths(different.sorted { $0.value < $1.value }.map { String(decoding: $0.key, as: UTF8.self) })
        values = .allocate(capacity: different.count)
        values.initialize(repeating: nil)
        calculator = try Calculator(model, agreement: agreement)
        counter = RowCounter(model)
    }

    deinit {
        values.deallocate()
        wasThere.deallocate()
    }

    /// The names of the columns whose keys no object had so far.
    var unseen: [String] { zip(columns, wasThere).filter { !$1 }.map(\.0.name) }

    func hold(_ reading: () throws -> Void) throws {
        guard let calculator else { return try reading() }
        try calculator.hold(reading)
    }

    func readRow(into batch: inout RecordBatch) throws -> Int? {
        guard try lines.next() else {
            try checkKeys()
            return nil
        }
        counter.beginRow()
        let json = try findValues()
        if hasUnseen { noteKeys() }
        for index in indexes.indices {
            guard let value = values[indexes[index]] else {
                batch.columns[index].appendNull()
                continue
            }
            if !batch.columns[index].append(fitting: value, in: json.bytes, unescaped: unescaped) {
                guard try counter.meetBadValue(of: index, in: &batch, at: lines.location) else { return lines.length }
            }
        }
        if let calculator, try !calculator.append(to: &batch, counter: &counter, at: lines.location) { return lines.length }
        counter.endRow(of: &batch)
        return lines.length
    }

    /// Notes the keys of an object. Call it before values are read: a bad value ends the row, but its other keys count.
    private func noteKeys() {
        for index in indexes.indices where values[indexes[index]] != nil { wasThere[index] = true }
        hasUnseen = wasThere.contains(false)
    }

    /// Throws the issues for keys that no object had: such a key is misspelled, rather than a column of NULLs.
    private func checkKeys() throws {
        if counter.rowsRead == 0 { return }
        let issues = missing(Array(wasThere))
        if !issues.isEmpty { throw IssuesFound(issues) }
    }

    private func findValues() throws -> JSONScanner {
        for index in values.indices { values[index] = nil }
        var json = lines.json
        do throws(JSONFault) {
            try find(in: &json, node: 0)
            try json.end()
        } catch {
            throw lines.error(error)
        }
        return json
    }

    /// Finds the values in an object, and in the nested objects on the paths.
    private func find(in json: inout JSONScanner, node: Int) throws(JSONFault) {
        try json.beginObject()
        while let key = try json.nextKey() {
            guard let child = child(of: node, key, json) else {
                _ = try json.value()
                continue
            }
            // Of duplicate keys the last counts, with everything in it.
            if paths.leadsOn(child) { for column in paths.columns(below: child) { values[column] = nil } }
            let value = try self.value(in: &json, node: child)
            if let column = paths.column(at: child) { values[column] = value }
        }
    }

    private func value(in json: inout JSONScanner, node: Int) throws(JSONFault) -> JSONScanner.Value {
        guard paths.leadsOn(node), json.nextKind() == .object else { return try json.value() }
        let start = json.position
        try find(in: &json, node: node)
        return JSONScanner.Value(kind: .object, range: start..<json.position)
    }

    private func child(of node: Int, _ key: JSONScanner.Value, _ json: JSONScanner) -> Int? {
        let bytes = UnsafeBufferPointer(rebasing: json.bytes[key.range])
        guard key.hasEscapes else { return paths.child(of: node, bytes) }
        return unescaped.with(bytes) { paths.child(of: node, $0) }
    }
}
