/// The body of a page of audiences.
struct AudiencePage: Decodable {
    let lists: [Audience]
    let totalItems: Int

    private enum CodingKeys: String, CodingKey {
        case lists
        case totalItems = "total_items"
    }
}

/// The body of a page of segments.
struct SegmentPage: Decodable {
    let segments: [Segment]
    let totalItems: Int

    private enum CodingKeys: String, CodingKey {
        case segments
        case totalItems = "total_items"
    }
}

/// The body of a page of contacts, reduced to their addresses.
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

/// The body of a page of contacts.
struct ContactPage: Decodable {
    let members: [ChangedContact]
    let totalItems: Int

    private enum CodingKeys: String, CodingKey {
        case members
        case totalItems = "total_items"
    }
}
