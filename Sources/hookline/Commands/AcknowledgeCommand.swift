import ArgumentParser
import HooklineApp
import HooklineCore
import Text

/// `hookline acknowledge NAME`.
struct AcknowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge", abstract: "List the addresses that Mailchimp refuses, and acknowledge them.",
        discussion: Examples.text(
            "acknowledge vip", "acknowledge vip --all --note 'typos, asked support'", "acknowledge vip ada@example.com",
            "acknowledge vip --all --undo",
            after: """
                A new refusal ends one run with exit code 4. It stays open in 'hookline status' until it is
                acknowledged. Reports go on naming it, and it is asked for again as before. If Mailchimp's
                reason changes, it is new again.
                """))

    @Argument(help: "The activation.", completion: Completion.activation)
    var name: String

    @Argument(help: "Acknowledge these addresses.")
    var emails: [String] = []

    @Flag(help: "Acknowledge all that are open.")
    var all = false

    @Option(help: ArgumentHelp("Only those in the segment of this label.", valueName: "label"))
    var label: String?

    @Option(help: ArgumentHelp("Why, for whoever looks next.", valueName: "text"))
    var note: String?

    @Flag(help: "Open acknowledged ones again.")
    var undo = false

    @Flag(help: "Show addresses, too.")
    var addresses = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if all && !emails.isEmpty { throw ValidationError("--all and addresses exclude each other") }
        if !all && emails.isEmpty {
            if undo { throw ValidationError("--undo needs --all, or addresses") }
            if note != nil { throw ValidationError("--note needs --all, or addresses") }
        }
        if undo && note != nil { throw ValidationError("--note and --undo exclude each other") }
    }

    func run() async throws {
        try options.reporting {
            var choice = RefusalChoice()
            choice.isAll = all
            choice.addresses = emails
            choice.label = label
            choice.note = note
            choice.takesBack = undo
            choice.showsAddresses = addresses
            let list = try options.app.acknowledge(name, choice)
            if options.json { return try JSONOutput.print(list) }
            if !list.refusals.isEmpty { StandardOutput.print(table(of: list).text()) }
            guard options.tellsMore else { return }
            if all || !emails.isEmpty {
                StandardError.print("\(NumberText.grouped(list.changed)) \(undo ? "opened again" : "acknowledged")")
            }
            StandardError.print(
                list.refusals.isEmpty
                    ? "Mailchimp refuses nobody for '\(name)', as far as the ledger knows"
                    : "\(NumberText.counted(list.refusals.count, "refusal", "refusals")), \(NumberText.grouped(list.open)) open")
        }
    }

    private func table(of list: RefusalList) -> TextTable {
        var table = TextTable(
            header: (addresses ? ["address"] : []) + ["segment", "refused", "since", "next attempt", "acknowledged", "reason"])
        for one in list.refusals {
            let refusal = one.refusal
            let by = refusal.acknowledgedAt.map {
                "\(Timestamp.text($0)) by \(refusal.acknowledgedBy ?? "")\(refusal.note.map { ": \($0)" } ?? "")"
            }
            table.add(
                (addresses ? [one.address ?? ""] : []) + [
                    one.segment, refusal.act.rawValue, Timestamp.text(refusal.since), Timestamp.text(refusal.next), by?.onOneLine ?? "no",
                    refusal.reason.onOneLine,
                ])
        }
        return table
    }
}
