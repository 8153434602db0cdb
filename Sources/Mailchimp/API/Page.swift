/// One page of a collection.
package struct Page<Item: Sendable>: Sendable {
    /// The items; empty past the end.
    package let items: [Item]
    /// The size of the whole collection, as Mailchimp counts it.
    package let totalItems: Int

    package init(items: [Item], totalItems: Int) {
        self.items = items
        self.totalItems = totalItems
    }
}

extension Page: Equatable where Item: Equatable {}
