/// What happens to a row of a source: every row has exactly one outcome.
///
/// An outcome contains numbers instead of text, so that it costs no allocation.
package enum RowOutcome: Equatable, Sendable {
    /// The source dropped it, for a value that does not fit its column (`on_bad_value: drop`).
    case badValue
    /// Another row of the same user counts (`one_row_per`): the one with this number, or nil if it is unknown which row is the newest.
    case superseded(by: Int?)
    /// The segment rules did not pick it.
    case droppedByRules
    /// A hook dropped it; the reason is an index into `HookVerdicts.reasonTexts`.
    case droppedByHook(reason: Int)
    /// It has no email address, from the mapping's field or a hook.
    case noEmail
    /// Its email address is malformed.
    case badEmail
    /// Rules and hooks kept it, but a row of the same address does not consent.
    case noConsent
    /// An earlier row, whose number is known if an observer asked for it, has the same address.
    case duplicate(of: Int?)
    /// Rules and hooks kept it, with labels as a range of `HookVerdicts.labelNumbers`.
    ///
    /// The segment's draft decides whether the user enters, stays or waits to become a contact.
    case kept(SubscriberHash, labels: Range<Int>)

    /// Whether it is `kept`.
    package var isKept: Bool { if case .kept = self { true } else { false } }
}
