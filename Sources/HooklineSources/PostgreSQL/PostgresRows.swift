import HooklineCore
import PostgreSQL

/// The rows of a server's query, of which only one is in memory.
final class PostgresRows: QueryRows {
    let kinds: [QueryCell.Kind]

    private let session: PostgresSession
    private let query: PostgresQuery
    private var sql: String
    private var values: [String] = []
    /// How many rows have been read.
    private var count = 0
    private var hasStarted = false
    private var hasEnded = false

    /// The most bytes of one value.
    private static let longestValue = 128 << 20

    init(_ session: PostgresSession, _ query: PostgresQuery) {
        self.session = session
        self.query = query
        sql = query.sql
        kinds = query.kinds
    }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { session.connection.isCancelled = isCancelled }

    func leaveOut(by filter: RowFilter, _ own: [Column], _ format: CellFormat) throws -> (RowsLeftOut, Int?) {
        if session.source.kind == .redshift { return (.nothing(RowsLeftOut.untried("Redshift")), nil) }
        guard let table = query.table,
            let facts = try PostgresColumns(schema: table.schema, name: table.name, { try session.rows($0) })
        else { return (.nothing(RowsLeftOut.query), nil) }
        let columns = zip(own, query.fields).map { column, field in
            facts.column(
                column, field?.name, quoted: field.map { SQLText.name($0.name) } ?? "", type: field?.type ?? 0,
                mapped: field?.mapped ?? .text, format)
        }
        let survey = RowSurvey(columns: columns, filter: filter, table: table.quoted, dialect: PostgresDialect(binds: true))
        let outcome = try survey.outcome { query, _, dialect in try session.trying(query, dialect.values)?.first }
        guard case .leavesOut(let found) = outcome else { return (outcome.leftOut, nil) }
        try session.run(PostgresDialect.orderOfTheTable.joined(separator: "; "))
        (sql, values) = ("\(sql) WHERE \(found.condition)", found.dialect.values)
        return (found.leftOut, found.rows)
    }

    /// Moves to the next row; false at the end. The first step runs the query.
    ///
    /// - Throws: `SourceError`; `CancellationError` when the time is up.
    func step() throws -> Bool {
        if hasEnded { return false }
        do {
            if !hasStarted { try session.connection.start(sql, values) }
            hasStarted = true
            guard try session.connection.next() else {
                hasEnded = true
                session.connection.close()
                return false
            }
        } catch let fault as PostgresFault {
            throw SourceError(fault, of: session, row: count + 1)
        }
        count += 1
        return true
    }

    /// A value of the row.
    ///
    /// - Throws: `sources.record_too_large`.
    func cell(at index: Int) throws -> QueryCell {
        let bytes = session.connection.value(at: index)
        if let bytes, bytes.count > Self.longestValue {
            throw SourceError(
                .recordTooLarge, at: .init(session.source.name, row: count),
                "a value of the row is larger than \(Self.longestValue >> 20) MB")
        }
        return QueryCell(kind: kinds[index], bytes: bytes)
    }
}
