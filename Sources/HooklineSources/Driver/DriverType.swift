import Foundation
import HooklineCore

/// The type of a column, as a driver describes it: what its values mean, and how they are spelled the same whatever the driver.
struct DriverType {
    /// How a value is respelled.
    enum Spelling {
        case asIs, lowercase, boolean, number, float
        /// An IP address, of which only a part of a network has its length.
        case address
        /// A time in UTC that says nothing of its zone.
        case utc
    }

    let kind: QueryCell.Kind
    let type: ColumnType
    let spelling: Spelling

    init(_ kind: QueryCell.Kind, _ type: ColumnType, _ spelling: Spelling = .asIs) {
        self.kind = kind
        self.type = type
        self.spelling = spelling
    }

    /// - Parameters:
    ///   - column: the column; its type is one of ODBC's numbers (learn.microsoft.com/sql/odbc/reference/appendixes/sql-data-types).
    ///   - dialect: the server's.
    init(_ column: DriverSession.Column, _ dialect: DriverSettings.Dialect?) {
        let name = column.typeName.lowercased()
        switch column.type {
        case -6, -5, 4, 5: self.init(.number, .integer)
        case 2, 3: self.init(.number, .decimal, .number)
        case 7: self.init(.float(exponentFrom: 6), .number, .float)
        case 6, 8: self.init(.float(exponentFrom: 15), .number, .float)
        case -7: self.init(.boolean, .boolean, .boolean)
        case 9, 91: self.init(.time, .date)
        case 11, 93: self.init(.time, .timestamp, Self.isMoment(name, dialect) ? .utc : .asIs)
        case -2, -3, -4: self.init(.bytes, .text)
        case -11: self.init(.text, .text, .lowercase)
        case _ where ["json", "jsonb", "variant", "object", "super"].contains(name): self.init(.json, .json)
        case _ where name == "array" || name.hasPrefix("array<"): self.init(.json, .list)
        case 1, -8: self.init(.paddedText, .text)
        default: self.init(.text, .text)
        }
    }

    /// Whether a timestamp means one moment, whatever the zone: then the session is in UTC, and its values are.
    private static func isMoment(_ name: String, _ dialect: DriverSettings.Dialect?) -> Bool {
        if name.contains("_ntz") || name.contains("without") { return false }
        if name.contains("tz") || name.contains("with") || name.contains("offset") { return true }
        // Theirs is a moment by itself; what is not is TIMESTAMP_NTZ and DATETIME.
        return name == "timestamp" && (dialect == .databricks || dialect == .bigquery)
    }

    /// Replaces the buffer's content with a value as it is spelled everywhere; false if it can stay as it is.
    func respell(_ bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) -> Bool {
        switch spelling {
        case .asIs: return false
        case .lowercase: text = bytes.map { $0 &- 65 < 26 ? $0 | 0x20 : $0 }
        case .boolean:
            let isTrue = [UInt8(ascii: "1"), UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "-")].contains(bytes.first)
            text = [isTrue ? UInt8(ascii: "t") : UInt8(ascii: "f")]
        case .number:
            // `.5` and `-.5`, as some drivers write them.
            let sign = bytes.first == UInt8(ascii: "-") ? 1 : 0
            guard sign < bytes.count, bytes[sign] == UInt8(ascii: ".") else { return false }
            text = Array(bytes[..<sign]) + [UInt8(ascii: "0")] + Array(bytes[sign...])
        case .float:
            guard let number = Double(String(decoding: bytes, as: UTF8.self)), number.isFinite else { return false }
            text = Array("\(number)".utf8)
        case .address:
            let whole = Array((bytes.contains(UInt8(ascii: ":")) ? "/128" : "/32").utf8)
            guard bytes.count > whole.count, bytes[(bytes.count - whole.count)...].elementsEqual(whole) else { return false }
            text = Array(bytes[..<(bytes.count - whole.count)])
        case .utc:
            // One that has its zone keeps it.
            if bytes.last.map({ $0 &- 48 < 10 }) != true || bytes.count < 12 { return false }
            if bytes[11...].contains(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }) { return false }
            text = Array(bytes) + Array("+00".utf8)
        }
        return true
    }
}
