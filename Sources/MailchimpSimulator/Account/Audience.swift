/// An audience ("list") with its contacts and segments, which answers the calls about them.
struct Audience: Sendable {
    let id: String
    let name: String
    let created = SimulatedInstant.beginning
    var contacts = ContactBook()
    var segments: [Segment] = []
    private var nextSegmentID: Int

    init(id: String, name: String, firstSegmentID: Int) {
        self.id = id
        self.name = name
        nextSegmentID = firstSegmentID
    }

    /// The states that a list of contacts includes by default.
    static let listed: [ContactStatus] = [.subscribed, .unsubscribed, .cleaned, .pending, .transactional]

    mutating func answer(_ exchange: inout Exchange) throws(Problem) -> Reply {
        switch (exchange.operation.method, exchange.operation.endpoint) {
        case ("GET", .audience): Reply.json { write(to: &$0, exchange.query.selection, exchange) }
        case ("POST", .audience): try writeContacts(&exchange)
        case ("GET", .segments): try listSegments(&exchange)
        case ("POST", .segments): try createSegment(&exchange)
        case ("GET", .segment(_, let id)): try showSegment(id, exchange)
        case ("POST", .segment(_, let id)): try changeMembers(of: id, &exchange)
        case ("PATCH", .segment(_, let id)): try patchSegment(id, &exchange)
        case ("DELETE", .segment(_, let id)): try deleteSegment(id)
        case ("GET", .segmentMembers(_, let id)): try listMembers(of: id, &exchange)
        case ("POST", .segmentMembers(_, let id)): try addMember(to: id, &exchange)
        case ("DELETE", .segmentMember(_, let id, let key)): try removeMember(key, from: id, &exchange)
        case ("GET", .members): try listContacts(&exchange)
        case ("POST", .members): try createContact(&exchange)
        case ("GET", .member(_, let key)): try showContact(key, exchange)
        case ("PUT", .member(_, let key)): try putContact(key, &exchange)
        case ("PATCH", .member(_, let key)): try patchContact(key, &exchange)
        case ("DELETE", .member(_, let key)): try archiveContact(key, &exchange)
        case ("POST", .memberDeletion(_, let key)): try forgetContact(key, &exchange)
        case ("GET", .memberTags(_, let key)): try listTags(of: key, exchange)
        case ("POST", .memberTags(_, let key)): try setTags(of: key, &exchange)
        case ("GET", .tagSearch): searchTags(exchange)
        default: throw .notSimulated(exchange.operation.name)
        }
    }

    func write(to writer: inout JSONWriter, _ selection: FieldSelection, _ exchange: Exchange) {
        writer.field("id", id, of: selection)
        writer.field("web_id", 1, of: selection)
        writer.field("name", name, of: selection)
        writer.field("date_created", created.text, of: selection)
        writer.field("list_rating", 0, of: selection)
        writer.field("visibility", "prv", of: selection)
        writer.field("double_optin", false, of: selection)
        writer.field("stats", of: selection) { writer, selection in
            writer.object { writer in
                writer.field("member_count", contacts.contacts(.subscribed).count, of: selection)
                if exchange.query.flag("include_total_contacts") {
                    writer.field("total_contacts", contacts.contacts(Self.listed).count, of: selection)
                }
                writer.field("unsubscribe_count", contacts.contacts(.unsubscribed).count, of: selection)
                writer.field("cleaned_count", contacts.contacts(.cleaned).count, of: selection)
            }
        }
        writer.links(of: selection, self: "\(exchange.apiRoot)/lists/\(id)", schema: "Lists")
    }
}

extension Audience {
    /// Appends an empty segment to `segments`, which is in the order of IDs, and returns its position.
    mutating func appendSegment(_ name: String, kind: Segment.Kind, at now: SimulatedInstant) -> Int {
        segments.append(Segment(id: nextSegmentID, name: name, kind: kind, created: now))
        nextSegmentID += 1
        return segments.count - 1
    }

    /// The position of a segment in `segments`; 404 for an ID that is not a number or not a segment's.
    func position(ofSegment id: String) throws(Problem) -> Int {
        guard let number = Int(id), let position = segments.firstIndex(where: { $0.id == number }) else { throw .notFound }
        return position
    }

    /// Finds a contact by subscriber hash, contact ID, or address; 404 for an unknown or forgotten one.
    mutating func contact(_ key: String) throws(Problem) -> Int {
        guard let contact = lookUp(key), contacts.status(of: contact) != .forgotten else { throw .notFound }
        return contact
    }

    private mutating func lookUp(_ key: String) -> Int? {
        if key.contains("@") { return contacts.find(address: key.utf8) }
        if let hash = SubscriberHash(hexadecimal: key), let contact = contacts.find(hash: hash) { return contact }
        return ContactID(hexadecimal: key).flatMap { $0.number < contacts.count ? $0.number : nil }
    }

    /// The contact with an address, if it is in one of the given states. Calls on segments find contacts this way.
    func contact(address: String, in statuses: Set<ContactStatus>) -> Int? {
        guard let contact = contacts.find(address: address.utf8), statuses.contains(contacts.status(of: contact)) else { return nil }
        return contact
    }
}
