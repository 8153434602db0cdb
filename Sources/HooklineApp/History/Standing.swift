import HooklineCore

/// Where an activation stands: one entry of `status --json`.
package struct Standing: Encodable, Sendable {
    package struct Segment: Encodable, Sendable {
        /// Mailchimp's ID; nil while the segment has not been made.
        package let id: Int?
        package let name: String
        /// Nil for the segment itself.
        package let label: String?
        package let audience: String
        package let endpoint: String
        /// By the ledger.
        package let members: Int
        /// How many Mailchimp showed in the last run; nil if that did not ask.
        package let seen: SeenMembers?
        /// True if `members` only follows from the ledger; otherwise nil.
        package let believed: Bool?
        /// Additions without an answer so far, which are not in `members`; nil for none.
        package let unanswered: Int?
        /// Users who are wanted but are not contacts so far.
        package let waiting: Int
        package let phase: String
        /// Whether no run reaches it anymore, because the activation's destination has another audience or account now.
        package let isLeftBehind: Bool

        /// The number of members for a table.
        package var membersText: String {
            MembersText.number(members, believed: believed) + (MembersText.unanswered(unanswered).map { ", \($0)" } ?? "")
        }

        /// `last` is the last run of the activation.
        init(_ segment: LedgerSegment, after last: RunReport?, isLeftBehind: Bool = false) {
            self.isLeftBehind = isLeftBehind
            id = segment.mailchimpID
            name = segment.name
            label = segment.key.label
            audience = segment.key.audience
            endpoint = segment.key.endpoint
            members = segment.members
            unanswered = segment.adding > 0 ? segment.adding : nil
            let report = last?.segments.first { $0.id == segment.mailchimpID && $0.label == segment.key.label }
            seen = report?.seen
            // The members of a run that sent nothing are those that it would have left.
            let last = last?.isOnlyPlanned == true ? report?.seen?.members : report?.members
            believed = report?.believed != true && last == segment.members ? nil : true
            waiting = segment.waiting
            phase = segment.phase.rawValue
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, label, audience, endpoint, members, seen, believed, unanswered, waiting, phase
            case isLeftBehind = "left_behind"
        }
    }

    package let activation: String
    package let lastRun: RunReport?
    package let segments: [Segment]
    /// How many addresses Mailchimp refuses to add or remove, and how many of them nobody has acknowledged.
    package let refused: Int
    package let unacknowledged: Int
    /// Whether the ledger has heard of it. Not in JSON, which lists only those.
    package let isKnown: Bool
    /// Whether the workspace has an activation or an installed package of that name.
    package let isInWorkspace: Bool
    /// What is left of it elsewhere, or after it is gone, and what to do; nil if nothing is. Not in JSON, which has the facts.
    package let leftover: String?

    init(
        _ status: ActivationStatus, _ refusals: [Refusal] = [], isKnown: Bool, isInWorkspace: Bool, _ leftBehind: LeftBehind? = nil,
        gone: String? = nil
    ) {
        refused = Set(refusals.map(\.hash)).count
        unacknowledged = Set(refusals.filter { $0.acknowledgement == nil }.map(\.hash)).count
        activation = status.activation
        lastRun = status.lastRun
        let left = Set(leftBehind?.segments.map(\.id) ?? [])
        segments = status.segments.map { Segment($0, after: status.lastRun, isLeftBehind: left.contains($0.id)) }
        leftover = leftBehind?.message ?? gone
        self.isKnown = isKnown
        self.isInWorkspace = isInWorkspace
    }

    private enum CodingKeys: String, CodingKey {
        case activation, segments, refused, unacknowledged
        case lastRun = "last_run"
        case isInWorkspace = "in_workspace"
    }
}
