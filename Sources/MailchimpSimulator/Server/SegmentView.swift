/// A segment as the simulator itself sees it: with every member, in whatever state.
package struct SegmentView: Codable, Equatable, Sendable {
    /// Its id in the API.
    package var id: Int
    /// Its name as given.
    package var name: String
    /// `static` or `saved`.
    package var type: String
    /// Addresses as stored, in the order in which the contacts came to the audience.
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

    /// The addresses of the first audience with their states, in the order of arrival, forgotten ones too.
    package var contactViews: [(address: String, status: ContactStatus)] {
        let contacts = audiences[0].contacts
        return (0..<contacts.count).map { (String(decoding: contacts.address(of: $0), as: UTF8.self), contacts.status(of: $0)) }
    }
}
