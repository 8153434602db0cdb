import HooklineCore
import Text

/// Finds users whose outcome depends on who came before them.
///
/// Hooks may run on several machines at once, with batches in any order, and then a script that counts users decides differently. The
/// sample runs in its order, shuffled, and split over two machines; every user must have the same outcome each time. Which of two rows
/// with one address comes first is not up to a script, so duplicates are not looked for.
package struct PurityCheck {
    /// Makes a host that has been started.
    package typealias MakeHost = () throws -> LuaHookHost

    /// A user with different outcomes.
    package struct Difference: Equatable, Sendable {
        /// The row as messages name it.
        package let row: String
        /// Its verdict in the order of the sample.
        package let inOrder: String
        /// The other way of running it.
        package let way: String
        /// Its verdict then.
        package let otherwise: String
    }

    private let columns: [Column]
    private let classifier: RowClassifier
    private let keyColumn: Int?
    private let makeHost: MakeHost

    package init(columns: [Column], primaryKey: String?, emailField: String, makeHost: @escaping MakeHost) {
        self.columns = columns
        classifier = RowClassifier(columns: columns, emailField: emailField)
        keyColumn = columns.firstIndex { $0.name == primaryKey }
        self.makeHost = makeHost
    }

    /// Runs the selected rows three times.
    ///
    /// - Returns: every user whose outcome differs, in the order of the sample.
    /// - Throws: `HookError` for a script error that the host's policy does not forgive.
    package func differences(_ records: RecordBatch, selection: [UInt8]) throws -> [Difference] {
        let rows = records.rowNumbers.indices.filter { selection[$0] == 1 }
        let expected = try fates(records, [rows], hosts: [makeHost()])
        var found: [Int: Difference] = [:]
        let shuffled = Self.shuffled(rows)
        let halves = [try makeHost(), try makeHost()]
        let parts = stride(from: 0, to: shuffled.count, by: 7).map { Array(shuffled[$0..<min($0 + 7, shuffled.count)]) }
        for (way, order, hosts) in [("shuffled", [shuffled], [try makeHost()]), ("split over two machines", parts, halves)] {
            let fates = try fates(records, order, hosts: hosts)
            for row in rows where found[row] == nil && fates[row] != expected[row] {
                found[row] = Difference(
                    row: name(row, of: records), inOrder: expected[row] ?? "", way: way, otherwise: fates[row] ?? "")
            }
        }
        return rows.compactMap { found[$0] }
    }

    /// The verdict of each row, in words, when the parts go to the hosts in turn.
    private func fates(_ records: RecordBatch, _ parts: [[Int]], hosts: [LuaHookHost]) throws -> [Int: String] {
        var fates: [Int: String] = [:]
        var classifier = classifier
        for (index, part) in parts.enumerated() where !part.isEmpty {
            let host = hosts[index % hosts.count]
            var batch = UserBatch(columns: columns)
            batch.records = records.picking(part)
            batch.selection = Array(repeating: 1, count: part.count)
            try host.submit(&batch)
            try host.collect(&batch)
            classifier.classify(&batch)
            for (index, row) in part.enumerated() {
                fates[row] = batch.verdicts.inWords(classifier.outcome(index, of: batch), ofRow: index)
            }
        }
        return fates
    }

    private func name(_ row: Int, of records: RecordBatch) -> String {
        let number = "row \(NumberText.grouped(records.rowNumbers[row]))"
        guard let keyColumn, let key = records.columns[keyColumn].described(row), !key.contains("@") else { return number }
        return "\(number) (\(columns[keyColumn].name) \(key.prefix(64)))"
    }

    /// A shuffled order that is the same every time: by a hash of the row.
    private static func shuffled(_ rows: [Int]) -> [Int] {
        rows.map { (row: $0, mark: UInt64(bitPattern: Int64($0)) &* 0x9E37_79B9_7F4A_7C15) }.sorted { $0.mark < $1.mark }.map(\.row)
    }
}

extension HookVerdicts {
    /// An outcome for a comparison and for people; an address only as its hash, and only where `map` gave it.
    fileprivate func inWords(_ outcome: RowOutcome, ofRow row: Int) -> String {
        switch outcome {
        case .droppedByHook(let reason): return "\(outcome.verdict.rawValue): \(reasonTexts[reason])"
        case .kept(let hash, let range):
            let labels = labelNumbers[range].map { labelTexts[Int($0)] }.sorted().joined(separator: ", ")
            let address = addresses[row] == .mapped ? ", address mapped (\(hash.description.prefix(8)))" : ""
            return outcome.verdict.rawValue + (labels.isEmpty ? "" : ", label \(labels)") + address
        case .badValue, .superseded, .droppedByRules, .noEmail, .badEmail, .noConsent, .duplicate: return outcome.verdict.rawValue
        }
    }
}

extension RecordBatch {
    /// The given records, in that order, each with its number.
    fileprivate func picking(_ rows: [Int]) -> RecordBatch {
        var picked = RecordBatch(columns: columns.map(\.column))
        for row in rows {
            for index in columns.indices { picked.columns[index].append(from: columns[index], row) }
            picked.endRow(number: rowNumbers[row])
        }
        return picked
    }
}

extension ColumnBuffer {
    fileprivate mutating func append(from other: ColumnBuffer, _ row: Int) {
        if other.isNull(row) { return appendNull() }
        switch column.type.storage {
        case .bytes: other.bytes.withUnsafeBufferPointer { append(bytes: UnsafeBufferPointer(rebasing: $0[other.byteRange(row)])) }
        case .integers: append(integer: other.integers[row])
        case .numbers: append(number: other.numbers[row])
        }
    }
}
