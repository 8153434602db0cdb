import Foundation
import HooklineCore
import HooklineEngine
import HooklineHooks
import HooklineStore

/// Examines the installation, and the network and ledger of the workspace if there is one.
package struct Doctor: Sendable {
    let app: App
    /// Whether what can be repaired is.
    let repairs: Bool

    /// How long to wait for an answer of Mailchimp's.
    let patience: Duration

    package init(_ app: App, repairs: Bool, patience: Duration = .seconds(15)) {
        self.patience = patience
        self.app = app
        self.repairs = repairs
    }

    /// - Returns: what was found, in the order of examination.
    /// - Throws: `IssuesFound` for a workspace that cannot be read; `StoreError` for a ledger that cannot be, or, with repairs, while a run
    ///   goes on.
    package func examine() async throws -> [LedgerFinding] {
        var findings = [LedgerFinding("program", .fine, "hookline \(Release.version)"), jail()]
        guard let root = app.workspaceRoot else {
            return findings + [
                LedgerFinding("workspace", .fine, "there is no hookline.yaml here or above; with -C DIR the ledger there is examined, too")
            ]
        }
        let workspace = try app.workspace()
        findings += await DoctorNetwork(app: app, workspace: workspace, patience: patience).findings()
        guard FileManager.default.fileExists(atPath: workspace.workspace.ledgerPath) else {
            return findings + [LedgerFinding("ledger", .fine, "\(root) has none yet; the first run makes it")]
        }
        let ledger = try app.ledger(workspace)
        findings.append(LedgerFinding("ledger", .fine, ledger.path))
        findings.append(try clock(ledger))
        findings += try leftovers(ledger, workspace)
        let names = Set(workspace.workspace.activationNames)
        return findings
            + (try withLeases(of: ledger) {
                try ledger.examine(repairs: repairs) + VerdictStore.examine(besides: ledger, activations: names, repairs: repairs)
            })
    }

    /// Loads a script, as a run does.
    private func jail() -> LedgerFinding {
        do {
            let package = ScriptPackage(
                name: "doctor", scripts: ["hooks.lua"],
                files: [.init(path: "hooks.lua", text: "return { filter = function() return true end }")])
            let host = try LuaHookHost(package, settings: HookSettings(jail: app.jail))
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
        let (now, last) = (app.clock.now(), try ledger.status().compactMap { $0.lastRun?.startedAt }.max())
        guard let last, last > now + 60 else { return LedgerFinding("clock", .fine, "it is \(Timestamp.text(now))") }
        return LedgerFinding(
            "clock", .problem,
            "it is \(Timestamp.text(now)), but a run began at \(Timestamp.text(last)): the clock went back; set it right")
    }

    /// Segments that nothing keeps in step.
    private func leftovers(_ ledger: SQLiteLedger, _ workspace: LoadedWorkspace) throws -> [LedgerFinding] {
        let leftovers = Leftovers(app: app, workspace: workspace)
        let found = try ledger.status().flatMap { status in
            [leftovers.leftBehind(status.activation, status.segments)?.message, leftovers.gone(status)].compactMap(\.self)
        }
        if found.isEmpty { return [LedgerFinding("segments", .fine, "each belongs to an activation of the workspace")] }
        return found.map { LedgerFinding("segments", .warning, $0) }
    }

    /// Holds every activation while `body` repairs, so that nobody applies anything.
    private func withLeases<Value>(of ledger: SQLiteLedger, _ body: () throws -> Value) throws -> Value {
        guard repairs else { return try body() }
        let leases = try ledger.status().map { try ledger.lease(activation: $0.activation, run: "doctor") }
        return try withExtendedLifetime(leases) { try body() }
    }
}
