/// What the rows of a model say of each other: the percentiles that rules compare them with.
package struct Ranks: Sendable {
    /// The value of each percentile, in the order in which the rules are compiled; nil without a single value.
    private(set) var percentiles: [CellValue?] = []

    /// Reads all rows once, if the rules compare them; nil if they do not.
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
        var tests: [PercentileTest] = []
        var columns: [Int] = []
        var values: [OrderedValues] = []
        try pass { all in
            tests = try RuleEvaluator(condition, columns: all, now: now, zone: zone).percentiles
            columns = Set(tests.map(\.column)).sorted()
            values = columns.map { OrderedValues(all[$0].type, spilling) }
        } _: { batch in
            for index in columns.indices { try values[index].add(batch.columns[columns[index]]) }
        }
        percentiles = try tests.map { test in
            try columns.firstIndex(of: test.column).flatMap { try values[$0].value(at: test.place(among: values[$0].count)) }
        }
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
