import HooklineCore

/// DuckDB's SQL. Its program has no way to bind values, so texts are written in hexadecimal digits.
struct DuckDBDialect: SQLDialect {
    func literal(_ value: RowFilter.Value) -> String {
        switch value {
        case .integer(let value): "CAST('\(value)' AS BIGINT)"
        case .number(let value): "CAST('\(value)' AS DOUBLE)"
        case .decimal(let text):
            "CAST('\(String(decoding: text, as: UTF8.self))' AS DECIMAL(\(max(1, text.decimalDigits.whole + text.decimalDigits.fraction)), \(text.decimalDigits.fraction)))"
        case .day(let day): "CAST('\(String(decoding: day, as: UTF8.self))' AS DATE)"
        case .text(let text): Self.text(text)
        }
    }

    /// In microseconds, as `epoch_us` returns them.
    func literal(moment: Int64) -> String { "CAST('\(moment)000000' AS BIGINT)" }

    func has(_ part: RowFilter.Part, _ text: [UInt8], in expression: String) -> String {
        switch part {
        case .contains: "contains(\(expression), \(Self.text(text)))"
        case .startsWith: "starts_with(\(expression), \(Self.text(text)))"
        case .endsWith: "ends_with(\(expression), \(Self.text(text)))"
        }
    }

    func isPlainAddress(_ expression: String) -> String {
        "(translate(\(expression), '\(PlainAddress.characters)', '') = '@' AND NOT contains(\(expression), '--') AND NOT ends_with(\(expression), '.'))"
    }

    func hasAt(_ expression: String) -> String { "contains(\(expression), '@')" }

    func lowercased(_ expression: String) -> String {
        "translate(\(expression), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    }

    /// A text of somebody else's.
    static func text(_ bytes: some Collection<UInt8>) -> String { "decode(from_hex('\(bytes.map(\.hexadecimal).joined())'))" }
}

/// What DuckDB can say of a column.
enum DuckDBColumns {
    private static let space = DuckDBDialect.text(TrimmedSpace.text.utf8)

    /// - Parameters:
    ///   - column: the column of the model.
    ///   - field: its name in quotes and its type, as DESCRIBE writes it; nil for a column that the table lacks.
    ///   - format: how cells are read.
    /// - Returns: how SQL can compare it, and which of its values would not fit.
    static func column(_ column: Column, _ field: (name: String, type: String)?, _ format: CellFormat) -> SQLColumn {
        guard let field else { return SQLColumn(column.name, "NULL", .none) }
        guard column.type == DuckDBType(named: field.type).type else { return SQLColumn(column.name, field.name, .unknown) }
        var made = known(column, field.name, field.type, format)
        made.nullTexts = format.nullValues
        made.hasExactNulls = made.kind != nil && made.kind != .text && format.nullValues.isEmpty
        made.countsKeys = made.kind == .integer && column.type == .integer && format.nullValues.isEmpty
        return made
    }

    private static func known(_ column: Column, _ name: String, _ type: String, _ format: CellFormat) -> SQLColumn {
        func made(_ misfits: SQLColumn.Misfits, _ kind: SQLColumn.Kind? = nil, comparable: String? = nil) -> SQLColumn {
            SQLColumn(column.name, name, misfits, kind, comparable: comparable)
        }
        switch type.prefix(while: { $0 != "(" }) {
        case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER": return made(.none, .integer)
        case "BOOLEAN": return made(.none, .integer, comparable: "CAST(\(name) AS INTEGER)")
        case "UBIGINT", "HUGEINT", "UHUGEINT": return made(.none)
        case "DECIMAL":
            let digits = type.dropFirst("DECIMAL(".count).dropLast().split(separator: ",").compactMap { Int($0.drop { $0 == " " }) }
            guard digits.count == 2 else { return made(.none) }
            var decimal = made(.none, .decimal)
            decimal.digits = (digits[0] - digits[1], digits[1])
            return decimal
        // A number of 4 bytes is read as its shortest digits, which is another number of 8 bytes.
        case "FLOAT": return made(.those("(NOT isfinite(\(name)))"))
        case "DOUBLE": return made(.those("(NOT isfinite(\(name)))"), .number)
        case "DATE": return made(.those("(\(name) < DATE '0001-01-01' OR \(name) > DATE '9999-12-31')"), .day)
        case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE":
            let misfits = "(\(name) < CAST('0001-01-01 00:00:00' AS \(type)) OR \(name) > CAST('9999-12-31 23:59:59' AS \(type)))"
            let isComparable = type != "TIMESTAMP" || format.timezone == "UTC"
            return made(.those(misfits), isComparable ? .moment : nil, comparable: "epoch_us(\(name))")
        case "VARCHAR", "UUID", "ENUM":
            let text = "CAST(\(name) AS VARCHAR)"
            let trims = column.format.trims ?? format.trims
            // What `encode` and `decode` return has no collation any more.
            return made(
                .those("(strlen(\(text)) > \(1 << 20) OR contains(\(text), chr(0)))"), .text,
                comparable: "decode(encode(\(trims ? "trim(\(text), \(space))" : text)))")
        default: return made(.unknown)
        }
    }
}
