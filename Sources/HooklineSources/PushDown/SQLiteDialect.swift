import GRDB
import HooklineCore

/// SQLite's SQL, with bound values.
struct SQLiteDialect: SQLDialect {
    /// The values to bind.
    private(set) var values: [DatabaseValue] = []

    mutating func literal(_ value: RowFilter.Value) -> String {
        switch value {
        case .integer(let value): bound(value.databaseValue)
        case .number(let value): bound(value.databaseValue)
        case .decimal(let text), .day(let text), .text(let text): bound(String(decoding: text, as: UTF8.self).databaseValue)
        }
    }

    mutating func literal(moment: Int64) -> String {
        var text: [UInt8] = []
        SQLText.append(moment: moment, to: &text)
        return bound(String(decoding: text, as: UTF8.self).databaseValue)
    }

    mutating func has(_ part: RowFilter.Part, _ text: [UInt8], in expression: String) -> String {
        let place = literal(.text(text))
        // Byte by byte, whatever lies in the text: SQLite's functions for characters stop at a NUL.
        return switch part {
        case .contains: "instr(\(expression), \(place)) > 0"
        case .startsWith: "instr(\(expression), \(place)) = 1"
        case .endsWith: "substr(CAST(\(expression) AS BLOB), -\(text.count)) = CAST(\(place) AS BLOB)"
        }
    }

    func isPlainAddress(_ expression: String) -> String {
        "(\(expression) GLOB '*@*' AND NOT \(expression) GLOB '*@*@*' AND NOT \(expression) GLOB '*[^A-Za-z0-9._+@-]*' "
            + "AND NOT \(expression) GLOB '*--*' AND NOT \(expression) GLOB '*.')"
    }

    func hasAt(_ expression: String) -> String { "instr(\(expression), '@') > 0" }

    // SQLite folds only A to Z; other letters are in no plain address.
    func lowercased(_ expression: String) -> String { "lower(\(expression))" }

    private mutating func bound(_ value: DatabaseValue) -> String {
        values.append(value)
        return "?\(values.count)"
    }
}
