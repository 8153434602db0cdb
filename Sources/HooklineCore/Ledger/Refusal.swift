/// An address that Mailchimp refuses to add to a segment, or to remove from it, as the ledger knows it.
///
/// It is kept apart from the others, and asked for again seldom, until Mailchimp takes it, or no row wants it anymore.
package struct Refusal: Equatable, Sendable {
    /// What Mailchimp refuses.
    package enum Act: String, Codable, Sendable {
        case add
        /// The address may be in the segment although no row wants it.
        case remove
    }

    /// Somebody knows, and need not hear of it again.
    package struct Acknowledgement: Equatable, Sendable {
        /// In Unix seconds.
        package var at: Int64
        /// The names of the user and the machine.
        package var by: String
        package var note: String?

        package init(at time: Int64, by person: String, note: String? = nil) {
            at = time
            by = person
            self.note = note
        }
    }

    package var hash: SubscriberHash
    package var address: String
    package var act: Act
    /// Mailchimp's words.
    package var reason: String
    /// Whether it makes a whole call fail, so that it must travel alone.
    package var failsCalls: Bool
    /// When it was first refused for that reason, and when it was refused last; in Unix seconds.
    package var since: Int64
    package var askedAt: Int64
    /// Whether a run that ended has told somebody.
    package var isTold: Bool
    package var acknowledgement: Acknowledgement?

    package init(
        hash: SubscriberHash, address: String, act: Act, reason: String, failsCalls: Bool, since: Int64, askedAt: Int64,
        isTold: Bool = false, acknowledgement: Acknowledgement? = nil
    ) {
        self.hash = hash
        self.address = address
        self.act = act
        self.reason = reason
        self.failsCalls = failsCalls
        self.since = since
        self.askedAt = askedAt
        self.isTold = isTold
        self.acknowledgement = acknowledgement
    }

    /// The shortest and the longest time between two attempts, in seconds.
    private static let (shortest, longest): (Int64, Int64) = (86_400, 30 * 86_400)

    /// When it is asked for again, in Unix seconds: after a day, then after as long as it has been refused, and after 30 days at the latest.
    package var nextAttempt: Int64 { askedAt + min(max(askedAt - since, Self.shortest), Self.longest) }

    /// Whether it is its turn. A last attempt that is far in the future comes from a clock that was wrong.
    package func isDue(at time: Int64) -> Bool { time >= nextAttempt || askedAt - time > Self.shortest }
}
