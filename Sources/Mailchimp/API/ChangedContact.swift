/// A contact of the audience that was created or changed recently.
package struct ChangedContact: Sendable, Equatable {
    /// A contact's status in the audience.
    package enum Status: String, Sendable, CaseIterable {
        case subscribed, unsubscribed, cleaned, pending, transactional, archived
        /// A status that Mailchimp didn't document when this was written.
        case unknown
    }

    /// The address as Mailchimp stores it; compare by ``Address/key(_:)``.
    package let address: String
    package let status: Status
    /// When it last changed, in Unix seconds by Mailchimp's clock; nil when Mailchimp doesn't say.
    package let lastChanged: Int64?

    package init(address: String, status: Status, lastChanged: Int64? = nil) {
        self.address = address
        self.status = status
        self.lastChanged = lastChanged
    }
}

extension ChangedContact: Decodable {
    private enum CodingKeys: String, CodingKey {
        case address = "email_address"
        case status
        case lastChanged = "last_changed"
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        address = try fields.decode(String.self, forKey: .address)
        status = try fields.decodeIfPresent(String.self, forKey: .status).flatMap(Status.init) ?? .unknown
        lastChanged = try fields.decodeIfPresent(String.self, forKey: .lastChanged).flatMap(Timestamp.unixSeconds)
    }
}
