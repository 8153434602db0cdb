import Text

/// Decides whether a plan may be sent, by the safeguards of the manifest and what a person allowed for this run.
package struct SafeguardCheck: Sendable {
    /// How many of a segment's members may leave if the manifest sets no limit.
    package static let defaultRemovals = Safeguards.Limit.percent(50)
    /// Default limits never stop fewer users or rows than this.
    package static let defaultRemovalsFloor = 20
    /// How many of the last run's rows may be missing if the manifest sets no limit.
    package static let defaultShrinking = Safeguards.Limit.percent(50)
    /// A label with fewer users than this may lose all of them, like a country with one customer who moves.
    package static let emptiedFloor = 5

    /// The safeguard that stopped a plan.
    package enum Code: String, CaseIterable, Sendable {
        /// The source has no rows.
        case emptySource = "safeguards.empty_source"
        /// The source has far fewer rows than at the last run.
        case shrunk = "safeguards.shrunk"
        /// A file that replaces a lookup has far fewer lines than at the last run.
        case shrunkList = "safeguards.shrunk_list"
        /// Too many members would leave.
        case removals = "safeguards.removals"
        /// Too many users would enter.
        case additions = "safeguards.additions"
        /// The segment would be too small.
        case size = "safeguards.size"
    }

    /// What a person allows on the command line.
    package struct Allowance: Equatable, Sendable {
        package var removals: Int?
        package var additions: Int?
        package var emptySource: Bool
        package var smallSegment: Bool
        package var shrunkSource: Bool
        /// Whether the source may be other than the model expects.
        package var unexpected: Bool

        package init(
            removals: Int? = nil, additions: Int? = nil, emptySource: Bool = false, smallSegment: Bool = false, shrunkSource: Bool = false,
            unexpected: Bool = false
        ) {
            self.unexpected = unexpected
            self.shrunkSource = shrunkSource
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

    /// Why the plan must not be sent; nil if it may.
    package func reasonToStop(_ plan: Plan) -> RunFailure? {
        // An undo reads no rows.
        if plan.rows == 0, plan.kind != .undo, !(safeguards.allowEmptySource ?? false), !allowance.emptySource {
            return RunFailure(
                .emptySource, "the source has no rows",
                advice: "To empty the segment on purpose: --allow-empty (or safeguards: { allow_empty_source: true })")
        }
        if !allowance.unexpected, let reason = Self.unmet(plan) { return reason }
        if let reason = shrinking(plan) ?? shrinkingLists(plan) { return reason }
        if let together = plan.together { return reasonToStop(plan.segments, together, mostLeaving(plan)) }
        for segment in plan.segments {
            let (before, after) = (segment.membersBefore, segment.membersAfter)
            if let reason = removals(segment.leaving, of: before, keeping: after) ?? additions(segment) ?? size(after) { return reason }
        }
        return nil
    }

    /// The safeguards that a person overrode: those that stop the plan without one of the allowances, in the order of the checks.
    package func overrides(_ plan: Plan) -> [RunFailure] {
        guard reasonToStop(plan) == nil else { return [] }
        let narrower: [(inout Allowance) -> Void] = [
            { $0.emptySource = false }, { $0.unexpected = false }, { $0.shrunkSource = false }, { $0.removals = nil },
            { $0.additions = nil },
            { $0.smallSegment = false },
        ]
        return narrower.compactMap { narrow in
            var allowed = allowance
            narrow(&allowed)
            return allowed == allowance ? nil : SafeguardCheck(safeguards, allowance: allowed).reasonToStop(plan)
        }
    }

    /// What a person must allow for the plan to pass every safeguard: the allowance of this check, and the least beside it.
    package func allowanceNeeded(by plan: Plan) -> Allowance {
        var check = self
        // Each safeguard is overridden at most once, so this ends.
        for _ in 0...Code.allCases.count {
            guard let reason = check.reasonToStop(plan), reason.code.isSafeguard else { break }
            var needed = check.allowance
            switch Code(rawValue: reason.code.rawValue) {
            case nil: needed.unexpected = true
            case .emptySource: needed.emptySource = true
            case .shrunk, .shrunkList: needed.shrunkSource = true
            case .removals: needed.removals = mostLeaving(plan)
            case .additions: needed.additions = plan.segments.map(\.entering).max()
            case .size: needed.smallSegment = true
            }
            check = SafeguardCheck(safeguards, allowance: needed)
        }
        return check.allowance
    }

    /// One allowance covers all checks of removals, so it must be as large as the largest.
    private func mostLeaving(_ plan: Plan) -> Int {
        let vanishing = plan.together == nil ? 0 : plan.segments.filter(\.isEmptied).reduce(0) { $0 + $1.leaving }
        return max(vanishing, plan.segments.map(\.leaving).max() ?? 0, plan.together?.leaving ?? 0)
    }

    private func shrinking(_ plan: Plan) -> RunFailure? {
        guard let before = plan.rowsBefore, plan.kind != .undo, !allowance.shrunkSource else { return nil }
        let (missing, limit) = (before - plan.rows, safeguards.maxShrunk ?? Self.defaultShrinking)
        if safeguards.maxShrunk == nil, missing < Self.defaultRemovalsFloor { return nil }
        guard missing > Self.users(limit, of: before) else { return nil }
        return RunFailure(
            .shrunk,
            "the source has \(NumberText.grouped(plan.rows)) rows, \(NumberText.grouped(missing)) fewer than at the last run (limit \(limit))",
            advice: "Is it cut off? To go ahead: --allow-shrunk (or safeguards: { max_shrunk: N })")
    }

    /// A truncated suppression list, or one that is not bound anymore, would let users through.
    private func shrinkingLists(_ plan: Plan) -> RunFailure? {
        guard plan.kind != .undo, !allowance.shrunkSource else { return nil }
        let limit = safeguards.maxShrunk ?? Self.defaultShrinking
        for (name, before) in (plan.listsBefore ?? [:]).sorted(by: { $0.key < $1.key }) {
            let now = plan.lists?[name]
            let missing = before - (now ?? 0)
            if safeguards.maxShrunk == nil, missing < Self.defaultRemovalsFloor { continue }
            guard missing > Self.users(limit, of: before) else { continue }
            let what = now.map {
                "has \(NumberText.grouped($0)) lines, \(NumberText.grouped(missing)) fewer than at the last run (limit \(limit))"
            }
            return RunFailure(
                .shrunkList,
                "the file that replaces lookups/\(name) \(what ?? "is no longer bound, and had \(NumberText.grouped(before)) lines at the last run")",
                advice: "Is it cut off? To go ahead: --allow-shrunk")
        }
        return nil
    }

    /// Checks a breakdown: all segments together like a single one, and each segment above a size alone.
    private func reasonToStop(_ segments: [SegmentPlan], _ together: Plan.Together, _ needed: Int) -> RunFailure? {
        let limit = safeguards.maxRemoved ?? Self.defaultRemovals
        let emptied = segments.filter(\.isEmptied)
        let (vanishing, members) = (emptied.reduce(0) { $0 + $1.leaving }, segments.reduce(0) { $0 + $1.membersBefore })
        if let reason = removals(together.leaving, of: together.membersBefore, keeping: together.membersAfter, needed) { return reason }
        for segment in segments where segment.leaving >= (segment.isEmptied ? Self.emptiedFloor : Self.defaultRemovalsFloor) {
            if isTooMany(segment.leaving, limit, of: segment.membersBefore) {
                return stopped(segment.leaving, of: segment.membersBefore, limit, in: segment, needed)
            }
        }
        if vanishing >= Self.defaultRemovalsFloor, isTooMany(vanishing, limit, of: members) {
            return stopped(vanishing, of: members, limit, inAll: emptied.count, needed)
        }
        for segment in segments where segment.adds.count >= Self.defaultRemovalsFloor {
            if let reason = additions(segment) { return reason }
        }
        return size(together.membersAfter)
    }

    private func removals(_ leaving: Int, of membersBefore: Int, keeping membersAfter: Int, _ needed: Int? = nil) -> RunFailure? {
        let limit = safeguards.maxRemoved ?? Self.defaultRemovals
        // Under the default limit a few members may leave, unless they are all.
        let isEmptied = leaving == membersBefore && membersAfter == 0
        if safeguards.maxRemoved == nil, leaving < Self.defaultRemovalsFloor, !isEmptied { return nil }
        guard isTooMany(leaving, limit, of: membersBefore) else { return nil }
        return stopped(leaving, of: membersBefore, limit, needed ?? leaving)
    }

    private func isTooMany(_ leaving: Int, _ limit: Safeguards.Limit, of members: Int) -> Bool {
        if let allowed = allowance.removals, leaving <= allowed { return false }
        return leaving > Self.users(limit, of: members)
    }

    private func stopped(
        _ leaving: Int, of members: Int, _ limit: Safeguards.Limit, in segment: SegmentPlan? = nil, inAll emptied: Int? = nil,
        _ needed: Int
    ) -> RunFailure {
        var location = segment.map { " of \(LabelText.shown($0.key.label))" } ?? ""
        if let emptied { location = ", all those of \(emptied) labels," }
        return RunFailure(
            .removals, "\(NumberText.grouped(leaving)) of \(NumberText.grouped(members)) members\(location) would leave (limit \(limit))",
            advice: "To go ahead: --allow-removals \(needed)")
    }

    private func additions(_ segment: SegmentPlan) -> RunFailure? {
        guard let limit = safeguards.maxAdded else { return nil }
        // A percentage of nothing is meaningless, so only a count limits a first run.
        if case .percent = limit, segment.membersBefore == 0 { return nil }
        let entering = segment.entering
        if let allowed = allowance.additions, entering <= allowed { return nil }
        guard entering > Self.users(limit, of: segment.membersBefore) else { return nil }
        return RunFailure(
            .additions,
            "\(NumberText.grouped(entering)) users would enter a segment of \(NumberText.grouped(segment.membersBefore)) (limit \(limit))",
            advice: "To go ahead: --allow-additions \(entering)")
    }

    private func size(_ membersAfter: Int) -> RunFailure? {
        guard let smallest = safeguards.minSize, membersAfter < smallest, !allowance.smallSegment else { return nil }
        return RunFailure(
            .size, "the segment would have \(NumberText.grouped(membersAfter)) members (min_size \(smallest))",
            advice: "To go ahead: --allow-small")
    }

    private static func users(_ limit: Safeguards.Limit, of members: Int) -> Int {
        switch limit {
        case .count(let users): users
        case .percent(let share): Int((Double(members) * share / 100).rounded(.down))
        }
    }
}

extension RunFailure {
    fileprivate init(_ code: SafeguardCheck.Code, _ message: String, advice: String) {
        self.init(Code(code), message, advice: advice)
    }
}

extension SegmentPlan {
    /// Whether everybody leaves and nobody enters.
    fileprivate var isEmptied: Bool { leaving > 0 && leaving == membersBefore && membersAfter == 0 }
}
