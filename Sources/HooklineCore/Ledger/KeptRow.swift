/// A row of a run that did not end in a segment, as the ledger keeps it.
package struct KeptRow: Equatable, Sendable {
    /// The row's number in the source, from 1.
    package var row: Int
    /// Its primary key; nil without one, and for a row that the source left out.
    package var key: String?
    /// Its address as far as it is kept; see ``RowBucket/keepsAddresses``.
    package var address: String?
    /// Why a hook dropped it, or Mailchimp's words.
    package var reason: String?

    package init(row: Int, key: String? = nil, address: String? = nil, reason: String? = nil) {
        self.row = row
        self.key = key
        self.address = address
        self.reason = reason
    }
}

/// A bucket whose rows the ledger keeps. Rows in the segment, rows that the rules dropped, and superseded rows are the
/// majority, and are only counted.
package enum RowBucket: Int, CaseIterable, Sendable {
    case badValue = 0
    case droppedByHook = 1
    case noEmail = 2
    case badEmail = 3
    case duplicate = 4
    case notAContact = 5
    case rejected = 6
    case noConsent = 7

    /// The most rows of one bucket that are kept of one run, the first ones.
    package static let rowLimit = 100_000
    /// The most rows that are kept of all runs of an activation; the oldest run's go first.
    package static let activationLimit = 1_000_000

    /// The name in JSON and on the command line.
    package var name: String {
        switch self {
        case .badValue: "bad_value"
        case .droppedByHook: "dropped_by_hook"
        case .noEmail: "no_email"
        case .badEmail: "bad_email"
        case .duplicate: "duplicate"
        case .notAContact: "not_a_contact"
        case .rejected: "rejected"
        case .noConsent: "no_consent"
        }
    }

    /// Whether the addresses of its rows are kept, to look into what was wrong with them.
    ///
    /// Not for rows without consent, or that a hook dropped: it may have dropped those who asked to be left alone.
    package var keepsAddresses: Bool {
        switch self {
        case .badEmail, .duplicate, .notAContact, .rejected: true
        case .badValue, .droppedByHook, .noEmail, .noConsent: false
        }
    }

    /// How many rows of a run ended here.
    package func count(in buckets: Buckets) -> Int {
        switch self {
        case .badValue: buckets.badValue
        case .droppedByHook: buckets.droppedByHook.values.reduce(0, +)
        case .noEmail: buckets.noEmail
        case .badEmail: buckets.badEmail
        case .duplicate: buckets.duplicate
        case .notAContact: buckets.notAContact
        case .rejected: buckets.rejected
        case .noConsent: buckets.noConsent
        }
    }
}
