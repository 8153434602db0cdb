/// The outcome of a row in words, for previews and tests.
package struct RowFate: Codable, Equatable, Sendable {
    /// A row's outcome in words.
    package enum Verdict: String, CaseIterable, Codable, Sendable {
        case kept
        case droppedByRules = "dropped by rules"
        /// By a hook.
        case dropped
        case noEmail = "no email"
        case badEmail = "bad email"
        case noConsent = "no consent"
        case duplicate
        case superseded
        case badValue = "bad value"
    }

    /// The row number, from 1.
    package var row: Int
    /// Its primary key; nil if the model has none.
    package var key: String?
    package var verdict: Verdict
    /// Why a hook dropped it, or which row it duplicates, or which row counts instead.
    package var reason: String?
    /// The normalized address after all hooks; nil for a dropped row, and without an address.
    package var address: String?
    /// The normalized address in the mapping's field, before any hook; nil without an address.
    package var original: String?
    /// Whether the address in the mapping's field had more than white space taken off: true, or nil.
    package var cleaned: Bool?
    /// The fields that `map` set, as JSON; nil if it set none.
    package var mapping: String?
    package var labels: [String]
    /// What the hooks logged for it.
    package var log: [String] = []
    /// Where each hook returned, in order. Not in JSON: an edit moves lines, and snapshots would change with them.
    package var locations: [HookLocation] = []
    /// The tolerated script error. Not in JSON, for the same reason.
    package var failure: String?
    /// The fields that `map` had set before a filter dropped the row. Not in JSON, as they have no effect.
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
        case row, key, verdict, reason, address, original, cleaned, mapping, labels, log
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
        case .noConsent: .noConsent
        case .duplicate: .duplicate
        case .superseded: .superseded
        case .kept: .kept
        }
    }
}
