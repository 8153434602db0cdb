import HooklineCore

/// What a person chose for one run.
package struct RunOptions: Sendable {
    /// How a historical refresh starts from scratch.
    package enum Refresh: String, CaseIterable, Sendable {
        /// The segment is deleted and made anew, with a new id.
        case recreate
        /// The segment is emptied and keeps its id, so that campaigns and journeys that use it go on.
        case reset
    }

    /// Nil for a usual run.
    package var refresh: Refresh?
    /// Plan only.
    package var dryRun: Bool
    /// Whether a first run may take over a static segment of the same name.
    package var adopt: Bool
    /// What safeguards may be passed.
    package var allowance: SafeguardCheck.Allowance
    /// What the activation's files are: a saved plan remembers it.
    package var fingerprint: String
    /// Lines of the workspace's own files that stand for lookups, by their names there.
    package var lists: [String: Int] = [:]
    /// Whether the members are read at Mailchimp, whether they look right or not.
    package var reconciles = false

    package init(
        refresh: Refresh? = nil, dryRun: Bool = false, adopt: Bool = false,
        allowance: SafeguardCheck.Allowance = SafeguardCheck.Allowance(),
        fingerprint: String = ""
    ) {
        self.refresh = refresh
        self.dryRun = dryRun
        self.adopt = adopt
        self.allowance = allowance
        self.fingerprint = fingerprint
    }

    /// What the ledger and the report call it.
    package var kind: RunKind { dryRun ? .dryRun : refresh == nil ? .run : .refresh }
}
