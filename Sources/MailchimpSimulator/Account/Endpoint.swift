/// A resource of the API that the simulator recognizes.
enum Endpoint: Equatable, Sendable {
    case root
    case ping
    case audiences
    case audience(String)
    case segments(String)
    case segment(String, String)
    case segmentMembers(String, String)
    case segmentMember(String, String, String)
    case members(String)
    case member(String, String)
    case memberTags(String, String)
    case memberDeletion(String, String)
    case tagSearch(String)
    case batches
    case webhooks(String)

    /// Reads a path below `/3.0`; nil for a resource that does not exist.
    init?(path: Substring) {
        guard path == "/3.0" || path.hasPrefix("/3.0/") else { return nil }
        let parts = path.dropFirst(4).split(separator: "/").map { QueryItems.decoded($0, plusIsSpace: false) }
        switch parts.count {
        case 0: self = .root
        case 1 where parts[0] == "ping": self = .ping
        case 1 where parts[0] == "lists": self = .audiences
        case 1... where parts[0] == "batches": self = .batches
        case 2... where parts[0] == "lists": self.init(audience: parts[1], parts[2...])
        default: return nil
        }
    }

    private init?(audience: String, _ parts: ArraySlice<String>) {
        let rest = Array(parts)
        switch (rest.count, rest.first) {
        case (0, _): self = .audience(audience)
        case (1, "segments"): self = .segments(audience)
        case (2, "segments"): self = .segment(audience, rest[1])
        case (3, "segments") where rest[2] == "members": self = .segmentMembers(audience, rest[1])
        case (4, "segments") where rest[2] == "members": self = .segmentMember(audience, rest[1], rest[3])
        case (1, "members"): self = .members(audience)
        case (2, "members"): self = .member(audience, rest[1])
        case (3, "members") where rest[2] == "tags": self = .memberTags(audience, rest[1])
        case (4, "members") where rest[2...] == ["actions", "delete-permanent"]: self = .memberDeletion(audience, rest[1])
        case (1, "tag-search"): self = .tagSearch(audience)
        case (1..., "webhooks"): self = .webhooks(audience)
        default: return nil
        }
    }
}

extension Endpoint {
    /// The path with placeholders for IDs, as in Mailchimp's reference.
    var template: String {
        switch self {
        case .root: "/"
        case .ping: "/ping"
        case .audiences: "/lists"
        case .audience: "/lists/{list_id}"
        case .segments: "/lists/{list_id}/segments"
        case .segment: "/lists/{list_id}/segments/{segment_id}"
        case .segmentMembers: "/lists/{list_id}/segments/{segment_id}/members"
        case .segmentMember: "/lists/{list_id}/segments/{segment_id}/members/{subscriber_hash}"
        case .members: "/lists/{list_id}/members"
        case .member: "/lists/{list_id}/members/{subscriber_hash}"
        case .memberTags: "/lists/{list_id}/members/{subscriber_hash}/tags"
        case .memberDeletion: "/lists/{list_id}/members/{subscriber_hash}/actions/delete-permanent"
        case .tagSearch: "/lists/{list_id}/tag-search"
        case .batches: "/batches"
        case .webhooks: "/lists/{list_id}/webhooks"
        }
    }

    /// The methods that the resource supports.
    var methods: [String] {
        switch self {
        case .root, .ping, .audiences, .tagSearch: ["GET"]
        case .audience, .segments, .segmentMembers, .members, .memberTags: ["GET", "POST"]
        case .segment: ["GET", "POST", "PATCH", "DELETE"]
        case .segmentMember: ["DELETE"]
        case .member: ["GET", "PUT", "PATCH", "DELETE"]
        case .memberDeletion: ["POST"]
        case .batches, .webhooks: ["GET", "POST", "DELETE"]
        }
    }

    /// The audience's ID in the path; nil for a resource outside audiences.
    var audience: String? {
        switch self {
        case .root, .ping, .audiences, .batches: nil
        case .audience(let id), .segments(let id), .segment(let id, _), .segmentMembers(let id, _), .segmentMember(let id, _, _),
            .members(let id), .member(let id, _), .memberTags(let id, _), .memberDeletion(let id, _), .tagSearch(let id), .webhooks(let id):
            id
        }
    }

    var isSegment: Bool {
        if case .segment = self { true } else { false }
    }

    var isPaged: Bool {
        switch self {
        case .audiences, .segments, .segmentMembers, .members: true
        default: false
        }
    }
}

/// A method on a resource.
struct Operation: Equatable, Sendable {
    var method: String
    var endpoint: Endpoint

    /// As in Mailchimp's reference: `POST /lists/{list_id}/segments`.
    var name: String { "\(method) \(endpoint.template)" }
}
