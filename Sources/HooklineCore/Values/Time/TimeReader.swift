/// Reads the moments and days of one column, in its formats and its time zone.
///
/// Reading a value neither uses Foundation nor allocates memory.
package struct TimeReader: Sendable {
    package typealias Bytes = UnsafeBufferPointer<UInt8>

    /// A format, ready for reading.
    private enum Form {
        case iso
        case numeric(TimeFormat)
        case pattern(TimePattern)
    }

    private let forms: [Form]
    private let zone: ZoneOffsets
    /// Whether the column sets no format, as is usual.
    private let isISO: Bool

    /// - Parameters:
    ///   - format: the column's format.
    ///   - timezone: the IANA zone of times without a zone.
    /// - Throws: `TimeMistake` for a wrong pattern or an unknown zone; manifests have been checked for both.
    package init(_ format: ColumnFormat, timezone: String) throws(TimeMistake) {
        guard let zone = ZoneOffsets(named: timezone) else { throw TimeMistake(message: "there is no time zone '\(timezone)'") }
        try self.init(format, zone: zone)
    }

    /// Makes a reader with a zone that is already loaded.
    ///
    /// - Throws: `TimeMistake` for a wrong pattern.
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

    /// The moment in Unix seconds; nil for text in none of the formats. None of them allows white space around it.
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

    /// The moment of a whole number, in Unix seconds; nil if it fits no format. Patterns read its digits.
    package func moment(_ number: Int64) -> Int64? {
        first({ NumericTime.moment(number, $0, zone) }, { pattern in Self.withDigits(of: number) { pattern.read($0)?.moment(in: zone) } })
    }

    /// The moment of a floating-point number, in Unix seconds; nil if it fits no format.
    package func moment(_ number: Double) -> Int64? {
        first({ NumericTime.moment(number, $0, zone) }, { _ in Int64(exactly: number).flatMap(moment) })
    }

    /// The time as it is written in one of the column's own formats; nil for text in none of them.
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

    /// The day; nil for text in none of the formats.
    ///
    /// With `iso`, a time of day must be a midnight without a zone, as spreadsheets and databases write days. With a pattern, it is the
    /// day that is written, or for a time with a zone, the day of that moment in the column's zone.
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

    /// The day of a whole number; nil if it fits no format. Patterns read its digits.
    package func day(_ number: Int64) -> CalendarDate? {
        first({ NumericTime.day(number, $0, zone) }, { pattern in Self.withDigits(of: number) { pattern.read($0)?.day(in: zone) } })
    }

    /// The day of a floating-point number; nil if it fits no format.
    package func day(_ number: Double) -> CalendarDate? {
        first({ NumericTime.day(number, $0, zone) }, { _ in Int64(exactly: number).flatMap(day) })
    }

    private static func isoDay(_ text: Bytes) -> CalendarDate? {
        guard let time = ISOTime.read(text), time.second ?? 0 == 0, time.offset == nil else { return nil }
        return time.day
    }

    // MARK: Formats

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
