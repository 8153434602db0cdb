import JSON

/// The HTTP request of each call, relative to the base URL.
extension Call {
    /// The HTTP method: `GET`, `POST`, `PATCH` or `DELETE`.
    package var method: String {
        switch self {
        case .createSegment, .changeMembers: "POST"
        case .renameSegment, .resetSegment: "PATCH"
        case .deleteSegment: "DELETE"
        default: "GET"
        }
    }

    /// The path relative to the base URL, each part percent-encoded: `/lists/a1b2c3d4e5/segments/1001`.
    package var path: String {
        switch self {
        case .account: "/"
        case .audiences: "/lists"
        case .audience(let id): Self.list(id)
        case .segments(let audience, _, _), .createSegment(let audience, _): Self.list(audience) + "/segments"
        case .segment(let audience, let id), .renameSegment(let audience, let id, _), .resetSegment(let audience, let id),
            .deleteSegment(let audience, let id), .changeMembers(let audience, let id, _):
            Self.segment(audience, id)
        case .segmentMembers(let audience, let segment, _, _): Self.segment(audience, segment) + "/members"
        case .contactsChanged(let audience, _, _, _): Self.list(audience) + "/members"
        case .contact(let audience, let hash): Self.list(audience) + "/members/" + PercentEncoding.encode(hash)
        }
    }

    /// The query, in order and not yet encoded. `fields` limits a page to what we read of it: a whole contact takes 3.4 KB.
    package var query: [(name: String, value: String)] {
        switch self {
        case .account:
            [("fields", "account_id,account_name,role,total_subscribers")]
        case .audiences(let offset, let count):
            [("fields", "lists.id,lists.name,lists.stats.member_count,total_items")] + Self.page(offset, count)
        case .audience:
            [("fields", "id,name,stats.member_count")]
        case .segments(_, let offset, let count):
            [("fields", "\(Self.segmentFields(prefix: "segments.")),total_items")] + Self.everyStatus + Self.page(offset, count)
        case .segment:
            [("fields", Self.segmentFields(prefix: ""))] + Self.everyStatus
        case .segmentMembers(_, _, let offset, let count):
            // Without the three, Mailchimp hides members who unsubscribed, and they would look like members to add.
            [("fields", "members.email_address,total_items")] + Self.everyStatus + Self.page(offset, count)
        case .contactsChanged(_, let since, let offset, let count):
            [
                ("fields", "members.email_address,members.status,members.last_changed,total_items"),
                ("since_last_changed", Timestamp.iso8601(unixSeconds: since)), ("sort_field", "last_changed"), ("sort_dir", "ASC"),
            ] + Self.page(offset, count)
        case .contact:
            [("fields", "email_address,status,last_changed,tags")]
        case .createSegment, .renameSegment, .resetSegment, .deleteSegment, .changeMembers:
            []
        }
    }

    /// The JSON body; nil when the call has none.
    package var body: [UInt8]? {
        var json = JSONWriter()
        switch self {
        case .createSegment(_, let name):
            json.object {
                $0.field("name", name); $0.field("static_segment", [])
            }
        case .renameSegment(_, _, let name):
            json.object { $0.field("name", name) }
        case .resetSegment:
            json.object { $0.field("static_segment", []) }
        case .changeMembers(_, _, let batch):
            json.object {
                if !batch.add.isEmpty { $0.field("members_to_add", batch.add) }
                if !batch.remove.isEmpty { $0.field("members_to_remove", batch.remove) }
            }
        default:
            return nil
        }
        return json.bytes
    }

    /// The path with its encoded query.
    package var target: String {
        let pairs = query.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }
        return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }

    /// Includes contacts who aren't subscribed in counts and pages, as the ledger does.
    private static let everyStatus = [("include_cleaned", "true"), ("include_transactional", "true"), ("include_unsubscribed", "true")]

    private static func list(_ id: String) -> String { "/lists/" + PercentEncoding.encode(id) }

    private static func segment(_ audience: String, _ id: Int) -> String { list(audience) + "/segments/\(id)" }

    private static func segmentFields(prefix: String) -> String {
        ["id", "name", "member_count", "type", "created_at", "updated_at"].map { prefix + $0 }.joined(separator: ",")
    }

    private static func page(_ offset: Int, _ count: Int) -> [(name: String, value: String)] {
        [("count", String(min(max(count, 1), pageLimit))), ("offset", String(max(offset, 0)))]
    }
}
