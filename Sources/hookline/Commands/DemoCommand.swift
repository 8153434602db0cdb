import ArgumentParser
import HooklineApp
import HooklineCore
import MailchimpSimulator
import Text

/// `hookline demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Run the shipped workspace against a simulator in this process; there is nothing to configure.",
        discussion: Examples.text("demo", "demo --keep shop"))

    @Option(help: ArgumentHelp("Keep the workspace and its ledger in this new folder, to look around afterwards.", valueName: "dir"))
    var keep: String?

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reports = try await options.reporting {
            try await options.app.demo(keepingIn: keep) { event in
                if !options.json { StandardOutput.print(text(of: event)) }
            }
        }
        if options.json {
            try JSONOutput.print(reports)
        } else if let keep {
            StandardOutput.print(
                "The workspace is in \(keep). Its simulator is gone, but 'hookline -C \(keep) status' and 'history' still work.")
        }
        for report in reports { try ExitStatus(report).leave() }
    }

    /// Says so where the program is slower than the one that people install.
    private static var build: String {
        #if DEBUG
            "This is a debug build: quick to make, and slower than the program of 'make install'.\n\n"
        #else
            ""
        #endif
    }

    private func text(of event: DemoEvent) -> String {
        switch event {
        case .began(let contacts):
            Self.build + """
                Hookline demo: two days of a shop with 5,000 users, against a simulator of Mailchimp in this process.
                The audience has \(NumberText.grouped(contacts)) contacts; some of the users are not among them.

                """
        case .willRun(let day): "\(day.title)\n$ hookline run vip-customers"
        case .ran(let report): ReportText(report: report, palette: options.palette).text + "\n"
        case .ended(let journal, let segments):
            ([seen(journal)]
                + segments.map {
                    "Segment '\($0.name)' (id \($0.id)) holds \(NumberText.grouped($0.members.count)) contacts."
                }).joined(separator: "\n")
        }
    }

    private func seen(_ journal: Journal) -> String {
        let most = max(journal.mostAddressesToAdd, journal.mostAddressesToRemove)
        return "What the simulator saw: \(ReportText.calls(journal.total)), at most \(journal.highestConcurrency) at once, "
            + "never more than \(most) addresses on a side; contacts created: \(journal.contactsCreatedThroughAPI)."
    }
}

extension DemoDay {
    fileprivate var title: String {
        switch self {
        case .one: "Day one: the first run makes the segment and fills it."
        case .two: "Day two: orders came in, some users are gone, and some withdrew their consent."
        case .three: "Day two, an hour later: nothing has changed."
        }
    }
}
