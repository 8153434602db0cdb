extension TimePattern {
    /// Reads a time; nil if the whole text does not match the pattern.
    func read(_ bytes: UnsafeBufferPointer<UInt8>) -> WrittenTime? {
        var cursor = ByteCursor(bytes)
        var parts = Parts()
        for index in fields.indices {
            let isFollowedByDigits = index + 1 < fields.count && fields[index + 1].isDigits
            guard parts.read(fields[index], &cursor, fixed: isFollowedByDigits) else { return nil }
        }
        return cursor.isAtEnd ? parts.time : nil
    }

    /// What has been read so far.
    private struct Parts {
        private var year = 0
        private var month = 1
        private var dayOfMonth = 1
        private var dayOfYear: Int?
        private var weekday: Int?
        private var hour: Int?
        private var isAfternoon: Bool?
        private var minute = 0
        private var second = 0
        private var offset: Int?
        private var unixSeconds: Int64?

        /// Reads one field. If digits follow it directly, it is `fixed`: it must have all its digits.
        mutating func read(_ field: Field, _ cursor: inout ByteCursor, fixed: Bool) -> Bool {
            func number(_ width: Int, _ range: ClosedRange<Int>) -> Int? {
                let value = fixed ? cursor.digits(width) : cursor.digits(upTo: width)
                return value.flatMap { range.contains($0) ? $0 : nil }
            }
            /// A space may pad a single digit.
            func padded(_ range: ClosedRange<Int>) -> Int? {
                if cursor.next == 0x20, cursor.skipSpaces() == 1 { return cursor.digits(1).flatMap { range.contains($0) ? $0 : nil } }
                return number(2, range)
            }
            func set(_ part: inout Int, _ value: Int?) -> Bool {
                guard let value else { return false }
                part = value
                return true
            }
            func set(_ part: inout Int?, _ value: Int?) -> Bool {
                part = value
                return value != nil
            }
            switch field {
            case .year: return set(&year, cursor.digits(4))
            case .month: return set(&month, number(2, 1...12))
            case .monthName: return set(&month, EnglishNames.month(&cursor))
            case .day: return set(&dayOfMonth, padded(1...31))
            case .dayOfYear: return set(&dayOfYear, number(3, 1...366))
            case .weekday: return set(&weekday, EnglishNames.weekday(&cursor))
            case .hour: return set(&hour, padded(0...23))
            case .hourOfHalfDay: return set(&hour, padded(1...12))
            case .halfDay:
                isAfternoon = cursor.skip(word: "pm")
                return isAfternoon == true || cursor.skip(word: "am")
            case .minute: return set(&minute, number(2, 0...59))
            case .second: return set(&second, number(2, 0...60))
            case .fraction: return cursor.digits(upTo: 9) != nil
            case .offset: return set(&offset, ISOTime.zone(&cursor))
            case .zoneName:
                offset = 0
                return cursor.skip(word: "utc") || cursor.skip(word: "gmt") || cursor.skip(word: "z")
            case .unixSeconds:
                let isNegative = cursor.skip(UInt8(ascii: "-"))
                guard let digits = cursor.digits(upTo: 11) else { return false }
                unixSeconds = Int64(isNegative ? -digits : digits)
                return true
            case .space: return cursor.skipSpaces() > 0
            case .literal(let byte): return cursor.skip(byte)
            }
        }

        var time: WrittenTime? {
            if let unixSeconds { return WrittenTime(moment: unixSeconds) }
            guard let day else { return nil }
            // 1970-01-01 was a Thursday.
            if let weekday, (day.daysSinceEpoch + 3 + 7 * 200_000) % 7 != weekday { return nil }
            return WrittenTime(day: day, second: secondOfDay, offset: offset)
        }

        private var day: CalendarDate? {
            guard let dayOfYear else { return CalendarDate(year: year, month: month, day: dayOfMonth) }
            guard dayOfYear <= (CalendarDate.isLeap(year) ? 366 : 365) else { return nil }
            return CalendarDate(year: year, month: 1, day: 1).map { CalendarDate(daysSinceEpoch: $0.daysSinceEpoch + dayOfYear - 1) }
        }

        private var secondOfDay: Int? {
            guard var hour else { return nil }
            if let isAfternoon { hour = hour % 12 + (isAfternoon ? 12 : 0) }
            return hour * 3_600 + minute * 60 + second
        }
    }
}
