/// What the rows of a model say of each other: the percentiles that rules compare them with, and which of them the limits of segments let in.
package struct Ranks: Sendable {
    /// The value of each percentile, in the order in which the rules are compiled; nil without a single value.
    private(set) var percentiles: [CellValue?] = []
    /// The rows of each limit; nil while they are not known.
    private(set) var limits: [LimitMembers?] = []

    /// Reads all rows, if the rules compare them: once, and once more for each limit inside another one or behind a percentile. Nil if they do not.
    ///
    /// - Parameters:
    ///   - condition: the rules.
    ///   - now: the start of the run, in Unix seconds.
    ///   - zone: the activation's zone.
    ///   - spilling: where values go that are too many for memory; nil if all stay there.
    ///   - pass: reads all rows that count; calls the first closure with the columns, then the second with every batch.
    /// - Throws: what `pass` throws; `IssuesFound` if the rules do not fit the columns; the scratch's errors.
    package init?(
        _ condition: Condition?, now: Int64, zone: ZoneOffsets, spilling: Spilling?,
        pass: (_ begin: ([Column]) throws -> Void, _ body: (RecordBatch) throws -> Void) throws -> Void
    ) throws {
        guard let condition, condition.comparesRows else { return nil }
        var known: Ranks?
        repeat {
            var collection: Collection?
            try pass { columns in
                let rules = try RuleEvaluator(condition, columns: columns, now: now, zone: zone, ranks: known)
                collection = Collection(rules, columns, known == nil ? spilling : nil, isFirst: known == nil)
            } _: { batch in
                try collection?.add(batch)
            }
            guard let collection else { break }
            known = try Ranks(collection, known)
        } while known?.limits.contains { $0 == nil } == true
        guard let known else { return nil }
        self = known
    }

    private init(_ collection: Collection, _ known: Ranks?) throws {
        percentiles = try known?.percentiles ?? collection.percentiles
        limits = collection.members
    }

    /// What the segment's own limit does.
    ///
    /// - Parameter condition: the rules.
    /// - Returns: nil without a limit.
    package func effect(of condition: Condition?) -> LimitEffect? {
        // Those of inner segments come first.
        guard case .segment(let rule)? = condition, let limit = rule.ownLimit, let members = limits.last ?? nil else { return nil }
        return LimitEffect(
            n: limit.count, by: limit.field, order: limit.order, met: members.met, dropped: members.met - members.count)
    }

    /// What one reading of all rows finds out.
    private struct Collection {
        private let rules: RuleEvaluator
        /// The columns of percentiles, and their values; none if those are known.
        private var columns: [Int] = []
        private var values: [OrderedValues] = []
        private var rows: [LimitRows?]

        init(_ rules: RuleEvaluator, _ all: [Column], _ spilling: Spilling?, isFirst: Bool) {
            self.rules = rules
            if isFirst {
                columns = Set(rules.percentiles.map(\.column)).sorted()
                values = columns.map { OrderedValues(all[$0].type, spilling) }
            }
            rows = rules.limits.map { $0.members == nil && $0.isReady ? LimitRows($0) : nil }
        }

        mutating func add(_ batch: RecordBatch) throws {
            for index in columns.indices { try values[index].add(batch.columns[columns[index]]) }
            for index in rows.indices where rows[index] != nil {
                rows[index]?.add(batch, where: rules.evaluate(rules.limits[index].rules, batch))
            }
        }

        var percentiles: [CellValue?] {
            get throws {
                try rules.percentiles.map { test in
                    try columns.firstIndex(of: test.column).flatMap { try values[$0].value(at: test.place(among: values[$0].count)) }
                }
            }
        }

        var members: [LimitMembers?] { rows.indices.map { rules.limits[$0].members ?? rows[$0]?.members() } }
    }
}

extension RowCursor {
    /// Reads all rows as ``Ranks`` asks for them.
    ///
    /// - Parameters:
    ///   - begin: gets the columns.
    ///   - body: gets every batch.
    /// - Throws: the source's error; `CancellationError`; what the closures throw.
    package func readAll(_ begin: ([Column]) throws -> Void, _ body: (RecordBatch) throws -> Void) throws {
        try begin(columns)
        var batch = RecordBatch(columns: columns)
        while try read(into: &batch, limit: RecordBatch.defaultRows) {
            try Task.checkCancellation()
            try body(batch)
        }
    }
}
