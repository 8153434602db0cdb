extension Audience {
    private struct SegmentBody: Decodable {
        struct Options: Decodable {
            var match: String?
        }

        enum CodingKeys: String, CodingKey {
            case name, options
            case staticSegment = "static_segment"
        }

        var name: String?
        var staticSegment: [String]?
        var options: Options?
    }

    func listSegments(_ exchange: inout Exchange) throws(Problem) -> Reply {
        let page = try Page(exchange.query)
        let query = exchange.query
        let found = segments.filter { segment in
            (query["type"].map { $0 == segment.kind.rawValue } ?? true)
                && segment.created.isWithin(after: query.instant("since_created_at"), before: query.instant("before_created_at"))
                && segment.updated.isWithin(after: query.instant("since_updated_at"), before: query.instant("before_updated_at"))
        }
        let shown = page.cut(found)
        exchange.effect.itemsListed = shown.count
        let settled = exchange
        return .json { writer in
            let selection = settled.query.selection
            writer.field("segments", of: selection) { writer, selection in
                writer.array { writer in
                    for segment in shown { write(segment, to: &writer, selection, settled) }
                }
            }
            writer.field("list_id", id, of: selection)
            writer.field("total_items", found.count, of: selection)
            writer.links(of: selection, self: "\(settled.apiRoot)/lists/\(id)/segments", schema: "Lists/Segments")
        }
    }

    func showSegment(_ segmentID: String, _ exchange: Exchange) throws(Problem) -> Reply {
        reply(with: segments[try position(ofSegment: segmentID)], exchange)
    }

    mutating func createSegment(_ exchange: inout Exchange) throws(Problem) -> Reply {
        let body = try RequestBody.decode(SegmentBody.self, from: exchange.body)
        guard let given = body.name else { throw .invalid("name", "Required fields were not provided: name") }
        guard body.staticSegment != nil || body.options != nil else { throw .neitherOptionsNorStatic }
        let kind: Segment.Kind = body.staticSegment == nil ? .saved : .static
        let name = try acceptable(given, kind: kind, exchange)
        let members = try contacts(ofStaticSegment: body.staticSegment ?? [], exchange)
        exchange.effect.addressesToAdd = body.staticSegment?.count ?? 0
        exchange.effect.added = members.count
        let position = appendSegment(name, kind: kind, at: exchange.now)
        segments[position].match = body.options?.match ?? "all"
        for contact in members { _ = segments[position].add(contact) }
        segments[position].settle(at: exchange.now, contacts: contacts, lag: exchange.behaviour.memberCountLag)
        return reply(with: segments[position], exchange)
    }

    mutating func patchSegment(_ segmentID: String, _ exchange: inout Exchange) throws(Problem) -> Reply {
        let position = try position(ofSegment: segmentID)
        let body = try RequestBody.decode(SegmentBody.self, from: exchange.body)
        let kind = segments[position].kind
        let name = try body.name.map { given throws(Problem) in try acceptable(given, kind: kind, except: segments[position].id, exchange) }
        if let addresses = body.staticSegment {
            guard kind == .static else { throw .notStatic(segments[position].id) }
            let members = try contacts(ofStaticSegment: addresses, exchange)
            exchange.effect.addressesToAdd = addresses.count
            fill(position, with: members, &exchange)
        }
        if let name { segments[position].rename(name, at: exchange.now) }
        return reply(with: segments[position], exchange)
    }

    mutating func deleteSegment(_ segmentID: String) throws(Problem) -> Reply {
        segments.remove(at: try position(ofSegment: segmentID))
        return .noContent
    }

    /// An empty list empties the segment, which keeps its ID. Any other list is added or, if `Behaviour.patch` says so, replaces the
    /// members.
    private mutating func fill(_ position: Int, with members: [Int], _ exchange: inout Exchange) {
        let before = segments[position].members
        if members.isEmpty || exchange.behaviour.patch == .replaces { segments[position].removeAll() }
        for contact in members { _ = segments[position].add(contact) }
        let kept = before.intersection(segments[position].members).count
        exchange.effect.removed = before.count - kept
        exchange.effect.added = segments[position].members.count - kept
        segments[position].settle(at: exchange.now, contacts: contacts, lag: exchange.behaviour.memberCountLag)
    }

    /// The trimmed name. It must not be empty, too long, or, regardless of case, taken by another segment of its kind, or of
    /// any if `Behaviour.savedNames` says so.
    private func acceptable(_ given: String, kind: Segment.Kind, except id: Int? = nil, _ exchange: Exchange) throws(Problem) -> String {
        let name = String(decoding: EmailAddress.trimmed(given.utf8), as: UTF8.self)
        // No messages are on record for these two; these are the simulator's.
        guard !name.isEmpty else { throw .invalid("name", "This value should not be blank.") }
        let limit = exchange.behaviour.longestName
        guard name.utf8.count <= limit else { throw .invalid("name", "This value is too long. It should have \(limit) bytes or less.") }
        let key = name.lowercased()
        let isTaken = segments.contains { other in
            (other.kind == kind || exchange.behaviour.savedNames == .areTaken) && other.id != id && other.nameKey == key
        }
        if isTaken { throw .nameTaken }
        return name
    }

    /// The contacts in a `static_segment`. Addresses without a contact are ignored, unless there are no others.
    private func contacts(ofStaticSegment addresses: [String], _ exchange: Exchange) throws(Problem) -> [Int] {
        let malformed = addresses.filter { !EmailAddress.isPlausible(EmailAddress.trimmed($0.utf8)) }
        guard malformed.isEmpty else { throw .malformed(malformed, in: "static_segment") }
        let known = Set(addresses.compactMap { contact(address: $0, in: exchange.behaviour.addable) })
        guard addresses.isEmpty || !known.isEmpty else { throw .noneSubscribed(field: "static_segment") }
        return known.sorted()
    }

    private func reply(with segment: Segment, _ exchange: Exchange) -> Reply {
        var writer = JSONWriter()
        write(segment, to: &writer, exchange.operation.method == "GET" ? exchange.query.selection : .everything, exchange)
        return Reply(body: writer.bytes)
    }

    private func write(_ segment: Segment, to writer: inout JSONWriter, _ selection: FieldSelection, _ exchange: Exchange) {
        let included = exchange.query.includedStatuses.filter { $0 != .unsubscribed || !exchange.behaviour.leavesOutUnsubscribed }
        let count = segment.memberCount(
            contacts: contacts, including: included, lag: exchange.behaviour.memberCountLag, now: exchange.now)
        writer.object { writer in
            writer.field("id", segment.id, of: selection)
            writer.field("name", segment.name, of: selection)
            writer.field("member_count", count, of: selection)
            writer.field("type", segment.kind.rawValue, of: selection)
            writer.field("created_at", segment.created.text, of: selection)
            writer.field("updated_at", segment.updated.text, of: selection)
            if segment.kind == .saved {
                writer.field("options", of: selection) { writer, selection in
                    writer.object { writer in
                        writer.field("match", segment.match, of: selection)
                        writer.field("conditions", raw: "[]", of: selection)
                    }
                }
            }
            writer.field("list_id", id, of: selection)
            writer.links(of: selection, self: "\(exchange.apiRoot)/lists/\(id)/segments/\(segment.id)", schema: "Lists/Segments")
        }
    }
}

extension QueryItems {
    /// The states that `include_cleaned`, `include_transactional`, and `include_unsubscribed` make visible.
    var includedStatuses: [ContactStatus] {
        [ContactStatus.cleaned, .transactional, .unsubscribed].filter { flag("include_\($0.name)") }
    }
}

extension SimulatedInstant {
    /// Whether it is strictly later than one instant and strictly earlier than another; nil sets no bound.
    func isWithin(after start: SimulatedInstant?, before end: SimulatedInstant?) -> Bool {
        (start.map { self > $0 } ?? true) && (end.map { self < $0 } ?? true)
    }
}
