import HooklineCore

/// Decides whether a saved plan may still be applied.
struct PlanFreshness {
    let ledger: any Ledger
    let endpoint: String
    let activation: Activation

    /// - Throws: `EngineError.Code.stalePlan`, which says what has changed since.
    func check(_ plan: Plan, fingerprint: String) throws {
        guard plan.activation == activation.name else {
            throw stale("it was made for activation '\(plan.activation)'")
        }
        guard plan.fingerprint == fingerprint else {
            throw stale("the activation's files, parameters or destination have changed since it was made")
        }
        for segment in plan.segments {
            guard segment.key.endpoint == endpoint, segment.key.audience == activation.destination.audience else {
                throw stale("it was made for another account or audience")
            }
            let revision = try ledger.segment(segment.key)?.revision ?? 0
            guard revision == segment.revision else {
                throw stale("the segment '\(segment.name)' has been changed by another run since it was made")
            }
        }
    }

    private func stale(_ reason: String) -> EngineError {
        EngineError(.stalePlan, "the plan is stale: \(reason). Make a new one with: hookline plan \(activation.name) -o FILE")
    }
}
