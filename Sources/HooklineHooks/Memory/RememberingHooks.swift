import HooklineCore
import Synchronization

/// Hooks that only rows enter on which no verdict is known: hooks are deterministic, so a row that has not changed keeps its verdict.
///
/// What comes out is what the hooks would have said about every row, in the order of the source.
package final class RememberingHooks: HookHost {
    private let hooks: any HookHost
    private let state: Mutex<RememberedRows>

    /// - Parameters:
    ///   - hooks: loaded scripts.
    ///   - package: their files, which are part of what verdicts follow from.
    ///   - limits: what a row may use, which is, too.
    ///   - memory: where the verdicts are.
    ///   - readsAll: why every row has to enter the hooks; nil if it need not.
    ///   - unprovable: why no verdict may be remembered; nil if they may.
    package init(
        _ hooks: any HookHost, package: ScriptPackage, limits: HookLimits, memory: any VerdictMemory, readsAll: String?, unprovable: String?
    ) {
        self.hooks = hooks
        state = Mutex(
            RememberedRows(memory: memory, basis: Fingerprint(package, limits), readsAll: unprovable ?? readsAll, unprovable: unprovable))
    }

    package var hasMap: Bool { hooks.hasMap }
    package var hasBreakdown: Bool { hooks.hasBreakdown }
    package var depth: Int { hooks.depth }

    package func start(columns: [Column], primaryKey: String?, context: HookContext) throws {
        try hooks.start(columns: columns, primaryKey: primaryKey, context: context)
        if !columns.isEmpty { state.withLock { $0.start(columns, context) } }
    }

    package func setCancellationCheck(_ isCancelled: @escaping @Sendable () -> Bool) { hooks.setCancellationCheck(isCancelled) }

    package func submit(_ batch: inout UserBatch) throws {
        let mustEnter = state.withLock { $0.take(&batch) }
        if mustEnter { try hooks.submit(&batch) }
    }

    package func collect(_ batch: inout UserBatch) throws {
        if state.withLock({ $0.nextHasEntered }) { try hooks.collect(&batch) }
        state.withLock { $0.give(&batch) }
    }

    package func name(segment: String, label: String?) throws -> String { try hooks.name(segment: segment, label: label) }
    package func review(_ plan: ReviewedPlan) throws -> ReviewVerdict { try hooks.review(plan) }
    package func report(_ report: RunReport) throws -> String? { try hooks.report(report) }

    package var forgivenErrors: (count: Int, samples: [String]) { hooks.forgivenErrors }
    package var log: [HookLogLine] { hooks.log }
    package var costs: [HookCost] { hooks.costs }
    package var warnings: [RunWarning] { hooks.warnings }

    /// Ends the run, and says what the hooks were spared.
    ///
    /// - Parameter isKept: whether the verdicts are for the next run: not those of a run that did not end well.
    /// - Returns: what the report says, and what somebody should know.
    package func finishRemembering(isKept: Bool) -> (report: IncrementalReport, warnings: [RunWarning])? {
        state.withLock { $0.finish(isKept: isKept) }
    }
}

extension Fingerprint {
    /// Identifies what verdicts follow from besides rows, and what a run begins with.
    fileprivate init(_ package: ScriptPackage, _ limits: HookLimits) {
        self.init()
        add("hookline", Array("\(Release.version)".utf8))
        for script in package.scripts { add("script", Array(script.utf8)) }
        for file in package.files { add("file \(file.path)", file.text) }
        for file in package.lookups { add("lookup \(file.path)", file.text) }
        add("limits", Array("\(limits)".utf8))
    }
}
