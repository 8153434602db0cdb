import HooklineCore
import Text

/// A model's query on a server behind a driver.
struct DriverQuery {
    /// The columns of the query's rows, and the calculated fields.
    let agreement: ColumnAgreement
    /// For each of the query's columns, how its values are read.
    let types: [DriverType]
    /// The query for the columns that are used.
    let sql: String
    /// The table of a PostgreSQL server that it reads; nil for any other.
    let table: DriverTable?
    /// For each of its columns, its name in the table, and its type; nil for those that the table lacks.
    let fields: [(name: String, type: UInt32, mapped: ColumnType)?]

    /// Builds and checks the query, and has the server run it for no row, which also checks what the user may read.
    ///
    /// - Throws: `IssuesFound` if the model has neither a table nor a query, if the table is unknown, or if the query is not a single SELECT
    ///   that the server accepts and whose columns have different names; `SourceError`; `CancellationError`.
    init(_ model: Model, in session: DriverSession) throws {
        let (rows, table) = try Self.rows(model, session)
        // Nobody has tried to leave rows out through an ADBC driver.
        self.table = session.dialect == .postgres && session.source.kind == .odbc ? table : nil
        let columns: [DriverSession.Column]
        do { columns = try session.describe("SELECT * FROM \(rows) WHERE 1 = 0") } catch let fault as DriverFault {
            throw Self.refused(fault, model, session)
        }
        let (types, identifiers) = try Self.types(of: columns, rows, model, session)
        let found = zip(columns, types).map { Column($0.name, $1.type, origin: .source) }
        try UsedColumns(model).requireDifferentNames(found, model)
        let choice = try FieldChoice(model, source: session.source, found: found)
        agreement = try ColumnAgreement(model, source: session.source, found: choice.columns)
        let chosen = agreement.places.map { choice.indexes[$0] }
        self.fields = chosen.map { index in
            index.flatMap { identifiers.isEmpty ? nil : (found[$0].name, identifiers[$0], types[$0].type) }
        }
        self.types = chosen.isEmpty ? [DriverType(.text, .text)] : chosen.map { $0.map { types[$0] } ?? DriverType(.text, .text) }
        let fields = chosen.enumerated().map { number, index in
            guard let index else { return "NULL AS c\(number)" }
            let name = session.name(found[index].name)
            // As text, PostgreSQL's values are those that libpq reads; a driver would respell some and move others to another day.
            return "\(session.dialect == .postgres ? "CAST(\(name) AS text)" : name) AS c\(number)"
        }
        sql = "SELECT \(fields.isEmpty ? "NULL AS c0" : fields.joined(separator: ", ")) FROM \(rows)"
    }

    /// What stands behind FROM: a table, or the query in parentheses.
    private static func rows(_ model: Model, _ session: DriverSession) throws -> (rows: String, table: DriverTable?) {
        if let sql = model.sql {
            let text = StatementText(sql)
            // The server sees the query in parentheses, where nothing but a query may be; a driver would run more than one statement.
            guard text.isQuery, text.isAlone, !sql.contains("\0") else {
                throw IssuesFound(.badSQL, "`sql` is not one query; write a single SELECT (or WITH … SELECT) that changes nothing", model)
            }
            return ("\(SQLText.parenthesized(text.body)) AS hookline_rows", nil)
        }
        guard let table = model.table else {
            throw IssuesFound(.badModel, "the source '\(session.source.name)' is a database; set `table` or `sql` of the model", model)
        }
        let found = try session.translating { try DriverTable(table, model: model, in: session) }
        return (found.quoted(in: session), found)
    }

    /// What the columns mean: by PostgreSQL's own word, with the object IDs of its types, else by the driver's.
    private static func types(
        of columns: [DriverSession.Column], _ rows: String, _ model: Model, _ session: DriverSession
    ) throws -> (types: [DriverType], identifiers: [UInt32]) {
        // SQLite's columns have no types, and its driver takes one from the first rows.
        if session.product == "SQLite" { return (columns.map { _ in DriverType(.text, .text) }, []) }
        guard session.dialect == .postgres else { return (columns.map { DriverType($0, session.dialect) }, []) }
        var seen: [String: Int] = [:]
        for column in columns { seen[column.name, default: 0] += 1 }
        // A name that two columns have cannot be asked for, and cannot be used, either.
        let asked = columns.map {
            seen[$0.name] == 1 ? "CAST(CAST(pg_catalog.pg_typeof(r.\(session.name($0.name))) AS oid) AS text)" : "'25'"
        }
        return try session.translating {
            let query =
                "SELECT \(asked.joined(separator: ", ")) FROM (SELECT 1 AS one) o LEFT JOIN (SELECT * FROM \(rows) LIMIT 0) r ON true"
            let answer = columns.isEmpty ? [] : try session.rows(query, columns: columns.count).first ?? []
            let identifiers = try base(of: answer.map { $0.flatMap { UInt32($0) } ?? 25 }, session)
            let types = try PostgresType.all(identifiers) { try session.rows($0, columns: 2) }
            // The text of an inet has a length also where PostgreSQL writes none.
            return (zip(types, identifiers).map { DriverType($0.kind, $0.type, $1 == 869 ? .address : .asIs) }, identifiers)
        }
    }

    /// The types below domains.
    private static func base(of identifiers: [UInt32], _ session: DriverSession) throws -> [UInt32] {
        var (found, depth) = (identifiers, 0)
        while depth < 32, case let made = Set(found.filter { $0 >= 10_000 }).sorted(), !made.isEmpty {
            let rows = try session.rows(
                "SELECT CAST(oid AS text), CAST(typbasetype AS text) FROM pg_catalog.pg_type WHERE typtype = 'd' AND oid IN (\(made.map(String.init).joined(separator: ", ")))",
                columns: 2)
            let below = Dictionary(
                rows.compactMap { row in row[0].flatMap { UInt32($0) }.flatMap { key in row[1].flatMap { UInt32($0) }.map { (key, $0) } } },
                uniquingKeysWith: { first, _ in first })
            if below.isEmpty { break }
            found = found.map { below[$0] ?? $0 }
            depth += 1
        }
        return found
    }

    /// Why the server does not run a query.
    private static func refused(_ fault: DriverFault, _ model: Model, _ session: DriverSession) -> any Error {
        guard fault.kind == .diagnosed else { return SourceError(fault, of: session, row: nil) }
        if fault.state == "42501" || fault.text.lowercased().contains("permission denied") || fault.text.contains("nsufficient privileges")
        {
            return IssuesFound(
                .missingPrivilege,
                "\(fault.message); hookline source grants \(session.source.name) prints what the user needs", model)
        }
        // Syntax errors and unknown names, wrong numbers of parameters, wrong types, and writing.
        guard ["42", "07", "22", "25", "0A", "3F", "37", "S0", "21"].contains(String(fault.state.prefix(2))) || fault.state == "HY000"
        else {
            return SourceError(fault, of: session, row: nil)
        }
        return IssuesFound(.badSQL, "\(session.product) rejects the query: \(fault.message)", model)
    }
}
