import Foundation
import HooklineApp
import HooklineCore
import Testing

@Suite("hookline schedule")
struct ScheduleTests {
    private func activation(_ name: String, _ when: String, in bench: Workbench) throws {
        try bench.write(
            "activations/\(name)/activation.yaml",
            """
            hookline: 1
            name: \(name)
            source: shop
            segment: { name: "\(name)" }
            destination: newsletter
            mapping: { email: email }
            \(when)
            """)
    }

    @Test("shows each activation in words, and when it is due, on days of a clock change with a note")
    func all() async throws {
        try await Workbench.with { bench in
            try activation("a", "schedule: 30 2 * * *\ntimezone: Europe/Paris", in: bench)
            try activation("b", "at: [ { days: [sat, sun], time: \"09:00\" } ]\ntimezone: America/New_York", in: bench)
            try activation("c", "after: a", in: bench)
            try activation("d", "", in: bench)
            var request = ScheduleRequest()
            request.count = 2
            request.start = Timestamp.parse("2026-03-28T12:00:00Z")
            let found = try bench.app.schedule(request)
            #expect(found.map(\.activation) == ["a", "b", "c", "d"])
            #expect(
                found.map(\.sentence) == [
                    "every day at 02:30", "every Saturday and Sunday at 09:00", "each time when a is done", "by hand",
                ])
            #expect(found.map(\.timezone) == ["Europe/Paris", "America/New_York", "UTC", "UTC"])
            #expect(found[0].next.map(\.utc) == ["2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"])
            #expect(found[0].next.map(\.local) == ["2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"])
            #expect(found[0].next.map(\.clockChange) == [true, false] && found[0].next.map(\.weekday) == ["Sun", "Mon"])
            #expect(found[1].next.map(\.local) == ["2026-03-28T09:00:00-04:00", "2026-03-29T09:00:00-04:00"])
            #expect(found[2].next.isEmpty && found[3].next.isEmpty && found[3].schedule == nil)
            #expect(throws: IssuesFound.self) { try bench.app.schedule(ScheduleRequest("e")) }
        }
    }
}
