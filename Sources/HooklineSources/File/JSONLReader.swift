import HooklineCore
import JSON

/// Reads the objects of a JSONL file into batches.
final class JSONLReader: PartFitter {
    let columns: [Column]
    var counter: RowCounter
    var nullWords: [ColumnCount] { cells.nullWords }
    /// The size of the file's buffer, in bytes.
    var bufferCapacity: Int { lines.bufferCapacity }

    private let lines: JSONLLines
    private let walker: JSONLWalker
    private let cells: CellReaders
    private let calculator: Calculator?
    /// For each column that is not calculated, the index of its path. Two fields may share a path.
    private let indexes: [Int]
    private let unescaped = JSONText.Buffer()
    /// For each column that is not calculated, whether any object so far had its key.
    private let wasThere: UnsafeMutableBufferPointer<Bool>
    private var hasUnseen = true
    /// The keys that all readers of the file have seen; nil if this one reads it alone.
    private var seen: SeenKeys?
    /// Makes another reader of the same columns.
    private let another: (JSONLLines) throws -> JSONLReader
    /// Returns the issues for columns that no object has.
    private let missing: ([String], Int?) -> [Issue]

    /// - Parameters:
    ///   - lines: the objects.
    ///   - names: the paths of the file's columns that are read, in order.
    ///   - agreement: the columns of the model and the file.
    ///   - model: the model.
    ///   - format: how cells are read.
    ///   - missing: returns the issues for columns that no object has, of the first ones if their number is given, else of the file.
    /// - Throws: `DatabaseError` if the calculated fields cannot be prepared; `IssuesFound` for an unusable format.
    init(
        _ lines: JSONLLines, paths names: [String], agreement: ColumnAgreement, model: Model, _ format: CellFormat,
        missing: @escaping ([String], Int?) -> [Issue]
    ) throws {
        self.lines = lines
        self.missing = missing
        wasThere = .allocate(capacity: agreement.own.count)
        wasThere.initialize(repeating: false)
        columns = agreement.own + agreement.calculated
        var different: [String] = []
        var places: [String: Int] = [:]
        indexes = names.map { name in
            if let place = places[name] { return place }
            places[name] = different.count
            different.append(name)
            return different.count - 1
        }
        walker = JSONLWalker(different)
        cells = try CellReaders(agreement.own, format, position: model.position, allowsLeadingZeros: false)
        calculator = try Calculator(model, agreement: agreement, format)
        counter = RowCounter(model)
        another = { try JSONLReader($0, paths: names, agreement: agreement, model: model, format, missing: missing) }
    }

    func parts() -> (any RowParts)? {
        let seen = SeenKeys(count: wasThere.count)
        self.seen = seen
        let rest = lines.giveAway()
        return FileParts(
            rest.window, line: rest.line, hasQuotes: false, head: self,
            check: { [names = columns.map(\.name), missing] rows in
                try Self.check(rows == 0 ? [] : missing(seen.unseen(of: names), nil))
            },
            makeFitter: { [another] window in
                let reader = try another(JSONLLines(LineScanner(window)))
                reader.seen = seen
                return reader
            })
    }

    func begin(line: Int) { lines.begin(line: line) }

    func takeCounts() -> RowCounts {
        seen?.note(wasThere)
        var counts = counter.takeCounts()
        counts.nullWords = cells.takeNullWords()
        return counts
    }

    deinit {
        wasThere.deallocate()
    }

    /// The names of the columns whose keys no object has had so far.
    var unseen: [String] { zip(columns, wasThere).filter { !$1 }.map(\.0.name) }

    /// Warnings about those columns: later objects may have them.
    var absentSoFar: [Issue] { missing(unseen, counter.rowsRead) }

    func hold(_ reading: () throws -> Void) throws {
        guard let calculator else { return try reading() }
        try calculator.hold(reading)
    }

    func readRow(into batch: inout RecordBatch) throws -> Int? {
        guard try lines.next() else {
            if seen == nil, counter.rowsRead > 0 { try Self.check(missing(unseen, nil)) }
            return nil
        }
        counter.beginRow()
        let line = lines.json
        try walk(line)
        if hasUnseen { noteKeys() }
        let readers = cells.readers
        for index in indexes.indices {
            let place = indexes[index]
            guard let value = walker.values[place] else {
                if !walker.isBlocked[place] {
                    batch.columns[index].appendNull()
                } else if try !counter.meetBadValue(of: index, .path, in: &batch, at: lines.location, shape: RawCell.blocked.shape) {
                    return lines.length
                }
                continue
            }
            if !readers[index].append(value, in: line.bytes, to: &batch.columns[index], unescaped: unescaped) {
                guard
                    try counter.meetBadValue(
                        of: index, readers[index].misfit, in: &batch, at: lines.location, shape: RawCell.json(value, line.bytes).shape)
                else {
                    return lines.length
                }
            }
        }
        if let calculator, try !calculator.append(to: &batch, counter: &counter, at: lines.location) { return lines.length }
        counter.endRow(of: &batch)
        return lines.length
    }

    private func walk(_ line: JSONScanner) throws {
        do {
            try walker.walk(line)
        } catch {
            throw lines.error(error)
        }
    }

    /// Records which keys the object has. Call it before reading values: a bad value ends the row, but its other keys still count.
    private func noteKeys() {
        for index in indexes.indices where walker.values[indexes[index]] != nil { wasThere[index] = true }
        hasUnseen = wasThere.contains(false)
    }

    /// Throws the issues for keys that no object had: such a key is probably misspelled.
    private static func check(_ issues: [Issue]) throws {
        if !issues.isEmpty { throw IssuesFound(issues) }
    }
}
