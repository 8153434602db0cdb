import HooklineCore

/// The segments of a run while rows arrive: the segment itself, and one per label.
///
/// The first row of an address wins for all its labels: a later row of that address is a duplicate, whatever its labels.
///
/// It holds a table of all addresses, so it is never copied.
struct DraftSet: ~Copyable {
    private let survey: SegmentSurvey
    /// The survey's answer, kept because every row asks for it.
    let isSingle: Bool
    private let limit: Int
    private let isRefresh: Bool
    let ledger: any Ledger
    /// Whom Mailchimp refuses.
    let refusals: KnownRefusals
    /// Segments in the ledger that no row has asked for so far.
    private(set) var unwanted: [LedgerSegment]
    var drafts: [SegmentDraft] = []
    /// The index of each label's draft, by the label's number in the run; -1 if no row has asked for it yet.
    private var indexes: [Int] = []
    private var ownIndex = -1
    /// Every address of the run. Empty when there is only one segment, whose draft finds duplicates itself.
    private var addresses = HashTable()
    /// When rows are left for later, because there are too many addresses for memory; nil for never.
    let spilling: Spilling?
    /// Whether there is room already for as many addresses as stay in memory.
    var hasReserved = false
    /// The target of the only segment; nil with labels.
    let target: SegmentTarget?
    /// The column of keys, for rows that are left for later; nil if nobody asks for keys.
    var keyColumn: (index: Int, column: Column)?
    /// The rows that are left for later; nil so far.
    var deferred: CandidateRuns?

    /// What the table notes about an address.
    private enum Mark {
        static let met: UInt8 = 1
        /// Waits in all its segments: it was not a contact when it was last added.
        static let waits: UInt8 = 2
        static let isAskedAgain: UInt8 = 4
        static let isCounted: UInt8 = 8
        /// Mailchimp has said that it is a contact now.
        static let isProven: UInt8 = 16
        static let isTakenBack: UInt8 = 32
        /// Mailchimp has refused it before.
        static let isRefused: UInt8 = 64
    }

    /// - Parameters:
    ///   - survey: the segments before the run.
    ///   - refusals: whom Mailchimp refuses.
    ///   - limit: the most labels in one run.
    ///   - isRefresh: whether the segments start from scratch.
    ///   - ledger: where members are read.
    ///   - target: of the only segment; nil with labels.
    ///   - spilling: when and where rows are left for later; nil for never. With labels, everything stays in memory.
    /// - Throws: the ledger's errors.
    init(
        _ survey: SegmentSurvey, _ refusals: KnownRefusals, limit: Int, isRefresh: Bool, ledger: any Ledger, target: SegmentTarget?,
        spilling: Spilling?
    ) throws {
        self.survey = survey
        isSingle = survey.isSingle
        self.limit = limit
        self.isRefresh = isRefresh
        self.ledger = ledger
        self.refusals = refusals
        self.target = target
        self.spilling = survey.isSingle && target != nil ? spilling : nil
        unwanted = survey.known
        if !survey.hasBreakdown { ownIndex = try open(nil) }
    }

    // MARK: Rows

    /// Meets a row that rules and hooks kept, with its labels.
    ///
    /// With several labels, the row enters or stays if it does so in any of them.
    ///
    /// - Throws: `EngineError.Code.tooManyLabels` and the ledger's errors.
    mutating func meet(_ row: Int, of rows: RowAddresses, _ verdicts: HookVerdicts) throws -> Differ.Meeting {
        if isSingle { return leavesForLater(rows.hashes[row]) ? .deferred : drafts[0].meet(row, of: rows) }
        let (hash, labels) = (rows.hashes[row], verdicts.labelRanges[row])
        if addresses.update(hash, { $0 | Mark.met }) & Mark.met != 0 { return .duplicate }
        var meeting = Differ.Meeting.waiting
        if labels.isEmpty {
            if ownIndex < 0 { ownIndex = try open(nil) }
            meeting = drafts[ownIndex].meet(row, of: rows)
        } else {
            for index in labels {
                let label = Int(verdicts.labelNumbers[index])
                if label >= indexes.count || indexes[label] < 0 { try open(label, verdicts) }
                switch drafts[indexes[label]].meet(row, of: rows) {
                case .entering: meeting = .entering
                case .staying: if meeting == .waiting { meeting = .staying }
                case .waiting, .duplicate, .deferred: break
                }
            }
        }
        if meeting == .waiting { _ = addresses.update(hash) { $0 | Mark.waits } }
        return meeting
    }

    /// Meets the rows of a batch that rules and hooks kept, one after another.
    ///
    /// - Parameters:
    ///   - isKept: 1 for each of these rows, 0 for others.
    ///   - rows: the addresses of all rows.
    ///   - verdicts: their labels.
    ///   - meetings: receives what each of these rows means for its segments; nil before.
    /// - Throws: `EngineError.Code.tooManyLabels` and the ledger's errors.
    mutating func meet(
        _ isKept: [UInt8], of rows: RowAddresses, _ verdicts: HookVerdicts, into meetings: inout [Differ.Meeting?]
    ) throws {
        if isSingle { return drafts[0].meet(isKept, of: rows, into: &meetings) }
        for row in isKept.indices where isKept[row] == 1 { meetings[row] = try meet(row, of: rows, verdicts) }
    }

    private mutating func open(_ label: Int, _ verdicts: HookVerdicts) throws {
        indexes.append(contentsOf: repeatElement(-1, count: max(0, verdicts.labelTexts.count - indexes.count)))
        let labels = indexes.count { $0 >= 0 } + 1
        guard labels <= limit else {
            throw EngineError(
                .tooManyLabels,
                "the breakdown hook has named \(labels) labels so far, and each becomes a segment; the limit is \(limit)",
                advice: "A label is one of a few values, such as a country or a tier. To allow more: breakdown: { max_segments: N }")
        }
        indexes[label] = try open(verdicts.labelTexts[label])
    }

    /// Opens the draft of a label and returns its index.
    private mutating func open(_ label: String?) throws -> Int {
        let key = survey.key.with(label: label)
        let segment = survey.segment(key)
        unwanted.removeAll { $0.key == key }
        drafts.append(
            try SegmentDraft(
                key: key, known: segment, isRefresh: isRefresh, isGone: survey.snapshot.isGone(segment), refusals: refusals, ledger: ledger,
                defersMembers: spilling.map { segment?.addresses ?? 0 > $0.threshold } ?? false))
        return drafts.count - 1
    }

    /// Whether a row with this address has been met.
    func hasMet(_ hash: SubscriberHash) -> Bool {
        isSingle ? drafts[0].hasMet(hash) : addresses.mark(of: hash) & Mark.met != 0
    }

    /// Whether a row names a label whose segment does not have the row's address, which an earlier row brought.
    func hasOtherLabels(_ hash: SubscriberHash, labels: Range<Int>, of verdicts: HookVerdicts) -> Bool {
        if isSingle { return false }
        if labels.isEmpty { return ownIndex < 0 || !drafts[ownIndex].hasMet(hash) }
        return labels.contains { index in
            let label = Int(verdicts.labelNumbers[index])
            return label >= indexes.count || indexes[label] < 0 || !drafts[indexes[label]].hasMet(hash)
        }
    }

    // MARK: After the last row

    /// Takes addresses back, as if no row had had them, before anything is settled.
    ///
    /// - Returns: how many rows that were counted in the segment, and how many that were counted as waiting, are counted there no more.
    mutating func takeBack(_ refused: HashTable) -> (kept: Int, waiting: Int) {
        if refused.count == 0 { return (0, 0) }
        if isSingle {
            let (met, waiting) = drafts[0].takeBack(refused)
            return (met - waiting, waiting)
        }
        for index in drafts.indices { _ = drafts[index].takeBack(refused) }
        var (kept, waiting) = (0, 0)
        refused.forEach { hash, _ in
            guard addresses.mark(of: hash) & Mark.met != 0 else { return }
            let before = addresses.update(hash) { $0 & ~(Mark.met | Mark.waits) | Mark.isTakenBack }
            if before & Mark.waits != 0 { waiting += 1 } else { kept += 1 }
        }
        // A segment that only refused users wanted is one that no row wants. Without a breakdown, the segment itself is always wanted.
        for index in drafts.indices.reversed() where drafts[index].isUnwanted && (survey.hasBreakdown || drafts[index].key.label != nil) {
            if let known = drafts[index].known { unwanted.append(known) }
            drafts.remove(at: index)
        }
        return (kept, waiting)
    }

    /// Gives a draft its target.
    mutating func settle(_ index: Int, _ target: SegmentTarget) throws {
        // It has been settled when the rows that were left for later were met.
        if deferred != nil { return }
        try drafts[index].settle(target, ledger)
    }

    /// How many rows were counted as waiting but turned out to be members.
    var becameMembers: Int { drafts.reduce(0) { $0 + $1.becameMembers } }

    /// Adds drafts for segments that no row wants.
    mutating func addUnwanted(_ targets: [SegmentTarget]) throws {
        for target in targets {
            var draft = try SegmentDraft(key: target.key, known: target.known, isRefresh: false, refusals: refusals, ledger: ledger)
            try draft.settle(target, ledger)
            drafts.append(draft)
        }
    }

    /// Moves some of a draft's waiting addresses to its additions.
    ///
    /// Ask the unproven ones of all drafts before the proven ones.
    ///
    /// - Returns: how many rows leave the bucket "not a contact" by that, and how many of all rows have given no sign of being contacts.
    mutating func ask(again list: AddressList, in index: Int, isProven: Bool = false) -> (rows: Int, inVain: Int) {
        drafts[index].ask(again: list, isProven: isProven)
        if isSingle { return (list.count, isProven ? 0 : list.count) }
        var (rows, inVain) = (0, 0)
        for hash in list.hashes {
            let before = addresses.update(hash) { $0 | Mark.isAskedAgain | (isProven ? Mark.isProven : 0) }
            guard before & Mark.waits != 0 else { continue }
            if before & Mark.isAskedAgain == 0 {
                rows += 1
                if !isProven { inVain += 1 }
            } else if isProven, before & Mark.isProven == 0 {
                inVain -= 1
            }
        }
        return (rows, inVain)
    }

    /// Rows that were counted as waiting because Mailchimp has refused their addresses; before any of these are asked for again.
    mutating func refusedRows() -> Int {
        if isSingle { return drafts[0].refused.count }
        var rows = 0
        for draft in drafts {
            for hash in draft.refused.hashes {
                let before = addresses.update(hash) { $0 | Mark.isRefused }
                if before & Mark.waits != 0, before & Mark.isRefused == 0 { rows += 1 }
            }
        }
        return rows
    }

    /// Asks for some of a draft's refused addresses again, or for some of the removals that were refused.
    ///
    /// - Returns: how many rows leave the bucket "rejected" by that.
    mutating func ask(refused list: AddressList, _ act: Refusal.Act, in index: Int) -> Int {
        drafts[index].ask(refused: list, act)
        if act == .remove { return 0 }
        if isSingle { return list.count }
        return list.hashes.count { hash in
            let before = addresses.update(hash) { $0 | Mark.isAskedAgain }
            return before & Mark.waits != 0 && before & Mark.isAskedAgain == 0
        }
    }

    /// Notes how far a draft's new contacts were looked for.
    mutating func looked(until time: Int64, askedUntil: Int64?, in index: Int) {
        drafts[index].looked(until: time, askedUntil: askedUntil)
    }

    /// The plan of a draft's segment; nil if the draft was not settled.
    ///
    /// - Throws: the ledger's errors.
    func finish(_ index: Int, _ memory: inout RefreshMemory) throws -> SegmentPlan? {
        guard let target = drafts[index].target else { return nil }
        let addresses = isSingle ? nil : self.addresses
        let draft = drafts[index]
        var segment = try draft.finish(target, ledger) { hash in
            addresses.map { $0.mark(of: hash) & Mark.met != 0 } ?? draft.hasMet(hash)
        }
        try memory.complete(&segment, drafts[index].known)
        return segment
    }

    /// The users of all segments, each counted once; nil when there is only one segment.
    mutating func together(wanted: Int) -> Plan.Together? {
        if isSingle { return nil }
        var together = Plan.Together(membersBefore: 0, leaving: 0, membersAfter: wanted)
        for index in drafts.indices {
            let draft = drafts[index]
            draft.forEachMemberBefore { hash in
                let before = addresses.update(hash) { $0 | Mark.isCounted }
                if before & Mark.isCounted != 0 { return }
                together.membersBefore += 1
                if before & Mark.met == 0 { together.leaving += 1 }
            }
        }
        return together
    }
}
