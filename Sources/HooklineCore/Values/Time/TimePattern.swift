/// A form of days and times that an author describes with the fields of `strptime`, such as `%d/%m/%Y %H:%M`.
package struct TimePattern: Equatable, Sendable {
    /// What stands at one place of the text.
    enum Field: Equatable, Sendable {
        case year, month, monthName, day, dayOfYear, weekday
        case hour, hourOfHalfDay, halfDay, minute, second, fraction
        case offset, zoneName, unixSeconds
        /// One or more spaces.
        case space
        case literal(UInt8)

        /// Whether it is read digit by digit.
        var isDigits: Bool {
            switch self {
            case .year, .month, .day, .dayOfYear, .hour, .hourOfHalfDay, .minute, .second, .fraction, .unixSeconds: true
            case .literal(let byte): byte &- 48 < 10
            default: false
            }
        }
    }

    /// As it is written.
    package let text: String
    let fields: [Field]

    /// Reads a pattern.
    ///
    /// - Throws: `TimeMistake` for a field that is not known, is ambiguous or stands twice, and when the fields together make no day.
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

    /// Whether it says more than a day.
    package var hasTimeOfDay: Bool { fields.contains(.hour) || fields.contains(.hourOfHalfDay) || fields.contains(.unixSeconds) }

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
                    "has %\(UnicodeScalar(letter)), whose year has two digits or none: nobody knows its century; use %Y, a year of four")
        default:
            let name = letter < 0x7F && letter > 0x20 ? "%\(UnicodeScalar(letter))" : "% before something that is no letter"
            throw TimeMistake(message: "has \(name), which is no field; there are \(allowed)")
        }
    }

    /// The fields, for messages.
    package static let allowed = "%Y %m %d %e %j %b %B %a %A %H %I %p %M %S %f %z %Z %s %F %T %R %%"

    private static func fault(of fields: [Field]) -> String? {
        func has(_ field: Field) -> Bool { fields.contains(field) }
        for (index, field) in fields.enumerated() {
            if case .literal = field { continue }
            if field != .space, fields[..<index].contains(field) { return "says the same twice; each field stands once" }
            if field == .fraction, index == 0 || fields[index - 1].isDigits { return "has %f directly behind digits; put a point between" }
        }
        if has(.month), has(.monthName) { return "has a month twice, as number and as name" }
        if has(.offset), has(.zoneName) { return "has both %z and %Z; a time has one zone" }
        if has(.unixSeconds) {
            let others = fields.contains { field in
                switch field {
                case .literal, .space, .unixSeconds, .fraction: false
                default: true
                }
            }
            return others ? "has %s, which says everything, beside other fields" : nil
        }
        guard has(.year), has(.dayOfYear) || (has(.day) && (has(.month) || has(.monthName))) else {
            return "makes no day: it needs %Y, a month (%m, %b or %B) and %d, or %Y and %j, or %s"
        }
        if has(.dayOfYear), has(.day) || has(.month) || has(.monthName) { return "has %j beside a month or a day of one" }
        if has(.hour), has(.hourOfHalfDay) || has(.halfDay) { return "has %H beside %I or %p; %H counts to 23, %I to 12 with AM or PM" }
        if has(.hourOfHalfDay) != has(.halfDay) { return "needs %I and %p together: AM or PM says which half of the day an hour is of" }
        let hasHour = has(.hour) || has(.hourOfHalfDay)
        if has(.minute), !hasHour { return "has minutes without hours" }
        if has(.second), !has(.minute) { return "has seconds without minutes" }
        if has(.fraction), !has(.second) { return "has a fraction without seconds" }
        if has(.offset) || has(.zoneName), !hasHour { return "has a zone without a time of day" }
        return nil
    }
}
