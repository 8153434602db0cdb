/// When an activation is due.
package enum Schedule: Equatable, Sendable {
    /// `schedule: "0 6 * * *"`.
    case cron(CronExpression)
    /// `every: 15m`, in seconds.
    case every(seconds: Int)

    /// The schedule as a manifest would say it.
    package var text: String {
        switch self {
        case .cron(let expression): expression.text
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
