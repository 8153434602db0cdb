/// Everything we may ask of Mailchimp: no case creates a contact or touches a campaign.
///
/// Paths are those of the Marketing API 3.0. How a call becomes an HTTP request is said in `Call+Request.swift`.
package enum Call: Sendable, Equatable {
    /// `GET /`: who the credential belongs to.
    case account
    /// `GET /lists`: one page of the audiences that the credential can see.
    case audiences(offset: Int, count: Int)
    /// `GET /lists/{id}`: one audience.
    case audience(id: String)
    /// `GET /lists/{audience}/segments?type=static`: one page of the static segments.
    case staticSegments(audience: String, offset: Int, count: Int)
    /// `GET /lists/{audience}/segments/{id}`: one segment.
    case segment(audience: String, id: Int)
    /// `POST /lists/{audience}/segments`: a new static segment without members.
    case createSegment(audience: String, name: String)
    /// `PATCH /lists/{audience}/segments/{id}` with a name only, which leaves the members alone.
    case renameSegment(audience: String, id: Int, name: String)
    /// `PATCH /lists/{audience}/segments/{id}` with an empty `static_segment`, which empties it and keeps its id.
    ///
    /// The name stays out of the request: a stale one would undo a renaming that somebody made in Mailchimp meanwhile.
    case resetSegment(audience: String, id: Int)
    /// `DELETE /lists/{audience}/segments/{id}`.
    case deleteSegment(audience: String, id: Int)
    /// `POST /lists/{audience}/segments/{segment}`: adds and removes contacts that exist already.
    case changeMembers(audience: String, segment: Int, batch: MemberBatch)
    /// `GET /lists/{audience}/segments/{segment}/members`: one page of addresses, unsubscribed, cleaned and transactional included.
    case segmentMembers(audience: String, segment: Int, offset: Int, count: Int)
    /// `GET /lists/{audience}/members`: one page of the contacts that changed after `since` (Unix seconds), oldest change first.
    case contactsChanged(audience: String, since: Int64, offset: Int, count: Int)
    /// `GET /lists/{audience}/members/{hash}`: one contact and its tags; the hash is the MD5 of the address in lower case.
    case contact(audience: String, hash: String)

    /// The largest page that Mailchimp gives; a larger `count` is cut to it without a word.
    package static let pageLimit = 1_000

    /// Whether the call reads one page of a collection.
    package var isPage: Bool {
        switch self {
        case .audiences, .staticSegments, .segmentMembers, .contactsChanged: true
        default: false
        }
    }

    /// Whether the call only reads.
    package var isRead: Bool {
        switch self {
        case .account, .audience, .segment, .contact: true
        default: isPage
        }
    }

    /// The audience that the call is about.
    package var audienceID: String? {
        switch self {
        case .account, .audiences: nil
        case .audience(let id): id
        case .staticSegments(let audience, _, _), .segment(let audience, _), .createSegment(let audience, _),
            .renameSegment(let audience, _, _), .resetSegment(let audience, _), .deleteSegment(let audience, _),
            .changeMembers(let audience, _, _), .segmentMembers(let audience, _, _, _), .contactsChanged(let audience, _, _, _),
            .contact(let audience, _):
            audience
        }
    }

    /// The addresses that the call carries, to keep them out of messages.
    var addresses: [String] {
        guard case .changeMembers(_, _, let batch) = self else { return [] }
        return batch.add + batch.remove
    }
}
