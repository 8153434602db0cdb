/// What is shown of a refusal, in JSON: `explain` and `acknowledge` share it.
package struct RefusalFacts: Encodable, Sendable {
    package let act: Refusal.Act
    /// Mailchimp's words.
    package let reason: String
    /// Since when, when it was refused last, and when the next attempt is due; in Unix seconds.
    package let since: Int64
    package let askedAt: Int64
    package let next: Int64
    /// When, by whom, and why it was acknowledged; nil if nobody did.
    package let acknowledgedAt: Int64?
    package let acknowledgedBy: String?
    package let note: String?

    package init(_ refusal: Refusal) {
        (act, reason, since, askedAt, next) = (
            refusal.act, refusal.reason, refusal.since, refusal.askedAt, refusal.nextAttempt
        )
        acknowledgedAt = refusal.acknowledgement?.at
        acknowledgedBy = refusal.acknowledgement?.by
        note = refusal.acknowledgement?.note
    }

    private enum CodingKeys: String, CodingKey {
        case act, reason, since, next, note
        case askedAt = "asked_at"
        case acknowledgedAt = "acknowledged_at"
        case acknowledgedBy = "acknowledged_by"
    }
}
