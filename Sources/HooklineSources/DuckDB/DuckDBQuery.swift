import HooklineCore
import Text

/// A model's query on DuckDB.
struct DuckDBQuery {
    /// The columns of the query's rows, and the calculated fields.
    let agreement: ColumnAgreement
    /// For each of the query's columns, how its values are read.
    let kinds: [QueryCell.Kind]
    /// The query for the columns that are used.
    let select: String
    let session: DuckDBSession
    /// The table that it reads; nil for a query or a view.
    let table: String?
    /// For each of its columns, its name in quotes, and its type as DuckDB names it; nil for those that the table lacks.
    let fields: [(name: String, type: String)?]

    /// Builds and checks the query, and has DuckDB describe its columns. CSV files are read once or twice for their types.
    ///
    /// - Throws: `IssuesFound` if the model has neither a table nor a query, if the table is unknown, or if the query is not a single SELECT
    ///   that DuckDB accepts and whose columns have different names; `SourceError`; `CancellationError`.
    init(_ model: Model, of source: SourceConfiguration, isCancelled: @escaping @Sendable () -> Bool) throws {
        let known = (source.duckdb ?? DuckDBSettings()).tables.map(\.name)
        let text = model.sql.map(StatementText.init)
        if let text, !["SELECT", "WITH", "VALUES", "FROM"].contains(text.firstWord) || model.sql?.contains("\0") == true {
            throw IssuesFound(.badSQL, "`sql` is not a query; write a single SELECT (or WITH … SELECT) that changes nothing", model)
        }
        let named = model.table.flatMap { table in known.first { $0.lowercased() == table.lowercased() } }
        let needed: (String) -> Bool = { name in
            // A query needs no more than the tables whose names are in it, whatever they mean there.
            model.sql.map { Self.mentions(name, in: $0) } ?? (name == named)
        }
        var session = try DuckDBSession(source, tables: needed, isCancelled: isCancelled)
        let rows: String
        var isTable = false
        if let sql = model.sql {
            rows = DuckDBText.table(of: sql)
            try Self.checkTwins(session, model)
        } else if let table = model.table {
            (rows, isTable) = try Self.rows(of: table, named, session, model)
        } else {
            throw IssuesFound(.badModel, "the source '\(source.name)' is a database; set `table` or `sql` of the model", model)
        }
        session = try DuckDBGuess.typed(session)
        let columns = try Self.columns(of: rows, session, model)
        let types = columns.map { DuckDBType(named: $0.type) }
        let found = zip(columns, types).map { Column($0.name, $1.type, origin: .source) }
        let choice = try FieldChoice(model, source: source, found: found)
        let agreement = try ColumnAgreement(model, source: source, found: choice.columns)
        let chosen = zip(agreement.places, agreement.own).map { place, column in choice.indexes[place].map { ($0, column.type) } }
        kinds = chosen.isEmpty ? [.text] : chosen.map { $0.map { types[$0.0].kind } ?? .text }
        self.fields = agreement.places.map { place in
            choice.indexes[place].map { (SQLText.name(columns[$0].name), columns[$0].type) }
        }
        table = isTable ? rows : nil
        let fields = chosen.enumerated().map { number, choice in
            "\(choice.map { types[$0.0].expression(SQLText.name(found[$0.0].name), as: $0.1) } ?? "NULL") AS c\(number)"
        }
        select = "SELECT \(fields.isEmpty ? "NULL" : fields.joined(separator: ", ")) FROM \(rows)"
        self.agreement = agreement
        self.session = session
    }

    /// The rows, which DuckDB begins to write at the first step.
    func rows(isCancelled: @escaping @Sendable () -> Bool) -> DuckDBRows {
        DuckDBRows(kinds, self, isCancelled: isCancelled)
    }

    private static func mentions(_ name: String, in sql: String) -> Bool {
        let word = Array(name.lowercased().utf8)
        let text = Array(sql.lowercased().utf8)
        guard text.count >= word.count else { return false }
        return (0...text.count - word.count).contains { start in
            text[start] == word[0] && text[start..<start + word.count].elementsEqual(word)
                && (start == 0 || !StatementText.isPartOfName(text[start - 1]))
                && (start + word.count == text.count || !StatementText.isPartOfName(text[start + word.count]))
        }
    }

    /// The table of a model, as a query has it: one of files, or one of the database.
    private static func rows(
        of written: String, _ named: String?, _ session: DuckDBSession, _ model: Model
    ) throws -> (rows: String, isTable: Bool) {
        let stored = try DuckDBTables.stored(in: session)
        let match = stored.first { $0.name == written } ?? stored.first { $0.name.lowercased() == written.lowercased() }
        if let named, match != nil { throw twins([named], session, model) }
        if let named { return (SQLText.name(named), true) }
        if let match { return (match.quoted, !match.isView) }
        let names = session.settings.tables.map(\.name) + stored.map(\.name)
        throw IssuesFound(
            .unknownTable,
            "the source '\(session.source.name)' has no table '\(written.onOneLine)'\(names.isEmpty ? "; it has none" : NearestName.hint(written, among: names))",
            model)
    }

    /// - Throws: `sources.bad_model` if a name means both a table of files and one of the database.
    private static func checkTwins(_ session: DuckDBSession, _ model: Model) throws {
        guard !session.source.path.isEmpty, !session.tables.isEmpty else { return }
        let stored = Set(try DuckDBTables.stored(in: session).map { $0.name.lowercased() })
        let twice = session.tables.map(\.name).filter { stored.contains($0.lowercased()) }
        if !twice.isEmpty { throw twins(twice, session, model) }
    }

    private static func twins(_ names: [String], _ session: DuckDBSession, _ model: Model) -> IssuesFound {
        IssuesFound(
            .badModel,
            "the source '\(session.source.name)' has '\(names[0])' both in its `tables` and in its database; give the one in `tables` another name",
            model)
    }

    private static func columns(
        of rows: String, _ session: DuckDBSession, _ model: Model
    ) throws -> [(name: String, type: String)] {
        let made = session.tables.flatMap { [$0.statement, DuckDBText.copy("SELECT 'table', '\($0.name)', ''")] }
        let (answers, fault) = try session.rows(
            made + [DuckDBText.copy("SELECT 'column', column_name, column_type FROM (DESCRIBE SELECT * FROM \(rows))")])
        guard let fault else { return answers.filter { $0[0] == "column" }.map { ($0[1], $0[2]) } }
        let count = answers.count { $0[0] == "table" }
        if count < session.tables.count {
            throw SourceError(fault, of: session, isReading: true, table: session.tables[count])
        }
        throw refused(fault, session, model)
    }

    /// Why DuckDB does not run a query.
    private static func refused(_ fault: DuckDBFault, _ session: DuckDBSession, _ model: Model) -> any Error {
        guard fault.kind == .failed else { return SourceError(fault, of: session, isReading: false) }
        switch fault.name {
        case "Permission Error":
            return IssuesFound(
                .badSQL,
                "the query reads what the source does not name: \(fault.message); add the file to `tables` of the source '\(session.source.name)'",
                model)
        case "Parser Error" where fault.message.contains("single SELECT"):
            return IssuesFound(.badSQL, "`sql` is not one query; write a single SELECT (or WITH … SELECT) that changes nothing", model)
        case "Invalid Input Error" where fault.message.contains("parameters"):
            return IssuesFound(
                .badSQL, "`sql` has a parameter, but a query takes none; write the value itself, or test it in `where:`", model)
        case "Catalog Error" where fault.message.contains("Table with name"):
            let names = session.settings.tables.map(\.name) + ((try? DuckDBTables.stored(in: session).map(\.name)) ?? [])
            let there = names.isEmpty ? "" : "; the source has \(ColumnNames.listed(names))"
            return IssuesFound(.badSQL, "DuckDB rejects the query: \(fault.message)\(there)", model)
        case "Parser Error", "Binder Error", "Catalog Error", "Not implemented Error", "Conversion Error", "Invalid Input Error",
            "Out of Range Error", "Syntax Error":
            return IssuesFound(.badSQL, "DuckDB rejects the query: \(fault.message)\(fault.candidates)", model)
        default: return SourceError(fault, of: session, isReading: false)
        }
    }
}
