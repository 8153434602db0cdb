import HooklineCore
import Text

/// Compares the rows of a source with what its model expects, while they are read.
///
/// It sees every row but those dropped for a bad value: with `one_row_per` also those that another row supersedes, because it is about the
/// source. Not safe for two threads at a time.
package final class ExpectationCheck {
    private let expectations: [SourceExpectation]
    /// What is known already, by the index of the expectation.
    private let known: [Int: ExpectationFinding]
    private var rules: [(index: Int, evaluator: RuleEvaluator, found: RowCount)] = []
    private var unique: [(index: Int, keys: RepeatedKeys)] = []
    private var newest: [(index: Int, time: NewestTime)] = []
    private var selection: [UInt8] = []
    private var count = 0

    /// - Parameters:
    ///   - expectations: of the model; their fields and types have been checked.
    ///   - known: findings that need no rows, by the index of their expectations.
    ///   - columns: the source's.
    ///   - now: the start of the run in Unix seconds.
    ///   - zone: the activation's.
    ///   - spilling: where what is too much for memory goes; nil if it stays in memory.
    /// - Throws: `IssuesFound` for a list with a value that does not fit.
    package init(
        _ expectations: [SourceExpectation], known: [Int: ExpectationFinding] = [:], columns: [Column], now: Int64, zone: ZoneOffsets,
        spilling: Spilling?
    ) throws(IssuesFound) {
        self.expectations = expectations
        self.known = known
        for (index, expectation) in expectations.enumerated() {
            if let rule = expectation.rule {
                rules.append((index, try RuleEvaluator(rule, columns: columns, now: now, zone: zone), RowCount()))
            } else if case .unique(let field) = expectation.kind {
                unique.append((index, RepeatedKeys(columns: columns, primaryKey: field, spilling)))
            } else if case .freshWithin(_, let field) = expectation.kind, let column = columns.firstIndex(where: { $0.name == field }) {
                newest.append((index, NewestTime(column: column, columns[column].type, now: now, zone: zone)))
            }
        }
    }

    /// - Throws: the scratch's errors.
    package func note(_ batch: RecordBatch) throws {
        count += batch.count
        for at in rules.indices {
            rules[at].evaluator.evaluate(batch, into: &selection)
            for row in selection.indices where selection[row] == 0 { rules[at].found.add(batch.rowNumbers[row]) }
        }
        for at in unique.indices { try unique[at].keys.note(batch) }
        for at in newest.indices { newest[at].time.note(batch) }
    }

    /// What became of the expectations, after the last row.
    ///
    /// - Parameter rows: how many were read, dropped ones included.
    /// - Returns: a finding for each, in their order, but for markers that nobody looked for.
    /// - Throws: the scratch's errors.
    package func findings(rows: Int) throws -> [ExpectationFinding] {
        try expectations.indices.compactMap { index in
            let expectation = expectations[index]
            if let finding = known[index] { return finding }
            if let test = rules.first(where: { $0.index == index }) {
                return ExpectationFinding(expectation, test.found, message: message(expectation, test.found))
            }
            if let test = unique.first(where: { $0.index == index }) {
                let found = try test.keys.count()
                return ExpectationFinding(expectation, found, message: message(expectation, found))
            }
            switch expectation.kind {
            case .freshWithin(let seconds, let field):
                let time = newest.first { $0.index == index }?.time
                var finding = ExpectationFinding(expectation, message: time?.problem(within: seconds, field: field))
                finding.newest = time?.newest
                return finding
            case .minRows(let least):
                let what = NumberText.counted(rows, "row", "rows")
                return ExpectationFinding(
                    expectation,
                    message: rows >= least ? nil : "the source has \(what), and at least \(NumberText.grouped(least)) are expected")
            case .notNull, .unique, .accepted, .afterMarker: return nil
            }
        }
    }

    private func message(_ expectation: SourceExpectation, _ found: RowCount) -> String? {
        guard found.count > 0, let first = found.firstRow else { return nil }
        let field = "'\(expectation.field ?? "")'"
        let rows = "\(NumberText.grouped(found.count)) of \(NumberText.counted(count, "row", "rows"))"
        let what =
            switch expectation.kind {
            case .notNull: "\(found.count == 1 ? "has" : "have") no readable value in \(field)"
            case .unique: "\(found.count == 1 ? "repeats" : "repeat") a value that \(field) has in an earlier row"
            default: "\(found.count == 1 ? "has" : "have") a value in \(field) that is not accepted"
            }
        return "\(rows) \(what); the first is row \(NumberText.grouped(first))"
    }
}
