/// Everything that we may ask of Mailchimp: no case creates a contact or touches a campaign.
///
/// Paths are those of the Marketing API 3.0. `Call+Request.swift` turns a call into an HTTP request.
package enum Call: Sendable, Equatable {
    /// `GET /`: the account of the credential.
    case account
    /// `GET /lists`: a page of the audiences that the credential can see.
    case audiences(offset: Int, count: Int)
    /// `GET /lists/{id}`: one audience.
    case audience(id: String)
    /// `GET /lists/{audience}/segments`: a page of the segments of every type.
    case segments(audience: String, offset: Int, count: Int)
    /// `GET /lists/{audience}/segments/{id}`: one segment.
    case segment(audience: String, id: Int)
    /// `POST /lists/{audience}/segments`: a new static segment without members.
    case createSegment(audience: String, name: String)
    /// `PATCH /lists/{audience}/segments/{id}` with only a name: the members stay.
    case renameSegment(audience: String, id: Int, name: String)
    /// `PATCH /lists/{audience}/segments/{id}` with an empty `static_segment`: removes all members and keeps the ID.
    ///
    /// The request leaves out the name: an outdated one would undo a rename made in Mailchimp in the meantime.
    case resetSegment(audience: String, id: Int)
    /// `DELETE /lists/{audience}/segments/{id}`.
    case deleteSegment(audience: String, id: Int)
    /// `POST /lists/{audience}/segments/{segment}`: adds and removes existing contacts.
    case changeMembers(audience: String, segment: Int, batch: MemberBatch)
    /// `GET /lists/{audience}/segments/{segment}/members`: a page of members, including unsubscribed, cleaned and transactional ones.
    case segmentMembers(audience: String, segment: Int, offset: Int, count: Int)
    /// `GET /lists/{audience}/members`: a page of the contacts that changed after `since` (Unix seconds), oldest change first.
    case contactsChanged(audience: String, since: Int64, offset: Int, count: Int)
    /// `GET /lists/{audience}/members/{hash}`: one contact and its tags; `hash` is the MD5 of the lowercase address, in hexadecimal.
    case contact(audience: String, hash: String)

    /// The most items of a page. Mailchimp silently reduces a larger `count` to it.
    package static let pageLimit = 1_000

    /// Whether the call reads a page of a collection.
    package var isPage: Bool {
        switch self {
        case .audiences, .segments, .segmentMembers, .contactsChanged: true
        default: false
        }
    }

    /// The audience that the call concerns; nil for calls about the account.
    package var audienceID: String? {
        switch self {
        case .account, .audiences: nil
        case .audience(let id): id
        case .segments(let audience, _, _), .segment(let audience, _), .createSegment(let audience, _),
            .renameSegment(let audience, _, _), .resetSegment(let audience, _), .deleteSegment(let audience, _),
            .changeMembers(let audience, _, _), .segmentMembers(let audience, _, _, _), .contactsChanged(let audience, _, _, _),
            .contact(let audience, _):
            audience
        }
    }

    /// The email addresses in the call, which must stay out of messages.
    var addresses: [String] {
        guard case .changeMembers(_, _, let batch) = self else { return [] }
        return batch.add + batch.remove
    }
}
