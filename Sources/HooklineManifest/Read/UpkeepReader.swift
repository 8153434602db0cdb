import HooklineCore

/// Reads what an activation does about others' changes, and how long a run may take.
enum UpkeepReader {
    static func upkeep(_ tree: Tree) -> Upkeep {
        var upkeep = Upkeep()
        if let policy = tree["on_drift"]?.text.flatMap(Upkeep.DriftPolicy.init) { upkeep.onDrift = policy }
        if let policy = tree["on_rename"]?.text.flatMap(Upkeep.RenamePolicy.init) { upkeep.onRename = policy }
        upkeep.reconcileEvery = tree["reconcile"]?.text.flatMap(Measure.seconds)
        upkeep.longestRun = tree["max_duration"]?.text.flatMap(Measure.seconds)
        return upkeep
    }
}
