/// What became of one row, in words: what a preview shows and tests look at.
package struct RowFate: Codable, Equatable, Sendable {
    /// A row's outcome as people read it.
    package enum Verdict: String, CaseIterable, Codable, Sendable {
        case kept
        case droppedByRules = "dropped by rules"
        /// By a hook.
        case dropped
        case noEmail = "no email"
        case badEmail = "bad email"
        case duplicate
        case badValue = "bad value"
    }

    /// The row's number in the source.
    package var row: Int
    /// Its primary key; nil without one.
    package var key: String?
    package var verdict: Verdict
    /// Why a hook dropped it, or which row it duplicates.
    package var reason: String?
    /// The address that counts, normalized; nil for a row that was dropped, or has none.
    package var address: String?
    /// The address in the mapping's field, normalized, before any hook; nil for none.
    package var original: String?
    /// The fields that `map` gave, as JSON; nil where it gave none.
    package var mapping: String?
    package var labels: [String]
    /// What the hooks logged about it.
    package var log: [String] = []
    /// Where each hook returned, in order. Not in JSON: lines move with every edit, and snapshots would change with them.
    package var locations: [HookLocation] = []
    /// The script error that it met, where that was forgiven. Not in JSON, for the same reason.
    package var failure: String?
    /// For a row that a filter dropped: the fields that `map` had given. Not in JSON: nothing comes of them.
    package var mappingBeforeDrop: String?

    package init(
        row: Int, key: String?, verdict: Verdict, reason: String? = nil, address: String? = nil, original: String? = nil,
        mapping: String? = nil, labels: [String] = []
    ) {
        self.row = row
        self.key = key
        self.verdict = verdict
        self.reason = reason
        self.address = address
        self.original = original
        self.mapping = mapping
        self.labels = labels
    }

    package enum CodingKeys: String, CodingKey {
        case row, key, verdict, reason, address, original, mapping, labels, log
    }
}

extension RowOutcome {
    package var verdict: RowFate.Verdict {
        switch self {
        case .badValue: .badValue
        case .droppedByRules: .droppedByRules
        case .droppedByHook: .dropped
        case .noEmail: .noEmail
        case .badEmail: .badEmail
        case .duplicate: .duplicate
        case .kept: .kept
        }
    }
}
