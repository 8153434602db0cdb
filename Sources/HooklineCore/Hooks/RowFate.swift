/// What became of one row: what a preview shows, and what tests look at.
package struct RowFate: Codable, Equatable, Sendable {
    /// The row's number in the source.
    package var row: Int
    /// Its primary key; nil without one.
    package var key: String?
    /// `kept`, `dropped by rules`, `dropped`, or why one that hooks kept is in no segment: `no email`, `bad email`, `duplicate`.
    package var verdict: String
    /// Why a hook dropped it; of which row it is a duplicate.
    package var reason: String?
    /// The address that counts, normalised; nil for a row that was dropped, or has none.
    package var address: String?
    /// The address in the mapping's field, normalised, before any hook; nil for none.
    package var original: String?
    /// Whether what stands for an address is none.
    package var hasBadAddress = false
    /// The fields that `map` gave, as JSON; nil where it gave none.
    package var mapping: String?
    package var labels: [String]
    /// What the hooks logged about it.
    package var log: [String] = []
    /// Where each hook came to its end, in order. Not in JSON: lines move with every edit, and snapshots would move with them.
    package var locations: [HookLocation] = []
    /// What a script did wrong to it, where that was forgiven. Not in JSON, for the same reason.
    package var failure: String?
    /// For a row that a filter dropped: the fields that `map` had given. Not in JSON: nothing comes of them.
    package var mappingBeforeDrop: String?

    package init(
        row: Int, key: String?, verdict: String, reason: String? = nil, address: String? = nil,
        original: String? = nil, mapping: String? = nil,
        labels: [String] = []
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
        case hasBadAddress = "bad_address"
    }
}
