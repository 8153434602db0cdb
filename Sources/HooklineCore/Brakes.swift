/// Decides whether a plan may be sent: the safeguards of the manifest, and what a person allowed for this run.
package struct Brakes: Sendable {
    /// The share of a segment that may leave when the manifest says nothing.
    package static let usualRemovals = Safeguards.Limit.percent(50)
    /// A share that nobody wrote down does not stop fewer users than this.
    package static let usualRemovalsFloor = 20

    /// What a person allowed on the command line.
    package struct Allowance: Equatable, Sendable {
        package var removals: Int?
        package var additions: Int?
        package var emptySource: Bool
        package var smallSegment: Bool

        package init(removals: Int? = nil, additions: Int? = nil, emptySource: Bool = false, smallSegment: Bool = false) {
            self.removals = removals
            self.additions = additions
            self.emptySource = emptySource
            self.smallSegment = smallSegment
        }
    }

    package let safeguards: Safeguards
    package let allowance: Allowance

    package init(_ safeguards: Safeguards, allowance: Allowance = Allowance()) {
        self.safeguards = safeguards
        self.allowance = allowance
    }

    /// Why the plan must not be sent; nil when it may.
    package func reasonToStop(_ plan: Plan) -> RunFailure? {
        if plan.rows == 0, !(safeguards.allowEmptySource ?? false), !allowance.emptySource {
            return RunFailure(
                "brakes.empty_source",
                "Stopped before sending: the source has no rows. To empty the segment on purpose: --allow-empty (or safeguards: { allow_empty_source: true })"
            )
        }
        for segment in plan.segments {
            if let reason = removals(segment) ?? additions(segment) ?? size(segment) { return reason }
        }
        return nil
    }

    private func removals(_ segment: SegmentPlan) -> RunFailure? {
        let leaving = segment.leaving
        if let allowed = allowance.removals, leaving <= allowed { return nil }
        let limit = safeguards.maxRemoved ?? Self.usualRemovals
        // Without a limit of the manifest's own a few may leave, but not all of them.
        let isEmptied = leaving == segment.membersBefore && segment.membersAfter == 0
        if safeguards.maxRemoved == nil, leaving < Self.usualRemovalsFloor, !isEmptied { return nil }
        guard leaving > Self.users(limit, of: segment.membersBefore) else { return nil }
        return RunFailure(
            "brakes.removals",
            "Stopped before sending: \(Self.grouped(leaving)) of \(Self.grouped(segment.membersBefore)) members would leave (limit \(limit))."
                + " To go ahead: --allow-removals \(leaving)"
        )
    }

    private func additions(_ segment: SegmentPlan) -> RunFailure? {
        guard let limit = safeguards.maxAdded else { return nil }
        // A share of nothing says nothing: a first filling is held only by a count.
        if case .percent = limit, segment.membersBefore == 0 { return nil }
        let entering = segment.adds.count
        if let allowed = allowance.additions, entering <= allowed { return nil }
        guard entering > Self.users(limit, of: segment.membersBefore) else { return nil }
        return RunFailure(
            "brakes.additions",
            "Stopped before sending: \(Self.grouped(entering)) users would enter a segment of \(Self.grouped(segment.membersBefore)) (limit \(limit))."
                + " To go ahead: --allow-additions \(entering)"
        )
    }

    private func size(_ segment: SegmentPlan) -> RunFailure? {
        guard let smallest = safeguards.minSize, segment.membersAfter < smallest, !allowance.smallSegment else { return nil }
        return RunFailure(
            "brakes.size",
            "Stopped before sending: the segment would have \(Self.grouped(segment.membersAfter)) members (min_size \(smallest))."
                + " To go ahead: --allow-small"
        )
    }

    private static func users(_ limit: Safeguards.Limit, of members: Int) -> Int {
        switch limit {
        case .count(let users): users
        case .percent(let share): Int((Double(members) * share / 100).rounded(.down))
        }
    }

    /// `4,210`.
    package static func grouped(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }
}
