import HooklineApp

/// When an activation is due, for a terminal.
struct ScheduleText {
    let schedule: ActivationSchedule

    var text: String {
        let title = "\(schedule.activation): \(schedule.sentence)\(schedule.next.isEmpty ? "" : ", \(schedule.timezone)")"
        if schedule.next.isEmpty { return title }
        var table = TextTable(header: ["local", "", "UTC", ""])
        for instant in schedule.next {
            table.add(
                "\(instant.weekday) \(Self.minute(instant.local))", String(instant.local.suffix(6)), Self.minute(instant.utc),
                instant.clockChange ? "clocks change that day" : "")
        }
        return "\(title)\n\(table.text(indent: "  "))"
    }

    /// `2026-03-01 06:00`.
    private static func minute(_ text: String) -> String { String(text.prefix(16)).replacing("T", with: " ") }
}
