/// The hooks' verdict on a row, in a form that a later run can use for a row with the same values. It contains no address.
package struct RememberedVerdict: Codable, Hashable, Sendable {
    /// Where the row's address comes from.
    package enum Address: Codable, Hashable, Sendable {
        /// The hooks left it alone.
        case unchanged
        case cleared
        /// A `map` hook set it to the value of the column with that index.
        case column(Int)
    }

    /// Why a filter dropped the row; nil if the hooks kept it.
    package var reason: String?
    package var address: Address
    package var labels: [String]
    /// Whether it holds on the day of the run only.
    package var isOfDay: Bool

    package init(reason: String?, address: Address, labels: [String], isOfDay: Bool) {
        self.reason = reason
        self.address = address
        self.labels = labels
        self.isOfDay = isOfDay
    }

    private enum CodingKeys: String, CodingKey {
        case reason, address, labels
        case isOfDay = "of_day"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        reason = try container.decodeIfPresent(String.self, forKey: .reason)
        let number = try container.decode(Int.self, forKey: .address)
        address = number == -1 ? .unchanged : number < 0 ? .cleared : .column(number)
        labels = try container.decodeIfPresent([String].self, forKey: .labels) ?? []
        isOfDay = try container.decodeIfPresent(Bool.self, forKey: .isOfDay) ?? false
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(reason, forKey: .reason)
        let number =
            switch address {
            case .unchanged: -1
            case .cleared: -2
            case .column(let column): column
            }
        try container.encode(number, forKey: .address)
        if !labels.isEmpty { try container.encode(labels, forKey: .labels) }
        if isOfDay { try container.encode(true, forKey: .isOfDay) }
    }
}
