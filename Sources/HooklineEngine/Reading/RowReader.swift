import HooklineCore

/// Reads a source once, through rules and hooks, and decides what becomes of every row.
///
/// Rows that are kept meet the segments' drafts. Buckets count all rows, and an observer may watch.
struct RowReader {
    private let cursor: any RowCursor
    private let rules: RuleEvaluator
    private let hooks: (any HookHost)?
    private let observer: (any RowObserver)?
    private let keeper: RowKeeper?
    private let progress: @Sendable (Progress) -> Void
    private let clock: RunClock
    private var classifier: RowClassifier
    private var counter = BucketCounter()
    private var keys: RepeatedKeys
    private var timer: PhaseTimer
    /// The number of the first row of each address, filled only for an observer.
    private var firstRows: [SubscriberHash: Int] = [:]

    init(
        activation: Activation, cursor: any RowCursor, rules: RuleEvaluator, dependencies: RunDependencies, clock: RunClock
    ) {
        self.cursor = cursor
        self.rules = rules
        self.clock = clock
        hooks = dependencies.hooks
        observer = dependencies.observer
        keeper = dependencies.keeper
        progress = dependencies.progress
        classifier = RowClassifier(columns: cursor.columns, emailField: activation.emailField)
        keys = RepeatedKeys(columns: cursor.columns, primaryKey: activation.model.primaryKey)
        timer = PhaseTimer(dependencies.stopwatch)
        cursor.setCancellationCheck { clock.isOver }
    }

    /// Reads to the end. Every row that rules and hooks kept meets the drafts.
    ///
    /// - Returns: what was found besides the drafts.
    /// - Throws: if the source or a script fails, there are too many labels, or the run has to stop; then nobody may be removed, since rows
    ///   are missing.
    mutating func read(into drafts: inout DraftSet) throws -> RowsRead {
        observer?.willRead(emailColumn: classifier.emailColumn, keyColumn: keys.column)
        keeper?.willRead(emailColumn: classifier.emailColumn, keyColumn: keys.column)
        if let hooks {
            try read(through: hooks, &drafts)
        } else {
            var batch = UserBatch(columns: cursor.columns)
            while try readNext(&batch) {
                batch.verdicts.reset(rows: batch.records.count)
                try decide(batch, &drafts)
            }
        }
        keeper?.didEnd(rows: cursor.rowsRead)
        return RowsRead(
            rows: cursor.rowsRead, buckets: counter.buckets(badValues: cursor.rowsDropped), repeatedKeys: keys.count,
            firstRepeatedKey: keys.firstRow, valuesNulled: cursor.valuesNulled, unseen: rules.unseen, phases: timer.phases)
    }

    /// Keeps the hooks busy: while they work on some batches, the next one is read and the one before is decided.
    private mutating func read(through hooks: any HookHost, _ drafts: inout DraftSet) throws {
        var batch = UserBatch(columns: cursor.columns)
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
            try decide(batch, &drafts)
        }
    }

    private mutating func readNext(_ batch: inout UserBatch) throws -> Bool {
        // What a hook host returns for the first batches may have no buffers yet.
        if batch.records.columns.isEmpty { batch = UserBatch(columns: cursor.columns) }
        guard try cursor.read(into: &batch.records, limit: RecordBatch.defaultRows) else { return false }
        try clock.check()
        timer.lap(\.source)
        keys.note(batch.records)
        timer.lap(\.diff)
        rules.evaluate(batch.records, into: &batch.selection)
        timer.lap(\.rules)
        return true
    }

    /// Decides what becomes of every row of a batch; rows that are kept meet the drafts.
    ///
    /// - Throws: `EngineError.Code.tooManyLabels` and the ledger's errors.
    private mutating func decide(_ batch: UserBatch, _ drafts: inout DraftSet) throws {
        // Kept for this batch only: copies that outlived it would make the next read copy every buffer.
        let verdicts = batch.verdicts
        counter.learn(verdicts.reasonTexts)
        keeper?.didRead(batch.records)
        for row in 0..<batch.records.count {
            var outcome = classifier.classify(row, of: batch)
            var meeting: Differ.Meeting?
            if case .kept(let hash, let labels) = outcome {
                meeting = try drafts.meet(hash, classifier.address, labels: labels, of: verdicts)
                if meeting == .duplicate { outcome = .duplicate(of: firstRows[hash]) }
            }
            counter.count(outcome, isWaiting: meeting == .waiting)
            keeper?.note(outcome, meeting, row: row, of: batch, address: classifier.address)
            if let observer {
                if case .kept(let hash, _) = outcome { firstRows[hash] = batch.records.rowNumbers[row] }
                observer.didDecide(outcome, row: row, of: batch, address: classifier.address, rules: rules)
            }
        }
        timer.lap(\.diff)
        progress(.reading(rows: cursor.rowsRead))
    }
}

/// What reading the rows found, besides who is wanted in which segment.
struct RowsRead {
    var rows: Int
    var buckets: Buckets
    /// How many rows repeat the primary key of an earlier row.
    var repeatedKeys: Int
    /// The number of the first such row.
    var firstRepeatedKey: Int?
    /// How many values became NULL because they did not fit their column.
    var valuesNulled: Int
    /// Texts that the rules look for and that no row had.
    var unseen: [RuleEvaluator.Unseen] = []
    var phases: Phases
}
