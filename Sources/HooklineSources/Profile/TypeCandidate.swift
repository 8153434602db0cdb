import HooklineCore

/// A type and format that a column may have.
package struct TypeCandidate: Equatable, Sendable {
    package let type: ColumnType
    package let format: ColumnFormat

    private init(_ type: ColumnType, _ change: (inout ColumnFormat) -> Void = { _ in }) {
        self.type = type
        var format = ColumnFormat()
        change(&format)
        self.format = format
    }

    /// Currencies and signs that may surround an amount.
    package static let marks = ["€", "$", "£", "¥", "₹", "zł", "EUR", "USD", "GBP", "CHF", "PLN", "SEK", "NOK", "DKK", "CZK", "kr", "%"]

    /// All candidates, simplest first.
    package static let all: [TypeCandidate] =
        [.integer, .number, .decimal, .boolean, .date, .timestamp, .json, .list].map { TypeCandidate($0) }
        + [(".", nil), (",", nil), (",", "."), (".", ","), (".", "'"), (",", " "), (".", " ")].map { decimal, thousands in
            TypeCandidate(.number) {
                $0.decimal = decimal.utf8.first ?? 0x2E
                $0.thousands = thousands?.utf8.first
                $0.strip = marks
            }
        }
        + days.map { pattern in TypeCandidate(.date) { $0.times = [.pattern(pattern)] } }
        + moments.map { pattern in TypeCandidate(.timestamp) { $0.times = [.pattern(pattern)] } }
        + [TimeFormat.unix, .unixMilliseconds].map { format in TypeCandidate(.timestamp) { $0.times = [format] } }

    private static let days = [
        "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%m.%d.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d %b %Y", "%d %B %Y",
        "%b %d, %Y", "%B %d, %Y", "%d-%b-%Y",
    ]
    private static let moments =
        ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d"].flatMap { ["\($0) %H:%M", "\($0) %H:%M:%S"] }
        + ["%m/%d/%Y %I:%M %p", "%d/%m/%Y %I:%M %p", "%a, %d %b %Y %H:%M:%S %z"]

    /// The pattern of its times; nil for named formats.
    package var pattern: String? {
        guard case .pattern(let text)? = format.times.first else { return nil }
        return text
    }

    /// Whether numbers are written as people write them, with a decimal comma, digit groups, or a currency.
    package var hasMarks: Bool { format != ColumnFormat() && format.times.isEmpty }

    /// The candidate with day and month swapped; nil if their order is unambiguous.
    package var swapped: TypeCandidate? {
        guard let pattern else { return nil }
        let swap = pattern.map { (character: Character) -> Character in character == "d" ? "m" : character == "m" ? "d" : character }
        return Self.all.first { $0.type == type && $0.pattern == String(swap) && $0.pattern != pattern }
    }
}
