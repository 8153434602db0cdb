import Foundation
import HooklineCore
import HooklineHooks
import Lua

/// What a person may choose for anything that goes through a run's pipeline.
package struct RunChoices: Sendable {
    package var parameters = ParameterChoices()
    /// Whether a static segment of the same name that Hookline did not make is taken over.
    package var adopts = false
    /// What may pass the safeguards.
    package var allowance = SafeguardCheck.Allowance()
    /// Whether all members are read at Mailchimp, whether their count looks right or not.
    package var reconciles = false
    /// Whether the source is read whatever its probe says.
    package var readsAll = false
    package var scripts = ScriptChoices()
    /// How many threads read and decide: one for each core. More than eight would wait for the one that decides.
    package var threads = min(max(ProcessInfo.processInfo.activeProcessorCount, 1), 8)

    package init() {}
}

/// How scripts are run.
package struct ScriptChoices: Sendable {
    /// The most processes at once; nil for as many as there are cores to spare.
    package var workers: Int?
    /// Whether a system that does not filter the scripts' system calls is an error rather than a warning.
    package var requiresJail = false

    package init(workers: Int? = nil, requiresJail: Bool = false) {
        self.workers = workers
        self.requiresJail = requiresJail
    }

    /// Settings for the scripts of an activation.
    func settings(for activation: Activation, jail: LuaJail) -> HookSettings {
        HookSettings(
            limits: activation.limits, safeguards: activation.safeguards, workers: workers ?? Self.coresToSpare,
            requiresJail: requiresJail, jail: jail)
    }

    /// One core is left to read the source; more than four workers wait for it.
    private static var coresToSpare: Int { min(max(ProcessInfo.processInfo.activeProcessorCount - 1, 1), 4) }
}
