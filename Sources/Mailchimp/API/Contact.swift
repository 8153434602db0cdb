/// A contact of an audience with its tags, which are the static segments that it is a member of.
package struct Contact: Sendable, Equatable {
    /// A static segment, by the name that Mailchimp's pages use.
    package struct Tag: Sendable, Equatable, Decodable {
        /// The ID of the static segment.
        package let id: Int
        package let name: String
    }

    package let status: ChangedContact.Status
    /// When it last changed, in Unix seconds by Mailchimp's clock; nil when Mailchimp doesn't say.
    package let lastChanged: Int64?
    package let tags: [Tag]
}

extension Contact: Decodable {
    private enum CodingKeys: String, CodingKey {
        case status, tags
        case lastChanged = "last_changed"
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        status = ChangedContact.Status(rawValue: try fields.decode(String.self, forKey: .status)) ?? .unknown
        lastChanged = try fields.decodeIfPresent(String.self, forKey: .lastChanged).flatMap(Timestamp.unixSeconds)
        tags = try fields.decodeIfPresent([Tag].self, forKey: .tags) ?? []
    }
}
