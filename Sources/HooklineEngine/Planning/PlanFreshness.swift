import HooklineCore

/// Decides whether a saved plan may still be applied.
struct PlanFreshness {
    let ledger: any Ledger
    let endpoint: String
    let activation: Activation

    /// Refuses a plan that no longer fits the ledger or the files.
    ///
    /// - Throws: `EngineError.Code.stalePlan`, which says what has changed since the plan was made.
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
            let known = try ledger.segment(segment.key)
            // A segment that was deleted and created again may have the same revision, but not the same ID.
            guard known?.revision ?? 0 == segment.revision, known?.mailchimpID == nil || known?.mailchimpID == segment.action.idBefore
            else {
                throw stale("the segment '\(segment.name)' has been changed by another run since it was made")
            }
        }
        let planned = Set(plan.segments.map(\.key.label))
        for known in try ledger.segments(of: activation, at: endpoint) {
            guard planned.contains(known.key.label) || known.members + known.adding == 0 else {
                throw stale("the segment '\(known.name)' has been created by another run since")
            }
        }
    }

    private func stale(_ reason: String) -> EngineError {
        EngineError(.stalePlan, "the plan is stale: \(reason)", advice: "Make a new one with: hookline plan \(activation.name) -o FILE")
    }
}

extension SegmentPlan.Action {
    /// Mailchimp's ID of the segment when the plan was made; nil if it did not exist.
    fileprivate var idBefore: Int? {
        switch self {
        case .recreate(let id), .remake(let id): id
        default: id
        }
    }
}
