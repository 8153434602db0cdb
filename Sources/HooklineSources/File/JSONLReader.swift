import HooklineCore
import JSON

/// Reads the objects of a JSONL file into batches.
final class JSONLReader: RowReader {
    let columns: [Column]
    private(set) var counter: RowCounter
    /// How many bytes the file's buffer can hold.
    var bufferCapacity: Int { lines.bufferCapacity }

    private let lines: JSONLLines
    private let paths: JSONLPaths
    private let calculator: Calculator?
    /// Per own column, the place of its path among the different ones: two fields may stand for one key.
    private let indexes: [Int]
    /// Per path, where its value stands in the line; nil when it is missing. Memory of its own, because each change of an
    /// array in a class is checked for exclusive access.
    private let values: UnsafeMutableBufferPointer<JSONScanner.Value?>
    private let unescaped = JSONText.Buffer()
    /// Per own column, whether any object so far has had its key.
    private let wasThere: UnsafeMutableBufferPointer<Bool>
    private var hasUnseen = true
    /// What is said of fields that no object has.
    private let missing: ([Bool]) -> [Issue]

    /// - Parameters:
    ///   - names: the paths of the own columns, in their order.
    ///   - missing: what is wrong when the keys marked false were in no object of a file that has any.
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

    /// The own columns whose keys no object so far has had.
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

    /// Before any value is looked at: a bad one ends the row, and the keys behind it are there all the same.
    private func noteKeys() {
        for index in indexes.indices where values[indexes[index]] != nil { wasThere[index] = true }
        hasUnseen = wasThere.contains(false)
    }

    /// A key that no object has is a misspelt one, rather than a column of NULLs; that shows when the last object has come.
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

    /// Goes over an object and the objects in it that the paths lead into.
    private func find(in json: inout JSONScanner, node: Int) throws(JSONFault) {
        try json.beginObject()
        while let key = try json.nextKey() {
            guard let child = child(of: node, key, json) else {
                _ = try json.value()
                continue
            }
            // Of a key that comes twice the last counts, with all that is in it.
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
