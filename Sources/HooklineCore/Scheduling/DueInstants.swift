/// When an activation is due.
///
/// Clock changes are handled as Debian's cron does: a local time that is skipped is due once, at the moment of the change, and one that is repeated is
/// due the first time only. What goes by elapsed time (`every`, and cron lines whose minute or hour starts with a star) goes on.
package struct DueInstants: Sendable {
    private let schedule: Schedule
    private let zone: ZoneOffsets
    /// Where `every` begins to count, in seconds since 1970.
    private let offset: Int64

    /// - Parameters:
    ///   - schedule: its schedule.
    ///   - zone: the zone of local times.
    ///   - name: the activation's name, which spreads intervals: two activations with the same `every` are due at different minutes.
    package init(_ schedule: Schedule, zone: ZoneOffsets, name: String) {
        self.schedule = schedule
        self.zone = zone
        offset = if case .every(let seconds) = schedule { Self.offset(of: name, in: seconds) } else { 0 }
    }

    /// The first instant after another one.
    ///
    /// - Parameter instant: Unix seconds.
    /// - Returns: Unix seconds; nil if none comes in a hundred years, or if something other than time starts the activation.
    package func next(after instant: Int64) -> Int64? {
        switch schedule {
        case .every(let seconds):
            let length = Int64(seconds)
            return (instant - offset + 1).roundedUp(to: length) + offset
        case .cron(let expression):
            return expression.isInterval ? interval(expression, after: instant) : fixed(after: instant, expression.minute)
        case .at(let times):
            return times.compactMap { time in fixed(after: instant) { time.minute(from: $0) } }.min()
        case .after:
            return nil
        }
    }

    /// The local times of `minute`, each once.
    private func fixed(after instant: Int64, _ minute: (Int64) -> Int64?) -> Int64? {
        // Before the second pass of a repeated hour, local times are those of the first one.
        var local = instant + zone.offset(at: instant)
        while let found = minute(local) {
            let moment = zone.moment(ofLocal: found)
            if moment > instant { return moment }
            local = found + 60
        }
        return nil
    }

    /// Every moment at which clocks show a minute that fits.
    private func interval(_ expression: CronExpression, after instant: Int64) -> Int64? {
        var moment = (instant + 1).roundedUp(to: 60)
        while true {
            let offset = zone.offset(at: moment)
            guard let local = expression.minute(from: moment + offset) else { return nil }
            guard let change = zone.change(after: moment), change <= local - offset else { return local - offset }
            moment = change.roundedUp(to: 60)
        }
    }

    /// Whole minutes from 0 up to the interval, the same for a name on every machine (FNV-1a, draft-eastlake-fnv).
    private static func offset(of name: String, in seconds: Int) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return seconds < 60 ? 0 : Int64(hash % UInt64(seconds / 60)) * 60
    }
}
