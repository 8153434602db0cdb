/// A pattern of days or times with the fields of `strptime`, such as `%d/%m/%Y %H:%M`.
package struct TimePattern: Equatable, Sendable {
    /// One part of the text.
    enum Field: Equatable, Sendable {
        case year, month, monthName, day, dayOfYear, weekday
        case hour, hourOfHalfDay, halfDay, minute, second, fraction
        case offset, zoneName, unixSeconds
        /// One or more spaces.
        case space
        case literal(UInt8)

        /// Whether it consists of digits.
        var isDigits: Bool {
            switch self {
            case .year, .month, .day, .dayOfYear, .hour, .hourOfHalfDay, .minute, .second, .fraction, .unixSeconds: true
            case .literal(let byte): byte &- 48 < 10
            default: false
            }
        }
    }

    /// The pattern as it is written.
    package let text: String
    let fields: [Field]

    /// Reads a pattern.
    ///
    /// - Throws: `TimeMistake` for a field that is unknown, ambiguous, or repeated, and if the fields do not make a day.
    package init(_ text: String) throws(TimeMistake) {
        self.text = text
        var fields: [Field] = []
        var isField = false
        for byte in text.utf8 {
            if isField {
                fields += try Self.fields(named: byte)
                isField = false
            } else if byte == UInt8(ascii: "%") {
                isField = true
            } else if byte == 0x20 {
                if fields.last != .space { fields.append(.space) }
            } else {
                fields.append(.literal(byte))
            }
        }
        if isField { throw TimeMistake(message: "ends with a single %; write %% for the character") }
        self.fields = fields
        if let message = Self.fault(of: fields) { throw TimeMistake(message: message) }
    }

    private static func fields(named letter: UInt8) throws(TimeMistake) -> [Field] {
        switch UnicodeScalar(letter) {
        case "Y": return [.year]
        case "m": return [.month]
        case "b", "B", "h": return [.monthName]
        case "d", "e": return [.day]
        case "j": return [.dayOfYear]
        case "a", "A": return [.weekday]
        case "H", "k": return [.hour]
        case "I", "l": return [.hourOfHalfDay]
        case "p", "P": return [.halfDay]
        case "M": return [.minute]
        case "S": return [.second]
        case "f": return [.fraction]
        case "z": return [.offset]
        case "Z": return [.zoneName]
        case "s": return [.unixSeconds]
        case "F": return [.year, .literal(45), .month, .literal(45), .day]
        case "T": return [.hour, .literal(58), .minute, .literal(58), .second]
        case "R": return [.hour, .literal(58), .minute]
        case "%": return [.literal(letter)]
        case "y", "D", "C", "g", "c", "x":
            throw TimeMistake(
                message:
                    "has %\(UnicodeScalar(letter)), which does not give a year of four digits; use %Y")
        default:
            let name = letter < 0x7F && letter > 0x20 ? "%\(UnicodeScalar(letter))" : "% before something that is not a letter"
            throw TimeMistake(message: "has \(name), which is not a field; the fields are \(allowed)")
        }
    }

    /// The fields, for messages.
    package static let allowed = "%Y %m %d %e %j %b %B %a %A %H %I %p %M %S %f %z %Z %s %F %T %R %%"

    private static func fault(of fields: [Field]) -> String? {
        func has(_ field: Field) -> Bool { fields.contains(field) }
        for (index, field) in fields.enumerated() {
            if case .literal = field { continue }
            if field != .space, fields[..<index].contains(field) { return "has a field twice; use each field once" }
            if field == .fraction, index == 0 || fields[index - 1].isDigits {
                return "has %f directly after digits; put a point in between"
            }
        }
        if has(.month), has(.monthName) { return "has the month twice, as a number and as a name" }
        if has(.offset), has(.zoneName) { return "has both %z and %Z; a time has one zone" }
        if has(.unixSeconds) {
            let others = fields.contains { field in
                switch field {
                case .literal, .space, .unixSeconds, .fraction: false
                default: true
                }
            }
            return others ? "has other fields with %s, which already is the whole time" : nil
        }
        guard has(.year), has(.dayOfYear) || (has(.day) && (has(.month) || has(.monthName))) else {
            return "does not make a day: it needs %Y, a month (%m, %b, or %B), and %d; or %Y and %j; or %s"
        }
        if has(.dayOfYear), has(.day) || has(.month) || has(.monthName) { return "has both %j and a month or a day of the month" }
        if has(.hour), has(.hourOfHalfDay) || has(.halfDay) {
            return "has both %H and %I or %p; %H counts to 23, and %I to 12 with AM or PM"
        }
        if has(.hourOfHalfDay) != has(.halfDay) { return "needs %I and %p together: the hour from 1 to 12, and AM or PM" }
        let hasHour = has(.hour) || has(.hourOfHalfDay)
        if has(.minute), !hasHour { return "has minutes without hours" }
        if has(.second), !has(.minute) { return "has seconds without minutes" }
        if has(.fraction), !has(.second) { return "has a fraction without seconds" }
        if has(.offset) || has(.zoneName), !hasHour { return "has a zone without a time of day" }
        return nil
    }
}
