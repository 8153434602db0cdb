import HooklineCore

/// A source that fits its activation.
package struct OpenedSource {
    let cursor: any RowCursor
    /// The segment rules, compiled for its columns.
    package let rules: RuleEvaluator
    /// The consent rule, compiled for its columns; nil if the activation does not ask for consent.
    package let consent: RuleEvaluator?
    /// What the segment's limit does; nil without one.
    let limit: LimitEffect?
    /// Compares the rows with what the model expects; nil if it expects nothing.
    private(set) var expectations: ExpectationCheck?
    /// What the source leaves out; nil if it cannot leave anything out.
    private(set) var leftOut: RowsLeftOut?

    /// Opens a source, and checks that the activation fits it.
    ///
    /// - Parameters:
    ///   - activation: what reads it.
    ///   - source: not yet opened.
    ///   - hasMapHook: whether a `map` hook may set addresses.
    ///   - showsSuperseded: whether rows that do not count (`one_row_per`) are returned, too.
    ///   - threads: how many threads read the source.
    ///   - clock: when it is over, reading stops; rules count days from its start.
    ///   - spilling: where values wait that memory does not hold.
    ///   - stopwatch: measures the phases.
    /// - Returns: the source before its first row. If the rules compare rows, all of them have been read by then.
    /// - Throws: what opening throws, and reading if the rules compare rows; `IssuesFound` with everything that does not fit.
    static func open(
        _ activation: Activation, _ source: any RowSource, hasMapHook: Bool, showsSuperseded: Bool, threads: Int, clock: RunClock,
        spilling: Spilling? = nil, stopwatch: @escaping @Sendable () -> Double
    ) throws -> OpenedSource {
        func open(showsSuperseded: Bool) throws -> any RowCursor {
            let cursor = try source.open(at: clock.startedAt) { [clock] in clock.isOver }
            guard let oneRow = activation.model.oneRow else { return cursor }
            return OneRowCursor(cursor, oneRow, emailField: activation.emailField, showsSuperseded: showsSuperseded) {
                ReadAhead($0, threads: threads, clock: clock, stopwatch: stopwatch)
            }
        }
        func check(_ columns: [Column], _ ranks: Ranks?) throws -> (rules: RuleEvaluator, consent: RuleEvaluator?) {
            let (rules, consent, issues) = ActivationChecker.check(
                activation, columns: columns, hasMapHook: hasMapHook, now: clock.startedAt, ranks: ranks)
            let errors = issues.filter { $0.severity == .error }
            guard let rules, errors.isEmpty else { throw IssuesFound(errors) }
            return (rules, consent)
        }
        let ranks = try Ranks(activation.rules, now: clock.startedAt, zone: activation.zone, spilling: spilling) { begin, body in
            // A row that does not count is not compared with others.
            let cursor = try open(showsSuperseded: false)
            _ = try check(cursor.columns, nil)
            try begin(cursor.columns)
            let rows = ReadAhead(cursor, threads: cursor is OneRowCursor ? 1 : threads, clock: clock, stopwatch: stopwatch)
            defer { rows.end() }
            var batch = UserBatch(columns: cursor.columns)
            while try rows.next(&batch) {
                try clock.check()
                try body(batch.records)
            }
        }
        let cursor = try open(showsSuperseded: showsSuperseded)
        let (rules, consent) = try check(cursor.columns, ranks)
        return OpenedSource(
            cursor: cursor, rules: rules, consent: activation.consent == nil ? nil : consent, limit: ranks?.effect(of: activation.rules))
    }

    /// Has the source leave out rows that the rules do not pick, if nothing else of a plan depends on them.
    ///
    /// - Parameters:
    ///   - activation: what reads the source.
    ///   - hasMapHook: whether a `map` hook may set addresses.
    /// - Throws: the source's error; `CancellationError`.
    mutating func leaveOut(_ activation: Activation, hasMapHook: Bool) throws {
        guard activation.source.kind.isDatabase, activation.rules != nil else { return }
        if let reason = activation.reasonToReadAll(hasMapHook: hasMapHook) {
            leftOut = .nothing(reason)
        } else if let filter = RowFilter(rules, email: activation.emailField, key: activation.model.primaryKey) {
            leftOut = try cursor.leaveOut(by: filter)
            rules.noteSeen(leftOut?.seen ?? [])
        }
    }

    /// Compares the rows to come with what the model expects.
    ///
    /// - Parameters:
    ///   - activation: what reads the source.
    ///   - known: what its markers say, by the index of their expectations.
    ///   - now: when the run began, in Unix seconds.
    ///   - spilling: where values wait that memory does not hold.
    /// - Throws: what making a file throws.
    mutating func expect(_ activation: Activation, known: [Int: ExpectationFinding], now: Int64, spilling: Spilling?) throws {
        guard !activation.model.expectations.isEmpty else { return }
        let check = try ExpectationCheck(
            activation.model.expectations, known: known, columns: cursor.columns, now: now, zone: activation.zone, spilling: spilling)
        (cursor as? OneRowCursor)?.inspect = { try check.note($0) }
        expectations = check
    }
}

extension Activation {
    /// Why rows count that the rules do not pick; nil if they do not.
    fileprivate func reasonToReadAll(hasMapHook: Bool) -> String? {
        if !source.pushesDown { return "the source says push_down: false" }
        if rules?.comparesRows == true { return "percentiles and limits compare all rows" }
        if consent != nil { return "a row without consent keeps its address out, whatever the rules say of it" }
        if model.oneRow != nil { return "which row of a user counts (one_row_per) is decided before the rules" }
        if !model.expectations.isEmpty { return "what the model expects (expect) is about all rows" }
        if hasMapHook { return "the map hook may set addresses, and other rows may have the same" }
        return nil
    }
}
