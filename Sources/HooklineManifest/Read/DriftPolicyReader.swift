import HooklineCore

/// Reads what an activation does about changes that others made in Mailchimp.
enum DriftPolicyReader {
    static func driftPolicy(_ tree: Tree) -> DriftPolicy {
        var driftPolicy = DriftPolicy()
        if let policy = tree["on_drift"]?.text.flatMap(DriftPolicy.MemberAction.init) { driftPolicy.onDrift = policy }
        if let policy = tree["on_rename"]?.text.flatMap(DriftPolicy.RenameAction.init) { driftPolicy.onRename = policy }
        if let seconds = tree["reconcile"]?.text.flatMap(Measure.seconds) { driftPolicy.reconcileEvery = seconds }
        return driftPolicy
    }
}
