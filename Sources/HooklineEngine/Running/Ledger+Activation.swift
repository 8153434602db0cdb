import HooklineCore

extension Ledger {
    /// The segments of an activation at one endpoint, in its destination's audience: the segment itself before its labels.
    ///
    /// A simulator and the real account never share members, so the others are of no concern to a run.
    ///
    /// - Parameters:
    ///   - activation: the activation.
    ///   - endpoint: where its account is.
    /// - Returns: those in the ledger, in its order.
    /// - Throws: the ledger's errors.
    func segments(of activation: Activation, at endpoint: String) throws -> [LedgerSegment] {
        try segments(of: activation.name).filter { $0.key.endpoint == endpoint && $0.key.audience == activation.destination.audience }
    }
}
