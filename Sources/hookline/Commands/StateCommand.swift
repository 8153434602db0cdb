import ArgumentParser
import HooklineApp
import HooklineCore
import HooklineEngine
import Text

/// `hookline state list|rename|forget|import`.
struct StateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state", abstract: "Show and change what the ledger knows of activations: rename, forget, or take over a segment.",
        discussion: Examples.text(
            "state list", "state rename vip vip-customers", "state forget spring-sale", "state import vip 'VIP customers'",
            after: """
                Nothing changes at Mailchimp, unless 'forget' is told to delete or empty the segments.
                Each command first prints what it would do, and does it once you say yes, or at once
                with --yes; never while a run of the activation goes on.
                """),
        subcommands: [List.self, Rename.self, Forget.self, Import.self])

    /// What the commands that change something take.
    struct ChangeFlags: ParsableArguments {
        @Flag(help: "Do not ask.")
        var yes = false

        @Flag(help: "Show what it would do; change nothing.")
        var dryRun = false

        func validate() throws {
            if yes && dryRun { throw ValidationError("--yes and --dry-run exclude each other") }
        }

        /// Whether the change is made. With `--json` nobody is asked, since the question would stand beside the JSON.
        func consent(_ options: GlobalOptions) -> StateConsent { dryRun ? .none : yes ? .given : .ask }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the activations in the ledger with their segments, and whether the workspace still has them.",
            discussion: Examples.text("state list"))

        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try options.reporting {
                let standings = try options.app.standings().filter(\.isKnown)
                if options.json { return try JSONOutput.print(standings) }
                if standings.isEmpty { return StandardOutput.print("the ledger knows no activation so far") }
                var table = TextTable(
                    header: ["activation", "segment", "id", "label", "members", "last run", "audience", "endpoint", ""],
                    rightAligned: [2, 4])
                for standing in standings {
                    let last = standing.lastRun.map { Timestamp.text($0.startedAt) } ?? "never"
                    let dead = standing.isInWorkspace ? "" : "not in the workspace"
                    if standing.segments.isEmpty { table.add(standing.activation, "", "", "", "", last, "", "", dead) }
                    for segment in standing.segments {
                        let note = segment.isLeftBehind ? "left behind" : dead
                        table.add(
                            standing.activation, segment.name, segment.id.map(String.init) ?? "", segment.label ?? "",
                            segment.membersText, last, segment.audience, segment.endpoint, note)
                    }
                }
                StandardOutput.print(table.text())
                options.tell(ofLeftovers: standings)
            }
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rename", abstract: "Give the ledger's activation another name; segments, members, and history stay.",
            discussion: Examples.text("state rename vip vip-customers", after: "For a folder in activations/ that got another name."))

        @Argument(help: "Its name in the ledger.", completion: Completion.activation)
        var old: String

        @Argument(help: "Its new name.")
        var new: String

        @OptionGroup var flags: ChangeFlags
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.change(flags) { try await options.app.renameState(old, to: new, $0) }
        }
    }

    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "forget", abstract: "Have the ledger forget an activation; its segments stay at Mailchimp unless told otherwise.",
            discussion: Examples.text(
                "state forget spring-sale", "state forget vip --label FR", "state forget vip --elsewhere --delete",
                after: "Its runs stay in the history, and can no longer be undone."))

        @Argument(help: "Its name in the ledger.", completion: Completion.activation)
        var name: String

        @Option(help: ArgumentHelp("Forget only the segment of this label.", valueName: "label"))
        var label: String?

        @Flag(help: "Forget only the segments in another audience or account than the destination has now.")
        var elsewhere = false

        @Flag(help: "Delete the segments at Mailchimp, too.")
        var delete = false

        @Flag(help: "Empty the segments at Mailchimp, too; they keep their IDs.")
        var empty = false

        @OptionGroup var flags: ChangeFlags
        @OptionGroup var options: GlobalOptions

        func validate() throws {
            if delete && empty { throw ValidationError("--delete and --empty exclude each other") }
        }

        private var request: ForgetRequest {
            var request = ForgetRequest(name)
            request.label = label
            request.isElsewhere = elsewhere
            request.disposal = delete ? .delete : empty ? .empty : nil
            return request
        }

        func run() async throws {
            try await options.change(flags) { consent in
                try await Interruption.cancelling { [options, request] in try await options.app.forgetState(request, consent) }
            }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take over an existing static segment, with the members that it has at Mailchimp.",
            discussion: Examples.text(
                "state import vip 'VIP customers'", "state import vip 4711 --label FR",
                after: """
                    Changes the ledger only. The next run makes the segment follow the source: look at
                    'hookline plan' first. --adopt, in contrast, takes over the segment of the activation's
                    own name as part of a run.
                    """))

        @Argument(help: "The activation in the workspace.")
        var name: String

        @Argument(help: "The segment's name or ID.")
        var segment: String

        @Option(help: ArgumentHelp("Take it over for this label.", valueName: "label"))
        var label: String?

        @OptionGroup var flags: ChangeFlags
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.change(flags) { consent in
                try await Interruption.cancelling { [options, name, segment, label] in
                    try await options.app.importState(name, segment: segment, label: label, consent)
                }
            }
        }
    }
}

extension GlobalOptions {
    /// Makes a change of the ledger, and prints it.
    fileprivate func change(_ flags: StateCommand.ChangeFlags, _ body: (StateConsent) async throws -> StateChange) async throws {
        let change = try await reporting(sends: false) { try await body(flags.consent(self)) }
        let wasAsked = !flags.yes && !flags.dryRun
        if json {
            try JSONOutput.print(change)
        } else {
            if !wasAsked, !quiet || flags.dryRun { StandardOutput.print(StateText(change: change).text) }
            if change.isDone { StandardOutput.print("done (\(change.run ?? ""))") }
        }
        if wasAsked, !change.isDone {
            StandardError.print(
                change.wasDeclined
                    ? "not confirmed: nothing was changed"
                    : "nobody was asked: nothing was changed; to make the change without a question: --yes")
            throw ExitStatus.stopped
        }
    }

    /// Says what is left in segments that nothing keeps in step, and what to do about it.
    func tell(ofLeftovers standings: [Standing]) {
        guard tellsMore else { return }
        for leftover in standings.compactMap(\.leftover) { StandardError.print("warning: \(leftover)".onItsLines) }
        // Without segments there is nothing but the name.
        let names = standings.filter { !$0.isInWorkspace && $0.segments.isEmpty }.map(\.activation)
        if names.isEmpty { return }
        StandardError.print("not in the workspace: \(names.map { "'\($0)'" }.joined(separator: ", "))")
    }
}
