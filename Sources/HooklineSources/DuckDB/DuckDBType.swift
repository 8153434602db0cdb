import HooklineCore

/// The type of a column, as DuckDB names it: what its values mean, and how they are written so that they are those of PostgreSQL.
struct DuckDBType {
    /// How the written values are read.
    let kind: QueryCell.Kind
    let type: ColumnType
    private let spelling: Spelling

    /// How DuckDB is asked to write a value.
    private enum Spelling {
        case asIs, date, timestamp, interval, json, list
    }

    private init(_ kind: QueryCell.Kind, _ type: ColumnType, _ spelling: Spelling = .asIs) {
        self.kind = kind
        self.type = type
        self.spelling = spelling
    }

    /// - Parameter name: the type, as DESCRIBE writes it (duckdb.org/docs/stable/sql/data_types/overview).
    init(named name: String) {
        // The name of an enumeration, a structure, or an array holds names of the author's choice.
        if name.hasSuffix("]") {
            let element = DuckDBType(named: String(name[..<(name.lastIndex(of: "[") ?? name.startIndex)]))
            switch element.kind {
            case .bytes: self = DuckDBType(.list(of: .bytes), .list)
            // A list of lists or structures must not become one of texts.
            case .json, .list: self = DuckDBType(.json, .list, .json)
            default: self = DuckDBType(.json, .list, .list)
            }
            return
        }
        let first = name.prefix { $0 != "(" }
        self =
            switch first {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER": DuckDBType(.number, .integer)
            // They may be larger than 64 bits, as sums of integers are.
            case "UBIGINT", "HUGEINT", "UHUGEINT", "BIGNUM", "DECIMAL": DuckDBType(.number, .decimal)
            case "FLOAT": DuckDBType(.float(exponentFrom: 6), .number)
            case "DOUBLE": DuckDBType(.float(exponentFrom: 15), .number)
            case "BOOLEAN": DuckDBType(.boolean, .boolean)
            case "DATE": DuckDBType(.time, .date, .date)
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE":
                DuckDBType(.time, .timestamp, .timestamp)
            case "INTERVAL": DuckDBType(.text, .text, .interval)
            case "BLOB", "GEOMETRY": DuckDBType(.bytes, .text)
            case "JSON": DuckDBType(.json, .json)
            case "STRUCT", "MAP", "UNION", "VARIANT": DuckDBType(.json, .json, .json)
            // VARCHAR, UUID, ENUM, TIME, TIME WITH TIME ZONE, BIT, and what later versions add.
            default: DuckDBType(.text, .text)
            }
    }

    /// The expression for a column's values.
    ///
    /// - Parameters:
    ///   - column: the column, in quotes.
    ///   - wanted: the type that they are read as.
    /// - Returns: an expression of DuckDB's SQL.
    func expression(_ column: String, as wanted: ColumnType) -> String {
        let text = "CAST(\(column) AS VARCHAR)"
        return switch spelling {
        case .asIs: column
        case .date: "replace(\(text), ' (BC)', ' BC')"
        case .timestamp: "CASE WHEN contains(\(text), ' (BC)') THEN replace(\(text), ' (BC)', '') || ' BC' ELSE \(text) END"
        case .interval: "replace(\(text), ' month', ' mon')"
        case .json: "CAST(to_json(\(column)) AS VARCHAR)"
        // The items of a list are texts, as PostgreSQL writes them; JSON would lose digits of a DECIMAL.
        case .list where wanted == .list:
            "CASE WHEN \(column) IS NOT NULL THEN CAST(to_json(CAST(\(column) AS VARCHAR[])) AS VARCHAR) END"
        case .list: "CAST(to_json(\(column)) AS VARCHAR)"
        }
    }
}
