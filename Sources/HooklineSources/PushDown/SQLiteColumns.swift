import GRDB
import GRDBSQLite
import HooklineCore
import Text

/// What SQLite can say of a table, in which every value has a type of its own.
struct SQLiteColumns {
    /// The names of columns with a different value in every row.
    let keys: Set<String>

    /// Looks the table up; nil if it is a view.
    ///
    /// - Throws: SQLite's errors.
    init?(table: String, in database: Database) throws {
        let kind = try String.fetchOne(
            database, sql: "SELECT type FROM sqlite_schema WHERE type IN ('table', 'view') AND lower(name) = lower(?)", arguments: [table])
        guard kind == "table" else { return nil }
        let single = try Optional<String>.fetchAll(
            database,
            sql: """
                SELECT name FROM pragma_table_info(:table) WHERE pk = 1 AND (SELECT max(pk) FROM pragma_table_info(:table)) = 1
                UNION SELECT (SELECT name FROM pragma_index_info(i.name)) FROM pragma_index_list(:table) i
                    WHERE i."unique" AND NOT i.partial AND (SELECT count(*) FROM pragma_index_info(i.name)) = 1
                """, arguments: ["table": table])
        keys = Set(single.compactMap(\.self))
        if let connection = database.sqliteConnection { Self.addTextCheck(to: connection) }
    }

    /// - Parameters:
    ///   - column: the column of the model.
    ///   - own: its name in the table; nil for a column that the table lacks.
    ///   - format: how cells are read.
    /// - Returns: how SQL can compare it, and which of its values would not fit.
    func column(_ column: HooklineCore.Column, _ own: String?, _ format: CellFormat) -> SQLColumn {
        // The sign keeps SQLite from converting values for a comparison, and from reading the rows in the order of an index.
        guard let own else { return SQLColumn(column.name, "NULL", .none) }
        let name = "+" + SQLText.name(own)
        guard column.origin == .declared || column.origin == .source else { return SQLColumn(column.name, name, .unknown) }
        var made = known(column, name, format)
        made.nullTexts = format.nullValues
        made.hasExactNulls = made.kind != nil && made.kind != .text && format.nullValues.isEmpty
        made.isKey = column.type == .integer && keys.contains(own) && format.nullValues.isEmpty
        return made
    }

    private func known(_ column: HooklineCore.Column, _ name: String, _ format: CellFormat) -> SQLColumn {
        /// `fits` is true of values that surely fit.
        func made(_ fits: String, _ kind: SQLColumn.Kind?, comparable: String? = nil) -> SQLColumn {
            SQLColumn(column.name, name, .those("(\(name) IS NOT NULL AND NOT coalesce(\(fits), 0))"), kind, comparable: comparable)
        }
        switch column.type {
        case .integer: return made("typeof(\(name)) = 'integer'", .integer)
        case .boolean: return made("typeof(\(name)) = 'integer' AND \(name) IN (0, 1)", .integer)
        case .decimal: return made("typeof(\(name)) = 'integer'", nil)
        case .number:
            let (whole, most) = ("9007199254740992", "1.7976931348623157e308")
            return made(
                "(typeof(\(name)) = 'integer' AND \(name) BETWEEN -\(whole) AND \(whole)) OR (typeof(\(name)) = 'real' AND \(name) BETWEEN -\(most) AND \(most))",
                .number)
        case .date where column.format.times.isEmpty:
            return made("typeof(\(name)) = 'text' AND length(\(name)) = 10 AND date(\(name)) = \(name)", .day)
        case .timestamp where column.format.times.isEmpty && format.timezone == "UTC":
            return made(
                "typeof(\(name)) = 'text' AND \(name) IN (datetime(\(name)), strftime('%Y-%m-%dT%H:%M:%SZ', \(name))) AND substr(\(name), 1, 4) <> '0000'",
                .moment, comparable: "substr(replace(\(name), 'T', ' '), 1, 19)")
        case .text:
            let trims = column.format.trims ?? format.trims
            return made(
                "typeof(\(name)) = 'text' AND length(CAST(\(name) AS BLOB)) < \(1 << 20) AND instr(\(name), char(0)) = 0 AND hookline_is_text(\(name))",
                .text,
                comparable: (trims ? "trim(\(name), '\(TrimmedSpace.text)')" : name) + " COLLATE BINARY")
        case .date, .timestamp, .json, .list: return SQLColumn(column.name, name, .unknown)
        }
    }

    /// Adds a function that says whether a text is UTF-8.
    private static func addTextCheck(to connection: SQLiteConnection) {
        sqlite3_create_function_v2(
            connection, "hookline_is_text", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nil,
            { context, _, values in
                let value = values?[0]
                let bytes = UnsafeBufferPointer(start: sqlite3_value_text(value), count: Int(sqlite3_value_bytes(value)))
                sqlite3_result_int(context, UTF8Check.isValid(bytes) ? 1 : 0)
            }, nil, nil, nil)
    }
}
