extension Audience {
    /// A page of the contacts of the audience.
    ///
    /// Archived contacts appear only with `status=archived`. `since_last_changed` is strict: a contact that was changed in that
    /// same second is left out. An unreadable date filters nothing.
    mutating func listContacts(_ exchange: inout Exchange) throws(Problem) -> Reply {
        let page = try Page(exchange.query)
        let (shown, total) = try select(page, exchange.query)
        exchange.effect.itemsListed = shown.count
        let settled = exchange
        return .json { writeMembers(shown, total: total, to: &$0, settled) }
    }

    mutating func showContact(_ key: String, _ exchange: Exchange) throws(Problem) -> Reply {
        let contact = try contact(key)
        return member(contact, exchange)
    }

    private mutating func select(_ page: Page, _ query: QueryItems) throws(Problem) -> (shown: [Int], total: Int) {
        let wanted = contacts.contacts(try statuses(query))
        if query.flag("vip_only") { return ([], 0) }
        let order = try Order(query)
        let filter = Filter(query)
        if filter.isOpen && order.isByPosition {
            return (wanted.page(offset: page.offset, limit: page.count), wanted.count)
        }
        return cut(page, from: order, filter, wanted)
    }

    private mutating func cut(_ page: Page, from order: Order, _ filter: Filter, _ wanted: ContactSet) -> (shown: [Int], total: Int) {
        let sorted = order.field == .lastChanged ? contacts.orderedByChange() : Array(0..<UInt32(clamping: contacts.count))
        var start = 0
        if order.field == .lastChanged, let since = filter.changedAfter {
            start = sorted.partitioningIndex { contacts.changed(Int($0)) > since }
        }
        var (shown, total) = ([Int](), 0)
        for step in 0..<(sorted.count - start) {
            let contact = Int(order.isDescending ? sorted[sorted.count - 1 - step] : sorted[start + step])
            guard wanted.contains(contact), filter.admits(contact, contacts) else { continue }
            if total >= page.offset && shown.count < page.count { shown.append(contact) }
            total += 1
        }
        return (shown, total)
    }

    private func statuses(_ query: QueryItems) throws(Problem) -> [ContactStatus] {
        guard let word = query["status"], !word.isEmpty else {
            if query["unsubscribed_since"] != nil { throw Self.unsubscribedSinceNeedsStatus }
            return Self.listed
        }
        guard let status = ContactStatus(name: word), status != .forgotten else {
            throw .invalid("status", "Value must be one of: \(ContactStatus.listed)")
        }
        if query["unsubscribed_since"] != nil && status != .unsubscribed { throw Self.unsubscribedSinceNeedsStatus }
        return [status]
    }

    private static let unsubscribedSinceNeedsStatus = Problem.invalid(
        "unsubscribed_since", "Using any status other than unsubscribed with this filter will result in an error.")
}

private struct Order {
    enum Field: String {
        case lastChanged = "last_changed"
        case optIn = "timestamp_opt"
        case signup = "timestamp_signup"
    }

    var field: Field?
    var isDescending: Bool

    /// Contacts sign up in the order of their positions, so the other two fields need no sorting.
    var isByPosition: Bool { field != .lastChanged && !isDescending }

    init(_ query: QueryItems) throws(Problem) {
        isDescending = query["sort_dir"]?.uppercased() == "DESC"
        guard let name = query["sort_field"], !name.isEmpty else { return }
        field = Field(rawValue: name)
        if field == nil { throw .invalid("sort_field", "Value must be one of: timestamp_opt, timestamp_signup, last_changed") }
    }
}

private struct Filter {
    var changedAfter: SimulatedInstant?
    var changedBefore: SimulatedInstant?
    var joinedAfter: SimulatedInstant?
    var joinedBefore: SimulatedInstant?

    init(_ query: QueryItems) {
        changedAfter = query.instant("since_last_changed") ?? query.instant("unsubscribed_since")
        changedBefore = query.instant("before_last_changed")
        joinedAfter = query.instant("since_timestamp_opt")
        joinedBefore = query.instant("before_timestamp_opt")
    }

    var isOpen: Bool { changedAfter == nil && changedBefore == nil && joinedAfter == nil && joinedBefore == nil }

    func admits(_ contact: Int, _ book: ContactBook) -> Bool {
        book.changed(contact).isWithin(after: changedAfter, before: changedBefore)
            && book.created(contact).isWithin(after: joinedAfter, before: joinedBefore)
    }
}

extension Array {
    /// The first index whose element passes the test, provided that all later ones pass, too.
    fileprivate func partitioningIndex(where passes: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if passes(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
