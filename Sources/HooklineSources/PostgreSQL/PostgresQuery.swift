import HooklineCore
import PostgreSQL
import Text

/// A model's query on a server.
struct PostgresQuery {
    /// The columns of the query's rows, and the calculated fields.
    let agreement: ColumnAgreement
    /// For each of the query's columns, how its values are read.
    let kinds: [QueryCell.Kind]
    /// The query for the columns that are used.
    let sql: String
    /// The table that it reads; nil for a query.
    let table: PostgresTable?
    /// For each of its columns, its name in the table, and its type; nil for those that the table lacks.
    let fields: [(name: String, type: UInt32, mapped: ColumnType)?]

    private let model: Model
    private let session: PostgresSession

    /// Builds and checks the query, and has the server plan it, which also checks what the user may read.
    ///
    /// - Throws: `IssuesFound` if the model has neither a table nor a query, if the table is unknown, or if the query is not a single SELECT
    ///   that the server accepts and whose columns have different names; `SourceError`; `CancellationError`.
    init(_ model: Model, in session: PostgresSession) throws {
        self.model = model
        self.session = session
        let plain: String
        let table = try model.sql == nil ? model.table.map { try PostgresTable($0, model: model, in: session) } : nil
        if let sql = model.sql {
            plain = sql
        } else if let table {
            plain = "SELECT * FROM \(table.quoted)"
        } else {
            throw IssuesFound(.badModel, "the source '\(session.source.name)' is a database; set `table` or `sql` of the model", model)
        }
        let described = try Self.describe(plain, table, model, session)
        let text = StatementText(plain)
        guard text.isQuery, !described.fields.isEmpty else {
            throw IssuesFound(.badSQL, "`sql` is not a query; write a single SELECT (or WITH … SELECT) that changes nothing", model)
        }
        guard described.values == 0 else {
            throw IssuesFound(
                .badSQL,
                "`sql` has the parameter '$1', but a query takes no parameters; write the value itself, or test it in `where:`, where a value may be \"${param:NAME}\"",
                model)
        }
        let types = try PostgresType.all(described.fields.map(\.type), in: session)
        let found = zip(described.fields, types).map { Column($0.name, $1.type, origin: .source) }
        try UsedColumns(model).requireDifferentNames(found, model)
        let choice = try FieldChoice(model, source: session.source, found: found)
        let agreement = try ColumnAgreement(model, source: session.source, found: choice.columns)
        self.agreement = agreement
        self.table = table
        fields = agreement.places.map { place in
            choice.indexes[place].map { (described.fields[$0].name, described.fields[$0].type, types[$0].type) }
        }
        kinds = agreement.places.map { place in choice.indexes[place].map { types[$0].kind } ?? .text }
        let isWhole = model.fields == nil && agreement.own.count == found.count
        sql =
            isWhole
            ? text.body
            : Self.chosen(
                agreement, choice, found,
                // A table is named without a query around it: otherwise every column would need a grant.
                from: table?.quoted ?? "\(SQLText.parenthesized(text.body)) AS hookline_rows")
        do { _ = try session.connection.rows("EXPLAIN \(sql)") } catch let fault as PostgresFault {
            throw Self.refused(fault, sql, table, model, session)
        }
    }

    /// Selects only the columns that are read, under the model's names.
    private static func chosen(_ agreement: ColumnAgreement, _ choice: FieldChoice, _ found: [Column], from rows: String) -> String {
        let fields = agreement.places.enumerated().map { number, place in
            "\(choice.indexes[place].map { SQLText.name(found[$0].name) } ?? "NULL") AS c\(number)"
        }
        return "SELECT \(fields.isEmpty ? "NULL" : fields.joined(separator: ", ")) FROM \(rows)"
    }

    private static func describe(
        _ sql: String, _ table: PostgresTable?, _ model: Model, _ session: PostgresSession
    ) throws -> (fields: [Connection.Field], values: Int) {
        do { return try session.connection.describe(sql) } catch let fault as PostgresFault {
            throw refused(fault, sql, table, model, session)
        }
    }

    /// Why the server does not run a query.
    private static func refused(
        _ fault: PostgresFault, _ sql: String, _ table: PostgresTable?, _ model: Model, _ session: PostgresSession
    ) -> any Error {
        guard fault.kind == .statement, let state = fault.state else { return SourceError(fault, of: session, row: nil) }
        switch state {
        case "42501":
            let user = SQLText.name(session.settings.user)
            let grants = table.map {
                "; ask for: GRANT USAGE ON SCHEMA \(SQLText.name($0.schema)) TO \(user); GRANT SELECT ON \($0.quoted) TO \(user)"
            }
            return IssuesFound(
                .missingPrivilege,
                "\(fault.message)\(grants ?? "; ask for GRANT SELECT on what the query reads, and USAGE on its schema, for \(user)")", model
            )
        case "42601" where fault.message.contains("multiple commands"):
            return IssuesFound(.badSQL, "`sql` is more than one statement; write a single SELECT", model)
        // The class of syntax errors and of names that do not exist, wrong types, divisions by a constant zero, and writing.
        case _ where ["42", "22", "25", "0A", "3F"].contains(String(state.prefix(2))):
            let place = fault.place.flatMap {
                SQLPlace(offset: sql.unicodeScalars.prefix($0 - 1).reduce(0) { $0 + UTF8.width($1) }, in: sql)
            }
            let hint = fault.hint.map { "; \($0)" } ?? ""
            return IssuesFound(
                .badSQL, "PostgreSQL rejects the query\(place.map { " at \($0.text)" } ?? ""): \(fault.message)\(hint)", model)
        default: return SourceError(fault, of: session, row: nil)
        }
    }
}
