import HooklineCore

/// Finds out which types the columns of CSV tables have, from all of their rows.
///
/// DuckDB guesses. What it guesses is kept only where the values can mean nothing else and lose nothing: numbers with a point become exact
/// decimals, and so do whole numbers of more than 18 digits; truth is `true` or `false`, not the `NO` of Norway; and dates begin with the
/// year.
enum DuckDBGuess {
    /// The session with the types of its CSV tables.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    static func typed(_ session: DuckDBSession) throws -> DuckDBSession {
        guard session.tables.contains(where: { $0.format == .csv }) else { return session }
        let guessed = try columns(session)
        let facts = try facts(session, guessed)
        return session.with(
            session.tables.map { table in
                var table = table
                table.types = (guessed[table.name] ?? []).enumerated().map { index, column in
                    (column.name, type(column.type, facts["\(table.name) \(index)"]))
                }
                return table
            })
    }

    /// The columns of each CSV table, as DuckDB guesses them.
    private static func columns(_ session: DuckDBSession) throws -> [String: [(name: String, type: String)]] {
        let tables = session.tables.filter { $0.format == .csv }
        let (rows, fault) = try session.rows(
            tables.map { table in
                DuckDBText.copy(
                    "SELECT '\(table.name)', column_name, column_type FROM (DESCRIBE SELECT * FROM \(table.function(", sample_size = -1")))"
                )
            })
        let found = Dictionary(grouping: rows) { $0[0] }.mapValues { $0.map { (name: $0[1], type: $0[2]) } }
        if let fault {
            throw SourceError(fault, of: session, isReading: true, table: tables.first { found[$0.name] == nil })
        }
        return found
    }

    /// What is true of all values of the columns whose type is doubtful, by table and number of the column.
    private static func facts(
        _ session: DuckDBSession, _ guessed: [String: [(name: String, type: String)]]
    ) throws -> [String: [Substring]] {
        var statements: [String] = []
        var tables: [DuckDBTable] = []
        for table in session.tables {
            let doubtful = (guessed[table.name] ?? []).enumerated().compactMap { index, column in
                question(column.type, SQLText.name(column.name)).map { "concat('\(index)=', \($0))" }
            }
            // Only reading says which of several files lacks a column.
            let first =
                table.files.count > 1 ? guessed[table.name]?.first.map { ["concat('files=', count(\(SQLText.name($0.name))))"] } : nil
            let questions = doubtful + (first ?? [])
            if questions.isEmpty { continue }
            tables.append(table)
            statements.append(
                DuckDBText.copy(
                    "SELECT '\(table.name)', concat_ws(' ', \(questions.joined(separator: ", "))), '' FROM \(table.function(", all_varchar = true"))"
                ))
        }
        if statements.isEmpty { return [:] }
        let (rows, fault) = try session.rows(statements)
        if let fault {
            throw SourceError(fault, of: session, isReading: true, table: rows.count < tables.count ? tables[rows.count] : nil)
        }
        var facts: [String: [Substring]] = [:]
        for row in rows {
            for fact in row[1].split(separator: " ") {
                let parts = fact.split(separator: "=")
                if parts.count == 2 { facts["\(row[0]) \(parts[0])"] = parts[1].split(separator: ",") }
            }
        }
        return facts
    }

    /// What to ask of all values of a column; nil for a type that is beyond doubt.
    private static func question(_ type: String, _ column: String) -> String? {
        switch type {
        case "BOOLEAN": "bool_and(lower(trim(\(column))) IN ('true', 'false'))"
        case "DATE", "TIMESTAMP", "TIMESTAMP_NS": "bool_and(regexp_matches(\(column), '^\\s*[0-9]{4}-[0-9]'))"
        case "TIMESTAMP WITH TIME ZONE":
            "bool_and(regexp_matches(\(column), '^\\s*[0-9]{4}-[0-9].*(Z|[+-][0-9]{2}(:?[0-9]{2})?)\\s*$'))"
        case "DOUBLE":
            """
            concat(max(length(regexp_extract(\(column), '^\\s*[+-]?0*([0-9]*)', 1))), ',', \
            max(length(regexp_extract(\(column), '\\.([0-9]*)\\s*$', 1))), ',', \
            bool_and(regexp_full_match(\(column), '\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)\\s*')))
            """
        default: nil
        }
    }

    /// The type of a column whose values are like that.
    private static func type(_ guessed: String, _ facts: [Substring]?) -> String {
        guard let facts else { return guessed }
        guard guessed == "DOUBLE" else { return facts == ["true"] ? guessed : "VARCHAR" }
        // With exponents, they are meant as floating-point numbers.
        guard facts.count == 3, facts[2] == "true", let whole = Int(facts[0]), let behind = Int(facts[1]) else { return guessed }
        if whole + behind > 38 { return "VARCHAR" }
        return "DECIMAL(\(whole + behind > 18 ? 38 : 18), \(behind))"
    }
}
