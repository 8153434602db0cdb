/// The state of a contact on an audience.
package enum ContactStatus: UInt8, CaseIterable, Sendable {
    case subscribed
    case unsubscribed
    case cleaned
    case pending
    case transactional
    /// Out of sight: lists leave it out, and no segment call knows it.
    case archived
    /// Deleted for good ("forgotten"): gone for every call, and the address can't come back through the API.
    case forgotten

    /// The word for it in the API; `forgotten` exists in the simulator only.
    package var name: String {
        switch self {
        case .subscribed: "subscribed"
        case .unsubscribed: "unsubscribed"
        case .cleaned: "cleaned"
        case .pending: "pending"
        case .transactional: "transactional"
        case .archived: "archived"
        case .forgotten: "forgotten"
        }
    }

    /// The state of a word, in any case; nil for an unknown one.
    package init?(name: some StringProtocol) {
        let lowered = name.lowercased()
        guard let match = Self.allCases.first(where: { $0.name == lowered }) else { return nil }
        self = match
    }

    /// All words, for messages.
    static var listed: String { allCases.map(\.name).joined(separator: ", ") }
}
