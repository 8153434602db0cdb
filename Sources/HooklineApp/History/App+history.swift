import HooklineCore
import HooklineStore
import Text

extension App {
    /// Lists the past runs of an activation.
    ///
    /// - Parameters:
    ///   - name: the activation. It may be gone by now.
    ///   - limit: the most runs.
    /// - Returns: the newest first; none for an activation that has not run.
    /// - Throws: `manifest.unknown_activation` for a name that neither the workspace nor the ledger knows; `StoreError`.
    package func history(of name: String, limit: Int) throws -> [RunReport] {
        let workspace = try workspace()
        let runs = try ledger(workspace).history(of: name, limit: limit)
        let known = workspace.workspace.activationNames
        if runs.isEmpty, !known.contains(name) {
            throw AppError(
                .unknownActivation, "there is no activation '\(name)', and none of that name has run\(NearestName.hint(name, among: known))"
            )
        }
        return runs
    }

    /// Finds the report of a run.
    ///
    /// - Parameters:
    ///   - id: its ID, or a prefix of it that no other run has.
    ///   - workspace: where its activation is.
    /// - Returns: the report. A run that never ended has one, too.
    /// - Throws: `store.unknown_run`, `store.ambiguous_run` and what else a ledger throws.
    package func report(of id: String, in workspace: LoadedWorkspace) throws -> RunReport {
        guard let report = try ledger(workspace).run(id) else {
            throw AppError(.unknownRun, "the ledger has no run '\(id)': 'hookline history NAME' lists them")
        }
        return report
    }

    /// Where every activation of the workspace stands, in the order of names, those that have never run included.
    ///
    /// - Throws: `StoreError`, what ``workspace()`` throws.
    package func standings() throws -> [Standing] {
        let workspace = try workspace()
        let ledger = try ledger(workspace)
        let statuses = try ledger.status()
        let (names, leftovers) = (workspace.workspace.activationNames, Leftovers(app: self, workspace: workspace))
        let others = names.filter { name in !statuses.contains { $0.activation == name } }
        return try others.map {
            Standing(ActivationStatus(activation: $0, lastRun: nil, segments: []), isKnown: false, isInWorkspace: true)
        }
            + statuses.map { status in
                let refusals = try status.segments.flatMap { try ledger.refusals(in: $0) }
                return Standing(
                    status, refusals, isKnown: true, isInWorkspace: names.contains(status.activation),
                    leftovers.leftBehind(status.activation, status.segments), gone: leftovers.gone(status))
            }
    }
}
