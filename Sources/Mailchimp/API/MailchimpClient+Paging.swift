/// Reads collections page by page.
extension MailchimpClient {
    /// How often a listing is read when its pages don't add up to Mailchimp's count.
    static let listingPasses = 2
    /// The most pages planned at once, whatever a total says: a hundred million contacts.
    private static let pagesAtOnce = 100_000

    /// Reads all pages, and once more when items slipped between pages; keeps each item once, in its newest version.
    ///
    /// The first two pages are read one after the other, unless more items are expected than fit one page. Once a second page has proven
    /// that the total can be believed, as many pages as there are connections are read at once.
    ///
    /// - Parameters:
    ///   - key: what tells items apart.
    ///   - expected: how many there are, as far as known.
    ///   - isWhole: whether fewer items than Mailchimp counts are an error.
    ///   - pageAt: reads the page at an offset.
    /// - Returns: the items.
    /// - Throws: what `pageAt` throws; `unreadableResponse` for a listing that stays short, if it has to be whole.
    func all<Item: Sendable, Key: Hashable>(
        by key: (Item) -> Key, expecting expected: Int = 0, isWhole: Bool = false,
        pageAt: @escaping @Sendable (MailchimpClient, Int) async throws -> Page<Item>
    ) async throws -> [Item] {
        var items: [Item] = []
        var indexes: [Key: Int] = [:]
        var missing = 0
        for _ in 0..<Self.listingPasses {
            var seen: Set<Key> = []
            var pages = try await firstPages(expected, pageAt)
            var offset = pages.reduce(0) { $0 + $1.items.count }
            var total = pages.last?.totalItems ?? 0
            var isProven = pages.count > 1
            // A page without anything new ends the reading: it is past the end, whatever the total says, or the server repeats itself.
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
            missing = total - items.count
            if missing <= 0 { break }
        }
        if isWhole, missing > 0 {
            throw MailchimpError(
                .unreadableResponse,
                "Mailchimp counts \(items.count + missing) members and lists \(items.count) of them, also when asked again; run again later"
            )
        }
        return items
    }

    /// The first page, or as many of the expected pages as there are connections.
    ///
    /// Pages behind one that comes short are left out: they may not follow it without a gap.
    private func firstPages<Item: Sendable>(
        _ expected: Int, _ pageAt: @escaping @Sendable (MailchimpClient, Int) async throws -> Page<Item>
    ) async throws -> [Page<Item>] {
        let size = Call.pageLimit
        let offsets = Array(stride(from: 0, to: max(1, expected), by: size).prefix(configuration.connections))
        let pages = try await read(offsets, ofSize: size, pageAt)
        return Array(pages.prefix((pages.firstIndex { $0.items.count < size } ?? pages.count - 1) + 1))
    }

    /// The pages at these offsets, in order, read over all connections at once; after one that comes short no more are requested.
    private func read<Item: Sendable>(
        _ offsets: [Int], ofSize size: Int, _ pageAt: @escaping @Sendable (MailchimpClient, Int) async throws -> Page<Item>
    ) async throws -> [Page<Item>] {
        try await withThrowingTaskGroup(of: (Int, Page<Item>).self) { group in
            var rest = offsets.enumerated().makeIterator()
            func requestNext() {
                guard let (number, offset) = rest.next() else { return }
                group.addTask { (number, try await pageAt(self, offset)) }
            }
            for _ in 0..<configuration.connections { requestNext() }
            var pages = [Page<Item>?](repeating: nil, count: offsets.count)
            var isOver = false
            for try await (number, page) in group {
                pages[number] = page
                isOver = isOver || page.items.count < size
                if !isOver { requestNext() }
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
