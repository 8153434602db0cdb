import HooklineCore

/// Reads an activation's source through its rules and its consent, as a plan does, without hooks and without Mailchimp.
///
/// A pass takes 17 to 50 bytes of memory for each address without consent; what else it takes is up to whoever looks at the rows.
package struct SegmentPass {
    package let activation: Activation
    private let source: any RowSource
    private let threads: Int
    private let now: @Sendable () -> Int64

    /// What was found besides the rows.
    package struct Found: Sendable {
        /// The rows of the source, those included that were left out unread.
        package fileprivate(set) var rows = 0
        /// The rows that do not count, because another row of the same user does.
        package fileprivate(set) var superseded = 0
        /// What the segment's limit does; nil without one.
        package fileprivate(set) var limit: LimitEffect?
        /// The rows that were left out for a value that does not fit.
        package fileprivate(set) var badValues = 0
        /// The hashes of the addresses that have a row without consent.
        package fileprivate(set) var refused = HashTable()
        /// Warnings about texts that rules look for and no row has.
        package fileprivate(set) var warnings: [RunWarning] = []
    }

    /// - Parameters:
    ///   - activation: its model says which columns are read.
    ///   - source: its source, not yet opened.
    ///   - threads: how many threads read the source.
    ///   - now: the time in Unix seconds; rules count days from the start of the pass.
    package init(_ activation: Activation, _ source: any RowSource, threads: Int, now: @escaping @Sendable () -> Int64) {
        self.activation = activation
        self.source = source
        self.threads = threads
        self.now = now
    }

    /// Reads all rows.
    ///
    /// - Parameters:
    ///   - willRead: gets the columns before the first row.
    ///   - body: gets every batch with its selection, consents, and addresses, and the compiled rules.
    /// - Returns: what was found besides.
    /// - Throws: what opening and reading the source throw; `CancellationError`; what the closures throw.
    package func read(willRead: ([Column]) throws -> Void = { _ in }, _ body: (UserBatch, RuleEvaluator) throws -> Void) throws -> Found {
        let clock = RunClock(now: now)
        let opened = try OpenedSource.open(
            activation, source, hasMapHook: false, showsSuperseded: false, threads: threads, clock: clock, stopwatch: { 0 })
        let cursor = opened.cursor
        try willRead(cursor.columns)
        let email = RowClassifier(columns: cursor.columns, emailField: activation.emailField).emailColumn
        let (users, addresses) = (cursor as? OneRowCursor, AddressesAhead())
        let rows = ReadAhead(cursor, threads: users == nil ? threads : 1, clock: clock, stopwatch: { 0 }) {
            BatchPreparation(
                rules: try opened.rules.another(), consent: try opened.consent?.another(), emailColumn: email, addresses: addresses)
        }
        defer { rows.end() }
        var found = Found()
        var batch = UserBatch(columns: cursor.columns)
        while try rows.next(&batch) {
            try clock.check()
            if !batch.hasOwnAddresses { batch.readOwnAddresses(in: email) }
            for row in batch.consents.indices where batch.consents[row] == 0 && batch.ownAddresses.readings[row] == .address {
                found.refused.set(1, for: batch.ownAddresses.hashes[row])
            }
            try body(batch, opened.rules)
            batch.hasOwnAddresses = false
        }
        rows.end()
        rows.report(to: opened.rules, opened.consent)
        (found.rows, found.badValues, found.superseded) = (rows.counts.rowsRead, rows.counts.rowsDropped, users?.withheld ?? 0)
        found.limit = opened.limit
        found.warnings = UnseenTexts.warnings(opened.rules.unseen + (opened.consent?.unseen ?? []), rows: found.rows)
        return found
    }
}
