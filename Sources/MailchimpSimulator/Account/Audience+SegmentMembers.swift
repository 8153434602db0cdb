extension Audience {
    private struct AddressBody: Decodable {
        enum CodingKeys: String, CodingKey {
            case address = "email_address"
        }

        var address: String?
    }

    /// A page of the members of a segment.
    ///
    /// Unsubscribed, cleaned, and transactional members are hidden unless included; archived ones are always hidden. The order is
    /// that of the contacts. With `unstablePages`, every page but the first begins up to three places off.
    func listMembers(of segmentID: String, _ exchange: inout Exchange) throws(Problem) -> Reply {
        let segment = segments[try position(ofSegment: segmentID)]
        let page = try Page(exchange.query)
        let visible = segment.members.intersection(contacts.contacts([.subscribed, .pending] + exchange.query.includedStatuses))
        var offset = page.offset
        if exchange.behaviour.unstablePages, offset > 0 {
            offset = max(0, offset + Int(exchange.chance % 7) - 3)
        }
        let shown = visible.page(offset: offset, limit: page.count)
        exchange.effect.itemsListed = shown.count
        let settled = exchange
        return .json { writeMembers(shown, total: visible.count, segment: segment.id, to: &$0, settled) }
    }

    /// Adds one contact. The 404 for an unknown address is on record; answering with the member when it is added twice is a guess.
    mutating func addMember(to segmentID: String, _ exchange: inout Exchange) throws(Problem) -> Reply {
        let position = try position(ofSegment: segmentID)
        guard segments[position].kind == .static else { throw .notStatic(segments[position].id) }
        let body = try RequestBody.decode(AddressBody.self, from: exchange.body)
        exchange.effect.addressesToAdd = 1
        guard let contact = contact(address: body.address ?? "", in: exchange.behaviour.addable) else { throw .notFound }
        exchange.effect.added = segments[position].add(contact) ? 1 : 0
        segments[position].settle(at: exchange.now, contacts: contacts, lag: exchange.behaviour.memberCountLag)
        return member(contact, exchange)
    }

    /// Removes one contact; 404 if it is not in the segment.
    mutating func removeMember(_ key: String, from segmentID: String, _ exchange: inout Exchange) throws(Problem) -> Reply {
        let position = try position(ofSegment: segmentID)
        guard segments[position].kind == .static else { throw .notStatic(segments[position].id) }
        exchange.effect.addressesToRemove = 1
        guard segments[position].remove(try contact(key)) else { throw .notFound }
        exchange.effect.removed = 1
        segments[position].settle(at: exchange.now, contacts: contacts, lag: exchange.behaviour.memberCountLag)
        return .noContent
    }

    /// The answer that consists of one member.
    func member(_ contact: Int, _ exchange: Exchange) -> Reply {
        var writer = JSONWriter()
        writeMember(contact, to: &writer, exchange.operation.method == "GET" ? exchange.query.selection : .everything, exchange)
        return Reply(body: writer.bytes)
    }
}
