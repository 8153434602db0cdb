import GRDB
import Support

/// A case of a database, on a PostgreSQL server or in a DuckDB database.
enum ServerCase {
    /// Whose SQL the statements are in.
    enum Dialect {
        case postgres, duckdb
    }

    /// A schema with the tables of the case, whose columns have the types that the values and the declarations have in common.
    static func schema(_ one: ValueCase) throws -> PostgresSchema { try PostgresSchema(statements(one, for: .postgres)) }

    /// The statements that make those tables.
    static func statements(_ one: ValueCase, for dialect: Dialect) throws -> String {
        let queue = try DatabaseQueue()
        var views: [String] = []
        var statements: [String] = []
        try queue.writeWithoutTransaction { database in
            for statement in one.sql ?? [] { try database.execute(sql: statement) }
            views = try String.fetchAll(database, sql: "SELECT sql FROM sqlite_schema WHERE type = 'view'")
            for table in try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'") {
                let declared = try database.columns(in: table)
                let rows = try Row.fetchAll(database, sql: "SELECT * FROM \"\(table)\"")
                let types = declared.map { column in
                    type(column.type, rows.map { ($0[column.name] as DatabaseValue).storage }, dialect)
                }
                // Quoted for DuckDB, to which `at` is a keyword; unquoted, PostgreSQL reads names in lower case, as the cases ask for them.
                let columns = zip(declared, types).map { dialect == .duckdb ? "\"\($0.name)\" \($1)" : "\($0.name) \($1)" }
                statements.append("CREATE TABLE \(table) (\(columns.joined(separator: ", ")))")
                for row in rows {
                    let values = declared.map { literal((row[$0.name] as DatabaseValue).storage, dialect) }
                    statements.append("INSERT INTO \(table) VALUES (\(values.joined(separator: ", ")))")
                }
            }
        }
        return (statements + views).joined(separator: "; ")
    }

    private static func type(_ declared: String, _ values: [DatabaseValue.Storage], _ dialect: Dialect) -> String {
        let declared = declared.uppercased()
        if declared.contains("BOOL") { return "boolean" }
        if declared.contains("DECIMAL") || declared.contains("MONEY") { return dialect == .duckdb ? "decimal(18, 2)" : "numeric" }
        var kinds: Set<String> = []
        for value in values {
            switch value {
            case .null: break
            case .int64: kinds.insert("bigint")
            case .double: kinds.insert("double precision")
            case .string: kinds.insert("text")
            case .blob: kinds.insert(dialect == .duckdb ? "blob" : "bytea")
            }
        }
        return kinds.count == 1 ? kinds.first ?? "text" : "text"
    }

    private static func literal(_ value: DatabaseValue.Storage, _ dialect: Dialect) -> String {
        switch value {
        case .null: "NULL"
        case .int64(let number): "'\(number)'"
        case .double(let number): "'\(number)'"
        case .string(let text): PostgresSchema.literal(text)
        case .blob(let data) where dialect == .duckdb: "from_hex('\(data.map { String(Int($0) + 256, radix: 16).suffix(2) }.joined())')"
        case .blob(let data): "'\\x\(data.map { String(Int($0) + 256, radix: 16).suffix(2) }.joined())'"
        }
    }
}
