/// A segment of an audience. Mailchimp's pages call a static one, the kind that Hookline uses, a tag.
package struct Segment: Sendable, Equatable {
    /// What decides who is a member.
    package enum Kind: Sendable, Equatable {
        /// Whoever was added: a static segment, or tag.
        case fixed
        /// Conditions, so members can't be set.
        case saved
        /// An older type that Mailchimp computes.
        case other(String)
    }

    /// Mailchimp's ID, unique within the account; it survives renaming and resetting but not deletion.
    package let id: Int
    /// The name, unique among the audience's static segments regardless of case; compare by ``SegmentName/key(_:)``.
    package let name: String
    /// Active subscribers. Others may be members too, and the figure lags behind changes by minutes.
    package let memberCount: Int
    package let kind: Kind
    /// When it was created, in Unix seconds by Mailchimp's clock; nil when Mailchimp doesn't say.
    package let createdAt: Int64?
    /// When it last changed, in Unix seconds by Mailchimp's clock; nil when Mailchimp doesn't say.
    package let updatedAt: Int64?

    package init(id: Int, name: String, memberCount: Int, kind: Kind = .fixed, createdAt: Int64? = nil, updatedAt: Int64? = nil) {
        self.id = id
        self.name = name
        self.memberCount = memberCount
        self.kind = kind
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

extension Segment: Decodable {
    private enum CodingKeys: String, CodingKey {
        case id, name, type
        case memberCount = "member_count"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(Int.self, forKey: .id)
        name = try fields.decode(String.self, forKey: .name)
        memberCount = try fields.decodeIfPresent(Int.self, forKey: .memberCount) ?? 0
        createdAt = try fields.decodeIfPresent(String.self, forKey: .createdAt).flatMap(Timestamp.unixSeconds)
        updatedAt = try fields.decodeIfPresent(String.self, forKey: .updatedAt).flatMap(Timestamp.unixSeconds)
        switch try fields.decodeIfPresent(String.self, forKey: .type) ?? "static" {
        case "static": kind = .fixed
        case "saved": kind = .saved
        case let type: kind = .other(type)
        }
    }
}
