import HooklineCore

@testable import HooklineSources

/// Everything that a cursor returned, as text.
struct RowsRead {
    var columns: [Column] = []
    var rows: [[String?]] = []
    var numbers: [Int] = []
    var rowsRead = 0
    var rowsDropped = 0
    var valuesNulled: Int { unreadable.reduce(0) { $0 + $1.count } }
    var unreadable: [ColumnCount] = []
    var nullWords: [ColumnCount] = []

    /// Marks an unreadable value.
    static let unknown = "(unreadable)"

    /// Reads a cursor to its end.
    init(_ cursor: any RowCursor, limit: Int = 1_000) throws {
        columns = cursor.columns
        var batch = RecordBatch(columns: cursor.columns)
        while try cursor.read(into: &batch, limit: limit) {
            for row in 0..<batch.count { rows.append(batch.columns.map { $0.isUnreadable(row) ? Self.unknown : $0.described(row) }) }
            numbers += batch.rowNumbers
        }
        rowsRead = cursor.rowsRead
        rowsDropped = cursor.rowsDropped
        unreadable = cursor.unreadable
        nullWords = cursor.nullWords
    }

    /// Reads the bytes as a CSV file.
    static func csv(
        _ bytes: some Sequence<UInt8>, _ model: Model = Model(), delimiter: UInt8 = UInt8(ascii: ","),
        limits: FileWindow.Limits = FileWindow.Limits()
    ) throws -> RowsRead {
        let file = try TemporaryFile(bytes)
        let configuration = SourceConfiguration(name: "shop", kind: .csv, path: file.path, delimiter: delimiter)
        return try RowsRead(CSVSource(configuration, model: model, limits: limits).open())
    }

    /// Reads the text as a CSV file.
    static func csv(_ text: String, _ model: Model = Model(), delimiter: UInt8 = UInt8(ascii: ",")) throws -> RowsRead {
        try csv(text.utf8, model, delimiter: delimiter)
    }

    /// Reads the bytes as a JSONL file.
    static func jsonl(
        _ bytes: some Sequence<UInt8>, _ model: Model = Model(), limits: FileWindow.Limits = FileWindow.Limits()
    ) throws -> RowsRead {
        let file = try TemporaryFile(bytes)
        return try RowsRead(
            JSONLSource(SourceConfiguration(name: "shop", kind: .jsonl, path: file.path), model: model, limits: limits).open())
    }

    /// Reads the text as a JSONL file.
    static func jsonl(_ text: String, _ model: Model = Model()) throws -> RowsRead {
        try jsonl(text.utf8, model)
    }
}

/// The `SourceError` that `work` throws; nil if it throws none.
func sourceError(_ work: () throws -> Void) -> SourceError? {
    do {
        try work()
        return nil
    } catch {
        return error as? SourceError
    }
}

/// The issues that `work` throws; empty if it throws none.
func issues(_ work: () throws -> Void) -> [Issue] {
    do {
        try work()
        return []
    } catch {
        return (error as? IssuesFound)?.issues ?? []
    }
}
