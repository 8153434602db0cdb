import Foundation
import HooklineCore
import HooklineEngine
import HooklineStore
import Mailchimp
import Text

/// Changes of the ledger alone. Each is shown first, then made under the activation's lease, in one transaction, with a history entry.
/// A question does not hold the lease: if what was shown no longer holds when the answer comes, nothing changes (`state.changed`).
extension App {
    /// Renames an activation in the ledger; its segments, members, and history stay.
    ///
    /// - Throws: `manifest.unknown_activation`; `state.name_taken`; `store.held` while a run holds one of the names; `usage` for a wrong name.
    package func renameState(_ name: String, to newName: String, _ consent: StateConsent) async throws -> StateChange {
        let workspace = try workspace()
        let ledger = try ledger(workspace)
        guard newName.wholeMatch(of: /[a-z0-9-]{1,64}/) != nil else {
            throw AppError(.usage, "'\(newName)' cannot name an activation: use 1 to 64 lowercase letters, digits, and '-'")
        }
        if name == newName { throw AppError(.usage, "the activation is already called '\(name)'") }
        return try await changing([name, newName], ledger, consent) {
            let known = try known(name, in: ledger)
            if let taken = try ledger.segments(of: newName).first {
                throw AppError(
                    .nameTaken,
                    "the ledger already has segments of '\(newName)', such as '\(taken.name)': choose another name, or run 'hookline state forget \(newName)' first, which leaves its segments at Mailchimp as they are"
                )
            }
            var change = StateChange(.rename, of: name)
            change.to = newName
            change.segments = known.segments.map { Standing.Segment($0, after: known.lastRun) }
            let names = workspace.workspace.activationNames
            if !names.contains(newName) {
                change.notes.append(
                    "the workspace has no activation '\(newName)' yet: rename the folder, and set 'name:' in activation.yaml")
            }
            if names.contains(name) {
                change.notes.append("the workspace still has an activation '\(name)': its next run will not know these segments")
            }
            return change
        } apply: { change, run, now in
            try ledger.rename(
                name, to: newName,
                record(run, newName, .rename, now, "renamed from '\(name)'", try ledger.segments(of: name)))
            // What scripts may see of an activation includes its name.
            VerdictStore.forget(name, besides: ledger)
        }
    }

    /// Takes over an existing static segment, by name or ID, for an activation or one of its labels. The ledger reads its members from
    /// Mailchimp, where nothing changes.
    ///
    /// - Throws: `engine.no_such_segment`; `engine.segment_exists` if an activation already has it; `store.held` while a run holds the
    ///   activation.
    package func importState(
        _ name: String, segment: String, label: String? = nil, _ consent: StateConsent
    ) async throws -> StateChange {
        let workspace = try workspace()
        let ledger = try ledger(workspace)
        let activation = try usable(try activation(name, in: workspace))
        try ActivationIdentity.check(activation, in: workspace)
        if let label, let problem = SegmentNameRule.problem(with: label) { throw AppError(.usage, "the label \(problem.message)") }
        return try await withClient(for: activation.destination, of: workspace) { client in
            try await changing([activation.name], ledger, consent) {
                let found = try await SegmentImporter(activation: activation, client: client, ledger: ledger).read(segment, label: label)
                var change = StateChange(.takeIn, of: activation.name)
                change.takesIn = StateChange.TakenIn(
                    id: found.id, name: found.name, label: label, audience: found.key.audience, members: found.members.count)
                change.segments = [found.replaced].compactMap { $0.map { Standing.Segment($0, after: nil) } }
                if label == nil, activation.hooks.isEmpty, activation.segmentName != found.name, activation.driftPolicy.onRename != .follow
                {
                    change.notes.append("the next run renames it to '\(activation.segmentName)'")
                }
                change.notes.append(
                    "the next run removes members that the source does not select: 'hookline plan \(activation.name)' shows them")
                change.found = found
                return change
            } apply: { change, run, now in
                guard let found = change.found else { return }
                var record = record(run, activation.name, .takeIn, now, "took over '\(found.name)' (id \(found.id))")
                record.calls = client.statistics.calls
                var report = SegmentReport(
                    label: label, id: found.id, name: found.name, members: found.members.count, added: 0, removed: 0,
                    unchanged: found.members.count)
                report.seen = SeenMembers(found.members.count, at: now, by: .read)
                report.believed = nil
                record.segments = [report]
                do {
                    try ledger.takeIn(
                        found.key, mailchimpID: found.id, name: found.name, members: found.members, now: now, record)
                } catch let taken as SegmentTaken {
                    throw EngineError(taken, called: found.name)
                }
            }
        }
    }

    /// Shows a change, and makes it with consent, while no run holds these activations. Nobody waits for an open question.
    ///
    /// - Throws: `state.changed` if the change that was shown is no longer the one that would be made; `store.held`.
    func changing(
        _ names: [String], _ ledger: SQLiteLedger, _ consent: StateConsent, plan: () async throws -> StateChange,
        apply: (StateChange, _ run: String, _ now: Int64) async throws -> Void
    ) async throws -> StateChange {
        let now = clock.now()
        let run = RunIdentifier.make(at: now)
        var shown: StateChange?
        if consent != .given {
            var change = try await plan()
            if consent == .none { return change }
            observer.observe(.changingState(change))
            let answer = await observer.answer(.changeState(change))
            change.wasDeclined = answer == .no
            guard answer == .yes else { return change }
            shown = change
        }
        let leases = try names.sorted().map { try ledger.lease(activation: $0, run: run) }
        defer { for lease in leases { try? lease.release() } }
        var change = try await plan()
        if let shown, try !shown.isSame(as: change) {
            throw AppError(
                .stateChanged,
                "what was shown no longer holds: the ledger or the segment at Mailchimp changed before the answer. Nothing was changed; run the command again to see what it would do now"
            )
        }
        try await apply(change, run, now)
        change.run = run
        return change
    }

    /// What the ledger knows of an activation.
    ///
    /// - Throws: `manifest.unknown_activation`; `StoreError`.
    func known(_ name: String, in ledger: SQLiteLedger) throws -> ActivationStatus {
        let all = try ledger.status()
        if let found = all.first(where: { $0.activation == name }) { return found }
        let names = all.map(\.activation)
        throw AppError(
            .unknownActivation,
            "the ledger has no activation '\(name)'; it has \(names.isEmpty ? "none" : names.joined(separator: ", "))\(NearestName.hint(name, among: names))"
        )
    }

    func record(
        _ run: String, _ activation: String, _ kind: RunKind, _ now: Int64, _ note: String, _ segments: [LedgerSegment] = []
    ) -> RunReport {
        var report = RunReport(run: run, activation: activation, kind: kind, outcome: .done, startedAt: now)
        report.note = note
        report.segments = segments.map {
            SegmentReport(
                label: $0.key.label, id: $0.mailchimpID, name: $0.name, members: $0.members, added: 0, removed: 0, unchanged: $0.members)
        }
        return report
    }

    static func counted(_ segments: [LedgerSegment]) -> String {
        let members = segments.reduce(0) { $0 + $1.members }
        return
            "\(NumberText.counted(segments.count, "segment", "segments")) with \(NumberText.counted(members, "member", "members"))"
    }
}
