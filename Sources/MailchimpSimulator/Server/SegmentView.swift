/// A segment with every member, including those that the API hides; the shape of `/_simulator/segments`.
package struct SegmentView: Codable, Equatable, Sendable {
    package var id: Int
    package var name: String
    /// `static` or `saved`.
    package var type: String
    /// The members' addresses, in the order in which the contacts were added to the audience.
    package var members: [String]
}

extension SimulatedAccount {
    /// The segments of the first audience.
    package var segmentViews: [SegmentView] {
        let audience = audiences[0]
        return audience.segments.map { segment in
            let members = segment.members.page(offset: 0, limit: .max).map { contact in
                String(decoding: audience.contacts.address(of: contact), as: UTF8.self)
            }
            return SegmentView(id: segment.id, name: segment.name, type: segment.kind.rawValue, members: members)
        }
    }

    /// The contacts of the first audience, including forgotten ones, in the order in which they were added.
    package var contactViews: [(address: String, status: ContactStatus)] {
        let contacts = audiences[0].contacts
        return (0..<contacts.count).map { (String(decoding: contacts.address(of: $0), as: UTF8.self), contacts.status(of: $0)) }
    }
}
