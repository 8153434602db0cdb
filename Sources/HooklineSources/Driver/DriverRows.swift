import HooklineCore

/// The rows that a reader hands over, of which few are in memory. A reader that does not end well has no last row.
final class DriverRows: QueryRows {
    private let types: [DriverType]
    private let session: DriverSession
    private let query: DriverQuery
    private var sql: String
    private var bytes: [UInt8] = []
    private var at = 0
    /// For each column, the place of its value in `bytes`; nil for NULL.
    private var places: [Range<Int>?]
    /// For each column, its value as it is spelled everywhere.
    private var respelled: [[UInt8]]
    private var count = 0
    private var hasStarted = false
    private var hasEnded = false

    init(_ session: DriverSession, _ query: DriverQuery) {
        self.session = session
        self.query = query
        (sql, types) = (query.sql, query.types)
        places = types.map { _ in nil }
        respelled = types.map { _ in [] }
    }

    /// The process that reads. For tests.
    var reader: Int32 { session.process.identifier }

    func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { session.process.isCancelled = isCancelled }

    func leaveOut(by filter: RowFilter, _ own: [Column], _ format: CellFormat) throws -> (RowsLeftOut, Int?) {
        guard session.dialect == .postgres else { return (.nothing(RowsLeftOut.untried(session.product)), nil) }
        return try session.translating {
            guard let table = query.table,
                let facts = try PostgresColumns(schema: table.schema, name: table.name, { try session.rows($0, columns: 4) })
            else { return (.nothing(RowsLeftOut.query), nil) }
            let columns = zip(own, query.fields).map { column, field in
                facts.column(
                    column, field?.name, quoted: field.map { session.name($0.name) } ?? "", type: field?.type ?? 0,
                    mapped: field?.mapped ?? .text, format)
            }
            let survey = RowSurvey(
                columns: columns, filter: filter, table: table.quoted(in: session), dialect: PostgresDialect(binds: false))
            let outcome = try survey.outcome { query, width, _ in try session.trying(query, columns: width)?.first }
            guard case .leavesOut(let found) = outcome else { return (outcome.leftOut, nil) }
            for statement in PostgresDialect.orderOfTheTable { try session.execute(statement) }
            sql += " WHERE \(found.condition)"
            return (found.leftOut, found.rows)
        }
    }

    func step() throws -> Bool {
        if hasEnded { return false }
        do {
            if !hasStarted { try session.start(sql) }
            hasStarted = true
            while at >= bytes.count {
                let (isEnd, rows) = try session.receive(into: &bytes)
                at = 0
                guard isEnd else { continue }
                guard rows == count else { throw DriverFault(kind: .broken, text: "the reader counted other rows than it sent") }
                try session.process.finish()
                hasEnded = true
                return false
            }
            try readRow()
        } catch let fault as DriverFault {
            throw SourceError(fault, of: session, row: count + 1)
        }
        count += 1
        return true
    }

    func cell(at index: Int) throws -> QueryCell {
        let type = types[index]
        guard let place = places[index] else { return QueryCell(kind: type.kind, bytes: nil) }
        let value = bytes.withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[place]) }
        if type.spelling == .asIs { return QueryCell(kind: type.kind, bytes: value) }
        guard type.respell(value, to: &respelled[index]) else { return QueryCell(kind: type.kind, bytes: value) }
        // The arrays are not changed before the next row.
        return QueryCell(kind: type.kind, bytes: respelled[index].withUnsafeBufferPointer { $0 })
    }

    private func readRow() throws {
        for index in places.indices {
            guard at + 4 <= bytes.count else { throw Self.incomplete }
            let length = bytes.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: at, as: Int32.self)) }
            at += 4
            guard length >= 0 else {
                places[index] = nil
                continue
            }
            guard at + length <= bytes.count else { throw Self.incomplete }
            places[index] = at..<at + length
            at += length
        }
    }

    private static let incomplete = DriverFault(kind: .broken, text: "the reader sent an incomplete row")
}
