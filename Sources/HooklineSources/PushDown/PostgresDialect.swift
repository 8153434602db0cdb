import HooklineCore

/// PostgreSQL's SQL. The connection must be in UTC, with standard strings.
struct PostgresDialect: SQLDialect {
    /// Whether values are bound; a driver's child process has no way to.
    let binds: Bool
    /// The values to bind, as text.
    private(set) var values: [String] = []

    /// Statements after which a query returns rows in the order of the table, with a condition as without: which row of an address is the
    /// first must not depend on how the server finds them.
    static let orderOfTheTable = [
        "SET LOCAL max_parallel_workers_per_gather TO 0", "SET LOCAL enable_indexscan TO off", "SET LOCAL enable_indexonlyscan TO off",
        "SET LOCAL synchronize_seqscans TO off",
    ]

    init(binds: Bool) { self.binds = binds }

    mutating func literal(_ value: RowFilter.Value) -> String {
        switch value {
        case .integer(let value): cast(String(value), "bigint")
        case .number(let value): cast("\(value)", "double precision")
        case .decimal(let digits): cast(String(decoding: digits, as: UTF8.self), "numeric")
        case .day(let day): cast(String(decoding: day, as: UTF8.self), "date")
        case .text(let text): self.text(text)
        }
    }

    mutating func literal(moment: Int64) -> String { cast(Timestamp.text(moment), "timestamp with time zone") }

    mutating func has(_ part: RowFilter.Part, _ text: [UInt8], in expression: String) -> String {
        switch part {
        case .contains: return "strpos(\(expression), \(self.text(text))) > 0"
        case .startsWith: return "strpos(\(expression), \(self.text(text))) = 1"
        case .endsWith:
            let length = String(decoding: text, as: UTF8.self).unicodeScalars.count
            return "right(\(expression), \(length)) = \(self.text(text))"
        }
    }

    func isPlainAddress(_ expression: String) -> String {
        "(translate(\(expression), '\(PlainAddress.characters)', '') = '@' AND strpos(\(expression), '--') = 0 AND right(\(expression), 1) <> '.')"
    }

    func hasAt(_ expression: String) -> String { "strpos(\(expression), '@') > 0" }

    func lowercased(_ expression: String) -> String {
        "translate(\(expression), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
    }

    /// A text of ours: digits, letters, and the marks of numbers and times.
    private mutating func cast(_ written: String, _ type: String) -> String {
        "CAST(\(binds ? bound(written) : "'\(written)'") AS \(type))"
    }

    /// A text of somebody else's: bound, or in hexadecimal digits.
    private mutating func text(_ bytes: [UInt8]) -> String {
        if binds { return "CAST(\(bound(String(decoding: bytes, as: UTF8.self))) AS text)" }
        return "convert_from(decode('\(bytes.map(\.hexadecimal).joined())', 'hex'), 'UTF8')"
    }

    private mutating func bound(_ value: String) -> String {
        values.append(value)
        return "$\(values.count)"
    }
}
