import Foundation
import Synchronization

/// A table of a time zone's offsets from UTC, so that reading a value does not need Foundation.
///
/// A local time that a clock change skips is the moment of the change. One that a clock change repeats is the earlier moment.
package struct ZoneOffsets: Sendable {
    /// The moments at which the offset changes, in Unix seconds, in ascending order.
    private let changes: [Int64]
    /// Seconds east of UTC: before the first change, then after each.
    private let offsets: [Int64]
    /// The local second at which each period between two changes ends.
    private let localEnds: [Int64]
    /// Whether the clocks change every year after the end of the table.
    private let recurs: Bool

    /// The table of an IANA zone, cached by name; nil for an unknown name.
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

    /// Seconds east of UTC at a moment in Unix seconds.
    package func offset(at moment: Int64) -> Int64 {
        if changes.isEmpty { return offsets[0] }
        let second = moment - shift(moment)
        return offsets[changes.partitioningIndex { $0 > second }]
    }

    /// The next moment after another one, both in Unix seconds, at which the offset changes; nil if it never does again.
    package func change(after moment: Int64) -> Int64? {
        let shift = changes.isEmpty ? 0 : shift(moment)
        let index = changes.partitioningIndex { $0 > moment - shift }
        if index < changes.count { return changes[index] + shift }
        // Behind the end of the table, the years begin again.
        return recurs && shift == 0 ? Self.end : nil
    }

    /// The moment, in Unix seconds, at which the zone's clocks show a local time. The local time is in Unix seconds as if it were UTC.
    package func moment(ofLocal local: Int64) -> Int64 {
        if changes.isEmpty { return local - offsets[0] }
        let shift = shift(local)
        let stretch = localEnds.partitioningIndex { $0 > local - shift }
        let moment = local - shift - offsets[stretch]
        return shift + (stretch > 0 ? max(moment, changes[stretch - 1]) : moment)
    }

    /// The zone's day at a moment in Unix seconds.
    package func day(of moment: Int64) -> CalendarDate { CalendarDate(ofSecond: moment + offset(at: moment)) }

    /// The first moment of a day in the zone, in Unix seconds.
    package func begin(of day: CalendarDate) -> Int64 { moment(ofLocal: Int64(day.daysSinceEpoch) * Self.day) }

    private static let day: Int64 = 86_400
    /// 1800-01-01: before any zone had standard time.
    private static let start: Int64 = -5_364_662_400
    /// 2130-01-01.
    private static let end: Int64 = 5_049_129_600

    /// The seconds to move a moment beyond the table back into a year with the same calendar; 0 inside the table.
    private func shift(_ second: Int64) -> Int64 {
        guard recurs, second >= Self.end else { return 0 }
        return Int64(CalendarDate(ofSecond: second).daysSinceSameCalendar) * Self.day
    }
}

extension CalendarDate {
    /// The days from the start of the year from 2101 to 2128 that has the same calendar to the start of its own year.
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
