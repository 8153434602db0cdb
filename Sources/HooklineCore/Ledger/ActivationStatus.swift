/// The last run and the segments of an activation.
package struct ActivationStatus: Sendable {
    package var activation: String
    /// The last run that ended; changes of the ledger alone do not count.
    package var lastRun: RunReport?
    /// The segments, the one without a label first.
    package var segments: [LedgerSegment]

    package init(activation: String, lastRun: RunReport?, segments: [LedgerSegment]) {
        self.activation = activation
        self.lastRun = lastRun
        self.segments = segments
    }
}
