/// An audience, which Mailchimp's API calls a list: the contacts that segments are cut from.
package struct Audience: Sendable, Equatable {
    /// Mailchimp's ID, such as `a1b2c3d4e5`.
    package let id: String
    package let name: String
    /// Subscribed contacts. Mailchimp recounts about every five minutes, so a recent change may not show yet.
    package let memberCount: Int

    package init(id: String, name: String, memberCount: Int) {
        self.id = id
        self.name = name
        self.memberCount = memberCount
    }
}

extension Audience: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, name, stats
    }

    private struct Stats: Decodable {
        let memberCount: Int?

        private enum CodingKeys: String, CodingKey {
            case memberCount = "member_count"
        }
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        name = try fields.decode(String.self, forKey: .name)
        memberCount = try fields.decodeIfPresent(Stats.self, forKey: .stats)?.memberCount ?? 0
    }
}
