/// Account, audiences, segments and contacts: everything that only looks.
extension MailchimpClient {
    /// Who the credential belongs to. The cheapest way to check it.
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

    /// One audience; ``MailchimpError/Code/notFound`` when the account has none of that id.
    package func audience(_ id: String) async throws -> Audience {
        try await ask(.audience(id: id)) { try JSONBody.decode(Audience.self, $0.body) }
    }

    /// All static segments of an audience, which Mailchimp's pages call tags.
    package func staticSegments(audience: String) async throws -> [Segment] {
        let segments = try await all(by: \.id) { client, offset in
            try await client.ask(.staticSegments(audience: audience, offset: offset, count: Call.pageLimit)) {
                let page = try JSONBody.decode(SegmentPage.self, $0.body)
                return Page(items: page.segments, totalItems: page.totalItems)
            }
        }
        return segments.filter { $0.kind == .fixed }
    }

    /// One segment; nil when the audience has none of that id (any more).
    package func segment(audience: String, id: Int) async throws -> Segment? {
        do {
            return try await ask(.segment(audience: audience, id: id)) { try JSONBody.decode(Segment.self, $0.body) }
        } catch let error as MailchimpError where error.code == .notFound && error.status == 404 {
            return nil
        }
    }

    /// One page of a segment's members, of every status but archived, in Mailchimp's spelling of the addresses.
    ///
    /// There is no stable order: while the segment changes, an address may come twice or slip from one page to another. `count`
    /// is cut to `1...1000`.
    package func segmentMembers(audience: String, segment: Int, offset: Int, count: Int = Call.pageLimit) async throws -> Page<String> {
        try await ask(.segmentMembers(audience: audience, segment: segment, offset: offset, count: count)) {
            let page = try JSONBody.decode(AddressPage.self, $0.body)
            return Page(items: page.members.map(\.address), totalItems: page.totalItems)
        }
    }

    /// All members of a segment, each once, of every status but archived.
    ///
    /// Read a second time when the pages hold fewer than Mailchimp counts; what is missing then slipped between pages, or was
    /// counted only. `expected` is how many somebody has counted, 0 when nobody has: their first pages are asked for at once, as many as
    /// there are connections, without waiting for the first to tell the total.
    package func segmentMembers(audience: String, segment: Int, expecting expected: Int = 0) async throws -> [String] {
        try await all(by: Address.key, expecting: expected) { client, offset in
            try await client.segmentMembers(audience: audience, segment: segment, offset: offset)
        }
    }

    /// One contact, by the MD5 of its address in lower case (32 hexadecimal digits); nil when the audience has none.
    ///
    /// An archived contact is found too (a recorded answer of 2021 says so).
    package func contact(audience: String, hash: String) async throws -> Contact? {
        do {
            return try await ask(.contact(audience: audience, hash: hash)) { try JSONBody.decode(Contact.self, $0.body) }
        } catch let error as MailchimpError where error.code == .notFound && error.status == 404 {
            return nil
        }
    }

    /// All contacts that changed after `since` (Unix seconds), oldest change first, new contacts included.
    ///
    /// Mailchimp takes contacts that changed *after* that second, not in it, and its clock isn't ours: subtract an overlap and
    /// expect to see some again. Archived contacts aren't listed. Whether a new tag counts as a change is not documented.
    package func contactsChanged(audience: String, since: Int64) async throws -> [ChangedContact] {
        try await all(by: { Address.key($0.address) }) { client, offset in
            try await client.ask(.contactsChanged(audience: audience, since: since, offset: offset, count: Call.pageLimit)) {
                let page = try JSONBody.decode(ContactPage.self, $0.body)
                return Page(items: page.members, totalItems: page.totalItems)
            }
        }
    }

    /// Reads page after page, and the whole once more when items slipped between pages; each item is kept once, the newest of it.
    ///
    /// The first two pages are read one after the other, unless more are expected than fit one; once the second has shown that the total
    /// is no empty promise, as many at once as there are connections.
    private func all<Item: Sendable, Key: Hashable>(
        by key: (Item) -> Key, expecting expected: Int = 0, pageAt: @escaping @Sendable (MailchimpClient, Int) async throws -> Page<Item>
    ) async throws -> [Item] {
        var items: [Item] = []
        var indexes: [Key: Int] = [:]
        for _ in 0..<Self.listingPasses {
            var seen: Set<Key> = []
            var pages = try await firstPages(expected, pageAt)
            var offset = pages.reduce(0) { $0 + $1.items.count }
            var total = pages.last?.totalItems ?? 0
            var isProven = pages.count > 1
            // A page of nothing new ends the reading: past the end, whatever the total says, or a server that repeats itself.
            while pages.allSatisfy({ page in page.items.reduce(false) { seen.insert(key($1)).inserted || $0 } }) {
                for item in pages.flatMap(\.items) { keep(item, key(item), &items, &indexes) }
                if offset >= total { break }
                let size = pages[0].items.count
                let offsets = isProven ? Array(stride(from: offset, to: total, by: size).prefix(Self.pagesAtOnce)) : [offset]
                pages = try await read(offsets, ofSize: size, pageAt)
                offset += pages.reduce(0) { $0 + $1.items.count }
                total = pages.last?.totalItems ?? total
                isProven = true
            }
            for item in pages.flatMap(\.items) { keep(item, key(item), &items, &indexes) }
            if items.count >= total { break }
        }
        return items
    }

    /// The first page, or as many of those expected as there are connections; those behind one that comes short are left out, since they may not follow it without a gap.
    private func firstPages<Item: Sendable>(
        _ expected: Int, _ pageAt: @escaping @Sendable (MailchimpClient, Int) async throws -> Page<Item>
    ) async throws -> [Page<Item>] {
        let size = Call.pageLimit
        let offsets = Array(stride(from: 0, to: max(1, expected), by: size).prefix(configuration.connections))
        let pages = try await read(offsets, ofSize: size, pageAt)
        return Array(pages.prefix((pages.firstIndex { $0.items.count < size } ?? pages.count - 1) + 1))
    }

    /// Pages that are planned at once, whatever a total says: a hundred million contacts.
    private static let pagesAtOnce = 100_000

    /// Pages in the order of their offsets, as many at once as there are connections; after one that comes short no more are asked for.
    private func read<Item: Sendable>(
        _ offsets: [Int], ofSize size: Int, _ pageAt: @escaping @Sendable (MailchimpClient, Int) async throws -> Page<Item>
    ) async throws -> [Page<Item>] {
        try await withThrowingTaskGroup(of: (Int, Page<Item>).self) { group in
            var rest = offsets.enumerated().makeIterator()
            func askForNext() {
                guard let (number, offset) = rest.next() else { return }
                group.addTask { (number, try await pageAt(self, offset)) }
            }
            for _ in 0..<configuration.connections { askForNext() }
            var pages = [Page<Item>?](repeating: nil, count: offsets.count)
            var isOver = false
            for try await (number, page) in group {
                pages[number] = page
                isOver = isOver || page.items.count < size
                if !isOver { askForNext() }
            }
            return pages.compactMap { $0 }
        }
    }

    private func keep<Item, Key: Hashable>(_ item: Item, _ key: Key, _ items: inout [Item], _ indexes: inout [Key: Int]) {
        if let index = indexes[key] {
            items[index] = item
        } else {
            indexes[key] = items.count
            items.append(item)
        }
    }
}
