/// A date and time of day in UTC, in the Gregorian calendar.
///
/// It avoids Foundation's formatters for speed: a page of a thousand members has three thousand times.
struct CivilDate {
    var year: Int
    var month: Int
    var day: Int
    var hour = 0
    var minute = 0
    var second = 0

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(secondsSinceEpoch: Int64) {
        let secondsOfDay = Int(secondsSinceEpoch.remainder(by: 86_400))
        let days = Int((secondsSinceEpoch - Int64(secondsOfDay)) / 86_400)
        // Years begin in March here, so that a leap day is the last day of a year. 400 years have 146,097 days.
        let shifted = days + 719_468
        let era = Int(Int64(shifted - Int(Int64(shifted).remainder(by: 146_097))) / 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = secondsOfDay / 3600
        minute = secondsOfDay / 60 % 60
        second = secondsOfDay % 60
    }

    var secondsSinceEpoch: Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = Int64(era * 146_097 + dayOfEra - 719_468)
        return days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    }

    /// The text of a `Date` header (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
    var headerText: String {
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let weekday = Int((secondsSinceEpoch / 86_400).remainder(by: 7))
        var bytes = Array("\(weekdays[weekday]), ".utf8)
        bytes.append(digits: day, width: 2)
        bytes.append(contentsOf: " \(months[month - 1]) ".utf8)
        bytes.append(digits: year, width: 4)
        for (separator, value) in [(" ", hour), (":", minute), (":", second)] {
            bytes.append(contentsOf: separator.utf8)
            bytes.append(digits: value, width: 2)
        }
        bytes.append(contentsOf: " GMT".utf8)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Int64 {
    /// The remainder, which is never negative, even for a negative number.
    fileprivate func remainder(by divisor: Int64) -> Int64 {
        let rest = self % divisor
        return rest < 0 ? rest + divisor : rest
    }
}

extension [UInt8] {
    /// Appends a number's last `width` decimal digits, with leading zeros.
    mutating func append(digits number: Int, width: Int) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
    }
}
