/// The part of a collection that a client asks for: `count` (10 by default, at most 1,000) and `offset`.
///
/// Like Mailchimp, it silently turns a count above 1,000 into 1,000, and 0 into 10.
struct Page: Equatable {
    static let defaultCount = 10
    static let largest = 1000

    var count: Int
    var offset: Int

    init(_ query: QueryItems) throws(Problem) {
        let asked = try Self.number("count", in: query) ?? Self.defaultCount
        count = asked == 0 ? Self.defaultCount : min(asked, Self.largest)
        offset = try Self.number("offset", in: query) ?? 0
    }

    private static func number(_ name: String, in query: QueryItems) throws(Problem) -> Int? {
        guard let text = query[name], !text.isEmpty else { return nil }
        // The message is the simulator's; Mailchimp's for a bad number is not on record.
        guard let number = Int(text), number >= 0 else { throw .invalid(name, "Schema describes integer, string found instead") }
        return number
    }

    /// The items on this page.
    func cut<Items: Collection>(_ items: Items) -> Items.SubSequence {
        items.dropFirst(offset).prefix(count)
    }
}
