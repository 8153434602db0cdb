import HooklineCore
import Lua
import Synchronization

/// Runs a package's scripts in jailed worker processes.
package final class LuaHookHost: HookHost {
    private let session: Mutex<HookSession>

    /// Starts a process, compiles and runs the scripts in it, and checks their shape. No hook is called before `start`.
    ///
    /// - Throws: `HookError` when a script does not load.
    package init(_ package: ScriptPackage, settings: HookSettings = HookSettings()) throws(HookError) {
        session = Mutex(try HookSession(package, settings: settings))
    }

    package var hasMap: Bool { has("map") }
    package var depth: Int { session.withLock { $0.depth } }

    package var hasBreakdown: Bool { has("breakdown") }

    package func start(columns: [Column], primaryKey: String?, context: HookContext) throws {
        try session.withLock { try $0.start(columns: columns, primaryKey: primaryKey, context: context) }
    }

    package func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) {
        session.withLock { $0.setCancellationCheck(isCancelled) }
    }

    package func submit(_ batch: inout UserBatch) throws { try session.withLock { try $0.submit(&batch) } }

    package func collect(_ batch: inout UserBatch) throws { try session.withLock { try $0.collect(&batch) } }

    package func name(segment: String, label: String?) throws -> String {
        try session.withLock { try $0.name(segment: segment, label: label) }
    }

    package func review(_ plan: ReviewedPlan) throws -> ReviewVerdict { try session.withLock { try $0.review(plan) } }

    package func report(_ report: RunReport) throws -> String? { try session.withLock { try $0.report(report) } }

    package var forgivenErrors: (count: Int, samples: [String]) {
        session.withLock { ($0.failures.forgiven.count, $0.failures.forgiven.samples) }
    }

    package var log: [HookLogLine] { session.withLock { $0.log } }
    package var costs: [HookCost] { session.withLock { $0.costs } }
    package var warnings: [RunWarning] { session.withLock { $0.warnings } }

    /// What the scripts need, as far as that is visible without calling a hook.
    ///
    /// - Throws: `HookError` if the machine cannot be used anymore.
    package func facts() throws -> ScriptFacts { try session.withLock { try $0.facts() } }

    /// What has run in the package's files; empty unless the settings ask for it.
    ///
    /// - Throws: `LuaError` when the machine cannot be used any more.
    package func coverage() throws -> [LuaCoverage] { try session.withLock { try $0.scripts.machine.coverage() } }

    /// The processes that currently run the scripts.
    package var processIDs: [Int32] { session.withLock { $0.processIDs } }

    private func has(_ hook: String) -> Bool { session.withLock { session in session.scripts.hooks.contains { $0.name == hook } } }
}
