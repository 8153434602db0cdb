import HooklineCore
import HooklineEngine
import HooklineManifest
import HooklineStore
import Mailchimp
import Text

/// Which segments of an activation the ledger forgets, and what becomes of them at Mailchimp.
package struct ForgetRequest: Sendable {
    package var activation: String
    /// The only label; nil for all.
    package var label: String?
    /// Whether to forget only what is left in another audience or account than the activation's destination has.
    package var isElsewhere = false
    /// Nil to leave them as they are.
    package var disposal: SegmentDisposal?

    package init(_ activation: String, label: String? = nil) {
        self.activation = activation
        self.label = label
    }
}

extension App {
    /// Makes the ledger forget an activation, or some of its segments; deletes or empties them at Mailchimp first if that is asked for.
    ///
    /// - Throws: `manifest.unknown_activation`; `state.unknown_label` for a label without a segment; `state.none_elsewhere` if nothing is left
    ///   behind; `state.no_destination` if no destination of the workspace is in the segments' account; `store.held` while a run holds it;
    ///   Mailchimp's errors.
    package func forgetState(_ request: ForgetRequest, _ consent: StateConsent) async throws -> StateChange {
        let workspace = try workspace()
        let ledger = try ledger(workspace)
        let name = request.activation
        return try await changing([name], ledger, consent) {
            let segments = try forgotten(request, ledger, workspace)
            var change = StateChange(.forget, of: name)
            change.label = request.label
            change.disposal = request.disposal
            change.segments = segments.map { Standing.Segment($0, after: nil, isLeftBehind: request.isElsewhere) }
            if request.disposal != nil {
                _ = try segments.filter { $0.mailchimpID != nil }.map { try destination(of: $0, workspace) }
                if segments.contains(where: { $0.mailchimpID == nil }) {
                    change.notes.append(
                        "a segment whose creation got no answer may be at Mailchimp all the same: look for its name there")
                }
            }
            if !request.isElsewhere, workspace.workspace.activationNames.contains(name), !segments.isEmpty {
                change.notes.append(
                    request.disposal == .delete
                        ? "the workspace still has '\(name)': its next run creates the segment again, under another id"
                        : "the workspace still has '\(name)': its next run will find a segment of that name that the ledger does not know, and stop unless --adopt takes it over"
                )
            }
            return change
        } apply: { _, run, now in
            let segments = try forgotten(request, ledger, workspace)
            if let disposal = request.disposal {
                for segment in segments where segment.mailchimpID != nil {
                    try await withClient(for: try destination(of: segment, workspace), of: workspace) { client in
                        try await SegmentDisposer(client: client, ledger: ledger).dispose(of: segment, disposal, now: now)
                    }
                }
            }
            let fate =
                switch request.disposal {
                case .delete: "deleted at Mailchimp, too"
                case .empty: "emptied at Mailchimp, too"
                case nil: "nothing changed at Mailchimp"
                }
            VerdictStore.forget(name, besides: ledger)
            try ledger.forget(segments, record(run, name, .forget, now, "forgot \(Self.counted(segments)); \(fate)"))
        }
    }

    /// The segments that a request is about.
    private func forgotten(_ request: ForgetRequest, _ ledger: SQLiteLedger, _ workspace: LoadedWorkspace) throws -> [LedgerSegment] {
        let known = try known(request.activation, in: ledger)
        var segments = known.segments
        if request.isElsewhere {
            segments = Leftovers(app: self, workspace: workspace).leftBehind(request.activation, segments)?.segments ?? []
            if segments.isEmpty {
                throw AppError(
                    .noneElsewhere,
                    workspace.workspace.activationNames.contains(request.activation)
                        ? "no segment of '\(request.activation)' is left in another audience or account than that of its destination"
                        : "the workspace has no activation '\(request.activation)' whose destination could tell what is elsewhere; without --elsewhere all of its segments are forgotten"
                )
            }
        }
        guard let label = request.label else { return segments }
        segments = segments.filter { $0.key.label == label }
        if segments.isEmpty { throw AppError.unknownLabel(label, of: known) }
        return segments
    }

    /// A destination in whose account a segment is: one of its audience, otherwise one at its endpoint.
    private func destination(of segment: LedgerSegment, _ workspace: LoadedWorkspace) throws -> Destination {
        let all = workspace.workspace.destinations.keys.sorted().compactMap { workspace.document.destination(named: $0).value }
        let there = all.filter {
            endpoint(of: $0, in: workspace).map { $0 == segment.key.endpoint } ?? ($0.audience == segment.key.audience)
        }
        guard let found = there.first(where: { $0.audience == segment.key.audience }) ?? there.first else {
            throw AppError(
                .noDestination,
                "no destination of the workspace is at \(segment.key.endpoint), where the segment '\(segment.name)' of audience \(segment.key.audience) is: delete or empty it in Mailchimp by hand, then forget it without --delete and --empty"
            )
        }
        return found
    }
}

extension AppError {
    static func unknownLabel(_ label: String, of known: ActivationStatus) -> AppError {
        let labels = known.segments.compactMap(\.key.label)
        return AppError(
            .unknownLabel,
            "the ledger has no segment of '\(known.activation)' with the label '\(label)'; it has \(labels.isEmpty ? "no labels" : labels.joined(separator: ", "))\(NearestName.hint(label, among: labels))"
        )
    }
}
