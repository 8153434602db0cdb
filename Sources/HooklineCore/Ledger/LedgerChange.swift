/// What one run did to one address in one segment.
package struct LedgerChange: Equatable, Sendable {
    /// The net effect of all calls of the run.
    package enum Kind: Int, Codable, Sendable {
        /// Removed and added back by a refresh.
        case stayed = 0
        case added = 1
        case removed = 2
        case notAContact = 3
        case rejected = 4
    }

    /// How many days the ledger keeps changes.
    package static let daysKept: Int64 = 90

    package var hash: SubscriberHash
    package var kind: Kind
    /// The address if the run removed it; the ledger may have it nowhere else.
    package var address: String?

    package init(hash: SubscriberHash, kind: Kind, address: String? = nil) {
        self.hash = hash
        self.kind = kind
        self.address = address
    }
}
