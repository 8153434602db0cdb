/// When an activation is due.
package enum Schedule: Equatable, Sendable {
    /// `schedule: "0 6 * * *"`.
    case cron(CronExpression)
    /// `every: 15m`, in seconds.
    case every(seconds: Int)
    /// `at: [{ days: [mon, wed], time: "09:00" }]`.
    case at([WeeklyTime])
    /// `after: ACTIVATION`: each time when that one is done.
    case after(String)

    /// The keys of a manifest that say it, of which an activation takes one.
    package static let keys = ["schedule", "every", "at", "after"]

    /// The schedule as a manifest would say it.
    package var text: String {
        switch self {
        case .cron(let expression): expression.text
        case .at(let times):
            times.map { ($0.days.isEmpty ? "" : $0.days.joined(separator: ", ") + " ") + $0.time }.joined(separator: "; ")
        case .after(let name): "after \(name)"
        case .every(let seconds):
            if seconds % 86_400 == 0 {
                "every \(seconds / 86_400)d"
            } else if seconds % 3_600 == 0 {
                "every \(seconds / 3_600)h"
            } else if seconds % 60 == 0 {
                "every \(seconds / 60)m"
            } else {
                "every \(seconds)s"
            }
        }
    }
}
