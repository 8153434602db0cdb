import HooklineCore

/// Walks over a source once, through rules and hooks, and hands on who wants to be in a segment.
struct CandidateReader {
    let cursor: any RowCursor
    let hooks: (any HookHost)?
    let rules: RuleEvaluator
    let progress: @Sendable (Progress) -> Void
    let stopwatch: @Sendable () -> Double
    let clock: RunClock

    private let emailColumn: Int?
    private let keyColumn: Int?

    init(
        activation: Activation, cursor: any RowCursor, hooks: (any HookHost)?, now: Int64, today: CalendarDate,
        progress: @escaping @Sendable (Progress) -> Void, stopwatch: @escaping @Sendable () -> Double, clock: RunClock
    ) throws {
        self.clock = clock
        self.cursor = cursor
        self.hooks = hooks
        self.progress = progress
        self.stopwatch = stopwatch
        rules = try RuleEvaluator(activation.rules, columns: cursor.columns, now: now, today: today)
        emailColumn = cursor.columns.firstIndex { $0.name == activation.emailField && $0.type.storage == .bytes }
        keyColumn = activation.model.primaryKey.flatMap { key in cursor.columns.firstIndex { $0.name == key } }
        cursor.setCancellationCheck { clock.isOver }
    }

    /// Reads to the end; every row that rules and hooks kept meets the drafts with its address and its labels.
    ///
    /// - Returns: what was counted.
    /// - Throws: when the source or a script fails, there are too many labels, or the task is cancelled; nobody may then be taken
    ///   for departed.
    func read(into drafts: inout DraftSet) throws -> RowClassifier.Findings {
        var classifier = RowClassifier(emailColumn: emailColumn, keyColumn: keyColumn, stopwatch: stopwatch)
        if let hooks {
            try read(through: hooks, &classifier, &drafts)
        } else {
            var batch = UserBatch(columns: cursor.columns)
            while try readNext(&batch, &classifier) {
                batch.verdicts.reset(rows: batch.records.count)
                try digest(batch, &classifier, &drafts)
            }
        }
        return classifier.end(of: cursor)
    }

    /// Keeps the hooks busy: while they work on some batches, the next is read and the last one is digested.
    private func read(through hooks: any HookHost, _ classifier: inout RowClassifier, _ drafts: inout DraftSet) throws {
        var batch = UserBatch(columns: cursor.columns)
        var underWay = 0
        var hasEnded = false
        while true {
            while !hasEnded, underWay < hooks.depth {
                hasEnded = try !readNext(&batch, &classifier)
                if hasEnded { break }
                try hooks.submit(&batch)
                underWay += 1
                classifier.lap(\.hooks)
            }
            if underWay == 0 { return }
            try hooks.collect(&batch)
            underWay -= 1
            classifier.lap(\.hooks)
            try digest(batch, &classifier, &drafts)
        }
    }

    private func readNext(_ batch: inout UserBatch, _ classifier: inout RowClassifier) throws -> Bool {
        // What a hook host hands back for a first batch may have no buffers yet.
        if batch.records.columns.isEmpty { batch = UserBatch(columns: cursor.columns) }
        guard try cursor.read(into: &batch.records, limit: RecordBatch.defaultRows) else { return false }
        try clock.check()
        classifier.lap(\.source)
        classifier.noteKeys(batch.records)
        classifier.lap(\.diff)
        rules.evaluate(batch.records, into: &batch.selection)
        classifier.lap(\.rules)
        return true
    }

    private func digest(_ batch: UserBatch, _ classifier: inout RowClassifier, _ drafts: inout DraftSet) throws {
        try classifier.digest(batch, into: &drafts)
        classifier.lap(\.diff)
        progress(.reading(rows: cursor.rowsRead))
    }
}
