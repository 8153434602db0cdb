import HooklineCore

/// What a person chose for one run.
package struct RunOptions: Sendable {
    /// How a historical refresh starts from scratch.
    package enum Refresh: String, CaseIterable, Sendable {
        /// Deletes the segment and creates it again, with a new ID.
        case recreate
        /// Empties the segment, which keeps its ID, so that campaigns and journeys can go on using it.
        case reset
    }

    /// How to start from scratch; nil for an ordinary run.
    package var refresh: Refresh?
    /// Whether to plan only.
    package var dryRun: Bool
    /// Whether a first run may take over a static segment of the same name.
    package var adopt: Bool
    /// Which safeguards the person overrides.
    package var allowance: SafeguardCheck.Allowance
    /// The fingerprint of the activation's files, which a saved plan keeps.
    package var fingerprint: String
    /// How many lines the files bound to lookups have, by the lookup's name.
    package var lists: [String: Int] = [:]
    /// Whether to compare members with Mailchimp even without a suspicion.
    package var reconciles = false
    /// Whether to read the source whatever its probe says.
    package var readsAll = false
    /// A digest of all files and settings that a run follows from, for the probe.
    package var probeBasis = ""
    /// Why the probe cannot tell that nothing changed, such as rules that count days; nil if it can.
    package var reasonToRead: String?

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

    /// The kind of run, for the ledger and the report.
    package var kind: RunKind { dryRun ? .dryRun : refresh == nil ? .run : .refresh }
}
