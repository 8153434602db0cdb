import HooklineCore

/// The segments of a run while its rows arrive: the segment itself, and one a label.
///
/// The first row of an address wins for all its labels: a later row of the same address is a duplicate, whatever labels it names.
///
/// It holds a table of all addresses, so it is never copied.
struct DraftSet: ~Copyable {
    private let survey: SegmentSurvey
    private let limit: Int
    private let isRefresh: Bool
    private let ledger: any Ledger
    /// Segments that the ledger knows and that no row has wanted so far.
    private(set) var unwanted: [LedgerSegment]
    private(set) var drafts: [SegmentDraft] = []
    /// The draft of each label, by the label's number in the run; -1 for one that no row has wanted yet.
    private var indexes: [Int] = []
    private var ownIndex = -1
    /// Every address of the run. Empty when there is one segment, which tells duplicates by itself.
    private var addresses = HashTable()

    /// What is noted of an address.
    private enum Mark {
        static let met: UInt8 = 1
        /// No segment that it wants has it or gets it: Mailchimp has said before that it is no contact.
        static let waits: UInt8 = 2
        static let isAskedAgain: UInt8 = 4
        static let isCounted: UInt8 = 8
    }

    /// - Parameter limit: of labels in one run.
    /// - Throws: the ledger's errors.
    init(_ survey: SegmentSurvey, limit: Int, isRefresh: Bool, ledger: any Ledger) throws {
        self.survey = survey
        self.limit = limit
        self.isRefresh = isRefresh
        self.ledger = ledger
        unwanted = survey.known
        if !survey.hasBreakdown { ownIndex = try open(nil) }
    }

    /// Whether no labels come into it.
    private var isSingle: Bool { survey.isSingle }

    // MARK: Rows

    /// A row that rules and hooks kept, with its labels.
    ///
    /// - Returns: `entering` or `staying` when at least one segment gets or has it.
    /// - Throws: `EngineError.Code.tooManyLabels`, and the ledger's errors.
    mutating func meet(
        _ hash: SubscriberHash, _ address: [UInt8], labels: Range<Int>, of verdicts: HookVerdicts
    ) throws -> Differ.Meeting {
        if isSingle { return drafts[0].meet(hash, address) }
        if addresses.update(hash, { $0 | Mark.met }) & Mark.met != 0 { return .duplicate }
        var meeting = Differ.Meeting.waiting
        if labels.isEmpty {
            if ownIndex < 0 { ownIndex = try open(nil) }
            meeting = drafts[ownIndex].meet(hash, address)
        } else {
            for index in labels {
                let label = Int(verdicts.labelNumbers[index])
                if label >= indexes.count || indexes[label] < 0 { try open(label, verdicts) }
                switch drafts[indexes[label]].meet(hash, address) {
                case .entering: meeting = .entering
                case .staying: if meeting == .waiting { meeting = .staying }
                case .waiting, .duplicate: break
                }
            }
        }
        if meeting == .waiting { _ = addresses.update(hash) { $0 | Mark.waits } }
        return meeting
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

    /// Begins the draft of a label, and says where it is.
    private mutating func open(_ label: String?) throws -> Int {
        let key = survey.key.with(label: label)
        let segment = survey.segment(key)
        unwanted.removeAll { $0.key == key }
        drafts.append(
            try SegmentDraft(key: key, known: segment, isRefresh: isRefresh, isGone: survey.snapshot.isGone(segment), ledger: ledger))
        return drafts.count - 1
    }

    // MARK: After the last row

    /// Tells a draft what has to happen to its segment.
    mutating func settle(_ index: Int, _ target: SegmentTarget) throws {
        try drafts[index].settle(target, ledger)
    }

    /// Rows that were counted as waiting, and turned out to be in their segment.
    var becameMembers: Int { drafts.reduce(0) { $0 + $1.becameMembers } }

    /// Adds the drafts of segments that nobody wants.
    mutating func addUnwanted(_ targets: [SegmentTarget]) throws {
        for target in targets {
            var draft = try SegmentDraft(key: target.key, known: target.known, isRefresh: false, ledger: ledger)
            try draft.settle(target, ledger)
            drafts.append(draft)
        }
    }

    /// Puts some of a draft's waiting among its additions, and says how many rows leave the bucket of those who are no contacts.
    mutating func ask(again list: AddressList, in index: Int, isProven: Bool = false) -> Int {
        drafts[index].ask(again: list, isProven: isProven)
        if isSingle { return list.count }
        var rows = 0
        for hash in list.hashes {
            let before = addresses.update(hash) { $0 | Mark.isAskedAgain }
            if before & Mark.waits != 0, before & Mark.isAskedAgain == 0 { rows += 1 }
        }
        return rows
    }

    /// The plan of a draft's segment; nil for one that nothing has to happen to.
    ///
    /// - Throws: the ledger's errors.
    func finish(_ index: Int, _ memory: inout RefreshMemory) throws -> SegmentPlan? {
        guard let target = drafts[index].target else { return nil }
        var segment = try drafts[index].finish(target, ledger)
        try memory.complete(&segment, drafts[index].known)
        return segment
    }

    /// All segments taken together; nil when there is but one.
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
