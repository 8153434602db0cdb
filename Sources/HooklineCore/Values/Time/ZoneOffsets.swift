import Foundation
import Synchronization

/// How far a time zone's clocks are from UTC, at every moment: a table, so that reading a value asks nobody.
///
/// Local times that a clock change skips stand for the moment at which it ends; of those that it repeats, the earlier is meant.
package struct ZoneOffsets: Sendable {
    /// The moments at which the offset changes, in Unix seconds, rising.
    private let changes: [Int64]
    /// Seconds east of UTC: before the first change, then after each.
    private let offsets: [Int64]
    /// The local second at which each stretch between two changes ends.
    private let localEnds: [Int64]
    /// Whether clocks go on changing after the table's end, year by year.
    private let recurs: Bool

    /// The table of an IANA zone; nil for a name that is none. Made once for each name.
    package init?(named name: String) {
        if let known = Self.known.withLock({ $0[name] }) {
            self = known
            return
        }
        guard let zone = TimeZone(identifier: name) else { return nil }
        self.init(zone)
        let made = self
        Self.known.withLock { $0[name] = made }
    }

    private static let known = Mutex<[String: ZoneOffsets]>([:])

    /// Greenwich's own.
    package static let utc = ZoneOffsets(changes: [], offsets: [0])

    private init(_ zone: TimeZone) {
        var changes: [Int64] = []
        var at = Date(timeIntervalSince1970: Double(Self.start))
        var offsets = [Int64(zone.secondsFromGMT(for: at))]
        while let next = zone.nextDaylightSavingTimeTransition(after: at), next > at, Int64(next.timeIntervalSince1970) < Self.end {
            let offset = Int64(zone.secondsFromGMT(for: next))
            if offset != offsets[offsets.count - 1] {
                changes.append(Int64(next.timeIntervalSince1970))
                offsets.append(offset)
            }
            at = next
        }
        self.init(changes: changes, offsets: offsets)
    }

    private init(changes: [Int64], offsets: [Int64]) {
        self.changes = changes
        self.offsets = offsets
        localEnds = zip(changes, offsets).map { $0 + $1 }
        recurs = (changes.last ?? 0) >= Self.end - 2 * 366 * Self.day
    }

    /// Seconds east of UTC at a moment, which is given in Unix seconds.
    package func offset(at moment: Int64) -> Int64 {
        if changes.isEmpty { return offsets[0] }
        return offsets[Self.firstGreater(changes, than: moment - shift(moment))]
    }

    /// The moment, in Unix seconds, at which the zone's clocks show a time, which is given as if it were UTC.
    package func moment(ofLocal local: Int64) -> Int64 {
        if changes.isEmpty { return local - offsets[0] }
        let shift = shift(local)
        let stretch = Self.firstGreater(localEnds, than: local - shift)
        let moment = local - shift - offsets[stretch]
        return shift + (stretch > 0 ? max(moment, changes[stretch - 1]) : moment)
    }

    /// The day that the zone's calendars show at a moment.
    package func day(of moment: Int64) -> CalendarDate { CalendarDate(ofSecond: moment + offset(at: moment)) }

    /// The first moment of a day, in Unix seconds.
    package func begin(of day: CalendarDate) -> Int64 { moment(ofLocal: Int64(day.daysSinceEpoch) * Self.day) }

    private static let day: Int64 = 86_400
    /// 1800-01-01: before any zone had standard time.
    private static let start: Int64 = -5_364_662_400
    /// 2130-01-01.
    private static let end: Int64 = 5_049_129_600

    /// How much later a moment beyond the table is than the one in it whose year has the same calendar.
    private func shift(_ second: Int64) -> Int64 {
        guard recurs, second >= Self.end else { return 0 }
        return Int64(CalendarDate(ofSecond: second).daysSinceSameCalendar) * Self.day
    }

    /// The place of the first that is greater; the count when none is.
    private static func firstGreater(_ sorted: [Int64], than value: Int64) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] > value { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension CalendarDate {
    /// How many days its year begins after the one of 2101 to 2128 that begins on the same weekday and is as long.
    fileprivate var daysSinceSameCalendar: Int {
        let begin = firstDay(of: year)
        let length = firstDay(of: year + 1) - begin
        for same in 2101...2128 {
            let candidate = firstDay(of: same)
            if (begin - candidate).isMultiple(of: 7), firstDay(of: same + 1) - candidate == length { return begin - candidate }
        }
        return 0
    }

    private func firstDay(of year: Int) -> Int {
        let before = year - 1
        return before * 365 + before / 4 - before / 100 + before / 400 - 719_162
    }
}
