import HooklineCore

/// The type of a server's column: what its values mean, and which of Hookline's types holds them.
struct PostgresType {
    let kind: QueryCell.Kind
    let type: ColumnType

    init(_ kind: QueryCell.Kind, _ type: ColumnType) {
        self.kind = kind
        self.type = type
    }

    /// An array.
    init(listOf element: QueryCell.Kind) { self.init(.list(of: element), .list) }

    /// The type with an object ID that is the same on every server; nil for one that somebody made.
    ///
    /// The IDs are those of PostgreSQL's `pg_type.dat`. 4000 is Redshift's SUPER, as its drivers read it; PostgreSQL has no such type.
    static func of(_ identifier: UInt32) -> PostgresType? {
        switch identifier {
        case 20, 21, 23, 26: PostgresType(.number, .integer)
        case 700, 701: PostgresType(.number, .number)
        case 1700: PostgresType(.number, .decimal)
        case 16: PostgresType(.boolean, .boolean)
        case 1082: PostgresType(.time, .date)
        case 1114, 1184: PostgresType(.time, .timestamp)
        case 114, 3802, 4000: PostgresType(.json, .json)
        case 17: PostgresType(.bytes, .text)
        case 1042: PostgresType(.paddedText, .text)
        // "char", name, text, varchar, unknown, uuid, xml, money, times, intervals, addresses, bits.
        case 18, 19, 25, 1043, 705, 2950, 142, 790, 1083, 1266, 1186, 869, 650, 829, 774, 1560, 1562: PostgresType(.text, .text)
        case 1005, 1007, 1016, 1028, 1021, 1022, 1231: PostgresType(listOf: .number)
        case 1000: PostgresType(listOf: .boolean)
        case 1182, 1115, 1185: PostgresType(listOf: .time)
        case 199, 3807: PostgresType(listOf: .json)
        case 1001: PostgresType(listOf: .bytes)
        case 1014: PostgresType(listOf: .paddedText)
        case 1002, 1003, 1009, 1015, 2951, 1183, 1187, 1041: PostgresType(listOf: .text)
        default: nil
        }
    }

    /// The types with these object IDs. Enumerations and everything else that somebody made are text.
    ///
    /// - Throws: `SourceError`; `CancellationError`.
    static func all(_ identifiers: [UInt32], in session: PostgresSession) throws -> [PostgresType] {
        // Redshift has no such arrays.
        if session.source.kind == .redshift { return identifiers.map { of($0) ?? PostgresType(.text, .text) } }
        return try all(identifiers) { try session.rows($0) }
    }

    /// The types with these object IDs, of a server that is asked with `rows`.
    static func all(_ identifiers: [UInt32], rows: (String) throws -> [[String?]]) rethrows -> [PostgresType] {
        let unknown = Set(identifiers.filter { of($0) == nil }).sorted()
        var made: [UInt32: PostgresType] = [:]
        if !unknown.isEmpty {
            let found = try rows(
                """
                SELECT CAST(t.oid AS text), CAST(CASE WHEN e.typtype = 'd' THEN e.typbasetype ELSE t.typelem END AS text)
                FROM pg_catalog.pg_type t JOIN pg_catalog.pg_type e ON e.oid = t.typelem
                WHERE t.typcategory = 'A' AND t.typlen = -1 AND e.typdelim = ',' AND t.oid IN (\(unknown.map(String.init).joined(separator: ", ")))
                """)
            for row in found {
                guard let identifier = row[0].flatMap({ UInt32($0) }), let element = row[1].flatMap({ UInt32($0) }) else { continue }
                made[identifier] = PostgresType(listOf: of(element)?.kind ?? .text)
            }
        }
        return identifiers.map { of($0) ?? made[$0] ?? PostgresType(.text, .text) }
    }
}
