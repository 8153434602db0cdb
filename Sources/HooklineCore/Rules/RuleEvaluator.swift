/// Picks rows by the segment rules.
///
/// NULL behaves as in SQL: a test of NULL is neither true nor false, nor is its `not`, and only rows for which the rules are *true* are
/// picked. A test of an unreadable value is neither true nor false, even `is_null`. Text is compared byte by byte, as by SQL's BINARY
/// collation.
package struct RuleEvaluator {
    let root: Node
    let searches: [TextSearch]
    let condition: Condition?
    let columns: [Column]
    private let now: Int64
    private let zone: ZoneOffsets
    private let ranks: Ranks?
    /// The percentiles that rows are compared with.
    let percentiles: [PercentileTest]
    /// The limits of segments.
    let limits: [LimitTest]

    /// Compiles the rules for the columns of a source.
    ///
    /// - Parameters:
    ///   - condition: the rules; nil picks all rows.
    ///   - columns: the columns of every batch.
    ///   - now: the start of the run in Unix seconds; rules count days from it.
    ///   - zone: the activation's time zone; a day in a rule is a day in this zone.
    ///   - ranks: what the rows say of each other; nil before they were read, which leaves a test of a percentile neither true nor false.
    /// - Throws: `IssuesFound` with every unknown field and every value or operation that does not fit its column.
    package init(
        _ condition: Condition?, columns: [Column], now: Int64, zone: ZoneOffsets, ranks: Ranks? = nil
    ) throws(IssuesFound) {
        var compiler = RuleCompiler(columns: columns, now: now, zone: zone)
        compiler.ranks = ranks
        let node = condition.map { compiler.node($0) } ?? .all([])
        guard compiler.issues.isEmpty else { throw IssuesFound(compiler.issues) }
        root = node
        searches = compiler.searches
        (percentiles, limits) = (compiler.percentiles, compiler.limits)
        (self.condition, self.columns, self.now, self.zone, self.ranks) = (condition, columns, now, zone, ranks)
    }

    /// The same rules for another thread: a compiled pattern, and what was seen, are for one thread at a time.
    package func another() throws(IssuesFound) -> RuleEvaluator {
        try RuleEvaluator(condition, columns: columns, now: now, zone: zone, ranks: ranks)
    }

    /// Notes the texts that another evaluator of the same rules has seen.
    package func noteSeen(by other: RuleEvaluator) {
        for (search, others) in zip(searches, other.searches) { search.noteSeen(by: others) }
    }

    /// Notes texts that rows have which nobody evaluates.
    ///
    /// - Parameter seen: for each search and each of its texts, whether some row has it; empty for nothing.
    package func noteSeen(_ seen: [[Bool]]) {
        for (search, seen) in zip(searches, seen) { search.noteSeen(seen) }
    }

    /// A text of `=`, `!=`, `in` or `not_in` that no row so far had in the column.
    package struct Unseen: Equatable, Sendable {
        package let field: String
        package let text: String
        package let position: SourcePosition?
    }

    /// The texts that rules look for and that no row so far had.
    package var unseen: [Unseen] {
        searches.flatMap { search in search.unseen.map { Unseen(field: search.field, text: $0, position: search.position) } }
    }

    /// Sets `selection` to 1 for each row that the rules pick and 0 for others.
    package func evaluate(_ batch: RecordBatch, into selection: inout [UInt8]) {
        selection.removeAll(keepingCapacity: true)
        if case .all(let parts) = root, parts.isEmpty {
            selection.append(contentsOf: repeatElement(1, count: batch.count))
            return
        }
        let truths = evaluate(root, batch)
        for truth in truths { selection.append(truth == .yes ? 1 : 0) }
    }

    /// A compiled condition.
    indirect enum Node {
        case all([Node])
        case any([Node])
        case not(Node)
        case test(column: Int, RuleTest)
        /// The rules of a segment, the indexes of the columns that they test, and the index of its limit.
        case segment(Node, fields: [Int], limit: Int?)
    }

    func evaluate(_ node: Node, _ batch: RecordBatch) -> [Truth] {
        switch node {
        case .all(let parts): combine(parts, batch, start: .yes) { min($0, $1) }
        case .any(let parts): combine(parts, batch, start: .no) { max($0, $1) }
        case .not(let part): evaluate(part, batch).map { $0.negated }
        case .test(let column, let test): test.evaluate(batch.columns[column])
        case .segment(let rules, let fields, let limit): members(evaluate(rules, batch), fields, limit.map { limits[$0] }, batch)
        }
    }

    /// Whether rows are in a segment, by the truth of its rules. A row of which they are not true is not in it, whatever NULL does; but of
    /// a value that could not be read, nobody knows.
    private func members(_ truths: [Truth], _ fields: [Int], _ limit: LimitTest?, _ batch: RecordBatch) -> [Truth] {
        truths.indices.map { row in
            switch truths[row] {
            case .no: .no
            case .unknown: fields.contains { batch.columns[$0].isUnreadable(row) } ? .unknown : .no
            case .yes: limit?.holds(row, of: batch) ?? .yes
            }
        }
    }

    private func combine(_ parts: [Node], _ batch: RecordBatch, start: Truth, _ join: (Truth, Truth) -> Truth) -> [Truth] {
        var result = Array(repeating: start, count: batch.count)
        for part in parts {
            let truths = evaluate(part, batch)
            for row in result.indices { result[row] = join(result[row], truths[row]) }
        }
        return result
    }
}

/// SQL's three truth values, ordered so that AND is the minimum and OR the maximum.
enum Truth: UInt8, Comparable {
    case no = 0
    case unknown = 1
    case yes = 2

    init(_ value: Bool) { self = value ? .yes : .no }

    var negated: Truth {
        switch self {
        case .no: .yes
        case .unknown: .unknown
        case .yes: .no
        }
    }

    static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }
}
