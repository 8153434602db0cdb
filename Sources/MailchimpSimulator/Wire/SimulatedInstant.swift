/// A point in simulated time, in milliseconds since 1970-01-01T00:00:00Z.
///
/// The account never reads a clock: every request says when it arrives. Like Mailchimp, it stores whole seconds
/// (`2025-01-01T00:00:00+00:00`), so two changes within a second have the same time.
package struct SimulatedInstant: Hashable, Comparable, Sendable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// An instant in seconds after the Unix epoch.
    package init(seconds: Int64) {
        milliseconds = seconds * 1000
    }

    /// 2025-01-01T00:00:00Z: when the first seeded contact signed up.
    package static let beginning = SimulatedInstant(seconds: 1_735_689_600)

    /// Whole seconds since the Unix epoch, as stored with a contact.
    var storedSeconds: UInt32 { UInt32(clamping: milliseconds / 1000) }

    package static func < (left: SimulatedInstant, right: SimulatedInstant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant after a duration, or before it if the duration is negative.
    package func advanced(by duration: Duration) -> SimulatedInstant {
        let (seconds, attoseconds) = duration.components
        return SimulatedInstant(milliseconds: milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}

extension SimulatedInstant {
    /// The format that Mailchimp sends: ISO 8601 with whole seconds and `+00:00`.
    package var text: String { String(decoding: utf8, as: UTF8.self) }

    var utf8: [UInt8] {
        let date = CivilDate(secondsSinceEpoch: milliseconds / 1000)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(25)
        bytes.append(digits: date.year, width: 4)
        for (separator, value) in [
            (UInt8(ascii: "-"), date.month), (UInt8(ascii: "-"), date.day), (UInt8(ascii: "T"), date.hour),
            (UInt8(ascii: ":"), date.minute), (UInt8(ascii: ":"), date.second),
        ] {
            bytes.append(separator)
            bytes.append(digits: value, width: 2)
        }
        bytes.append(contentsOf: "+00:00".utf8)
        return bytes
    }

    /// Reads an ISO 8601 date (`2025-01-31`) or time (`2025-01-31T10:00:00.250+01:00`, `…Z`); nil for anything else.
    ///
    /// As at Mailchimp, a `+` that the client did not encode arrives as a space and makes the text unreadable.
    package init?(text: some StringProtocol) {
        var reader = DateReader(bytes: Array(text.utf8))
        guard let date = reader.date() else { return nil }
        self.init(milliseconds: date.secondsSinceEpoch * 1000)
        if reader.isAtEnd { return }
        guard let time = reader.timeInMilliseconds(), let zone = reader.zoneInMinutes(), reader.isAtEnd else { return nil }
        milliseconds += time - zone * 60_000
    }
}

private struct DateReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func number(width: Int) -> Int64? {
        guard position + width <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[position..<position + width] {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        position += width
        return value
    }

    mutating func date() -> CivilDate? {
        guard let year = number(width: 4), take("-"), let month = number(width: 2), take("-"), let day = number(width: 2),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        return CivilDate(year: Int(year), month: Int(month), day: Int(day))
    }

    mutating func timeInMilliseconds() -> Int64? {
        guard take("T") || take(" "), let hour = number(width: 2), take(":"), let minute = number(width: 2), take(":"),
            let second = number(width: 2), hour < 24, minute < 60, second < 61
        else { return nil }
        var milliseconds = (hour * 3600 + minute * 60 + second) * 1000
        guard take(".") else { return milliseconds }
        var scale: Int64 = 100
        let start = position
        while let digit = number(width: 1) {
            milliseconds += digit * scale
            scale /= 10
        }
        return position > start ? milliseconds : nil
    }

    mutating func zoneInMinutes() -> Int64? {
        if isAtEnd || take("Z") { return 0 }
        let sign: Int64 = take("+") ? 1 : -1
        guard sign == 1 || take("-"), let hours = number(width: 2) else { return nil }
        _ = take(":")
        guard let minutes = number(width: 2) else { return nil }
        return sign * (hours * 60 + minutes)
    }
}
