import HooklineCore

/// Parses amounts with units, as manifests write them; nil for any other text.
enum Measure {
    /// Parses `64MB` into bytes; a KB has 1,024 bytes.
    static func bytes(_ text: String) -> Int? {
        amount(text, ["KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30])
    }

    /// Parses `2s` or `500ms` into milliseconds.
    static func milliseconds(_ text: String) -> Int? {
        text.hasSuffix("ms") ? amount(text, ["ms": 1]) : amount(text, ["s": 1_000])
    }

    /// Parses `500ms`, `90s`, `10m` or `2h` into milliseconds.
    static func timeLimit(_ text: String) -> Int? { milliseconds(text) ?? seconds(text).map { $0 * 1_000 } }

    /// Parses `15m`, `1h` or `2d` into seconds.
    static func seconds(_ text: String) -> Int? {
        amount(text, ["m": 60, "h": 3_600, "d": 86_400])
    }

    /// Parses `500` or `20%`.
    static func limit(_ text: String) -> Safeguards.Limit? {
        guard text.last == "%" else { return Int(text).map { .count($0) } }
        return Double(text.dropLast()).map { .percent($0) }
    }

    private static func amount(_ text: String, _ units: [String: Int]) -> Int? {
        for (unit, size) in units where text.hasSuffix(unit) {
            guard let count = Int(text.dropLast(unit.count)) else { return nil }
            let (total, overflow) = count.multipliedReportingOverflow(by: size)
            return overflow ? nil : total
        }
        return nil
    }
}
