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
    private var classifier: RowClassifier
    private var counter = BucketCounter()
    /// The fields that rules test for NULL.
    private let nullTested: Set<String>
    private var keys: RepeatedKeys
    private var refusals = ConsentRefusals()
    private var ends = DifferentEnds()
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
        hooks = dependencies.hooks
        observer = dependencies.observer
        keeper = dependencies.keeper
        progress = dependencies.progress
        classifier = RowClassifier(columns: columns, emailField: activation.emailField)
        nullTested = activation.nullTestedFields
        keys = RepeatedKeys(columns: columns, primaryKey: activation.model.primaryKey)
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
        if let hooks {
            try read(through: hooks, &drafts)
        } else {
            var batch = UserBatch(columns: columns)
            while try readNext(&batch) {
                batch.verdicts.reset(rows: batch.records.count)
                try decide(&batch, &drafts)
            }
        }
        return finish(&drafts)
    }

    /// Finishes after the last row, and returns what was found.
    private mutating func finish(_ drafts: inout DraftSet) -> RowsRead {
        rows.end()
        rows.report(to: source.rules, source.consent)
        timer.add(rows.phases)
        let counts = rows.counts
        var buckets = counter.buckets(badValues: counts.rowsDropped)
        refusals.finish { drafts.hasMet($0) }
        let refused = drafts.takeBack(refusals.addresses)
        buckets.move(refused.kept, from: \.inSegment, to: \.noConsent)
        buckets.move(refused.waiting, from: \.notAContact, to: \.noConsent)
        if refusals.addresses.count > 0 {
            observer?.didRefuse(refusals.addresses)
            keeper?.didRefuse(refusals.addresses)
        }
        var read = RowsRead(rows: counts.rowsRead, buckets: buckets, phases: timer.phases)
        (read.repeatedKeys, read.differentEnds) = (keys.count(), ends.count())
        (read.unknownRefusals, read.cleaned) = (refusals.unknown, classifier.cleaned)
        read.unreadable = counts.unreadable(of: columns)
        read.nullWords = counts.nullWords(of: columns).filter { nullTested.contains($0.column) }
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
        keys.note(batch.records)
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
            if case .kept(let hash, let labels) = outcome {
                switch standings.isEmpty ? .consents : standings[row] {
                case .refused: outcome = .noConsent
                case .counted: outcome = .duplicate(of: firstRows[hash])
                case .consents:
                    if case .duplicate = meetings[row] {
                        outcome = .duplicate(of: firstRows[hash])
                        if drafts.hasOtherLabels(hash, labels: labels, of: batch.verdicts) {
                            ends.noteOtherLabels(hash, row: batch.records.rowNumbers[row])
                        }
                    }
                }
                if observer != nil, firstRows[hash] == nil { firstRows[hash] = batch.records.rowNumbers[row] }
            }
            outcome = noteEnd(outcome, row, of: batch)
            let isWaiting = if case .waiting = meetings[row] { true } else { false }
            counter.count(outcome, isWaiting: isWaiting)
            outcomes.append(outcome)
        }
        keeper?.note(outcomes, meetings, of: batch, classifier.addresses)
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
        if source.consent == nil {
            return try drafts.meet(classifier.isKept, of: classifier.addresses, batch.verdicts, into: &meetings)
        }
        // Whether a row refuses depends on the rows before it, so they go one by one.
        for row in 0..<batch.records.count {
            refusals.note(row, of: batch, &classifier, &ends) { drafts.hasMet($0) }
            var standing = ConsentRefusals.Standing.consents
            if classifier.isKept[row] == 1 {
                standing = refusals.standing(of: classifier.addresses.hashes[row])
                if standing == .consents { meetings[row] = try drafts.meet(row, of: classifier.addresses, batch.verdicts) }
            }
            standings.append(standing)
        }
    }

    /// Notes a row's outcome for its address.
    ///
    /// - Returns: the outcome; `superseded` if another row of its user counts.
    private mutating func noteEnd(_ outcome: RowOutcome, _ row: Int, of batch: UserBatch) -> RowOutcome {
        let number = batch.records.rowNumbers[row]
        switch outcome {
        case .kept, .duplicate: ends.noteKept(classifier.addresses.hashes[row], row: number)
        case .droppedByRules, .droppedByHook:
            if case .droppedByRules = outcome, let users, users.isSuperseded(number) {
                return .superseded(by: users.row(instead: number))
            }
            if classifier.addresses.readings[row] == .address { ends.noteDropped(classifier.addresses.hashes[row], row: number) }
        case .noEmail, .badEmail, .badValue, .noConsent, .superseded: break
        }
        return outcome
    }
}
