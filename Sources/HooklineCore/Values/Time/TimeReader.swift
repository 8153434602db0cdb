/// Reads the moments and days of one column: its forms, and the zone of times that name none.
///
/// No value asks Foundation or allocates.
package struct TimeReader: Sendable {
    package typealias Bytes = UnsafeBufferPointer<UInt8>

    /// A form, ready to be read.
    private enum Form {
        case iso
        case numeric(TimeFormat)
        case pattern(TimePattern)
    }

    private let forms: [Form]
    private let zone: ZoneOffsets
    /// Whether the column names no forms: the usual case.
    private let isISO: Bool

    /// - Parameters:
    ///   - format: the column's forms; none are the default ones.
    ///   - timezone: the IANA zone of times without one.
    /// - Throws: what is wrong with a pattern or with the zone's name; manifests have been checked for both.
    package init(_ format: ColumnFormat, timezone: String) throws(TimeMistake) {
        guard let zone = ZoneOffsets(named: timezone) else { throw TimeMistake(message: "there is no time zone '\(timezone)'") }
        try self.init(format, zone: zone)
    }

    /// The same with a zone that is known.
    package init(_ format: ColumnFormat, zone: ZoneOffsets) throws(TimeMistake) {
        self.zone = zone
        var forms: [Form] = []
        for time in format.times {
            switch time {
            case .iso: forms.append(.iso)
            case .pattern(let text): forms.append(.pattern(try TimePattern(text)))
            case .unix, .unixMilliseconds, .excel, .julian, .epochDays: forms.append(.numeric(time))
            }
        }
        isISO = forms.isEmpty
        self.forms = forms
    }

    // MARK: Moments

    /// Unix seconds; nil for text in none of the forms. White space around it belongs to none.
    package func moment(_ text: Bytes) -> Int64? {
        if isISO { return ISOTime.read(text)?.moment(in: zone) }
        for form in forms {
            let moment: Int64? =
                switch form {
                case .iso: ISOTime.read(text)?.moment(in: zone)
                case .pattern(let pattern): pattern.read(text)?.moment(in: zone)
                case .numeric(let format):
                    Self.number(text, { NumericTime.moment($0, format, zone) }, { NumericTime.moment($0, format, zone) })
                }
            if let moment { return moment }
        }
        return nil
    }

    /// Unix seconds of a whole number, which a pattern reads by its digits; nil when no form has such numbers.
    package func moment(_ number: Int64) -> Int64? {
        first({ NumericTime.moment(number, $0, zone) }, { pattern in Self.withDigits(of: number) { pattern.read($0)?.moment(in: zone) } })
    }

    /// Unix seconds of a floating-point number; nil when no form has such numbers.
    package func moment(_ number: Double) -> Int64? {
        first({ NumericTime.moment(number, $0, zone) }, { _ in Int64(exactly: number).flatMap(moment) })
    }

    /// The time as it is written, in the column's own forms: a day, where the form has no time of day; nil for text in none of them.
    func written(_ text: Bytes) -> WrittenTime? {
        for form in forms {
            let time: WrittenTime? =
                switch form {
                case .iso: ISOTime.read(text)
                case .pattern(let pattern): pattern.read(text)
                case .numeric(.epochDays):
                    PlainNumber.integer(text).flatMap { NumericTime.day($0, .epochDays, zone) }.map { WrittenTime(day: $0) }
                case .numeric: moment(text).map { WrittenTime(moment: $0) }
                }
            if let time { return time }
        }
        return nil
    }

    // MARK: Days

    /// The day; nil for text in none of the forms.
    ///
    /// In the default forms a time of day must be a midnight without a zone, as spreadsheets and databases write days. With a pattern
    /// the day is the one that is written, or with a zone, the one that the column's zone has at that moment.
    package func day(_ text: Bytes) -> CalendarDate? {
        if isISO { return Self.isoDay(text) }
        for form in forms {
            let day: CalendarDate? =
                switch form {
                case .iso: Self.isoDay(text)
                case .pattern(let pattern): pattern.read(text)?.day(in: zone)
                case .numeric(let format):
                    Self.number(text, { NumericTime.day($0, format, zone) }, { NumericTime.day($0, format, zone) })
                }
            if let day { return day }
        }
        return nil
    }

    /// The day of a whole number, which a pattern reads by its digits; nil when no form has such numbers.
    package func day(_ number: Int64) -> CalendarDate? {
        first({ NumericTime.day(number, $0, zone) }, { pattern in Self.withDigits(of: number) { pattern.read($0)?.day(in: zone) } })
    }

    /// The day of a floating-point number; nil when no form has such numbers.
    package func day(_ number: Double) -> CalendarDate? {
        first({ NumericTime.day(number, $0, zone) }, { _ in Int64(exactly: number).flatMap(day) })
    }

    private static func isoDay(_ text: Bytes) -> CalendarDate? {
        guard let time = ISOTime.read(text), time.second ?? 0 == 0, time.offset == nil else { return nil }
        return time.day
    }

    // MARK: Forms

    private func first<Value>(_ numeric: (TimeFormat) -> Value?, _ byPattern: (TimePattern) -> Value?) -> Value? {
        for form in forms {
            switch form {
            case .iso: continue
            case .numeric(let format): if let value = numeric(format) { return value }
            case .pattern(let pattern): if let value = byPattern(pattern) { return value }
            }
        }
        return nil
    }

    private static func number<Value>(_ text: Bytes, _ whole: (Int64) -> Value?, _ fraction: (Double) -> Value?) -> Value? {
        if let number = PlainNumber.integer(text) { return whole(number) }
        return PlainNumber.number(text).flatMap(fraction)
    }

    private static func withDigits<Value>(of number: Int64, _ body: (Bytes) -> Value?) -> Value? {
        guard number >= 0 else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
            var (rest, start) = (number, 20)
            repeat {
                start -= 1
                buffer[start] = UInt8(truncatingIfNeeded: rest % 10) + 48
                rest /= 10
            } while rest > 0
            return body(Bytes(rebasing: buffer[start..<20]))
        }
    }
}
