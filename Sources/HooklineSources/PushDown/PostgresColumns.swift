import HooklineCore

/// What PostgreSQL can say of a table.
struct PostgresColumns {
    /// The names of columns with a different value in every row.
    let keys: Set<String>
    /// Whether its texts are in UTF-8.
    let isUTF8: Bool

    /// Looks the table up; nil if it is a view or lies elsewhere, so that nobody knows what reading it twice means.
    ///
    /// - Parameters:
    ///   - schema: its schema.
    ///   - name: its name.
    ///   - ask: answers a query with rows of four texts.
    /// - Throws: what `ask` throws.
    init?(schema: String, name: String, _ ask: (_ query: String) throws -> [[String?]]) rethrows {
        var dialect = PostgresDialect(binds: false)
        let names = [schema, name].map { dialect.literal(.text(Array($0.utf8))) }
        let found = try ask(
            """
            SELECT CAST(c.relkind AS text), CAST(c.relhassubclass AND c.relkind = 'r' AS text), current_setting('server_encoding'), \
            CAST(a.attname AS text) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
            LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate \
            AND i.indpred IS NULL AND i.indnkeyatts = 1 \
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] AND a.attnum > 0 AND a.attnotnull \
            WHERE n.nspname = \(names[0]) AND c.relname = \(names[1]) AND c.relkind IN ('r', 'p', 'm')
            """)
        guard let first = found.first else { return nil }
        // What is unique in a table may be repeated in those that inherit from it.
        keys = first[1] == "true" ? [] : Set(found.compactMap { $0[3] })
        isUTF8 = first[2] == "UTF8"
    }

    /// White space, written without any character beyond ASCII.
    private static let space = "convert_from(decode('\(TrimmedSpace.text.utf8.map(\.hexadecimal).joined())', 'hex'), 'UTF8')"

    /// - Parameters:
    ///   - column: the column of the model.
    ///   - own: its name in the table; nil for a column that the table lacks.
    ///   - quoted: that name in quotes.
    ///   - type: the object ID of its type, without any domain around it.
    ///   - mapped: what Hookline makes of the type.
    ///   - format: how cells are read.
    /// - Returns: how SQL can compare it, and which of its values would not fit.
    func column(
        _ column: Column, _ own: String?, quoted: String, type: UInt32, mapped: ColumnType, _ format: CellFormat
    ) -> SQLColumn {
        guard let own else { return SQLColumn(column.name, "NULL", .none) }
        guard column.type == mapped else { return SQLColumn(column.name, quoted, .unknown) }
        var made = known(column, quoted, type, format)
        made.nullTexts = format.nullValues
        made.hasExactNulls = made.kind != nil && made.kind != .text && format.nullValues.isEmpty
        made.isKey = [20, 21, 23, 2950].contains(type) && keys.contains(own) && format.nullValues.isEmpty
        return made
    }

    private func known(_ column: Column, _ name: String, _ type: UInt32, _ format: CellFormat) -> SQLColumn {
        func made(_ misfits: SQLColumn.Misfits, _ kind: SQLColumn.Kind? = nil, comparable: String? = nil) -> SQLColumn {
            SQLColumn(column.name, name, misfits, kind, comparable: comparable)
        }
        switch type {
        case 20, 21, 23: return made(.none, .integer)
        case 16: return made(.none, .integer, comparable: "CAST(\(name) AS integer)")
        // A number of 4 bytes is read as its shortest digits, which is another number of 8 bytes.
        case 700: return made(.those("(\(name) IN ('NaN', 'Infinity', '-Infinity'))"))
        case 701: return made(.those("(\(name) IN ('NaN', 'Infinity', '-Infinity'))"), .number)
        // Whatever of the two it is, the difference is no number.
        case 1700: return made(.those("(\(name) - \(name) = 'NaN')"), .decimal)
        case 1082: return made(.those("(\(name) < '0001-01-01' OR \(name) > '9999-12-31')"), .day)
        case 1184:
            return made(.those("(\(name) < '0001-01-01 00:00:00+00' OR \(name) > '9999-12-31 23:59:59.999999+00')"), .moment)
        case 1114:
            let misfits = "(\(name) < '0001-01-01 00:00:00' OR \(name) > '9999-12-31 23:59:59.999999')"
            return made(.those(misfits), format.timezone == "UTC" ? .moment : nil, comparable: "(\(name) AT TIME ZONE 'UTC')")
        case 2950 where isUTF8: return made(.none, .text, comparable: "CAST(\(name) AS text) COLLATE \"C\"")
        case 25, 1043, 1042, 19:
            guard isUTF8 else { return made(.unknown) }
            let text = "CAST(\(name) AS text)"
            let trims = column.format.trims ?? format.trims
            return made(
                .those("(octet_length(\(text)) > \(Self.longestText))"), .text,
                comparable: (trims ? "btrim(\(text), \(Self.space))" : text) + " COLLATE \"C\"")
        default: return made(.unknown)
        }
    }

    /// The longest text that is left unread, in bytes: what is much longer might be refused.
    private static let longestText = 1 << 20
}
