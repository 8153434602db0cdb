import HooklineCore
import Text

/// Asks a source, and files beside it, for what shows whether it is complete, without reading the model's rows.
package struct SourceQuestions: SourceSignals {
    let configuration: SourceConfiguration
    /// The workspace's folder.
    private let root: String
    /// The activation's IANA time zone, for times without a zone if the source does not set one either.
    let timezone: String

    package init(_ configuration: SourceConfiguration, root: String, timezone: String) {
        self.configuration = configuration
        self.root = root
        self.timezone = timezone
    }

    package func modification(of path: String) throws -> Int64? {
        let name = path.onOneLine
        guard let stamp = try FileStamp.of(path.hasPrefix("/") ? path : "\(root)/\(path)", called: name) else { return nil }
        if !stamp.isFile { throw SourceError(.notAFile, at: .init(name), "'\(name)' is not a file, and 'after_marker' takes one") }
        return stamp.modified
    }

    package func modificationOfSource() throws -> Int64? {
        // A database's file changes whenever anything in it does.
        if configuration.kind.isDatabase { return nil }
        guard let stamp = try FileStamp.of(configuration.path, called: configuration.path) else {
            throw SourceError(
                .notFound, at: .init(configuration.path),
                "the file '\(configuration.path)' of the source '\(configuration.name)' is not there")
        }
        return stamp.modified
    }

    package func answer(to query: String, isCancelled: @escaping @Sendable () -> Bool) throws -> SignalValue {
        var model = Model(sql: query)
        model.timezone = timezone
        let cursor = try SourceFactory.source(configuration, model: model).open(isCancelled: isCancelled)
        cursor.setCancellationCheck(isCancelled)
        guard cursor.columns.count == 1 else {
            throw refusal("returned \(cursor.columns.count) columns, and one is needed: \(ColumnNames.listed(cursor.columns.map(\.name)))")
        }
        var batch = RecordBatch(columns: cursor.columns)
        guard try cursor.read(into: &batch, limit: 2) else { return .nothing }
        if batch.count > 1 { throw refusal("returned several rows, and at most one is needed") }
        let value = Self.value(batch.columns[0], zone: ZoneOffsets(named: configuration.timezone ?? timezone) ?? .utc)
        var more = RecordBatch(columns: cursor.columns)
        if try cursor.read(into: &more, limit: 1) { throw refusal("returned several rows, and at most one is needed") }
        return value
    }

    private func refusal(_ what: String) -> SourceError {
        SourceError(.badSQL, at: .init(configuration.name), "a query about the source '\(configuration.name)' \(what)")
    }

    /// The value of a column's only row.
    private static func value(_ column: ColumnBuffer, zone: ZoneOffsets) -> SignalValue {
        guard !column.isNull(0), let text = column.described(0) else { return .nothing }
        switch column.column.type {
        case .boolean: return .truth(column.integers[0] != 0)
        case .timestamp: return .time(column.integers[0], Timestamp.text(column.integers[0]))
        case .number:
            // A count is a number to a database that does not say more.
            let number = column.numbers[0]
            return number == 0 || number == 1 ? .truth(number == 1) : .other(Int64(exactly: number).map(String.init) ?? text)
        case .integer, .decimal: return text == "1" || text == "0" ? .truth(text == "1") : .other(text)
        case .text, .date, .json, .list: break
        }
        if let truth = ["true": true, "false": false, "t": true, "f": false, "1": true, "0": false][text.lowercased()] {
            return .truth(truth)
        }
        // Databases without types of their own, such as SQLite, hold times as text.
        guard let reader = try? TimeReader(ColumnFormat(), zone: zone) else { return .other(text) }
        let moment = Array(text.utf8).withUnsafeBufferPointer { reader.moment($0) }
        return moment.map { .time($0, text) } ?? .other(text)
    }
}
