import ArgumentParser
import Foundation
import HooklineCore
import HooklineEngine
import MailchimpSimulator
import Text

/// `hookline demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Run the shipped workspace against a simulator in this process: nothing to configure.")

    @Option(help: ArgumentHelp("Keep the workspace and its ledger there, to look around afterwards.", valueName: "dir"))
    var keep: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        let reports = try await app.reporting {
            let stage = try DemoStage(keepIn: keep)
            defer { if keep == nil { stage.remove() } }
            return try await play(on: stage)
        }
        if options.json { try JSONOutput.print(reports) }
        for report in reports { try ExitStatus(report).leave() }
    }

    private func play(on stage: DemoStage) async throws -> [RunReport] {
        var simulator = SimulatorOptions()
        simulator.contacts = .file(try ContactsFile(path: stage.contactsPath))
        let server = try await SimulatorServer.start(simulator)
        say("Hookline demo: two days of a shop with 5,000 users, against a simulator of Mailchimp in this process.")
        say("The audience has \(NumberText.grouped(server.contactsFile?.contacts ?? 0)) contacts; some of the users are not among them.\n")
        var reports: [RunReport] = []
        for day in DemoStage.Day.allCases {
            try stage.begin(day)
            say("\(day.title)\n$ hookline run vip-customers")
            let report = try await runActivation(in: stage, server)
            say(ReportText(report: report).text + "\n")
            reports.append(report)
        }
        tellWhatMailchimpSaw(server)
        await server.stop()
        if let keep { say("The workspace is in \(keep); its simulator is gone, 'hookline -C \(keep) status' and 'history' still tell.") }
        return reports
    }

    private func runActivation(in stage: DemoStage, _ server: SimulatorServer) async throws -> RunReport {
        var app = App(options, directory: stage.root)
        app.environment["HOOKLINE_DEMO_URL"] = server.baseURL
        app.environment["HOOKLINE_DEMO_KEY"] = server.key
        app.environment["HOOKLINE_DEMO_AUDIENCE"] = server.audience
        let workspace = try app.workspace()
        let flags = try RunFlags.parse([])
        let prepared = try app.prepare("vip-customers", flags, in: workspace)
        return try await app.withRunner(prepared, refresh: nil, dryRun: false, flags: flags, in: workspace) { await $0.run() }
    }

    private func tellWhatMailchimpSaw(_ server: SimulatorServer) {
        let journal = server.journal
        say(
            "What the simulator saw: \(journal.total) calls, at most \(journal.highestConcurrency) at once, never more than "
                + "\(max(journal.mostAddressesToAdd, journal.mostAddressesToRemove)) addresses on a side; "
                + "contacts created: \(journal.contactsCreatedThroughAPI).")
        for segment in server.segments {
            say("Segment '\(segment.name)' (id \(segment.id)) holds \(NumberText.grouped(segment.members.count)) contacts.")
        }
    }

    private func say(_ text: String) {
        if !options.json { print(text) }
    }
}
