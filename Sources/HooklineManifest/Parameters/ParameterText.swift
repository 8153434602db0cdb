import HooklineCore

/// Turns texts into parameter values.
enum ParameterText {
    static func value(_ text: String, _ kind: Parameter.Kind) -> ParameterValue? {
        switch kind {
        case .text, .enum: .text(text)
        case .integer: Int64(text).map { .integer($0) }
        case .number: number(text).map { .number($0) }
        case .boolean: ["true": .boolean(true), "false": .boolean(false)][text.lowercased()]
        case .date: CalendarDate(text.utf8) == nil ? nil : .date(text)
        case .list: nil
        }
    }

    static func allowed(_ kind: Parameter.Kind) -> String {
        switch kind {
        case .text, .enum: "a text"
        case .integer: "a whole number"
        case .number: "a number such as 10, 0.5 or 1e3"
        case .boolean: "true or false"
        case .date: "a date such as 2026-03-01"
        case .list: "a list"
        }
    }

    /// Reads decimal numbers only: what Swift also accepts (`nan`, `0x1p3`) is not a number in a manifest.
    private static func number(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }), let value = Double(text), value.isFinite else {
            return nil
        }
        return value
    }
}
