/// Reads the account, its audiences, segments and contacts.
///
/// Every function throws ``MailchimpError`` once no attempt is left, and `CancellationError` when its task is cancelled.
extension MailchimpClient {
    /// The account of the credential: the cheapest way to check a credential.
    package func account() async throws -> Account {
        try await ask(.account) { try JSONBody.decode(Account.self, $0.body) }
    }

    /// All audiences that the credential can see.
    package func audiences() async throws -> [Audience] {
        try await all(by: \.id) { client, offset in
            try await client.ask(.audiences(offset: offset, count: Call.pageLimit)) {
                let page = try JSONBody.decode(AudiencePage.self, $0.body)
                return Page(items: page.lists, totalItems: page.totalItems)
            }
        }
    }

    /// One audience.
    ///
    /// - Throws: ``MailchimpError``, `notFound` when the account has no audience of that ID; ``CancellationError``.
    package func audience(_ id: String) async throws -> Audience {
        try await ask(.audience(id: id)) { try JSONBody.decode(Audience.self, $0.body) }
    }

    /// All segments of an audience: static ones, which Mailchimp's pages call tags, and all others, which may have a name that we want.
    package func segments(audience: String) async throws -> [Segment] {
        try await all(by: \.id) { client, offset in
            try await client.ask(.segments(audience: audience, offset: offset, count: Call.pageLimit)) {
                let page = try JSONBody.decode(SegmentPage.self, $0.body)
                return Page(items: page.segments, totalItems: page.totalItems)
            }
        }
    }

    /// One segment; nil when the audience has none of that ID.
    package func segment(audience: String, id: Int) async throws -> Segment? {
        do {
            return try await ask(.segment(audience: audience, id: id)) { try JSONBody.decode(Segment.self, $0.body) }
        } catch let error as MailchimpError where error.code == .notFound && error.status == 404 {
            return nil
        }
    }

    /// A page of a segment's members of every status but archived, in Mailchimp's spelling of the addresses.
    ///
    /// There is no stable order: while the segment changes, an address may come twice or slip from one page to another. `count` is
    /// reduced to `1...1000`.
    package func segmentMembers(audience: String, segment: Int, offset: Int, count: Int = Call.pageLimit) async throws -> Page<String> {
        try await ask(.segmentMembers(audience: audience, segment: segment, offset: offset, count: count)) {
            let page = try JSONBody.decode(AddressPage.self, $0.body)
            return Page(items: page.members.map(\.address), totalItems: page.totalItems)
        }
    }

    /// All members of a segment of every status but archived, each once.
    ///
    /// The listing is read a second time when its pages hold fewer members than Mailchimp counts; whoever is still missing slipped between
    /// pages, or exists only in the count. When a number of members is known beforehand, pass it as `expected`: their first pages are then
    /// requested at once, as many as there are connections, without waiting for the first one to state the total.
    ///
    /// - Throws: ``MailchimpError``: `unreadableResponse` when `isWhole`, and members are missing the second time, too;
    ///   ``CancellationError``.
    package func segmentMembers(
        audience: String, segment: Int, expecting expected: Int = 0, isWhole: Bool = false
    ) async throws -> [String] {
        try await all(by: Address.key, expecting: expected, isWhole: isWhole) { client, offset in
            try await client.segmentMembers(audience: audience, segment: segment, offset: offset)
        }
    }

    /// One contact, by the MD5 of its lowercase address (32 hexadecimal digits); nil when the audience has none.
    ///
    /// Finds archived contacts too (seen in a recorded response of 2021).
    package func contact(audience: String, hash: String) async throws -> Contact? {
        do {
            return try await ask(.contact(audience: audience, hash: hash)) { try JSONBody.decode(Contact.self, $0.body) }
        } catch let error as MailchimpError where error.code == .notFound && error.status == 404 {
            return nil
        }
    }

    /// All contacts that were created or changed after `since` (Unix seconds), oldest change first.
    ///
    /// Mailchimp excludes that second itself, and its clock isn't ours: subtract an overlap and expect to see some contacts again. Archived
    /// contacts are not listed. Mailchimp doesn't document whether a new tag counts as a change.
    package func contactsChanged(audience: String, since: Int64) async throws -> [ChangedContact] {
        try await all(by: { Address.key($0.address) }) { client, offset in
            try await client.ask(.contactsChanged(audience: audience, since: since, offset: offset, count: Call.pageLimit)) {
                let page = try JSONBody.decode(ContactPage.self, $0.body)
                return Page(items: page.members, totalItems: page.totalItems)
            }
        }
    }
}
