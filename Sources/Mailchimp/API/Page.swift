import Foundation

/// One page of a collection.
package struct Page<Item: Sendable>: Sendable {
    /// What stands on it; empty past the end.
    package let items: [Item]
    /// How many there are in all, as Mailchimp counts them.
    package let totalItems: Int

    /// A page.
    package init(items: [Item], totalItems: Int) {
        self.items = items
        self.totalItems = totalItems
    }
}

extension Page: Equatable where Item: Equatable {}

/// A page of audiences as it is sent.
struct AudiencePage: Decodable {
    let lists: [Audience]
    let totalItems: Int

    private enum CodingKeys: String, CodingKey {
        case lists
        case totalItems = "total_items"
    }
}

/// A page of segments as it is sent.
struct SegmentPage: Decodable {
    let segments: [Segment]
    let totalItems: Int

    private enum CodingKeys: String, CodingKey {
        case segments
        case totalItems = "total_items"
    }
}

/// A page of contacts as it is sent, reduced to their addresses.
struct AddressPage: Decodable {
    struct Member: Decodable {
        let address: String

        private enum CodingKeys: String, CodingKey {
            case address = "email_address"
        }
    }

    let members: [Member]
    let totalItems: Int

    private enum CodingKeys: String, CodingKey {
        case members
        case totalItems = "total_items"
    }
}

/// A page of contacts as it is sent.
struct ContactPage: Decodable {
    let members: [ChangedContact]
    let totalItems: Int

    private enum CodingKeys: String, CodingKey {
        case members
        case totalItems = "total_items"
    }
}

/// Reads bodies that are small enough for a decoder.
enum JSONBody {
    /// Decodes a body, which must be whole.
    static func decode<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body))
    }
}
