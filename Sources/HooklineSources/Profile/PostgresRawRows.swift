import HooklineCore

/// The cells of a table or a query of a server.
final class PostgresRawRows: RawRows {
    let names: [String]
    let allowsLeadingZeros = false

    private let rows: PostgresRows
    private let types: [ColumnType]

    /// - Throws: `SourceError`; `IssuesFound` if the table does not exist or the server rejects the query; `CancellationError`.
    init(_ configuration: SourceConfiguration, model: Model, isCancelled: @escaping @Sendable () -> Bool) throws {
        let session = try PostgresSession(configuration, isCancelled: isCancelled)
        let query = try PostgresQuery(model, in: session)
        names = query.agreement.own.map(\.name)
        types = query.agreement.own.map(\.type)
        rows = PostgresRows(session, query)
    }

    func serverType(at index: Int) -> ColumnType? { types[index] }

    func next(_ visit: (Int, RawCell) -> Void) throws -> Bool {
        guard try rows.step() else { return false }
        for index in names.indices { visit(index, .postgres(try rows.cell(at: index))) }
        return true
    }
}
