import HooklineCore

/// A table, view, or query of a server that a driver of ODBC or ADBC reads.
///
/// The driver works in a process of its own, and a process that does not end well has given no rows at all. A column's type comes from
/// `columns`, else from the server. Only used columns are selected.
package struct DriverSource: RowSource {
    private let configuration: SourceConfiguration
    private let model: Model

    package init(_ configuration: SourceConfiguration, model: Model) {
        self.configuration = configuration
        self.model = model
    }

    /// Connects, and has the query described. It runs when its first row is read.
    ///
    /// - Throws: `SourceError` for the driver and the connection; `IssuesFound` for a table or column that the database lacks, for a query or
    ///   expression that it rejects, and for a missing privilege; `CancellationError`.
    package func open() throws -> any RowCursor { try open { Task.isCancelled } }

    package func open(isCancelled: @escaping @Sendable () -> Bool) throws -> any RowCursor {
        let (rows, agreement) = try rows(isCancelled: isCancelled)
        return try QueryReader.cursor(rows, agreement, configuration, model)
    }

    /// What a saved plan depends on: which rows are read as whom. Nothing of a password, also of one under a name that is not known here.
    package static func identity(of source: SourceConfiguration) -> String {
        guard let settings = source.driver, source.kind == .adbc else { return ODBCConnectionText.identity(of: source) }
        let url = settings.url.map { SecretWords.removed(from: $0.text) } ?? ""
        let options = settings.options.map { "\($0.name)=\($0.value)" }.sorted()
        return ([settings.driver ?? "", settings.user ?? "", settings.schema ?? "", url] + options).joined(separator: "\n")
    }

    /// The rows, and which columns they have.
    ///
    /// - Throws: what `open` throws.
    func rows(isCancelled: @escaping @Sendable () -> Bool) throws -> (DriverRows, ColumnAgreement) {
        let session = try DriverSession(configuration, isCancelled: isCancelled)
        let query = try DriverQuery(model, in: session)
        return (DriverRows(session, query), query.agreement)
    }
}
