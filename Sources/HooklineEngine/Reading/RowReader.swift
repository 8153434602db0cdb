import HooklineCore

/// Reads a source once, through rules and hooks, and decides what becomes of every row.
///
/// Rows that are kept meet the segments' drafts. Buckets count all rows, and an observer may watch.
struct RowReader {
    private let source: OpenedSource
    private let columns: [Column]
    private let rows: ReadAhead
    private let addressesAhead: AddressesAhead
    /// The source's cursor, if it hands over one row per user.
    private let users: OneRowCursor?
    private let hooks: (any HookHost)?
    private let observer: (any RowObserver)?
    private let keeper: RowKeeper?
    private let progress: @Sendable (Progress) -> Void
    private let clock: RunClock
    /// How many threads decide about rows after the last one, with this one.
    private let threads: Int
    private var classifier: RowClassifier
    private var counter = BucketCounter()
    /// The fields that rules test for NULL.
    private let nullTested: Set<String>
    private let model: Model
    private var keys: RepeatedKeys
    private var refusals = ConsentRefusals()
    private var ends: DifferentEnds
    private var timer: PhaseTimer
    /// What the rows of the current batch mean for their segments, whether their addresses may enter, and what became of them: buffers to
    /// reuse. Without a consent rule, `standings` is empty.
    private var meetings: [Differ.Meeting?] = []
    private var standings: [ConsentRefusals.Standing] = []
    private var outcomes: [RowOutcome] = []
    /// The number of the first row of each address, filled only for an observer.
    private var firstRows: [SubscriberHash: Int] = [:]

    init(
        activation: Activation, source: OpenedSource, dependencies: RunDependencies, clock: RunClock
    ) {
        self.source = source
        columns = source.cursor.columns
        users = source.cursor as? OneRowCursor
        self.clock = clock
        threads = dependencies.threads
        hooks = dependencies.hooks
        observer = dependencies.observer
        keeper = dependencies.keeper
        progress = dependencies.progress
        classifier = RowClassifier(columns: columns, emailField: activation.emailField)
        nullTested = activation.nullTestedFields
        model = activation.model
        keys = RepeatedKeys(columns: columns, primaryKey: model.primaryKey, dependencies.spilling, showsExamples: true)
        ends = DifferentEnds(dependencies.spilling)
        timer = PhaseTimer(dependencies.stopwatch)
        let (emailColumn, addresses) = (classifier.emailColumn, AddressesAhead())
        addressesAhead = addresses
        // Which row of a user counts is known behind the last one: by then there is nothing to read ahead.
        rows = ReadAhead(
            source.cursor, threads: users == nil ? dependencies.threads : 1, clock: clock, stopwatch: dependencies.stopwatch
        ) {
            BatchPreparation(
                rules: try source.rules.another(), consent: try source.consent?.another(), emailColumn: emailColumn, addresses: addresses)
        }
    }

    /// Reads to the end. Every row that rules and hooks kept meets the drafts.
    ///
    /// - Returns: what was found besides the drafts.
    /// - Throws: if the source or a script fails, there are too many labels, or the run has to stop; then nobody may be removed, since rows
    ///   are missing.
    mutating func read(into drafts: inout DraftSet) throws -> RowsRead {
        defer { rows.end() }
        observer?.willRead(emailColumn: classifier.emailColumn, keyColumn: keys.column)
        keeper?.willRead(emailColumn: classifier.emailColumn, keyColumn: keys.column)
        if keeper != nil { drafts.keyColumn = keys.column.map { ($0, columns[$0]) } }
        // Of a large ledger also if there is not a single row.
        try drafts.makeRoom(for: 0)
        if let hooks {
            try read(through: hooks, &drafts)
        } else {
            var batch = UserBatch(columns: columns)
            while try readNext(&batch) {
                batch.verdicts.reset(rows: batch.records.count)
                try decide(&batch, &drafts)
            }
        }
        return try finish(&drafts)
    }

    /// Finishes after the last row, and returns what was found.
    private mutating func finish(_ drafts: inout DraftSet) throws -> RowsRead {
        rows.end()
        rows.report(to: source.rules, source.consent)
        timer.add(rows.phases)
        let counts = rows.counts
        refusals.finish { drafts.hasMet($0) }
        let refused = drafts.takeBack(refusals.addresses)
        if refusals.addresses.count > 0 {
            observer?.didRefuse(refusals.addresses)
            keeper?.didRefuse(refusals.addresses)
        }
        try meetLater(&drafts)
        var buckets = counter.buckets(badValues: counts.rowsDropped)
        buckets.move(refused.kept, from: \.inSegment, to: \.noConsent)
        buckets.move(refused.waiting, from: \.notAContact, to: \.noConsent)
        let unread = source.leftOut?.pushDown.unread ?? 0
        buckets.droppedByRules += unread
        var read = RowsRead(rows: counts.rowsRead + unread, buckets: buckets, phases: timer.phases)
        read.pushDown = source.leftOut?.pushDown
        read.differentEnds = try ends.count(threads: threads)
        read.primaryKey = try model.primaryKey.flatMap { try keys.finding($0, limit: model.primaryKeyLimit, threads: threads) }
        // A source leaves rows out only if each has a key of its own.
        read.primaryKey?.rows += unread
        read.expectations = try source.expectations?.findings(rows: counts.rowsRead) ?? []
        (read.unknownRefusals, read.cleaned) = (refusals.unknown, classifier.cleaned)
        read.unreadable = counts.unreadable(of: columns)
        read.nullWords = counts.nullWords(of: columns).filter { nullTested.contains($0.column) }
        read.limit = source.limit
        read.unseen = source.rules.unseen + (source.consent?.unseen ?? [])
        if let users {
            read.buckets.superseded += users.withheld
            read.unknownNewest = users.unknown
            for rows in users.leftOut { keeper?.leaveOut(rows) }
        } else {
            keeper?.didEnd(rows: counts.rowsRead)
        }
        return read
    }

    /// Decides the rows that were left for later.
    private mutating func meetLater(_ drafts: inout DraftSet) throws {
        guard let deferred = drafts.deferred else { return }
        timer.lap(\.diff)
        let refused = refusals
        try drafts.meetLater(clock, threads: threads, where: { refused.removeRefused(&$0) }) { part in
            counter.count(kept: part.kept)
            for (block, meetings) in part.blocks { decideLater(block, meetings) }
        }
        keeper?.didDecide(deferred)
        timer.lap(\.diff)
    }

    /// Decides the rows of a block that were left for later.
    private mutating func decideLater(_ block: CandidateBlock, _ meetings: [Differ.Meeting?]) {
        outcomes.removeAll(keepingCapacity: true)
        for (row, hash) in block.addresses.hashes.enumerated() {
            var (outcome, isWaiting) = (RowOutcome.kept(hash, labels: 0..<0), false)
            switch meetings[row] {
            case .duplicate: outcome = .duplicate(of: nil)
            case .waiting: isWaiting = true
            case .entering, .staying, .deferred: break
            case nil: outcome = refusals.standing(of: hash) == .refused ? .noConsent : .duplicate(of: nil)
            }
            counter.count(outcome, isWaiting: isWaiting)
            outcomes.append(outcome)
        }
        keeper?.note(outcomes, meetings, of: block)
    }

    /// Keeps the hooks busy: while they work on some batches, the next one is read and the one before is decided.
    private mutating func read(through hooks: any HookHost, _ drafts: inout DraftSet) throws {
        var batch = UserBatch(columns: columns)
        var underWay = 0
        var hasEnded = false
        while true {
            while !hasEnded, underWay < hooks.depth {
                hasEnded = try !readNext(&batch)
                if hasEnded { break }
                try hooks.submit(&batch)
                underWay += 1
                timer.lap(\.hooks)
            }
            if underWay == 0 { return }
            try hooks.collect(&batch)
            underWay -= 1
            timer.lap(\.hooks)
            addressesAhead.learn(batch.verdicts.addresses)
            try decide(&batch, &drafts)
        }
    }

    private mutating func readNext(_ batch: inout UserBatch) throws -> Bool {
        guard try rows.next(&batch) else { return false }
        try clock.check()
        timer.skip()
        try keys.note(batch.records, of: users)
        if users == nil { try source.expectations?.note(batch.records) }
        timer.lap(\.diff)
        if let users {
            for row in 0..<batch.records.count where users.isSuperseded(batch.records.rowNumbers[row]) {
                batch.selection[row] = 0
                if source.consent != nil { batch.consents[row] = 1 }
            }
        }
        timer.lap(\.rules)
        return true
    }

    /// Decides what becomes of every row of a batch; rows that are kept meet the drafts.
    ///
    /// - Throws: `EngineError.Code.tooManyLabels` and the ledger's errors.
    private mutating func decide(_ batch: inout UserBatch, _ drafts: inout DraftSet) throws {
        counter.learn(batch.verdicts.reasonTexts)
        if users == nil { keeper?.didRead(batch.records) }
        classifier.classify(&batch)
        try meet(batch, &drafts)
        outcomes.removeAll(keepingCapacity: true)
        for row in 0..<batch.records.count {
            var outcome = classifier.outcome(row, of: batch)
            var isLeftForLater = false
            if case .kept(let hash, let labels) = outcome {
                if case .deferred = meetings[row] { isLeftForLater = true }
                switch standings.isEmpty ? .consents : standings[row] {
                case .refused: outcome = .noConsent
                case .counted: outcome = .duplicate(of: firstRows[hash])
                case .consents:
                    if case .duplicate = meetings[row] {
                        outcome = .duplicate(of: firstRows[hash])
                        if drafts.hasOtherLabels(hash, labels: labels, of: batch.verdicts) {
                            try ends.noteOtherLabels(hash, row: batch.records.rowNumbers[row])
                        }
                    }
                }
                if observer != nil, firstRows[hash] == nil { firstRows[hash] = batch.records.rowNumbers[row] }
            }
            outcome = try noteEnd(outcome, row, of: batch)
            let isWaiting = if case .waiting = meetings[row] { true } else { false }
            if !isLeftForLater { counter.count(outcome, isWaiting: isWaiting) }
            outcomes.append(outcome)
        }
        keeper?.note(outcomes, meetings, of: batch, classifier.addresses)
        try drafts.keep(meetings, of: batch.records, classifier.addresses)
        if let observer {
            for row in outcomes.indices {
                let address = Array(classifier.addresses.bytes[classifier.addresses.range(row)])
                observer.didDecide(outcomes[row], row: row, of: batch, address: address, source: source)
            }
        }
        timer.lap(\.diff)
        progress(.reading(rows: rows.counts.rowsRead))
    }

    /// Lets the kept rows of a batch meet the drafts, in their order. If the activation asks for consent, those whose address may not enter
    /// do not meet them.
    private mutating func meet(_ batch: UserBatch, _ drafts: inout DraftSet) throws {
        meetings.removeAll(keepingCapacity: true)
        meetings.append(contentsOf: repeatElement(nil, count: batch.records.count))
        standings.removeAll(keepingCapacity: true)
        try drafts.makeRoom(for: batch.records.count)
        if source.consent == nil {
            return try drafts.meet(classifier.isKept, of: classifier.addresses, batch.verdicts, into: &meetings)
        }
        // Whether a row refuses depends on the rows before it, so they go one by one.
        for row in 0..<batch.records.count {
            try refusals.note(row, of: batch, &classifier, &ends) { drafts.hasMet($0) }
            var standing = ConsentRefusals.Standing.consents
            if classifier.isKept[row] == 1 {
                let hash = classifier.addresses.hashes[row]
                // Which of its rows is the first to count is known later, too.
                if drafts.leavesForLater(hash), !refusals.isCounted(hash) {
                    meetings[row] = .deferred
                } else {
                    standing = refusals.standing(of: hash)
                    if standing == .consents { meetings[row] = try drafts.meet(row, of: classifier.addresses, batch.verdicts) }
                }
            }
            standings.append(standing)
        }
    }

    /// Notes a row's outcome for its address.
    ///
    /// - Returns: the outcome; `superseded` if another row of its user counts.
    private mutating func noteEnd(_ outcome: RowOutcome, _ row: Int, of batch: UserBatch) throws -> RowOutcome {
        let number = batch.records.rowNumbers[row]
        switch outcome {
        case .kept, .duplicate: try ends.noteKept(classifier.addresses.hashes[row], row: number)
        case .droppedByRules, .droppedByHook:
            if case .droppedByRules = outcome, let users, users.isSuperseded(number) {
                return .superseded(by: users.row(instead: number))
            }
            if classifier.addresses.readings[row] == .address { try ends.noteDropped(classifier.addresses.hashes[row], row: number) }
        case .noEmail, .badEmail, .badValue, .noConsent, .superseded: break
        }
        return outcome
    }
}
