import HooklineCore
import Lua
import Synchronization

/// Runs a package's scripts on a Lua machine in this process.
package final class LuaHookHost: HookHost {
    private let session: Mutex<HookSession>

    /// Compiles and runs the scripts, and checks their shape: nothing else is called before `start`.
    ///
    /// - Throws: `HookError`, when a script does not load.
    package init(_ package: ScriptPackage, limits: HookLimits = HookLimits(), safeguards: Safeguards = Safeguards()) throws(HookError) {
        session = Mutex(try HookSession(package, limits: limits, safeguards: safeguards))
    }

    package var hasMap: Bool { session.withLock { session in session.scripts.userHooks.contains { $0.name == "map" } } }

    package func start(columns: [Column], primaryKey: String?, context: HookContext) throws {
        try session.withLock { try $0.start(columns: columns, primaryKey: primaryKey, context: context) }
    }

    package var depth: Int { 1 }

    package func submit(_ batch: inout UserBatch) throws {
        session.withLock { session in swap(&session.underWay, &batch) }
    }

    package func collect(_ batch: inout UserBatch) throws {
        try session.withLock { session in
            swap(&session.underWay, &batch)
            try session.process(batch.records, selection: batch.selection, into: &batch.verdicts)
        }
    }

    package func name(segment: String, label: String?) throws -> String {
        try session.withLock { try $0.name(segment: segment, label: label) }
    }

    package func review(_ plan: ReviewedPlan) throws -> ReviewVerdict { try session.withLock { try $0.review(plan) } }

    package func report(_ report: RunReport) throws -> String? { try session.withLock { try $0.report(report) } }

    package var forgivenErrors: (count: Int, samples: [String]) { session.withLock { ($0.forgiven.count, $0.forgiven.samples) } }

    package var log: [HookLogLine] { session.withLock { $0.log } }
}
