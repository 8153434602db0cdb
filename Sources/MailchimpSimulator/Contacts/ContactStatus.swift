/// The state of a contact in an audience.
package enum ContactStatus: UInt8, CaseIterable, Sendable {
    case subscribed
    case unsubscribed
    case cleaned
    case pending
    case transactional
    /// Hidden: lists leave it out, and segment calls treat its address as unknown.
    case archived
    /// Permanently deleted: no call finds it, and its address cannot be added again through the API.
    case forgotten

    /// The API's word for it; `forgotten` exists only in the simulator.
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

    /// Reads a state in upper or lower case; nil for an unknown one.
    package init?(name: some StringProtocol) {
        let lowered = name.lowercased()
        guard let match = Self.allCases.first(where: { $0.name == lowered }) else { return nil }
        self = match
    }

    /// All names, for messages.
    static var listed: String { allCases.map(\.name).joined(separator: ", ") }
}
