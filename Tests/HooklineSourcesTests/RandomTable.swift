import HooklineCore
import Support

/// A random table of values that are hard for a file format, as CSV and JSONL.
struct RandomTable {
    let names: [String]
    let rows: [[String?]]
    /// The rows as sources read them: values trimmed, and blank values NULL.
    var expected: [[String?]] {
        rows.map { row in row.map { $0.map { TextTrim.trimmed($0) }.flatMap { $0.isEmpty ? nil : $0 } } }
    }

    private static let pieces = [
        "", "a", "user", " ", "  x", "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "é", "日本", "🙂", "\\", "\\u0041", "'", "{", "}",
        "null",
        "0", "-1", "a.b", "\u{1}", "\u{7F}", "\u{FEFF}", "\u{2028}",
    ]

    init(_ generator: inout SeededGenerator, columns: Int) {
        names = (1...columns).map { "column \($0)" + (Bool.random(using: &generator) ? "é" : "") }
        rows = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
            (0..<columns).map { _ in
                if Int.random(in: 0..<5, using: &generator) == 0 { return nil }
                return (0..<Int.random(in: 0...4, using: &generator)).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
                    .joined()
            }
        }
    }

    /// The table as CSV, with necessary and unnecessary quotes, random line breaks, and sometimes a byte order mark.
    func csv(_ generator: inout SeededGenerator, delimiter: Character) -> [UInt8] {
        let lineEnd = ["\n", "\r\n"].randomElement(using: &generator) ?? "\n"
        var text = Bool.random(using: &generator) ? "\u{FEFF}" : ""
        var lines: [String] = []
        for row in [names.map(Optional.some)] + rows {
            lines.append(row.map { field($0, &generator, delimiter) }.joined(separator: String(delimiter)))
        }
        text += lines.joined(separator: lineEnd)
        // An empty last line, such as a single NULL, needs its line break.
        if Bool.random(using: &generator) || lines.last == "" { text += lineEnd }
        return Array(text.utf8)
    }

    private func field(_ value: String?, _ generator: inout SeededGenerator, _ delimiter: Character) -> String {
        guard let value else { return "" }
        let needsQuotes =
            value.isEmpty || value.unicodeScalars.contains { $0 == "\"" || $0 == "\n" || $0 == "\r" || Character($0) == delimiter }
        guard needsQuotes || Bool.random(using: &generator) else { return value }
        let doubled = value.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        return "\"\(doubled)\""
    }

    /// The table as JSONL, with necessary and unnecessary escapes, whitespace, and NULL as null or a missing key.
    func jsonl(_ generator: inout SeededGenerator) -> [UInt8] {
        var lines: [String] = []
        for (number, row) in rows.enumerated() {
            var members: [String] = []
            for (name, value) in zip(names, row) {
                guard let value else {
                    // A key that no object has is an error.
                    if number == 0 || Bool.random(using: &generator) { members.append("\(string(name, &generator)):null") }
                    continue
                }
                members.append(
                    "\(space(&generator))\(string(name, &generator))\(space(&generator)):\(space(&generator))\(string(value, &generator))")
            }
            if Bool.random(using: &generator) { members.shuffle(using: &generator) }
            lines.append("{" + members.joined(separator: ",") + "}" + space(&generator))
            if Int.random(in: 0..<4, using: &generator) == 0 { lines.append(space(&generator)) }
        }
        return Array(lines.joined(separator: Bool.random(using: &generator) ? "\n" : "\r\n").utf8)
    }

    private func space(_ generator: inout SeededGenerator) -> String { ["", "", " ", "\t "].randomElement(using: &generator) ?? "" }

    private func string(_ value: String, _ generator: inout SeededGenerator) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            if scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || Int.random(in: 0..<4, using: &generator) == 0 {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16, uppercase: Bool.random(using: &generator))
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
