import Foundation
import HooklineCore
import Text

/// When an activation is due: the shape of `schedule --json`.
package struct ActivationSchedule: Encodable, Equatable, Sendable {
    package let activation: String
    /// As the manifest says it; nil for runs by hand.
    package let schedule: String?
    /// The same in words.
    package let sentence: String
    /// The IANA name of its zone.
    package let timezone: String
    /// The next times, earliest first; none if something other than time starts it, or nothing does.
    package let next: [Instant]

    /// A time at which it is due.
    package struct Instant: Encodable, Equatable, Sendable {
        /// `2026-03-01T06:00:00Z`.
        package let utc: String
        /// What clocks in its zone show: `2026-03-01T07:00:00+01:00`.
        package let local: String
        /// The local day of the week, such as `Sun`.
        package let weekday: String
        /// Whether clocks change on that local day.
        package let clockChange: Bool

        private enum CodingKeys: String, CodingKey {
            case utc, local, weekday
            case clockChange = "clock_change"
        }

        init(_ seconds: Int64, in zone: ZoneOffsets) {
            let offset = zone.offset(at: seconds)
            let day = zone.day(of: seconds)
            utc = Timestamp.text(seconds)
            local = String(Timestamp.text(seconds + offset).dropLast()) + Self.text(ofOffset: offset)
            weekday = WeeklyTime.dayNames[day.weekday].capitalized
            let next = CalendarDate(daysSinceEpoch: day.daysSinceEpoch + 1)
            clockChange = zone.offset(at: zone.begin(of: day)) != zone.offset(at: zone.begin(of: next))
        }

        private static func text(ofOffset offset: Int64) -> String {
            let minutes = Int(abs(offset)) / 60
            return "\(offset < 0 ? "-" : "+")\(NumberText.twoDigits(minutes / 60)):\(NumberText.twoDigits(minutes % 60))"
        }
    }

    init(_ activation: Activation, after start: Int64, count: Int) {
        self.activation = activation.name
        schedule = activation.schedule?.text
        timezone = activation.timezone
        let zone = activation.zone
        var found: [Int64] = []
        if let schedule = activation.schedule {
            let due = DueInstants(schedule, zone: zone, name: activation.name)
            while found.count < count, let instant = due.next(after: found.last ?? start) { found.append(instant) }
        }
        sentence = ScheduleSentence.text(activation.schedule, first: found.first)
        next = found.map { Instant($0, in: zone) }
    }
}
