import HooklineCore
import HooklineEngine
import MailchimpSimulator

/// A day of the demo.
package enum DemoDay: CaseIterable, Sendable {
    case one, two, three

    /// The day's file of users.
    var file: String { self == .one ? "users-day-1.csv" : "users-day-2.csv" }
}

/// What happens in the demo.
package enum DemoEvent: Sendable {
    /// The simulator has so many contacts.
    case began(contacts: Int)
    case willRun(DemoDay)
    case ran(RunReport)
    /// What the simulator was asked in all, and what it has now.
    case ended(Journal, segments: [SegmentView])
}

extension App {
    /// Runs the shipped workspace for a few days against a simulator in this process.
    ///
    /// - Parameters:
    ///   - folder: where the workspace and its ledger stay; nil removes them.
    ///   - tell: told what happens.
    /// - Returns: a report for each day.
    /// - Throws: `demo.not_found`, `demo.exists`, `demo.cannot_copy`; what keeps a run from beginning.
    package func demo(keepingIn folder: String?, _ tell: (DemoEvent) -> Void) async throws -> [RunReport] {
        let stage = try DemoStage(keepIn: folder)
        defer { if folder == nil { stage.remove() } }
        var simulator = SimulatorOptions()
        simulator.contacts = .file(try ContactsFile(path: stage.contactsPath))
        let server = try await SimulatorServer.start(simulator)
        do {
            tell(.began(contacts: server.contactsFile?.contacts ?? 0))
            var reports: [RunReport] = []
            for day in DemoDay.allCases {
                try stage.begin(day)
                tell(.willRun(day))
                let report = try await run(in: stage, server)
                reports.append(report)
                tell(.ran(report))
            }
            tell(.ended(server.journal, segments: server.segments))
            await server.stop()
            return reports
        } catch {
            await server.stop()
            throw error
        }
    }

    private func run(in stage: DemoStage, _ server: SimulatorServer) async throws -> RunReport {
        var app = self
        app.directory = stage.root
        app.environment["HOOKLINE_DEMO_URL"] = server.baseURL
        app.environment["HOOKLINE_DEMO_KEY"] = server.key
        app.environment["HOOKLINE_DEMO_AUDIENCE"] = server.audience
        let prepared = try app.prepare("vip-customers", RunChoices(), in: try app.workspace())
        return try await app.withRunner(prepared, prepared.options()) { await $0.run() }
    }
}
