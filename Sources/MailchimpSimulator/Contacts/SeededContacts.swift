/// Generated contacts: `user0000001@example.com`, `user0000002@example.com`, and so on.
///
/// They sign up one per second from 2025-01-01T00:00:00Z. Their states follow from the seed and their numbers.
package struct SeededContacts: Sendable {
    /// The shares of contacts in states other than subscribed.
    package struct Mix: Sendable {
        /// The share of each state, from 0 to 1; the rest are subscribed.
        package var shares: [(status: ContactStatus, share: Double)]

        /// All contacts are subscribed.
        package static let allSubscribed = Mix(shares: [])
        /// An audience with a history: 6% unsubscribed, 3% cleaned, 1% pending.
        package static let aged = Mix(shares: [(.unsubscribed, 0.06), (.cleaned, 0.03), (.pending, 0.01)])

        package init(shares: [(status: ContactStatus, share: Double)]) {
            self.shares = shares
        }

        func status(of number: Int, seed: UInt64) -> ContactStatus {
            guard !shares.isEmpty else { return .subscribed }
            var random = SplitMix64(seed: seed &+ UInt64(clamping: number))
            var draw = random.nextFraction()
            for (status, share) in shares {
                if draw < share { return status }
                draw -= share
            }
            return .subscribed
        }
    }

    /// The address of a contact, by its number from 1.
    package static func address(_ number: Int) -> String {
        String(decoding: bytes(number), as: UTF8.self)
    }

    static func bytes(_ number: Int) -> [UInt8] {
        var bytes = Array("user".utf8)
        bytes.append(digits: number, width: 7)
        bytes.append(contentsOf: "@example.com".utf8)
        return bytes
    }

    static func fill(_ book: inout ContactBook, count: Int, mix: Mix, seed: UInt64) {
        book.reserve(count)
        for number in stride(from: 1, through: count, by: 1) {
            let joined = SimulatedInstant.beginning.storedSeconds &+ UInt32(clamping: number - 1)
            book.put(bytes(number), status: mix.status(of: number, seed: seed), at: joined)
        }
    }
}
