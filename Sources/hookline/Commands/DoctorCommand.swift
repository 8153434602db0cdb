import ArgumentParser
import Foundation
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineStore

/// `hookline doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Examine the installation, the jail, the clock and the ledger, and repair what can be.",
        discussion: "Without a workspace it examines the installation only. Exit code 1 when a problem is left."
    )

    @Flag(help: "Repair what can be repaired: counts, rows that belong to nothing, indexes, the mode of the ledger's file.")
    var repair = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let app = App(options)
        let findings = try app.reporting { try examine(app) }
        if options.json {
            try JSONOutput.print(findings)
        } else {
            var table = TextTable()
            for finding in findings { table.add(finding.severity.mark, finding.subject, finding.message) }
            print(table.text())
        }
        if findings.contains(where: { $0.severity == .problem }) { throw ExitStatus.failed }
    }

    private func examine(_ app: App) throws -> [LedgerFinding] {
        var findings = [LedgerFinding("program", .fine, "hookline \(Hookline.version)"), jail()]
        guard let root = app.workspaceRoot else {
            return findings + [LedgerFinding("workspace", .fine, "there is no hookline.yaml here or above: -C DIR examines a ledger too")]
        }
        let workspace = try app.workspace().workspace
        guard FileManager.default.fileExists(atPath: workspace.ledgerPath) else {
            return findings + [LedgerFinding("ledger", .fine, "\(root) has none yet: the first run makes it")]
        }
        let ledger = try app.ledger(workspace)
        findings.append(LedgerFinding("ledger", .fine, ledger.path))
        findings.append(try clock(ledger))
        return findings + (try withLeases(of: ledger) { try ledger.examine(repairs: repair) })
    }

    /// Runs one user through one script, as a run does.
    private func jail() -> LedgerFinding {
        do {
            let package = ScriptPackage(
                name: "doctor", scripts: ["hooks.lua"],
                files: [.init(path: "hooks.lua", text: "return { filter = function() return true end }")])
            let host = try LuaHookHost(package)
            return host.warnings.isEmpty
                ? LedgerFinding("jail", .fine, "scripts run in a process of their own, under a filter of system calls")
                : LedgerFinding(
                    "jail", .problem,
                    "scripts run in a process of their own with limits, but this system refuses the filter of system calls (Linux: seccomp)"
                )
        } catch {
            return LedgerFinding("jail", .problem, "scripts cannot be run: \(RunFailure(error).text)")
        }
    }

    /// A clock that went back makes the newest run seem old, and windows such as `within_days` wrong.
    private func clock(_ ledger: SQLiteLedger) throws -> LedgerFinding {
        let (now, last) = (Clock.now(), try ledger.status().compactMap { $0.lastRun?.startedAt }.max())
        guard let last, last > now + 60 else { return LedgerFinding("clock", .fine, "it is \(Timestamp.text(now))") }
        return LedgerFinding(
            "clock", .problem,
            "it is \(Timestamp.text(now)), and a run began at \(Timestamp.text(last)): the clock has gone back; set it right")
    }

    /// Repairs while nobody applies anything: every activation is held meanwhile.
    private func withLeases<Value>(of ledger: SQLiteLedger, _ body: () throws -> Value) throws -> Value {
        guard repair else { return try body() }
        let leases = try ledger.status().map { try ledger.lease(activation: $0.activation, run: "doctor") }
        return try withExtendedLifetime(leases) { try body() }
    }
}

extension LedgerFinding.Severity {
    fileprivate var mark: String {
        switch self {
        case .fine: "✔"
        case .problem: "✘"
        case .repaired: "✚"
        }
    }
}
