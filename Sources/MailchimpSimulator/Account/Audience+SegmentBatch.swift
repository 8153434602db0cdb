extension Audience {
    private struct BatchBody: Decodable {
        enum CodingKeys: String, CodingKey {
            case membersToAdd = "members_to_add"
            case membersToRemove = "members_to_remove"
        }

        var membersToAdd: [String]?
        var membersToRemove: [String]?
    }

    /// An address of a batch that belongs to a contact.
    private struct Known {
        var address: String
        var contact: Int
    }

    /// The result of one half of a batch: contacts whose membership changed, and addresses that changed nothing.
    private struct Outcome {
        var changed: [Int] = []
        var unchanged: [String] = []
    }

    /// `POST /lists/{list_id}/segments/{segment_id}`: adds up to 500 addresses and removes up to 500.
    ///
    /// Addresses without a contact are ignored silently, unless a half holds nothing else, which is a 400. Additions that are
    /// members already, and removals that are not members, are listed in `errors`, grouped by message.
    mutating func changeMembers(of segmentID: String, _ exchange: inout Exchange) throws(Problem) -> Reply {
        let position = try position(ofSegment: segmentID)
        let body = try RequestBody.decode(BatchBody.self, from: exchange.body)
        let (adds, removes) = (body.membersToAdd ?? [], body.membersToRemove ?? [])
        exchange.effect.addressesToAdd = adds.count
        exchange.effect.addressesToRemove = removes.count
        guard adds.count <= 500, removes.count <= 500 else { throw .tooManyMembers }
        guard segments[position].kind == .static else { throw .notStatic(segments[position].id) }
        if exchange.behaviour.malformedAddress == .refusesAll {
            try refuseMalformed(adds, field: "members_to_add")
            try refuseMalformed(removes, field: "members_to_remove")
        }
        try refuse(exchange.behaviour.refused, among: adds, field: "members_to_add")
        try refuse(exchange.behaviour.unremovable, among: removes, field: "members_to_remove")
        let rejected = exchange.behaviour.rejected.isEmpty ? [] : adds.filter { exchange.behaviour.rejected.contains($0.lowercased()) }
        let toAdd = known(rejected.isEmpty ? adds : adds.filter { !rejected.contains($0) }, in: exchange.behaviour.addable)
        let toRemove = known(removes, in: Set(Self.listed))
        try refuseStrangers(adds.count - rejected.count, toAdd.count, removes.count, toRemove.count, exchange.behaviour.unknownHalf)
        let added = Self.change(toAdd) { segments[position].add($0) }
        let removed = Self.change(toRemove) { segments[position].remove($0) }
        segments[position].settle(at: exchange.now, contacts: contacts, lag: exchange.behaviour.memberCountLag)
        exchange.effect.added = added.changed.count
        exchange.effect.removed = removed.changed.count
        return reply(added: added, removed: removed, rejected: rejected, segment: segments[position].id, exchange)
    }

    private func refuseMalformed(_ addresses: [String], field: String) throws(Problem) {
        let malformed = addresses.filter { !EmailAddress.isPlausible(EmailAddress.trimmed($0.utf8)) }
        // The message is that for `static_segment`; none is on record for this call.
        if !malformed.isEmpty { throw .malformed(malformed, in: field) }
    }

    private func refuse(_ refused: Set<String>, among addresses: [String], field: String) throws(Problem) {
        if refused.isEmpty { return }
        let found = addresses.filter { refused.contains($0.lowercased()) }
        if !found.isEmpty { throw .malformed(found, in: field) }
    }

    /// The contacts with these addresses, each once, in order.
    private func known(_ addresses: [String], in statuses: Set<ContactStatus>) -> [Known] {
        var seen: Set<Int> = []
        return addresses.compactMap { address in
            guard let contact = contact(address: address, in: statuses), seen.insert(contact).inserted else { return nil }
            return Known(address: address, contact: contact)
        }
    }

    private func refuseStrangers(
        _ adds: Int, _ knownAdds: Int, _ removes: Int, _ knownRemoves: Int, _ half: SimulatorOptions.Behaviour.UnknownHalf
    ) throws(Problem) {
        let addsFail = adds > 0 && knownAdds == 0
        let removesFail = removes > 0 && knownRemoves == 0
        guard addsFail || removesFail else { return }
        if half == .isIgnored && knownAdds + knownRemoves > 0 { return }
        throw .noneSubscribed(field: addsFail ? "members_to_add" : "members_to_remove")
    }

    private static func change(_ known: [Known], _ apply: (Int) -> Bool) -> Outcome {
        var outcome = Outcome()
        for one in known {
            if apply(one.contact) { outcome.changed.append(one.contact) } else { outcome.unchanged.append(one.address) }
        }
        return outcome
    }

    private func reply(added: Outcome, removed: Outcome, rejected: [String], segment: Int, _ exchange: Exchange) -> Reply {
        let errors = [
            (added.unchanged, "Email addresses already exist in the static segment"),
            (removed.unchanged, "Email addresses do not exist in the static segment"),
            (rejected, "Email addresses look fake or invalid"),
        ].filter { !$0.0.isEmpty }
        let errorCount = exchange.behaviour.errorCount == .messages ? errors.count : errors.reduce(0) { $0 + $1.0.count }
        let size = (added.changed.count + removed.changed.count) * (exchange.options.fullMembers ? 3600 : 1000) + 1024
        var writer = JSONWriter(reserving: size)
        writer.object { writer in
            for (key, contacts) in [("members_added", added.changed), ("members_removed", removed.changed)] {
                writer.key(key)
                writer.array { writer in
                    for contact in contacts { writeMember(contact, to: &writer, .everything, exchange) }
                }
            }
            writer.key("errors")
            writer.array { writer in
                for (addresses, message) in errors {
                    writer.object { writer in
                        writer.key("email_addresses")
                        writer.array(addresses)
                        writer.key("error")
                        writer.value(message)
                    }
                }
            }
            writer.field("total_added", exchange.lies ? 0 : added.changed.count, of: .everything)
            writer.field("total_removed", removed.changed.count, of: .everything)
            writer.field("error_count", errorCount, of: .everything)
            writer.links(of: .everything, self: "\(exchange.apiRoot)/lists/\(id)/segments/\(segment)", schema: "Lists/Segments")
        }
        return Reply(body: writer.bytes)
    }
}
