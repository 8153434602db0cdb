import Foundation
import HooklineCore
import HooklineManifest
import HooklineSources

/// Writes a column's type as in a manifest.
enum ColumnSpelling {
    /// - Parameters:
    ///   - candidate: the type.
    ///   - marks: the marks around the column's amounts.
    /// - Returns: `number`, or `{ type: number, decimal: "," }`.
    static func text(_ candidate: TypeCandidate, marks: Set<String>) -> String {
        let format = candidate.format
        if format == ColumnFormat() { return candidate.type.rawValue }
        var keys = ["type: \(candidate.type.rawValue)"]
        if let time = format.times.first {
            switch time {
            case .pattern(let pattern): keys.append("format: \(YAMLText.quoted(pattern))")
            case .unix: keys.append("format: unix")
            case .unixMilliseconds: keys.append("format: unix_ms")
            case .iso, .excel, .julian, .epochDays: break
            }
        } else {
            if format.decimal != UInt8(ascii: ".") { keys.append("decimal: \(YAMLText.quoted(character(format.decimal)))") }
            if let thousands = format.thousands { keys.append("thousands: \(YAMLText.quoted(character(thousands)))") }
            let marks = marks.sorted()
            if marks.count == 1 { keys.append("strip: \(YAMLText.quoted(marks[0]))") }
            if marks.count > 1 { keys.append("strip: [\(marks.map(YAMLText.quoted).joined(separator: ", "))]") }
        }
        return "{ \(keys.joined(separator: ", ")) }"
    }

    /// A name as a YAML key, quoted if necessary.
    static func key(_ name: String) -> String {
        let isPlain =
            name.first?.isLetter ?? false
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) }
            && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(name.lowercased())
        return isPlain ? name : YAMLText.quoted(name)
    }

    private static func character(_ byte: UInt8) -> String { String(UnicodeScalar(byte)) }
}
