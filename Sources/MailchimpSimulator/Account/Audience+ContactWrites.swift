/// Calls that create and change contacts. A tool for segments must never make them, so the journal counts them.
extension Audience {
    private struct ContactBody: Decodable {
        enum CodingKeys: String, CodingKey {
            case address = "email_address"
            case status
            case statusIfNew = "status_if_new"
        }

        var address: String?
        var status: String?
        var statusIfNew: String?
    }

    private struct ContactsBody: Decodable {
        enum CodingKeys: String, CodingKey {
            case members
            case updateExisting = "update_existing"
        }

        var members: [ContactBody]
        var updateExisting: Bool?
    }

    mutating func createContact(_ exchange: inout Exchange) throws(Problem) -> Reply {
        let body = try RequestBody.decode(ContactBody.self, from: exchange.body)
        let address = try validAddress(body.address)
        if let known = contacts.find(address: address), contacts.status(of: known) != .archived { throw exists(known) }
        let contact = try put(address, try status(body.status), &exchange)
        return member(contact, exchange)
    }

    mutating func putContact(_ key: String, _ exchange: inout Exchange) throws(Problem) -> Reply {
        let body = try RequestBody.decode(ContactBody.self, from: exchange.body)
        if let known = try? contact(key) { return try change(known, body, &exchange) }
        let address = try validAddress(body.address ?? (key.contains("@") ? key : nil))
        let contact = try put(address, try status(body.statusIfNew ?? body.status), &exchange)
        return member(contact, exchange)
    }

    mutating func patchContact(_ key: String, _ exchange: inout Exchange) throws(Problem) -> Reply {
        let body = try RequestBody.decode(ContactBody.self, from: exchange.body)
        return try change(try contact(key), body, &exchange)
    }

    mutating func archiveContact(_ key: String, _ exchange: inout Exchange) throws(Problem) -> Reply {
        let contact = try contact(key)
        guard ![.cleaned, .pending, .archived].contains(contacts.status(of: contact)) else {
            throw Problem(
                status: 405, title: "Method Not Allowed",
                detail: "This list member cannot be removed. Can not archive a contact that is bounced, pending or archived",
                allow: exchange.operation.endpoint.methods)
        }
        contacts.set(contact, to: .archived, at: exchange.now.storedSeconds)
        exchange.effect.contactsChanged = 1
        return .noContent
    }

    mutating func forgetContact(_ key: String, _ exchange: inout Exchange) throws(Problem) -> Reply {
        contacts.set(try contact(key), to: .forgotten, at: exchange.now.storedSeconds)
        exchange.effect.contactsChanged = 1
        return .noContent
    }

    /// `POST /lists/{list_id}`: up to 500 contacts at once.
    mutating func writeContacts(_ exchange: inout Exchange) throws(Problem) -> Reply {
        let body = try RequestBody.decode(ContactsBody.self, from: exchange.body)
        guard body.members.count <= 500 else { throw .invalid("members", "This collection should contain 500 elements or less.") }
        var (created, updated, refused) = ([Int](), [Int](), [String]())
        for one in body.members {
            do {
                let address = try validAddress(one.address)
                let known = contacts.find(address: address)
                if let known, body.updateExisting != true { throw exists(known) }
                let contact = try put(address, try status(one.status), &exchange)
                if known == nil { created.append(contact) } else { updated.append(contact) }
            } catch {
                refused.append(one.address ?? "")
            }
        }
        let settled = exchange
        return .json { writer in
            for (key, list) in [("new_members", created), ("updated_members", updated)] {
                writer.key(key)
                writer.array { writer in
                    for contact in list { writeMember(contact, to: &writer, .everything, settled) }
                }
            }
            writer.key("errors")
            writer.array { writer in
                for address in refused {
                    writer.object { writer in
                        writer.field("email_address", address, of: .everything)
                        writer.field("error", "Please provide a valid email address.", of: .everything)
                    }
                }
            }
            writer.field("total_created", created.count, of: .everything)
            writer.field("total_updated", updated.count, of: .everything)
            writer.field("error_count", refused.count, of: .everything)
        }
    }

    private mutating func change(_ contact: Int, _ body: ContactBody, _ exchange: inout Exchange) throws(Problem) -> Reply {
        if let given = body.address {
            let address = try validAddress(given)
            guard contacts.move(contact, to: address, at: exchange.now.storedSeconds) else {
                throw .invalid("email_address", "\(given) is already in this list with a status of \"subscribed\".")
            }
        }
        let state = try body.status.map { word throws(Problem) in try status(word) } ?? contacts.status(of: contact)
        contacts.set(contact, to: state, at: exchange.now.storedSeconds)
        exchange.effect.contactsChanged += 1
        return member(contact, exchange)
    }

    private mutating func put(_ address: [UInt8], _ status: ContactStatus, _ exchange: inout Exchange) throws(Problem) -> Int {
        if let known = contacts.find(address: address), contacts.status(of: known) == .forgotten { throw forgotten(address) }
        let (contact, isNew) = contacts.put(address, status: status, at: exchange.now.storedSeconds)
        if isNew { exchange.effect.contactsCreated += 1 } else { exchange.effect.contactsChanged += 1 }
        return contact
    }

    private func validAddress(_ given: String?) throws(Problem) -> [UInt8] {
        let address = EmailAddress.trimmed((given ?? "").utf8)
        guard EmailAddress.isPlausible(address) else {
            throw Problem(status: 400, title: "Invalid Resource", detail: "Please provide a valid email address.")
        }
        return address
    }

    private func status(_ word: String?) throws(Problem) -> ContactStatus {
        guard let status = ContactStatus(name: word ?? ""), status != .forgotten else {
            throw .invalid("status", "Value must be one of: \(ContactStatus.listed)")
        }
        return status
    }

    private func exists(_ contact: Int) -> Problem {
        let address = String(decoding: contacts.address(of: contact), as: UTF8.self)
        if contacts.status(of: contact) == .forgotten { return forgotten(Array(contacts.address(of: contact))) }
        return Problem(
            status: 400, title: "Member Exists", detail: "\(address) is already a list member. Use PUT to insert or update list members.")
    }

    private func forgotten(_ address: [UInt8]) -> Problem {
        Problem(
            status: 400, title: "Forgotten Email Not Subscribed",
            detail: "\(String(decoding: address, as: UTF8.self)) was permanently deleted and cannot be re-imported. "
                + "The contact must re-subscribe to get back on the list.")
    }
}
