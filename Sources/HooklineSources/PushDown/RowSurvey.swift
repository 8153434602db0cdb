import HooklineCore

/// Finds out which rows of a table a source may leave out by a filter, and what a plan needs to know of those.
///
/// A plan must be the same as if all rows had been read: with the same counts, warnings, and errors. So the database counts all rows, looks for
/// values that do not fit, for the texts that rules name, and for rows of the same address as a row that is read. If anything of that is
/// in doubt, all rows are read.
struct RowSurvey<Dialect: SQLDialect> {
    /// What is left out, and the condition of what is read.
    struct Result {
        /// The condition behind WHERE, with the values to bind.
        let condition: String
        let dialect: Dialect
        let leftOut: RowsLeftOut
        /// How many rows the condition is true of.
        let rows: Int
    }

    enum Outcome {
        case leavesOut(Result)
        /// All rows are read, for a reason.
        case readsAll(String)
    }

    let columns: [SQLColumn]
    let filter: RowFilter
    /// The table, in quotes.
    let table: String
    /// Has no values yet.
    let dialect: Dialect

    /// The most texts that are looked for.
    static var mostTexts: Int { 200 }

    /// - Parameter ask: has the database answer a query with one row of so many values; nil if it refuses.
    /// - Returns: what is left out.
    /// - Throws: what `ask` throws.
    func outcome(_ ask: (_ query: String, _ width: Int, _ dialect: Dialect) throws -> [String?]?) throws -> Outcome {
        if let reason = reasonToReadAll { return .readsAll(reason) }
        var rules = RuleSQL(columns: columns, dialect: dialect)
        guard let condition = rules.condition(filter.root) else {
            return .readsAll("no rule can be tested in the source's SQL exactly as Hookline tests it")
        }
        func numbers(_ query: String, _ width: Int, _ dialect: Dialect) throws -> [Int]? {
            let values = try ask(query, width, dialect)?.compactMap { $0.flatMap { Int($0) } }
            return values?.count == width ? values : nil
        }
        var counting = RuleSQL(columns: columns, dialect: dialect)
        let counted = counted(&counting)
        let query = "SELECT \(counted.enumerated().map { "\($1) AS v\($0)" }.joined(separator: ", ")) FROM \(table)"
        guard var values = try numbers(query, counted.count, counting.dialect)?[...], let all = values.popFirst(),
            let picked = values.popFirst()
        else { return .readsAll(RowsLeftOut.refused) }
        for column in columns {
            guard case .those = column.misfits else { continue }
            if values.popFirst() != 0 { return .readsAll("the column '\(column.field)' has values that do not fit its type") }
        }
        if filter.key != nil, values.popFirst() != 0 { return .readsAll("some rows have no primary key of their own") }
        if values.popFirst() != 0 {
            return .readsAll("some addresses are not in their simplest spelling, so only reading them shows which rows have the same")
        }
        let seen = filter.searches.map { $0.texts.map { _ in values.popFirst() ?? 0 > 0 } }
        var sharing = RuleSQL(columns: columns, dialect: dialect)
        guard let shared = try numbers(share(&sharing), 1, sharing.dialect)?.first else { return .readsAll(RowsLeftOut.refused) }
        if shared > 0 { return .readsAll("rows that the rules pick have the same address as rows that they do not") }
        let pushDown = PushDown(rules: condition.rules, unread: all - picked)
        return .leavesOut(
            Result(condition: condition.sql, dialect: rules.dialect, leftOut: RowsLeftOut(pushDown, seen: seen), rows: picked))
    }

    /// Why all rows are read, whatever is in them.
    private var reasonToReadAll: String? {
        for column in columns {
            if case .unknown = column.misfits { return "the values of '\(column.field)' have to be read to know whether they fit its type" }
        }
        guard columns.indices.contains(filter.email), columns[filter.email].kind == .text else {
            return "the address is no column of the source"
        }
        if let key = filter.key, !columns.indices.contains(key) || !(columns[key].isKey || columns[key].countsKeys) {
            return "the primary key is checked in every row, because the table does not guarantee it"
        }
        for column in filter.nullTested where !columns.indices.contains(column) || !columns[column].hasExactNulls {
            return "a column that may hold words for NULL is tested for it"
        }
        for search in filter.searches {
            guard columns.indices.contains(search.column), columns[search.column].kind == .text, !search.ignoresCase,
                !search.texts.contains(where: { $0.utf8.contains(0) || columns[search.column].nullTexts.contains($0) })
            else { return "only reading all rows shows whether some row has the texts that the rules look for" }
        }
        if filter.searches.reduce(0, { $0 + $1.texts.count }) > Self.mostTexts {
            return "the rules look for more than \(Self.mostTexts) texts"
        }
        return nil
    }

    /// Expressions that count all rows, those of which the rules may be true, those with values that do not fit in each column, those without a
    /// key of their own, those with doubtful addresses, and those with each text.
    private func counted(_ rules: inout RuleSQL<Dialect>) -> [String] {
        func count(_ condition: String) -> String { "count(CASE WHEN \(condition) THEN 1 END)" }
        var counted = ["count(*)", count(rules.condition(filter.root)?.sql ?? "1 = 1")]
        for column in columns {
            if case .those(let misfit) = column.misfits { counted.append(count(misfit)) }
        }
        if let key = filter.key.map({ columns[$0] }) {
            counted.append(key.isKey ? count("\(key.value) IS NULL") : "count(*) - count(DISTINCT \(key.value))")
        }
        let email = columns[filter.email].comparable
        counted.append(count("\(rules.dialect.hasAt(email)) AND NOT (\(rules.dialect.isPlainAddress(email)))"))
        for search in filter.searches {
            for text in search.texts {
                counted.append(count("\(columns[search.column].comparable) = \(rules.dialect.literal(.text(Array(text.utf8))))"))
            }
        }
        return counted
    }

    /// Counts the rows that would not be read but have the address of a row that would.
    private func share(_ rules: inout RuleSQL<Dialect>) -> String {
        let email = rules.dialect.lowercased(columns[filter.email].comparable)
        let without = rules.condition(filter.root)?.sql ?? "(1 = 1)"
        let within = rules.condition(filter.root)?.sql ?? "(1 = 1)"
        return """
            SELECT count(*) AS v0 FROM \(table) WHERE NOT coalesce(\(without), 1 = 0) AND \(email) IN \
            (SELECT \(email) FROM \(table) WHERE \(within) AND \(columns[filter.email].value) IS NOT NULL)
            """
    }
}
