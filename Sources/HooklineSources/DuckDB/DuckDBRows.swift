import HooklineCore

/// The rows that DuckDB's program writes, of which few are in memory. A program that does not end well has no last row.
final class DuckDBRows: QueryRows {
    private let kinds: [QueryCell.Kind]
    private let session: DuckDBSession
    private let query: DuckDBQuery
    /// The query for the rows.
    private var select: String
    private var process: DuckDBProcess?
    private var scanner: CSVScanner?
    private var count = 0
    private var hasEnded = false
    private var isCancelled: @Sendable () -> Bool

    /// The most bytes of a row.
    private static let longestRow = 128 << 20

    /// - Parameters:
    ///   - kinds: how the values of each column are read.
    ///   - query: the query; the program starts at the first step.
    ///   - isCancelled: called while the program works; true kills it.
    init(
        _ kinds: [QueryCell.Kind], _ query: DuckDBQuery, isCancelled: @escaping @Sendable () -> Bool
    ) {
        self.kinds = kinds
        self.query = query
        (session, select) = (query.session, query.select)
        self.isCancelled = isCancelled
    }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {
        self.isCancelled = isCancelled
        process?.isCancelled = isCancelled
    }

    func leaveOut(by filter: RowFilter, _ own: [Column], _ format: CellFormat) throws -> (RowsLeftOut, Int?) {
        guard let table = query.table else { return (.nothing(RowsLeftOut.query), nil) }
        let columns = zip(own, query.fields).map { DuckDBColumns.column($0, $1, format) }
        let survey = RowSurvey(columns: columns, filter: filter, table: table, dialect: DuckDBDialect())
        let outcome = try survey.outcome { query, width, _ in
            let values = (0..<width).map { "v\($0)" }.joined(separator: ", ")
            let ask = DuckDBText.copy("SELECT 'answer', concat_ws(' ', \(values)), '' FROM (\(query))")
            let (rows, fault) = try session.rows(session.tables.map(\.statement) + [ask])
            return fault == nil ? rows.first?[1].split(separator: " ").map(String.init) : nil
        }
        guard case .leavesOut(let found) = outcome else { return (outcome.leftOut, nil) }
        select += " WHERE \(found.condition)"
        return (found.leftOut, found.rows)
    }

    func step() throws -> Bool {
        if hasEnded { return false }
        do {
            guard try scanner(of: kinds.count).nextRow(width: max(kinds.count, 1)) else {
                try session.checkUnchanged()
                hasEnded = true
                return false
            }
        } catch let fault as DuckDBFault {
            throw SourceError(fault, of: session, isReading: true)
        } catch let error as SourceError where error.location.line != nil {
            throw unreadable(error)
        }
        count += 1
        return true
    }

    func cell(at index: Int) throws -> QueryCell {
        guard let scanner else { return QueryCell(kind: kinds[index], bytes: nil) }
        let field = scanner.fields[index]
        let bytes = field.bytes(in: scanner.record)
        if field.isQuoted { return QueryCell(kind: kinds[index], bytes: bytes) }
        guard bytes.elementsEqual(#"\N"#.utf8) else {
            throw SourceError(.queryFailed, at: .init(session.source.name, row: count), "DuckDB's program wrote what is not its output")
        }
        return QueryCell(kind: kinds[index], bytes: nil)
    }

    private func scanner(of width: Int) throws -> CSVScanner {
        if let scanner { return scanner }
        let process = try session.start(session.tables.map(\.statement) + [DuckDBText.copy(select)])
        process.isCancelled = isCancelled
        var limits = FileWindow.Limits()
        limits.record = Self.longestRow
        let made = try CSVScanner(FileWindow(process, path: session.source.name, limits: limits), CSVFormat())
        (self.process, scanner) = (process, made)
        return made
    }

    /// A mistake of the scanner, whose lines are not those of any file.
    private func unreadable(_ error: SourceError) -> SourceError {
        let location = SourceError.Location(session.source.name, row: count + 1)
        switch error.code {
        case .recordTooLarge:
            return SourceError(.recordTooLarge, at: location, "the row is larger than \(Self.longestRow >> 20) MB; select fewer columns")
        case .badEncoding: return SourceError(.badEncoding, at: location, "a text of the row holds a NUL byte, which text never contains")
        default: return SourceError(.queryFailed, at: location, "DuckDB's program wrote what is not its output")
        }
    }
}
