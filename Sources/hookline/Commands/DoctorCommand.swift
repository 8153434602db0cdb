import ArgumentParser
import HooklineApp
import HooklineStore

/// `hookline doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Examine the installation, the network, the clock and the ledger; repair what can be repaired.",
        discussion: Examples.text(
            "doctor", "doctor --repair",
            after: """
                Without a workspace it examines only the installation. Each destination is asked once, for
                its clock. The exit code is 1 if a problem remains; '!' marks what somebody should look at.
                """)
    )

    @Flag(help: "Repair what can be repaired: counts, orphaned rows, indexes, and the permissions of the ledger's file.")
    var repair = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let findings = try await options.reporting {
            try await Interruption.cancelling { [options, repair] in try await Doctor(options.app, repairs: repair).examine() }
        }
        if options.json {
            try JSONOutput.print(findings)
        } else {
            var table = TextTable()
            for finding in findings { table.add(finding.severity.mark, finding.subject, finding.message) }
            StandardOutput.print(table.text())
        }
        if findings.contains(where: { $0.severity == .problem }) { throw ExitStatus.failed }
    }
}

extension LedgerFinding.Severity {
    fileprivate var mark: String {
        switch self {
        case .fine: "✔"
        case .problem: "✘"
        case .warning: "!"
        case .repaired: "✚"
        }
    }
}
