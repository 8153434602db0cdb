import Foundation
import HooklineCore

extension CalendarDate {
    /// The day of a moment (in Unix seconds) in an IANA time zone.
    ///
    /// - Throws: `EngineError.Code.badTimeZone`.
    package init(now: Int64, timezone: String) throws {
        guard let zone = TimeZone(identifier: timezone) else {
            throw EngineError(.badTimeZone, "there is no time zone '\(timezone)'", advice: "Use an IANA name such as Europe/Paris")
        }
        let local = now + Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(now))))
        self.init(daysSinceEpoch: Int((Double(local) / 86_400).rounded(.down)))
    }
}
