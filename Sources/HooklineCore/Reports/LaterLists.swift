import Synchronization

/// Collects the lists of addresses of a value that is encoded, so that they can be written piece by piece later.
///
/// With one of these in its `userInfo`, an encoder writes a word in the place of each list.
package final class LaterLists: Sendable {
    /// Its key in an encoder's `userInfo`.
    package static let key: CodingUserInfoKey = {
        guard let key = CodingUserInfoKey(rawValue: "hookline.later_lists") else { preconditionFailure("any text is a key") }
        return key
    }()

    /// What no text of a value contains.
    private let secret: String
    private let kept = Mutex<[PlannedAddresses]>([])

    /// - Parameter secret: a text that cannot be part of any value, such as a random one, of letters and digits.
    package init(secret: String) { self.secret = secret }

    /// The lists, in the order in which they were met.
    package var lists: [PlannedAddresses] { kept.withLock { $0 } }

    /// The word in the place of a list.
    package func word(_ index: Int) -> String { "\(secret).\(index)." }

    func keep(_ list: PlannedAddresses, for encoder: any Encoder) throws {
        let index = kept.withLock { kept in
            kept.append(list)
            return kept.count - 1
        }
        var container = encoder.singleValueContainer()
        try container.encode(word(index))
    }
}
