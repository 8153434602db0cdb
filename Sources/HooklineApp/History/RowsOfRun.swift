import HooklineCore
import HooklineStore
import Text

/// The rows of a run that ended in one bucket: the shape of `rows --json`.
package struct RowsOfRun: Encodable, Sendable {
    package struct Entry: Encodable, Sendable {
        package let row: Int
        package let key: String?
        package let reason: String?
        /// Only if addresses were asked for.
        package let address: String?
        fileprivate let showsAddress: Bool

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(row, forKey: .row)
            try container.encode(key, forKey: .key)
            try container.encode(reason, forKey: .reason)
            if showsAddress { try container.encode(address, forKey: .address) }
        }

        private enum CodingKeys: String, CodingKey { case row, key, reason, address }
    }

    package let run: String
    package let activation: String
    package let bucket: String
    /// How many rows ended there; nil if nothing is known of the run's rows.
    package let total: Int?
    /// How many of them the ledger has.
    package let kept: Int
    package let rows: [Entry]
    /// Why the ledger has fewer than there were; nil if it has all.
    package let missing: String?

    private enum CodingKeys: String, CodingKey { case run, activation, bucket, total, kept, rows, missing }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(run, forKey: .run)
        try container.encode(activation, forKey: .activation)
        try container.encode(bucket, forKey: .bucket)
        try container.encode(total, forKey: .total)
        try container.encode(kept, forKey: .kept)
        try container.encode(rows, forKey: .rows)
        try container.encode(missing, forKey: .missing)
    }
}

extension App {
    /// The rows of a run that ended in a bucket, in the order of their numbers.
    ///
    /// - Parameters:
    ///   - id: the run's ID, or a prefix of it that no other run has.
    ///   - bucket: the bucket's name as in JSON.
    ///   - addresses: whether to show addresses, as far as the ledger keeps them.
    /// - Returns: the rows, and how many there were.
    /// - Throws: `rows.unknown_bucket`; what ``report(of:in:)`` throws.
    package func rows(of id: String, in bucket: String, addresses: Bool) throws -> RowsOfRun {
        let workspace = try workspace()
        let report = try report(of: id, in: workspace)
        let bucket = try RowBucket(asked: bucket)
        var entries: [RowsOfRun.Entry] = []
        try ledger(workspace).forEachRow(of: report.run, in: bucket) { row in
            entries.append(
                RowsOfRun.Entry(
                    row: row.row, key: row.key, reason: row.reason, address: addresses ? row.address : nil, showsAddress: addresses))
        }
        let total = report.knowsRows ? bucket.count(in: report.buckets) : entries.isEmpty ? nil : entries.count
        return RowsOfRun(
            run: report.run, activation: report.activation, bucket: bucket.name, total: total, kept: entries.count, rows: entries,
            missing: total.map { entries.count < $0 } == false ? nil : Self.missing(entries.count, report))
    }

    private static func missing(_ kept: Int, _ report: RunReport) -> String {
        if kept > 0 { return "the ledger keeps the first \(NumberText.grouped(RowBucket.rowLimit)) rows of a bucket" }
        if report.kind == .apply { return "a run of a saved plan reads no rows" }
        if report.kind == .undo { return "an undo reads no rows" }
        if report.kind.isOfLedger { return "a change of the ledger alone reads no rows" }
        if !report.knowsRows { return "the run ended before it could record where its rows ended" }
        return
            "the ledger has them no more, or never had: it keeps the rows of a run for \(LedgerChange.daysKept) days, and at most \(NumberText.grouped(RowBucket.activationLimit)) of an activation"
    }
}

extension RowBucket {
    /// The bucket of that name.
    ///
    /// - Throws: `rows.unknown_bucket`, which says what is allowed.
    fileprivate init(asked name: String) throws(AppError) {
        let wanted = name.replacing("-", with: "_")
        if let found = RowBucket.allCases.first(where: { $0.name == wanted }) {
            self = found
            return
        }
        let names = RowBucket.allCases.map(\.name)
        let isCounted = ["in_segment", "dropped_by_rules", "superseded"].contains(wanted)
        let what = isCounted ? "rows in the bucket '\(wanted)' are only counted" : "there is no bucket '\(name)'"
        throw AppError(
            .unknownBucket,
            "\(what); the ledger keeps the rows of \(names.joined(separator: ", "))\(NearestName.hint(wanted, among: names))")
    }
}
