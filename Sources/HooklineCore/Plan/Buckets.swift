/// How many rows of a run ended where: each in exactly one bucket, so that they add up to the rows read.
package struct Buckets: Codable, Equatable, Sendable {
    /// In the segment, or about to be when the plan is applied.
    package var inSegment = 0
    /// The rules did not pick them.
    package var droppedByRules = 0
    /// A filter dropped them, by reason.
    package var droppedByHook: [String: Int] = [:]
    /// Without an email address, from the mapping's field or a hook.
    package var noEmail = 0
    /// With a malformed email address.
    package var badEmail = 0
    /// A row of the same address does not consent (`consent`).
    package var noConsent = 0
    /// An earlier row has the same address.
    package var duplicate = 0
    /// Another row of the same user counts (`one_row_per`).
    package var superseded = 0
    /// The address is not a contact of the audience.
    package var notAContact = 0
    /// Mailchimp rejected the address.
    package var rejected = 0
    /// With a value that does not fit its column's type, under `on_bad_value: drop`.
    package var badValue = 0

    package init() {}

    /// Reports of earlier releases lack some buckets.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func rows(_ key: CodingKeys) throws -> Int { try values.decodeIfPresent(Int.self, forKey: key) ?? 0 }
        droppedByHook = try values.decodeIfPresent([String: Int].self, forKey: .droppedByHook) ?? [:]
        (inSegment, droppedByRules, noEmail, badEmail) = (
            try rows(.inSegment), try rows(.droppedByRules), try rows(.noEmail), try rows(.badEmail)
        )
        (noConsent, duplicate, superseded) = (try rows(.noConsent), try rows(.duplicate), try rows(.superseded))
        (notAContact, rejected, badValue) = (try rows(.notAContact), try rows(.rejected), try rows(.badValue))
    }

    /// The buckets with their names in text output; hooks' reasons in descending order of rows.
    package var inWords: [(name: String, rows: Int)] {
        let reasons = droppedByHook.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ("dropped: \($0.key)", $0.value) }
        return [("in the segment", inSegment), ("dropped by rules", droppedByRules)] + reasons + [
            ("no email", noEmail), ("bad email", badEmail), ("no consent", noConsent), ("duplicate", duplicate),
            ("superseded", superseded), ("not a contact", notAContact), ("rejected by Mailchimp", rejected), ("bad value", badValue),
        ]
    }

    /// Moves rows from one bucket to another.
    package mutating func move(_ rows: Int, from: WritableKeyPath<Buckets, Int>, to: WritableKeyPath<Buckets, Int>) {
        self[keyPath: from] -= rows
        self[keyPath: to] += rows
    }

    /// The sum of all buckets.
    package var total: Int {
        inSegment + droppedByRules + droppedByHook.values.reduce(0, +) + noEmail + badEmail + noConsent + duplicate + superseded
            + notAContact + rejected + badValue
    }

    package enum CodingKeys: String, CodingKey {
        case inSegment = "in_segment"
        case droppedByRules = "dropped_by_rules"
        case droppedByHook = "dropped_by_hook"
        case noEmail = "no_email"
        case badEmail = "bad_email"
        case noConsent = "no_consent"
        case duplicate
        case superseded
        case notAContact = "not_a_contact"
        case rejected
        case badValue = "bad_value"
    }
}
